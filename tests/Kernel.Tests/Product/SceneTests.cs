using System.Diagnostics;

namespace Ipcscope.KernelTests.Product;

/// <summary>Real programs that hang: <c>tests/scenes/run</c> puts each scene in place, and what ipcscope prints names the culprit. docs/scenes.md has the transcripts.</summary>
[Collection(nameof(ProductGroup))]
public sealed class SceneTests
{
    [Theory]
    [InlineData("slow_stage", @"WAITS FOR[\s\S]*cat\[(\d+)\] \S+ \S+ full: to be drained by python3\[\d+\] \(sleeps elsewhere")]
    [InlineData("busy_redis", @"redis-cli\[\d+\] +receive +\S+redis\.sock .* to be written by redis-server\[\d+\] \(running\)")]
    [InlineData("held_open", @"held-open  bash\[\d+\] waits for the end of pipe:\[\d+\]: held open by sleep\[\d+\]")]
    [InlineData("deaf_bus_client", @"back-pressure  dbus-daemon\[\d+\] waits for room in \S+/bus for ≥ .*: to be drained by python3\[\d+\] \(sleeps elsewhere")]
    [InlineData("deaf_back_end", @"back-pressure  nginx\[\d+\] waits for room in \S+/back\.sock for ≥ .*: to be drained by python3\[\d+\] \(sleeps elsewhere[\s\S]*python3\[\d+\] waits for room in \S+/front\.sock .*: to be drained by nginx\[\d+\] \(waits for room in \S+/back\.sock")]
    [InlineData("idle_transaction", @"psql\[\d+\] +receive +\S+PGSQL\.5432 .* to be written by postgres\[(\d+)\] \(in epoll_wait.*\), perhaps held up by postgres\[(?!\1)\d+\] \(postgres: postgres postgres \[local\] idle in transaction\)")]
    public async Task TheCulpritIsNamed(string scene, string expected)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Binary.Path)!, "../tests/scenes/run")), scene)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["COLUMNS"] = "400", ["IPCSCOPE"] = Binary.Path },
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        Assert.Matches(expected, said);
    }
}
