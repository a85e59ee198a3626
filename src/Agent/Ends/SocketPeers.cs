using System.Runtime.InteropServices;
using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Ends;

/// <summary>Which socket is connected to which.</summary>
internal sealed class SocketPeers
{
    private readonly Dictionary<ChannelKey, SocketEnd> _sockets;
    private readonly Dictionary<ChannelKey, SocketPeer> _peers = [];
    private readonly Dictionary<ChannelKey, List<SocketPeer>> _toward = [];

    public SocketPeers(IEnumerable<SocketEnd> sockets)
    {
        _sockets = sockets.ToDictionary(socket => socket.Key);
        var unix = new UnixPeers(_sockets.Values.Where(socket => socket.Info.Mechanism == Mechanism.Unix));
        var inet = new InetPeers(_sockets.Values.Where(socket => socket.Info.Mechanism is Mechanism.Tcp or Mechanism.Udp or Mechanism.Vsock));
        foreach (SocketEnd socket in _sockets.Values)
        {
            if ((socket.Info.Mechanism == Mechanism.Unix ? unix.Find(socket) : inet.Find(socket)) is { } peer)
            {
                _peers.Add(socket.Key, peer);
                ref List<SocketPeer>? list = ref CollectionsMarshal.GetValueRefOrAddDefault(_toward, peer.Key, out _);
                (list ??= []).Add(peer with { Key = socket.Key });
            }
        }
    }

    public bool IsSocket(in ChannelKey channel) => _sockets.ContainsKey(channel);

    /// <summary>What it is connected to.</summary>
    public SocketPeer? Find(in ChannelKey channel) => _peers.TryGetValue(channel, out SocketPeer peer) ? peer : null;

    /// <summary>All that are connected to it.</summary>
    public IReadOnlyList<SocketPeer> Toward(in ChannelKey channel) => _toward.TryGetValue(channel, out List<SocketPeer>? list) ? list : [];

    /// <summary>The address of a peer that is not on this machine.</summary>
    public string? Remote(in ChannelKey channel) =>
        _sockets.TryGetValue(channel, out SocketEnd? socket) && socket.Info.Mechanism is Mechanism.Tcp or Mechanism.Udp or Mechanism.Vsock
            && !_peers.ContainsKey(channel) && !InetPeers.IsOnThisMachine(socket) && ChannelNames.Peer(socket.Info) is { Length: > 0 } address
            ? address
            : null;
}
