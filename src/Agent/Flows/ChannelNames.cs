using System.Net;
using System.Text;
using Ipcscope.Decode;

namespace Ipcscope.Flows;

/// <summary>What people call channels.</summary>
public static class ChannelNames
{
    private const byte AfInet = 2;

    /// <summary>The name of a channel from what the kernel knows of it.</summary>
    public static string Name(in ChannelKey key, in ChannelInfo info) => info.Mechanism switch
    {
        Mechanism.Unix when info.PathLength > 0 => SocketName(info),
        Mechanism.Unix => $"socket:[{key.Inode}]",
        Mechanism.Tcp or Mechanism.Udp when info.RemotePort != 0 => $"{Local(info)} → {Remote(info)}",
        Mechanism.Tcp or Mechanism.Udp => Local(info),
        Mechanism.Fifo => $"fifo:[{key.Inode}]",
        _ => $"pipe:[{key.Inode}]",
    };

    /// <summary>The other side as far as the kernel names it: a remote address, a bound name; else empty.</summary>
    public static string Peer(in ChannelInfo info) => info.Mechanism switch
    {
        Mechanism.Unix when info.PathLength > 0 => SocketName(info),
        Mechanism.Unix when info.PeerInode != 0 => $"socket:[{info.PeerInode}]",
        Mechanism.Tcp or Mechanism.Udp when info.RemotePort != 0 => Remote(info),
        _ => "",
    };

    private static string Local(in ChannelInfo info) => Address(info.LocalAddress, info.Family, info.LocalPort);

    private static string Remote(in ChannelInfo info) => Address(info.RemoteAddress, info.Family, info.RemotePort);

    private static string Address(in AddressBytes bytes, byte family, ushort port)
    {
        ReadOnlySpan<byte> octets = bytes;
        IPAddress address = new(family == AfInet ? octets[..4] : octets);
        return new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, port).ToString();
    }

    // An abstract name begins with NUL (unix(7)), and people write it with @.
    private static string SocketName(in ChannelInfo info)
    {
        ReadOnlySpan<byte> path = ((ReadOnlySpan<byte>)info.Path)[..info.PathLength];
        return path[0] == 0
            ? "@" + Encoding.UTF8.GetString(path[1..]).Replace('\0', '@')
            : Encoding.UTF8.GetString(path.TrimEnd((byte)0));
    }
}
