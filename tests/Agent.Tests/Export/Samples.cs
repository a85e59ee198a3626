using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Tests.Export;

/// <summary>Short ways to say what a source knows.</summary>
internal static class Samples
{
    public static Process Process(string name, uint pid, ulong start = 1) => new(new ProcessKey(start, pid, 0), name, cgroup: 4711);

    public static Process Overflow { get; } = new(default, "", 0);

    /// <summary><paramref name="calls"/> calls of 64 bytes that took 1 ms each.</summary>
    public static SeriesSample Series(Process process, ulong calls, Mechanism mechanism = Mechanism.Pipe, Operation operation = Operation.Write)
    {
        SeriesSample sample = new() { Process = process, Mechanism = mechanism, Operation = operation, Channels = 1, Errors = [] };
        sample.Counters.Bytes = calls * 64;
        sample.Counters.Size[6] = calls;
        sample.Counters.Duration[15] = calls;
        sample.Counters.DurationNs = calls * 1_000_000;
        sample.Counters.LastSeen = calls;
        return sample;
    }

    public static SeriesSample Failing(this SeriesSample sample, params ErrorCount[] errors)
    {
        foreach (ErrorCount error in errors)
        {
            sample.Counters.Errors += error.Count;
        }
        sample.Errors = [.. errors];
        return sample;
    }

    public static FlowSample Flow(Process process, ulong inode, Mechanism mechanism = Mechanism.Pipe, Operation operation = Operation.Write) => new()
    {
        Id = inode,
        Process = process,
        Channel = new Channel(new ChannelKey(inode, 14, 0), mechanism),
        Operation = operation,
    };
}
