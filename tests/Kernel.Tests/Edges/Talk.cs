using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Ipcscope.KernelTests.Edges;

/// <summary>What one process gave another. Operations are null where nobody can tell whose they were.</summary>
internal readonly record struct Gift(uint Source, uint Destination, string Mechanism, ulong? Operations, ulong Bytes);

/// <summary>A scene of tests/programs/python/talk.py: all has been said, and its processes stay until they are told to go.</summary>
internal sealed class Talk : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ipcscope-talk").FullName;
    private readonly Process _process;

    internal Talk(string scene)
    {
        _process = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-B", Script(), scene, _folder]) { RedirectStandardError = true })!;
        string truth = Path.Combine(_folder, "truth");
        for (Stopwatch watch = Stopwatch.StartNew(); !File.Exists(truth); Thread.Sleep(5))
        {
            Assert.False(_process.HasExited, $"the scene {scene} has ended: {(_process.HasExited ? _process.StandardError.ReadToEnd() : "")}");
            Assert.True(watch.Elapsed < Workload.Patience, $"the scene {scene} comes to no end");
        }
        Gifts = [.. File.ReadLines(truth).Select(Read)];
    }

    /// <summary>Who gave how much to whom.</summary>
    internal IReadOnlyList<Gift> Gifts { get; }

    /// <summary>All processes end.</summary>
    internal void Go()
    {
        File.WriteAllText(Path.Combine(_folder, "go"), "");
        Assert.True(_process.WaitForExit(Workload.Patience));
        Assert.Equal(0, _process.ExitCode);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static Gift Read(string line) => line.Split(' ') is [var source, var destination, var mechanism, var operations, var bytes]
        ? new Gift(
            uint.Parse(source, CultureInfo.InvariantCulture), uint.Parse(destination, CultureInfo.InvariantCulture), mechanism,
            operations == "*" ? null : ulong.Parse(operations, CultureInfo.InvariantCulture), ulong.Parse(bytes, CultureInfo.InvariantCulture))
        : throw new FormatException(line);

    private static string Script([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../programs/python/talk.py"));
}
