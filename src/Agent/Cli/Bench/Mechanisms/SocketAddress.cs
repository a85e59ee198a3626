namespace Ipcscope.Cli.Bench;

/// <summary>An address that the kernel chooses: of unix sockets an abstract one, which leaves no file; of others a port of 127.0.0.1.</summary>
internal unsafe struct SocketAddress
{
    /// <summary>More than sockaddr_un takes (110).</summary>
    private const int Maximum = 128;

    /// <summary>sizeof(struct sockaddr_in).</summary>
    private const uint InetSize = 16;

    private fixed byte _bytes[Maximum];
    private uint _length;

    /// <summary>Connects two datagram sockets with each other.</summary>
    public static void ConnectEachOther(int first, int second, ushort family)
    {
        SocketAddress firstAddress = Bind(first, family);
        SocketAddress secondAddress = Bind(second, family);
        Connect(first, secondAddress);
        Connect(second, firstAddress);
    }

    /// <summary>Makes a socket listen.</summary>
    /// <returns>Where.</returns>
    public static SocketAddress Listen(int fd, ushort family)
    {
        SocketAddress address = Bind(fd, family);
        _ = BenchException.Check(LibC.listen(fd, 1), "listen");
        return address;
    }

    /// <summary>Connects a socket.</summary>
    public static void Connect(int fd, SocketAddress address) =>
        _ = BenchException.Check(LibC.connect(fd, address._bytes, address._length), "connect");

    private static SocketAddress Bind(int fd, ushort family)
    {
        SocketAddress address = default;
        *(ushort*)address._bytes = family;
        if (family == LibC.AF_INET)
        {
            address._bytes[4] = 127; // sin_addr, behind a port of 0: any
            address._bytes[7] = 1;
        }
        // A unix address of nothing but its family asks for an abstract name.
        _ = BenchException.Check(LibC.bind(fd, address._bytes, family == LibC.AF_INET ? InetSize : sizeof(ushort)), "bind");
        address._length = Maximum;
        _ = BenchException.Check(LibC.getsockname(fd, address._bytes, &address._length), "getsockname");
        return address;
    }
}
