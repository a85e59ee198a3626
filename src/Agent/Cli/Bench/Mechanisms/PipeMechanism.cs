namespace Ipcscope.Cli.Bench;

/// <summary>Two pipes, one a direction; io_uring uses the same.</summary>
/// <param name="name">pipe or io_uring.</param>
internal class PipeMechanism(string name) : BenchMechanism(name)
{
    /// <inheritdoc/>
    public override unsafe void Open(BenchObjects objects)
    {
        int* fds = stackalloc int[2];
        for (int direction = 0; direction < 2; direction++)
        {
            int result = LibC.pipe2(fds, 0);
            objects.Hand(result < 0 ? result : fds[0], "pipe");
            objects.Hand(fds[1], "pipe");
        }
    }

    /// <inheritdoc/>
    public override IBenchChannel Join(BenchEnd end) => Join(ReadFd(end), WriteFd(end));

    /// <summary>Uses a read end and a write end.</summary>
    protected virtual IBenchChannel Join(int readFd, int writeFd) => new StreamChannel(readFd, writeFd);

    // The handles are: read end and write end from the first process to the second, then from the second to the first.
    private static int ReadFd(BenchEnd end) => end.Handles[end.IsFirst ? 2 : 0];

    private static int WriteFd(BenchEnd end) => end.Handles[end.IsFirst ? 1 : 3];
}
