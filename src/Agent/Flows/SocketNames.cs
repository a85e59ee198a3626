using System.Net;
using System.Text;
using Ipcscope.Decode;

namespace Ipcscope.Flows;

/// <summary>What people call sockets.</summary>
internal static class SocketNames
{
    private const byte AfInet = 2;

    // NETLINK_*, include/uapi/linux/netlink.h.
    private static readonly string[] Protocols =
    [
        "ROUTE", "UNUSED", "USERSOCK", "FIREWALL", "SOCK_DIAG", "NFLOG", "XFRM", "SELINUX", "ISCSI", "AUDIT", "FIB_LOOKUP", "CONNECTOR",
        "NETFILTER", "IP6_FW", "DNRTMSG", "KOBJECT_UEVENT", "GENERIC", "17", "SCSITRANSPORT", "ECRYPTFS", "RDMA", "CRYPTO", "SMC",
    ];

    internal static string Name(in ChannelKey key, in ChannelInfo info) => info.Mechanism switch
    {
        Mechanism.Unix when info.PathLength > 0 => Bound(info),
        Mechanism.Unix => $"socket:[{key.Inode}]",
        Mechanism.Netlink => $"netlink:{(info.Id < (ulong)Protocols.Length ? Protocols[info.Id] : $"{info.Id}")}[{info.Key}]",
        Mechanism.Vsock when info.Key != 0 => $"{Context(info.Id)} → {Context(info.Key)}",
        Mechanism.Vsock => Context(info.Id),
        _ when info.RemotePort != 0 => $"{Local(info)} → {Remote(info)}",
        _ => Local(info),
    };

    internal static string Peer(in ChannelInfo info) => info.Mechanism switch
    {
        Mechanism.Unix when info.PathLength > 0 => Bound(info),
        Mechanism.Unix when info.PeerInode != 0 => $"socket:[{info.PeerInode}]",
        Mechanism.Vsock when info.Key != 0 => Context(info.Key),
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

    // A machine and a port of its own numbering, vsock(7). VMADDR_*_ANY is all ones.
    private static string Context(ulong address) => $"{Number((uint)(address >> 32))}:{Number((uint)address)}";

    private static string Number(uint value) => value == uint.MaxValue ? "*" : $"{value}";

    // An abstract name begins with NUL (unix(7)), and people write it with @.
    private static string Bound(in ChannelInfo info)
    {
        ReadOnlySpan<byte> path = ((ReadOnlySpan<byte>)info.Path)[..info.PathLength];
        return path[0] == 0 ? "@" + Encoding.UTF8.GetString(path[1..]).Replace('\0', '@') : ChannelNames.Path(info);
    }
}
