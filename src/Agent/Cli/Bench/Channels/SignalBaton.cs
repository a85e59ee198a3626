namespace Ipcscope.Cli.Bench;

/// <summary>rt_sigqueueinfo(2) and rt_sigtimedwait(2), of a signal that is blocked in all threads of both processes.</summary>
internal sealed unsafe class SignalBaton : BatonChannel
{
    /// <summary>A real-time signal that neither glibc nor the runtime use.</summary>
    public const int Signal = 44;

    /// <summary>What it takes of the shared memory.</summary>
    public new const int Size = BatonChannel.Size + (2 * sizeof(long));

    /// <summary>More than sigset_t of glibc takes (128).</summary>
    private const int SetSize = 256;

    private readonly byte* _set = BenchMemory.AllocateMessage(SetSize);
    private readonly long* _peer;

    /// <summary>Uses memory that is mapped in both processes.</summary>
    public SignalBaton(byte* memory, bool isFirst)
        : base(memory, isFirst)
    {
        long* pids = (long*)(memory + BatonChannel.Size);
        pids[isFirst ? 0 : 1] = Environment.ProcessId;
        _peer = pids + (isFirst ? 1 : 0);
        _ = LibC.sigemptyset(_set);
        _ = LibC.sigaddset(_set, Signal);
    }

    /// <inheritdoc/>
    protected override void Post()
    {
        if (LibC.sigqueue((int)*_peer, Signal, 0) < 0)
        {
            throw BenchException.Last("rt_sigqueueinfo");
        }
    }

    /// <inheritdoc/>
    protected override void Wait()
    {
        if (LibC.sigwaitinfo(_set, null) != Signal)
        {
            throw BenchException.Last("rt_sigtimedwait");
        }
    }
}
