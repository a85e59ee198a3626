namespace Ipcscope.Cli.Bench;

/// <summary>POSIX semaphores in shared memory.</summary>
internal sealed class FutexMechanism() : BatonMechanism("futex", PosixSemBaton.Size)
{
    /// <inheritdoc/>
    protected override unsafe IBenchChannel Join(BenchEnd end, byte* memory) => new PosixSemBaton(memory, end.IsFirst);
}
