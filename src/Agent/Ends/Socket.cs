using Ipcscope.Capture;
using Ipcscope.Decode;

namespace Ipcscope.Ends;

/// <summary>A socket and what leads to its peer.</summary>
/// <param name="Key">Which one.</param>
/// <param name="Info">Its addresses.</param>
/// <param name="Peer">The connected unix socket.</param>
/// <param name="Bound"><see cref="Descriptor.Bound"/>.</param>
/// <param name="PeerBound"><see cref="Descriptor.PeerBound"/>.</param>
/// <param name="IsListening">It accepts connections.</param>
internal sealed record Socket(ChannelKey Key, ChannelInfo Info, ChannelKey? Peer, ulong Bound, ulong PeerBound, bool IsListening)
{
    public static bool IsOne(Mechanism mechanism) => mechanism is Mechanism.Unix or Mechanism.Tcp or Mechanism.Udp or Mechanism.Vsock or Mechanism.Netlink;

    public static Socket Of(Descriptor descriptor) =>
        new(descriptor.Key, descriptor.Info, descriptor.Peer, descriptor.Bound, descriptor.PeerBound, descriptor.IsListening);
}

/// <summary>The other socket.</summary>
/// <param name="Key">Which one.</param>
/// <param name="Certainty">How well that is known.</param>
internal readonly record struct SocketPeer(ChannelKey Key, Certainty Certainty);
