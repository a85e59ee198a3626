namespace Ipcscope.Cli.Bench;

/// <summary>sem_post(3) and sem_wait(3): POSIX semaphores in shared memory, which glibc makes of futexes.</summary>
internal sealed unsafe class PosixSemBaton : BatonChannel
{
    /// <summary>sem_t of glibc, and a cache line.</summary>
    private const int Stride = 64;

    /// <summary>What it takes of the shared memory.</summary>
    public new const int Size = BatonChannel.Size + (2 * Stride);

    private readonly byte* _outgoing;
    private readonly byte* _incoming;

    /// <summary>Uses memory that is mapped in both processes. Each makes the semaphore that it waits for.</summary>
    public PosixSemBaton(byte* memory, bool isFirst)
        : base(memory, isFirst)
    {
        byte* semaphores = memory + BatonChannel.Size;
        _outgoing = semaphores + (isFirst ? 0 : Stride);
        _incoming = semaphores + (isFirst ? Stride : 0);
        _ = BenchException.Check(LibC.sem_init(_incoming, 1, 0), "sem_init");
    }

    /// <inheritdoc/>
    protected override void Post() => _ = BenchException.Check(LibC.sem_post(_outgoing), "sem_post");

    /// <inheritdoc/>
    protected override void Wait() => _ = BenchException.Check(LibC.sem_wait(_incoming), "sem_wait");
}
