using Ipcscope.Capture;
using Ipcscope.Decode;

namespace Ipcscope.Ends;

/// <summary>A socket and what leads to its peer.</summary>
/// <param name="Key">Which one.</param>
/// <param name="Info">Its addresses.</param>
/// <param name="Held">One of its descriptors; null: nobody has any, it is known from traffic only.</param>
internal sealed record SocketEnd(ChannelKey Key, ChannelInfo Info, Descriptor? Held)
{
    public bool IsListening => Held is { IsListening: true };

    /// <summary>How many connections wait in it to be accepted.</summary>
    public long Waiting => Held is { IsListening: true } listener ? listener.Queue.Items.Used : 0;

    public static bool IsOne(Mechanism mechanism) => mechanism is Mechanism.Unix or Mechanism.Tcp or Mechanism.Udp or Mechanism.Vsock or Mechanism.Netlink;

    public static SocketEnd Of(Descriptor descriptor) => new(descriptor.Key, descriptor.Info, descriptor);
}

/// <summary>The other socket.</summary>
/// <param name="Key">Which one.</param>
/// <param name="Certainty">How well that is known.</param>
internal readonly record struct SocketPeer(ChannelKey Key, Certainty Certainty);
