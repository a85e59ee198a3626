using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Flows;
using Ipcscope.Waits;

namespace Ipcscope.Findings;

/// <summary>A process that keeps a pipe open that it does not use.</summary>
/// <param name="Pid">Its pid.</param>
/// <param name="Name">Its name.</param>
/// <param name="Descriptors">The write ends that it has.</param>
/// <param name="Why">Why it is taken for a mistake.</param>
internal sealed record OpenEnd(uint Pid, string Name, IReadOnlyList<int> Descriptors, string Why)
{
    /// <summary><c>name[pid]</c>.</summary>
    public string Label => $"{Name}[{Pid}]";
}

/// <summary>
/// Tells pipes that are kept open by mistake from those whose writer only takes its time. A writer may write yet unless it is the reader itself, or has
/// inherited the pipe without knowing: it has outlived who started it, as a daemon does, or it is another program with the pipe beyond its standard
/// descriptors, and what the reader has read so far came from somebody who is gone. Who has written is never suspected, nor are the reader's ancestors: keeping a pipe open tells their
/// children that they live.
/// </summary>
/// <param name="ends">Who holds what.</param>
/// <param name="flows">What traffic showed.</param>
internal sealed class HeldOpen(ChannelEnds ends, IFlowSource flows)
{
    private const int LastStandard = 2;

    private readonly Lazy<HashSet<(ChannelKey, uint, Operation)>> _users = new(() => Users(flows));

    /// <summary>Who keeps the pipe open that a call reads from; none if somebody may write yet.</summary>
    internal IReadOnlyList<OpenEnd> Find(Wait wait)
    {
        CallInProgress call = wait.Call;
        if (call.Flow.Mechanism != Mechanism.Pipe || call.Reason != WaitReason.Empty || !wait.IsClosed || call.HasTimeLimit)
        {
            return [];
        }
        var reader = ProcessStat.Read(call.Pid);
        List<OpenEnd> kept = [];
        foreach (Party writer in wait.Parties)
        {
            int[] descriptors = [.. ends.Descriptors.Where(d => d.Pid == writer.Pid && d.Key == call.Flow.Channel && d.Writable).Select(d => d.Fd).Distinct().Order()];
            if (descriptors.Length == 0 || _users.Value.Contains((call.Flow.Channel, writer.Pid, Operation.Write)) || Why(writer.Pid, call, reader, descriptors) is not { } why)
            {
                return [];
            }
            kept.Add(new OpenEnd(writer.Pid, writer.Name, descriptors, why));
        }
        return kept;
    }

    private string? Why(uint writer, CallInProgress call, ProcessStat reader, int[] descriptors)
    {
        if (writer == call.Pid)
        {
            return reader.Threads == 1 ? "the reader has not closed its own write end" : null;
        }
        IReadOnlyList<uint> above = ProcessStat.Ancestors(writer), aboveReader = ProcessStat.Ancestors(call.Pid);
        if (aboveReader.Contains(writer))
        {
            return null;
        }
        if (!above.Contains(call.Pid) && !above.Intersect(aboveReader).Any() && ProcessStat.Read(writer).Parent != call.Pid)
        {
            return "it has outlived who started it";
        }
        return _users.Value.Contains((call.Flow.Channel, call.Pid, Operation.Read)) && descriptors.All(fd => fd > LastStandard) && Program(writer) != Program(call.Pid)
            ? "who wrote is gone, and this is another program, the pipe none of its standard descriptors"
            : null;
    }

    private static HashSet<(ChannelKey, uint, Operation)> Users(IFlowSource flows)
    {
        FlowSample[] samples = [];
        int count = flows.CopyFlows(ref samples);
        return [.. samples.Take(count).Where(flow => flow.Counters.Bytes > 0).Select(flow => (flow.Channel.Key, flow.Process.Key.Pid, flow.Operation))];
    }

    private static string Program(uint pid) => Enrich.Executables.Read(pid);
}
