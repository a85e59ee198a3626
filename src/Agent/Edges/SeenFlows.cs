using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Edges;

/// <summary>What the edges know of traffic, for who looks at the ends: channels that are closed already have ends, too.</summary>
internal sealed class SeenFlows(IReadOnlyCollection<EdgeChannel> channels) : IFlowSource
{
    public int Flows => channels.Count;

    public int FlowsLimit => channels.Count;

    public int CopyFlows(ref FlowSample[] buffer)
    {
        buffer = [.. channels.SelectMany(Users)];
        return buffer.Length;
    }

    public int CopySeries(ref SeriesSample[] buffer) => 0;

    public IFlowJournal OpenJournal() => throw new NotSupportedException("these are the journal's own flows");

    // A channel is named even if nobody uses it any more, so that its kind is known.
    private static IEnumerable<FlowSample> Users(EdgeChannel channel) =>
        channel.Takers.Select(taker => Sample(channel, taker.Party.Process, Operation.Receive))
            .Concat(channel.Feeds.Select(feed => Sample(channel, feed.Source.Process, feed.Move.Operation)))
            .DefaultIfEmpty(Sample(channel, new Process(default, "", 0), Operation.None));

    private static FlowSample Sample(EdgeChannel channel, Process process, Operation operation) =>
        new() { Process = process, Channel = channel.Channel, Operation = operation };
}
