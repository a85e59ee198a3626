using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Ipcscope.Dashboard.Tests.Browser;

/// <summary>One run of <c>browse.mjs</c>: what it said about each check. Screenshots are in <c>out/screenshots</c>.</summary>
public sealed class BrowserRun : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(6);

    private string[] _lines = [];

    /// <summary>The line of a check; everything that was said, if it has none.</summary>
    public string Of(string check) =>
        _lines.FirstOrDefault(line => line == $"passed {check}" || line.StartsWith($"FAILED {check}:", StringComparison.Ordinal)) ?? string.Join('\n', _lines);

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        string root = Path.GetFullPath(Path.Combine(Here(), "../../.."));
        string script = Path.Combine(Here(), "browse.mjs");
        string dashboard = $"dotnet {Path.Combine(AppContext.BaseDirectory, "ipcscope-dashboard.dll")}";
        using var process = Process.Start(new ProcessStartInfo("node", [script, Path.Combine(root, "out/ipcscope"), dashboard, Path.Combine(root, "out/screenshots")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using var end = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(end.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
        _lines = [.. (await output).Split('\n'), .. (await error).Split('\n')];
    }

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>The folder of this file.</summary>
    internal static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
