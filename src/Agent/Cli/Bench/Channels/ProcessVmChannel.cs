namespace Ipcscope.Cli.Bench;

/// <summary>process_vm_readv(2): the receiver reads the sender's private memory. It carries data and wakes nobody, so that a ring of shared memory hands over.</summary>
internal sealed unsafe class ProcessVmChannel : RingChannel
{
    private const int PR_SET_PTRACER = 0x59616d61;

    private readonly byte* _own = BenchMemory.AllocateMessage(SlotsSize);

    /// <summary>Uses memory that is mapped in both processes.</summary>
    public ProcessVmChannel(byte* memory, bool isFirst)
        : base(memory, isFirst)
    {
        OutgoingFacts[0] = Environment.ProcessId;
        OutgoingFacts[1] = (nint)_own;
        // Where Yama restricts ptrace(2) to parents, the other process may read this one nevertheless. Without Yama it is refused, and not needed.
        _ = LibC.prctl(PR_SET_PTRACER, nuint.MaxValue);
    }

    /// <inheritdoc/>
    protected override void Put(byte* slots, int offset, byte* message, int size) => Buffer.MemoryCopy(message, _own + offset, size, size);

    /// <inheritdoc/>
    protected override void Take(byte* slots, int offset, byte* message, int size)
    {
        LibC.IoVector local = new() { Base = message, Length = (nuint)size };
        LibC.IoVector remote = new() { Base = (byte*)IncomingFacts[1] + offset, Length = (nuint)size };
        if (LibC.process_vm_readv((int)IncomingFacts[0], &local, 1, &remote, 1, 0) != size)
        {
            throw BenchException.Last("process_vm_readv");
        }
    }
}
