using Ipcscope.Decode;
using Ipcscope.Enrich;
using Ipcscope.Filters;
using Ipcscope.Flows;

namespace Ipcscope.Cli;

/// <summary>Takes operations on the thread that reads the ring, and makes lines of those that are asked for.</summary>
/// <param name="sink">Takes the lines.</param>
/// <param name="format">Makes them.</param>
/// <param name="channels">Names channels.</param>
/// <param name="peers">Names the other sides as far as operation and channel tell: what a filter is about.</param>
/// <param name="ends">Names the processes at the other ends.</param>
/// <param name="matches">What the kernel has not decided; null: nothing.</param>
/// <param name="places">Tells where processes run.</param>
/// <param name="limit">How many operations are wanted; null: all.</param>
/// <param name="enough">Told once there are that many.</param>
internal sealed class TraceFeed(
    ILineSink sink, ITraceFormat format, ChannelIndex channels, PeerNames peers, PeerEnds ends, FilterExpression? matches, Places places, ulong? limit, Action enough)
{
    private readonly OperationSubject _subject = new(places);
    private bool _done;

    /// <summary>Operations shown so far; calls that would have had to wait are shown, and are none.</summary>
    public ulong Operations { get; private set; }

    /// <summary>Takes one operation.</summary>
    public void Handle(in OperationRecord record)
    {
        if (_done)
        {
            return;
        }
        Channel? channel = channels.Find(record.Flow.Channel);
        string peer = peers.Of(record, channel);
        if (matches is not null && !matches.Matches(_subject.Of(record, channel, peer)))
        {
            return;
        }
        sink.Append(format, record, channel, record.Peer == 0 && ends.Of(record.Flow) is { Length: > 0 } process ? process : peer);
        if (!OperationTraits.WouldBlock(record) && ++Operations == limit)
        {
            _done = true;
            enough();
        }
    }
}
