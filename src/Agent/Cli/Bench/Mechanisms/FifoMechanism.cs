namespace Ipcscope.Cli.Bench;

/// <summary>Two FIFOs, one a direction. Their names are removed as soon as both ends are open.</summary>
internal sealed class FifoMechanism() : BenchMechanism("fifo")
{
    private const uint OwnerOnly = 0x180; // 0600

    /// <inheritdoc/>
    public override string Advice => "see the permissions of the directory that TMPDIR names, or of /tmp";

    /// <inheritdoc/>
    public override void Open(BenchObjects objects)
    {
        for (int direction = 0; direction < 2; direction++)
        {
            string path = Path.Combine(Path.GetTempPath(), BenchObjects.UniqueName());
            _ = BenchException.Check(LibC.mkfifo(path, OwnerOnly), "mkfifo");
            try
            {
                // Without O_NONBLOCK, opening waits for somebody at the other end.
                int readFd = objects.Hand(LibC.open(path, LibC.O_RDONLY | LibC.O_NONBLOCK), "open");
                objects.Hand(LibC.open(path, LibC.O_WRONLY), "open");
                _ = BenchException.Check(LibC.fcntl(readFd, LibC.F_SETFL, 0), "fcntl");
            }
            finally
            {
                _ = LibC.unlink(path);
            }
        }
    }

    /// <inheritdoc/>
    public override IBenchChannel Join(BenchEnd end) => new StreamChannel(end.Handles[end.IsFirst ? 2 : 0], end.Handles[end.IsFirst ? 1 : 3]);
}
