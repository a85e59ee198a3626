using System.Diagnostics;

namespace Ipcscope.KernelTests.Product;

/// <summary>Two shells that talk through a pipe of their own, a line each few hundredths of a second, until the test is over.</summary>
internal sealed class Talkers : IDisposable
{
    private const string Script = """
        { while :; do echo line; sleep 0.02; done; } | { while read -r line; do :; done; } &
        echo $!
        wait
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("ipcscope-talkers").FullName;
    private readonly Process _process;

    internal Talkers()
    {
        string shell = Path.Combine(_folder, Name);
        File.CreateSymbolicLink(shell, "/bin/sh");
        _process = Binary.Start([shell, "-c", Script]);
        Reader = uint.Parse(_process.StandardOutput.ReadLine()!);
        Writer = Eventually.Get(() => Children().SingleOrDefault(pid => pid != Reader), pid => pid != 0);
        Assert.NotEqual(0U, Writer);
    }

    /// <summary>The name of both processes: nobody else's.</summary>
    internal static string Name { get; } = $"talk-{Environment.ProcessId}";

    /// <summary>Who writes.</summary>
    internal uint Writer { get; }

    /// <summary>Who reads.</summary>
    internal uint Reader { get; }

    /// <summary>Their pipe's inode number, as the kernel tells it.</summary>
    internal ulong Pipe => ulong.Parse(new FileInfo($"/proc/{Reader}/fd/0").LinkTarget!["pipe:[".Length..^1]);

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private uint[] Children() =>
        [.. File.ReadAllText($"/proc/{_process.Id}/task/{_process.Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(uint.Parse)];
}
