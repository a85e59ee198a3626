namespace Ipcscope.Cli.Bench;

/// <summary>Two connected sockets, one a process.</summary>
/// <param name="name">What it is called.</param>
/// <param name="family">AF_UNIX or AF_INET.</param>
/// <param name="type">SOCK_STREAM, SOCK_DGRAM or SOCK_SEQPACKET.</param>
/// <param name="piece">The largest datagram; 0: a stream.</param>
internal sealed unsafe class SocketMechanism(string name, ushort family, int type, int piece) : BenchMechanism(name)
{
    private const int TimeOut = 2; // seconds

    private bool IsUdp => family == LibC.AF_INET && type == LibC.SOCK_DGRAM;

    /// <inheritdoc/>
    public override string Note => IsUdp ? "the receiver acknowledges every 96 KiB at most, so that nothing is dropped" : "";

    /// <inheritdoc/>
    public override void Open(BenchObjects objects)
    {
        if (piece > 0)
        {
            objects.Piece = piece;
            objects.Limit = "datagrams";
        }
        if (type == LibC.SOCK_DGRAM)
        {
            SocketAddress.ConnectEachOther(Create(objects), Create(objects), family);
        }
        else
        {
            int listener = objects.Keep(LibC.socket(family, type, 0), "socket");
            int connecting = Create(objects);
            SocketAddress.Connect(connecting, SocketAddress.Listen(listener, family));
            Prepare(objects.Hand(LibC.accept(listener, null, null), "accept"));
        }
    }

    /// <inheritdoc/>
    public override IBenchChannel Join(BenchEnd end)
    {
        var channel = new SocketChannel(end.Own);
        return IsUdp ? new WindowChannel(channel) : channel;
    }

    private int Create(BenchObjects objects)
    {
        int fd = objects.Hand(LibC.socket(family, type, 0), "socket");
        Prepare(fd);
        return fd;
    }

    private void Prepare(int fd)
    {
        if (family == LibC.AF_INET && type == LibC.SOCK_STREAM)
        {
            int on = 1;
            _ = BenchException.Check(LibC.setsockopt(fd, LibC.IPPROTO_TCP, LibC.TCP_NODELAY, &on, sizeof(int)), "setsockopt");
        }
        else if (IsUdp)
        {
            // Should a datagram get lost nevertheless, nobody waits for it for ever.
            long* time = stackalloc long[2] { TimeOut, 0 };
            _ = BenchException.Check(LibC.setsockopt(fd, LibC.SOL_SOCKET, LibC.SO_RCVTIMEO, time, 2 * sizeof(long)), "setsockopt");
        }
    }
}
