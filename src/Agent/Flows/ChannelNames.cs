using System.Text;
using Ipcscope.Decode;

namespace Ipcscope.Flows;

/// <summary>What people call channels.</summary>
public static class ChannelNames
{
    /// <summary>The name of a channel from what the kernel knows of it.</summary>
    public static string Name(in ChannelKey key, in ChannelInfo info) => info.Mechanism switch
    {
        Mechanism.Unix or Mechanism.Tcp or Mechanism.Udp or Mechanism.Vsock or Mechanism.Netlink => SocketNames.Name(key, info),
        Mechanism.SysvMsg or Mechanism.SysvSem or Mechanism.SysvShm => ObjectNames.SystemV(key, info),
        Mechanism.Mq or Mechanism.Shm or Mechanism.FileMap or Mechanism.Futex => ObjectNames.Name(key, info),
        Mechanism.Pty => $"/dev/pts/{info.Id}",
        Mechanism.Eventfd => $"eventfd:[{info.Id}]",
        Mechanism.IoUring => $"io_uring:[{info.Id}]",
        Mechanism.Signal => $"{SignalNames.Name(info.Id)} → {Target(info)}",
        Mechanism.ProcessVm => $"memory of {Target(info)}",
        Mechanism.Fifo => $"fifo:[{key.Inode}]",
        _ => $"pipe:[{key.Inode}]",
    };

    /// <summary>The other side as far as the kernel names it: a remote address, a bound name, who gets a signal, whose memory it is; else empty.</summary>
    public static string Peer(in ChannelInfo info) => info.Mechanism switch
    {
        Mechanism.Unix or Mechanism.Tcp or Mechanism.Udp or Mechanism.Vsock => SocketNames.Peer(info),
        Mechanism.Netlink => "kernel",
        Mechanism.Signal or Mechanism.ProcessVm => Target(info),
        _ => "",
    };

    /// <summary>The name of a channel of which only its key is known.</summary>
    public static string Name(in FlowKey flow)
    {
        ChannelKey key = flow.Channel;
        return flow.Mechanism switch
        {
            Mechanism.Unix or Mechanism.Tcp or Mechanism.Udp or Mechanism.Vsock or Mechanism.Netlink => $"socket:[{key.Inode}]",
            Mechanism.Mq => $"mqueue:[{(key.Inode != 0 ? key.Inode : key.Device)}]",
            Mechanism.SysvMsg or Mechanism.SysvSem or Mechanism.SysvShm => ObjectNames.SystemV(flow),
            Mechanism.Futex => Name(key, new ChannelInfo { Mechanism = Mechanism.Futex, Id = key.Device == 0 ? key.Inode : key.Guard * 4UL }),
            Mechanism.Signal => Name(key, new ChannelInfo { Mechanism = Mechanism.Signal, Id = key.Device, Target = (uint)key.Inode }),
            _ => Name(key, new ChannelInfo { Mechanism = flow.Mechanism, Id = key.Inode, Target = (uint)key.Inode }),
        };
    }

    /// <summary>The text of <see cref="ChannelInfo.Path"/>; what is no UTF-8 becomes U+FFFD.</summary>
    internal static string Path(in ChannelInfo info) =>
        Encoding.UTF8.GetString(((ReadOnlySpan<byte>)info.Path)[..info.PathLength].TrimEnd((byte)0));

    // The path is the process's name; without it the number has to do. kill(2) may have failed to find a group: a negative one.
    private static string Target(in ChannelInfo info) => $"{Path(info)}[{(int)info.Target}]";
}
