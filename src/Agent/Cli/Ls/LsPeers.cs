using Ipcscope.Decode;
using Ipcscope.Flows;

namespace Ipcscope.Cli;

/// <summary>Finds the other ends of sockets among those that exist.</summary>
/// <param name="channels">All channels.</param>
internal sealed class LsPeers(IEnumerable<LsChannel> channels)
{
    // One namespace has each unix socket's inode once: socket inodes come from one counter of sockfs.
    private readonly Dictionary<ulong, LsChannel> _unix = channels
        .Where(channel => channel.Info.Mechanism == Mechanism.Unix)
        .GroupBy(channel => channel.Key.Inode)
        .ToDictionary(group => group.Key, group => group.First());

    /// <summary>Who holds the other end, or what the kernel calls it; empty if there is none, as of pipes, whose ends are one channel.</summary>
    public string Describe(LsChannel channel) =>
        channel.Info.PeerInode != 0 && _unix.TryGetValue(channel.Info.PeerInode, out LsChannel? peer)
            ? string.Join(' ', peer.Holders)
            : channel.IsPipe ? "" : Other(channel);

    // A bound name is a listener's own, and no other side.
    private static string Other(LsChannel channel) =>
        channel.Info.Mechanism == Mechanism.Unix && channel.Info.PeerInode == 0 ? "" : ChannelNames.Peer(channel.Info);
}
