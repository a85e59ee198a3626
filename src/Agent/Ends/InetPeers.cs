using System.Buffers.Binary;
using Ipcscope.Decode;

namespace Ipcscope.Ends;

/// <summary>The peers of tcp, udp and vsock sockets on this machine, by their addresses.</summary>
internal sealed class InetPeers
{
    private const byte AfInet = 2;
    private static readonly UInt128 MappedPrefix = (UInt128)0xffff << 32; // ::ffff:0:0/96, RFC 4291

    private readonly ILookup<Tuple, SocketEnd> _connected;
    private readonly ILookup<(Mechanism, ulong Port), SocketEnd> _bound;

    public InetPeers(IEnumerable<SocketEnd> sockets)
    {
        List<SocketEnd> all = [.. sockets];
        _connected = all.Where(socket => IsConnected(socket.Info)).ToLookup(socket => TupleOf(socket.Info));
        _bound = all.Where(socket => !IsConnected(socket.Info)).ToLookup(socket => (socket.Info.Mechanism, PortOf(socket.Info)));
    }

    /// <summary>
    /// The socket with the mirrored addresses: exact in the same network namespace. Two namespaces may use the same addresses, so one in another
    /// namespace is a hint. Failing that, whoever takes what is sent to that address: the listening or bound socket.
    /// </summary>
    public SocketPeer? Find(SocketEnd socket)
    {
        ChannelInfo info = socket.Info;
        if (!IsConnected(info))
        {
            return null;
        }
        Tuple mirrored = TupleOf(info).Mirrored();
        List<SocketEnd> others = [.. _connected[mirrored].Where(other => other.Key != socket.Key)];
        List<SocketEnd> near = [.. others.Where(other => other.Info.Ns == info.Ns)];
        if (near.Count > 0)
        {
            return near.Count == 1 ? new SocketPeer(near[0].Key, Certainty.Exact) : null;
        }
        if (IsOnThisMachine(socket))
        {
            return FindBound(socket, mirrored);
        }
        return others.Count == 1 ? new SocketPeer(others[0].Key, Certainty.Hint) : null;
    }

    /// <summary>Whether its peer's address is one of this machine's, as far as the socket itself tells: loopback, or its own.</summary>
    public static bool IsOnThisMachine(SocketEnd socket)
    {
        UInt128 remote = TupleOf(socket.Info).Remote;
        return socket.Info.Mechanism == Mechanism.Vsock ? false : IsLoopback(remote) || remote == TupleOf(socket.Info).Local;
    }

    // Several may share the port (SO_REUSEPORT): then nobody can tell which.
    private SocketPeer? FindBound(SocketEnd socket, Tuple mirrored)
    {
        ChannelInfo info = socket.Info;
        List<SocketEnd> bound =
        [
            .. _bound[(info.Mechanism, mirrored.LocalPort)].Where(other => other.Info.Ns == info.Ns
                && (info.Mechanism == Mechanism.Udp || Awaits(socket, other))
                && (TupleOf(other.Info).Local == mirrored.Local || IsAny(other.Info))),
        ];
        return bound.Count == 1 ? new SocketPeer(bound[0].Key, Certainty.Exact) : null;
    }

    // A connection whose other side was closed is not the listener's any more; one that it has not accepted is.
    private static bool Awaits(SocketEnd client, SocketEnd listener) =>
        listener.IsListening && client.Held is { } held && (held.IsConnecting || (held.IsConnected && listener.Waiting > 0));

    private static bool IsConnected(in ChannelInfo info) => info.Mechanism == Mechanism.Vsock ? (uint)info.Key != uint.MaxValue && info.Key != 0 : info.RemotePort != 0;

    private static bool IsAny(in ChannelInfo info) => AddressOf(info.LocalAddress, info.Family) is var address && (address == 0 || address == MappedPrefix);

    private static bool IsLoopback(UInt128 address) => address == 1 || ((address >> 32) == 0xffff && (byte)(address >> 24) == 127);

    private static ulong PortOf(in ChannelInfo info) => info.Mechanism == Mechanism.Vsock ? (uint)info.Id : info.LocalPort;

    private static Tuple TupleOf(in ChannelInfo info) => info.Mechanism == Mechanism.Vsock
        ? new Tuple(info.Mechanism, info.Id >> 32, (uint)info.Id, info.Key >> 32, (uint)info.Key)
        : new Tuple(info.Mechanism, AddressOf(info.LocalAddress, info.Family), info.LocalPort, AddressOf(info.RemoteAddress, info.Family), info.RemotePort);

    // As IPv6, IPv4 mapped: one end may be an IPv6 socket that talks IPv4.
    private static UInt128 AddressOf(in AddressBytes bytes, byte family) => family == AfInet
        ? MappedPrefix | BinaryPrimitives.ReadUInt32BigEndian(bytes)
        : BinaryPrimitives.ReadUInt128BigEndian(bytes);

    private readonly record struct Tuple(Mechanism Mechanism, UInt128 Local, ulong LocalPort, UInt128 Remote, ulong RemotePort)
    {
        public Tuple Mirrored() => new(Mechanism, Remote, RemotePort, Local, LocalPort);
    }
}
