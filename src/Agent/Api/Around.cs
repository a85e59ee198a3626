using Ipcscope.Cli;
using Ipcscope.Decode;
using Ipcscope.Ends;

namespace Ipcscope.Api;

/// <summary>What a look at who holds what has shown of a channel.</summary>
/// <param name="Holders">Who has this very channel.</param>
/// <param name="Opposite">Of a socket who has the other one; else empty.</param>
/// <param name="Queue">What waits in it; null: not known.</param>
/// <param name="IsListening">Whether it is a socket that accepts connections.</param>
internal sealed record Around(IReadOnlyList<End> Holders, IReadOnlyList<End> Opposite, QueueState? Queue, bool IsListening)
{
    /// <summary>Nothing is known.</summary>
    public static Around Nothing { get; } = new([], [], null, false);

    /// <summary>Whether another look has shown the same.</summary>
    public bool IsSame(Around other) => IsListening == other.IsListening && Queue == other.Queue && Holders.SequenceEqual(other.Holders) && Opposite.SequenceEqual(other.Opposite);

    /// <summary>Of a channel that is held by descriptors; memory and System V objects are known from traffic.</summary>
    public static Around Of(in ChannelKey channel, Mechanism mechanism, ChannelEnds ends, HashSet<ChannelKey> listening) => mechanism switch
    {
        Mechanism.Pipe or Mechanism.Fifo or Mechanism.Pty or Mechanism.Eventfd or Mechanism.Mq => new(ends.Holders(channel, mechanism), [], ends.Queue(channel, mechanism), false),
        Mechanism.Unix or Mechanism.Tcp or Mechanism.Udp or Mechanism.Vsock => new(
            ends.Holders(channel, mechanism), [.. ends.Writers(channel, mechanism).Union(ends.Readers(channel, mechanism)).DistinctBy(end => end.Process)],
            ends.Queue(channel, mechanism), listening.Contains(channel)),
        _ => Nothing,
    };
}
