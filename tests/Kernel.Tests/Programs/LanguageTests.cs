using System.Runtime.CompilerServices;
using Ipcscope.Decode;
using Ipcscope.KernelTests.Programs.Strace;

namespace Ipcscope.KernelTests.Programs;

/// <summary>
/// Programs in Go and Rust, tests/programs, whose processes print what they have done, <c>PID MECHANISM OPERATION OPERATIONS
/// BYTES</c>: the counts of whoever asked the runtime for it, not those of a tracer.
/// </summary>
[Collection(nameof(ProgramCaptures))]
public sealed class LanguageTests(ProgramCaptures captures)
{
    // What their runtimes do by themselves (pipes, signals) is not theirs to tell.
    private static readonly Mechanism[] Told = [Mechanism.Unix, Mechanism.Shm, Mechanism.Futex];

    [Theory]
    [InlineData("ipcscope-go")]
    [InlineData("ipcscope-rust")]
    public void BothPathsSawWhatItTells(string program)
    {
        using Scene scene = new(captures);
        string[] truth = [.. scene.Run(Built(program), scene.Folder).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order()];
        HashSet<uint> pids = [.. truth.Select(line => uint.Parse(line.Split(' ')[0]))];
        Assert.Equal(2, pids.Count);
        foreach (Sight sight in scene.Look())
        {
            string[] seen = [.. sight.Entries.Where(entry => pids.Contains(entry.Pid) && Told.Contains(entry.Mechanism) && entry.Tally.Operations > 0)
                .Select(Line).Order()];
            Assert.True(truth.SequenceEqual(seen),
                $"{program} tells\n{string.Join('\n', truth)}\n{sight.Path}\n{string.Join('\n', seen)}\n{sight}");
        }
    }

    [Theory]
    [InlineData("ipcscope-go")]
    [InlineData("ipcscope-rust")]
    public void StraceSawTheSame(string program)
    {
        using Scene scene = new(captures);
        scene.Run(StraceLog.Command(scene.File("log"), Built(program), scene.Folder));
        scene.AssertAsStraceSaw(scene.File("log"));
    }

    private static string Line(Entry entry) =>
        $"{entry.Pid} {entry.Mechanism} {entry.Operation} {entry.Tally.Operations} {entry.Tally.Bytes}".ToLowerInvariant();

    private static string Built(string program, [CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../../out/programs", program));
}
