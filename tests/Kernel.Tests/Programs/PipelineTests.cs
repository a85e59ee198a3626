using Ipcscope.Decode;
using Ipcscope.KernelTests.Programs.Strace;

namespace Ipcscope.KernelTests.Programs;

/// <summary>
/// <c>dd | gzip | wc</c>. dd writes blocks of 64 bytes, which a pipe takes whole or waits for (PIPE_BUF, pipe(7)); readers read
/// to the end, so that all that was written has been read.
/// </summary>
[Collection(nameof(ProgramCaptures))]
public sealed class PipelineTests(ProgramCaptures captures)
{
    private const int BlockSize = 64;

    [Fact]
    public void WhatDdWritesComesOutOfWc()
    {
        const int blocks = 50_000;
        using Scene scene = new(captures);
        scene.Run(Pipeline(blocks));
        ulong printed = Printed(scene);
        foreach (Sight sight in scene.Look())
        {
            Tally dd = sight.Total("dd", Mechanism.Pipe, Operation.Write);
            sight.Same("operations of dd", dd.Operations, "blocks", blocks);
            sight.Same("bytes of dd", dd.Bytes, "blocks × 64", blocks * BlockSize);
            Tally input = sight.Total("gzip", Mechanism.Pipe, Operation.Read);
            sight.Same("bytes that gzip read", input.Bytes, "bytes of dd", dd.Bytes);
            sight.AtLeast("reads of gzip", input.Operations, "one read and the end of file", 2);
            Tally packed = sight.Total("gzip", Mechanism.Pipe, Operation.Write);
            sight.Same("bytes that gzip wrote", packed.Bytes, "what wc printed", printed);
            sight.Same("bytes that wc read", sight.Total("wc", Mechanism.Pipe, Operation.Read).Bytes, "what wc printed", printed);
            sight.Same("errors and would-block", Troubles(sight), "none", 0);
        }
    }

    [Fact]
    public void StraceSawTheSame()
    {
        const int blocks = 1500;
        using Scene scene = new(captures);
        scene.Run(StraceLog.Command(scene.File("log"), Pipeline(blocks)));
        StraceLog log = scene.AssertAsStraceSaw(scene.File("log"));
        foreach (Sight sight in scene.Look())
        {
            ulong writes = sight.Total("dd", Mechanism.Pipe, Operation.Write).Operations
                + sight.Total("gzip", Mechanism.Pipe, Operation.Write).Operations;
            sight.Same("writes to pipes, and that of wc to its file", writes + 1, "write in strace -c", log.Calls("write"));
            sight.Same("operations of dd", sight.Total("dd", Mechanism.Pipe, Operation.Write).Operations, "blocks", blocks);
        }
    }

    // wc prints to a file, so that the only pipes are the two between the programs.
    private static string[] Pipeline(int blocks) =>
        ["bash", "-c", $"dd if=/dev/zero bs={BlockSize} count={blocks} status=none | gzip -1 | wc -c >printed"];

    private static ulong Printed(Scene scene) => ulong.Parse(File.ReadAllText(scene.File("printed")).Trim());

    private static ulong Troubles(Sight sight) => sight.Entries
        .Where(entry => entry.Mechanism == Mechanism.Pipe)
        .Aggregate(0UL, (sum, entry) => sum + entry.Tally.WouldBlock + entry.Tally.Errors);
}
