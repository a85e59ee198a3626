namespace Ipcscope.Cli.Bench;

/// <summary>Everything that is measured, in the order in which it is shown.</summary>
internal static class BenchMechanisms
{
    /// <summary>Of datagrams between unix sockets: less than a socket's buffer (212,992).</summary>
    private const int UnixPiece = 64 << 10;

    /// <summary>Of UDP: the largest power of two below 65,507.</summary>
    private const int UdpPiece = 32 << 10;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BenchMechanism> All { get; } =
    [
        new PipeMechanism("pipe"),
        new FifoMechanism(),
        new SocketPairMechanism(),
        new SocketMechanism("unix_stream", LibC.AF_UNIX, LibC.SOCK_STREAM, 0),
        new SocketMechanism("unix_dgram", LibC.AF_UNIX, LibC.SOCK_DGRAM, UnixPiece),
        new SocketMechanism("unix_seqpacket", LibC.AF_UNIX, LibC.SOCK_SEQPACKET, UnixPiece),
        new SocketMechanism("tcp", LibC.AF_INET, LibC.SOCK_STREAM, 0),
        new SocketMechanism("udp", LibC.AF_INET, LibC.SOCK_DGRAM, UdpPiece),
        new MqMechanism(),
        new SysvMsgMechanism(),
        new RingMechanism("shm", MemorySource.Posix, "see the size and the permissions of /dev/shm"),
        new RingMechanism("file_map", MemorySource.File, "see the permissions and the room of /var/tmp"),
        new ProcessVmMechanism(),
        new IoUringMechanism(),
        new SysvSemMechanism(),
        new FutexMechanism(),
        new EventFdMechanism(),
        new SignalMechanism(),
    ];

    /// <summary>Their names.</summary>
    public static string[] Names { get; } = [.. All.Select(mechanism => mechanism.Name)];

    /// <summary>The mechanism of a name.</summary>
    public static BenchMechanism Find(string name) => All.First(mechanism => mechanism.Name == name);
}
