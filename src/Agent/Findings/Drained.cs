using Ipcscope.Decode;
using Ipcscope.Ends;
using Ipcscope.Flows;

namespace Ipcscope.Findings;

/// <summary>Channels that somebody has read from: a poll does not tell how long there was no room in one of the many that it is about, reads do.</summary>
/// <param name="ends">Which socket is connected to which.</param>
/// <param name="flows">What traffic showed.</param>
/// <param name="since">CLOCK_MONOTONIC nanoseconds.</param>
internal sealed class Drained(ChannelEnds ends, IFlowSource flows, ulong since)
{
    private readonly Lazy<HashSet<ChannelKey>> _read = new(() => Read(flows, since));

    /// <summary>Whether something was taken out of what is written into <paramref name="channel"/>.</summary>
    internal bool Contains(in ChannelKey channel) => _read.Value.Contains(ends.Peer(channel) ?? channel);

    private static HashSet<ChannelKey> Read(IFlowSource flows, ulong since)
    {
        FlowSample[] samples = [];
        int count = flows.CopyFlows(ref samples);
        return [.. samples.Take(count).Where(flow => flow.Counters.LastSeen > since && flow.Counters.Bytes > 0 && flow.Operation is Operation.Read or Operation.Receive).Select(flow => flow.Channel.Key)];
    }
}
