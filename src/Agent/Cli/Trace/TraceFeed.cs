using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Cli;

/// <summary>Whether an operation is asked for, as far as the kernel has not decided it.</summary>
/// <param name="record">The operation.</param>
/// <param name="channel">What is known of its channel; null if nothing is.</param>
internal delegate bool OperationFilter(in OperationRecord record, Channel? channel);

/// <summary>Takes operations on the thread that reads the ring, and makes lines of those that are asked for.</summary>
/// <param name="sink">Takes the lines.</param>
/// <param name="format">Makes them.</param>
/// <param name="channels">Names channels.</param>
/// <param name="matches">Decides.</param>
/// <param name="limit">How many operations are wanted; null: all.</param>
/// <param name="enough">Told once there are that many.</param>
internal sealed class TraceFeed(
    LineSink sink, ITraceFormat format, ChannelIndex channels, OperationFilter matches, ulong? limit, Action enough)
{
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
        if (!matches(record, channel))
        {
            return;
        }
        sink.Append(format, record, channel);
        if (!Words.WouldBlock(record) && ++Operations == limit)
        {
            _done = true;
            enough();
        }
    }
}
