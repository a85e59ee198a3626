namespace Ipcscope.Cli.Bench;

/// <summary>socketpair(2), a stream.</summary>
internal sealed class SocketPairMechanism() : BenchMechanism("socketpair")
{
    /// <inheritdoc/>
    public override unsafe void Open(BenchObjects objects)
    {
        int* fds = stackalloc int[2];
        int result = LibC.socketpair(LibC.AF_UNIX, LibC.SOCK_STREAM, 0, fds);
        objects.Hand(result < 0 ? result : fds[0], "socketpair");
        objects.Hand(fds[1], "socketpair");
    }

    /// <inheritdoc/>
    public override IBenchChannel Join(BenchEnd end) => new SocketChannel(end.Own);
}
