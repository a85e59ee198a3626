namespace Ipcscope.Cli.Bench;

/// <summary>What two processes do with memory that both of them have mapped.</summary>
/// <param name="name">What it is called.</param>
/// <param name="source">Where the memory comes from.</param>
/// <param name="size">Its bytes.</param>
internal abstract class MemoryMechanism(string name, MemorySource source, int size) : BenchMechanism(name)
{
    private const uint OwnerOnly = 0x180; // 0600

    /// <inheritdoc/>
    public override void Open(BenchObjects objects)
    {
        int fd = objects.Hand(source switch
        {
            MemorySource.Posix => OpenPosix(),
            MemorySource.File => OpenFile(),
            _ => LibC.memfd_create("ipcscope-bench", 0),
        }, source switch { MemorySource.Posix => "shm_open", MemorySource.File => "mkstemp", _ => "memfd_create" });
        _ = BenchException.Check(LibC.ftruncate(fd, size), "ftruncate");
    }

    /// <inheritdoc/>
    public sealed override unsafe IBenchChannel Join(BenchEnd end) => Join(end, BenchMemory.Map(end.Handles[0], size));

    /// <summary>Uses the memory.</summary>
    protected abstract unsafe IBenchChannel Join(BenchEnd end, byte* memory);

    private static int OpenPosix()
    {
        string name = $"/{BenchObjects.UniqueName()}";
        int fd = LibC.shm_open(name, LibC.O_RDWR | LibC.O_CREAT | LibC.O_EXCL, OwnerOnly);
        if (fd >= 0)
        {
            _ = LibC.shm_unlink(name);
        }
        return fd;
    }

    private static unsafe int OpenFile()
    {
        // /tmp may be memory; /var/tmp survives a reboot, so it is a disk.
        byte[] path = [.. "/var/tmp/ipcscope-bench-XXXXXX\0"u8];
        fixed (byte* start = path)
        {
            int fd = LibC.mkstemp(start);
            if (fd >= 0)
            {
                _ = LibC.unlink(start);
            }
            return fd;
        }
    }
}

/// <summary>Where memory that processes share comes from.</summary>
internal enum MemorySource
{
    /// <summary>memfd_create(2).</summary>
    Anonymous,
    /// <summary>shm_open(3).</summary>
    Posix,
    /// <summary>A file on disk.</summary>
    File,
}
