using Ipcscope.Decode;

namespace Ipcscope.Ends;

/// <summary>The peers of unix sockets, as the kernel links them.</summary>
internal sealed class UnixPeers
{
    private readonly Dictionary<ulong, ChannelKey> _listeners = [];
    private readonly ILookup<ulong, SocketEnd> _byInode;

    public UnixPeers(IEnumerable<SocketEnd> sockets)
    {
        List<SocketEnd> all = [.. sockets];
        foreach (SocketEnd socket in all.Where(socket => socket.IsListening))
        {
            _listeners[socket.Held!.Bound] = socket.Key;
        }
        _byInode = all.ToLookup(socket => socket.Key.Inode);
    }

    /// <summary>The connected socket. Nobody has accepted the connection yet: the listening one, which shares the name with it.</summary>
    public SocketPeer? Find(SocketEnd socket)
    {
        if (socket.Held?.Peer is { } peer)
        {
            return new SocketPeer(peer, Certainty.Exact);
        }
        if (socket.Held is { PeerBound: not 0 } client && _listeners.TryGetValue(client.PeerBound, out ChannelKey listener))
        {
            return new SocketPeer(listener, Certainty.Exact);
        }
        // Known from traffic only, its own descriptors are gone: the number of the inode, confirmed by the peer where it points back.
        List<SocketEnd> candidates = socket.Info.PeerInode == 0 ? []
            : [.. _byInode[socket.Info.PeerInode].Where(other => other.Info.PeerInode is 0 || other.Info.PeerInode == socket.Key.Inode)];
        return candidates.Count == 1 ? new SocketPeer(candidates[0].Key, Certainty.Observed) : null;
    }
}
