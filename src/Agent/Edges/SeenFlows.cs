using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Edges;

/// <summary>What the edges know of traffic, for who looks at the ends: channels that are closed already have ends, too.</summary>
internal sealed class SeenFlows(IReadOnlyCollection<EdgeChannel> channels) : IFlowSource
{
    private static readonly Process Nobody = new(default, "", 0);

    public int Flows => channels.Count;

    public int FlowsLimit => channels.Count;

    public int CopyFlows(ref FlowSample[] buffer) => throw new NotSupportedException("nothing is counted here");

    public void TellUsers(Action<Process, Channel, Operation> tell)
    {
        foreach (EdgeChannel channel in channels)
        {
            foreach (Taker taker in channel.Takers)
            {
                tell(taker.Party.Process, channel.Channel, Operation.Receive);
            }
            foreach (Feed feed in channel.Feeds)
            {
                tell(feed.Source.Process, channel.Channel, feed.Move.Operation);
            }
            if (channel.Takers.Count + channel.Feeds.Count == 0)
            {
                tell(Nobody, channel.Channel, Operation.None); // it is named even so, so that its kind is known
            }
        }
    }

    public int CopySeries(ref SeriesSample[] buffer) => 0;

    public IFlowJournal OpenJournal() => throw new NotSupportedException("these are the journal's own flows");
}
