using Ipcscope.Decode;

namespace Ipcscope.Flows;

/// <summary>A channel that has been used.</summary>
public sealed class Channel(ChannelKey key, Mechanism mechanism)
{
    /// <summary>Which one.</summary>
    public ChannelKey Key { get; } = key;

    /// <summary>Its mechanism.</summary>
    public Mechanism Mechanism { get; } = mechanism;

    /// <summary>The socket's type; None for anything else.</summary>
    public ChannelKind Kind { get; internal set; }

    /// <summary>What the kernel programs wrote of it when it was last seen for the first time by somebody.</summary>
    public ChannelInfo Info { get; internal set; } = new() { Mechanism = mechanism };

    /// <summary>What people call it: <c>pipe:[123]</c>, <c>/run/redis.sock</c>, <c>@abstract</c>, <c>127.0.0.1:80 → 127.0.0.1:4711</c>.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>The most that waited in it when a write ended, since it was first seen: bytes of streams, messages of anything else; 0: not measured.</summary>
    public ulong HighWater { get; internal set; }

    /// <summary>Whether <see cref="HighWater"/> is of messages, not bytes.</summary>
    public bool IsOfMessages => Mechanism is Mechanism.Mq or Mechanism.SysvMsg or Mechanism.Udp || Kind is ChannelKind.Datagram or ChannelKind.Seqpacket;

    /// <summary>The other side as far as the kernel names it: a remote address, a bound path; else empty.</summary>
    public string Peer { get; internal set; } = "";
}
