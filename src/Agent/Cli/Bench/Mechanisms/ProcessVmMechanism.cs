namespace Ipcscope.Cli.Bench;

/// <summary>process_vm_readv(2) of the sender's memory.</summary>
internal sealed class ProcessVmMechanism() : MemoryMechanism("process_vm", MemorySource.Anonymous, RingChannel.Size)
{
    /// <inheritdoc/>
    public override string Note => "the receiver reads the sender's memory; a futex hands over";

    /// <inheritdoc/>
    public override string Advice => "see sysctl kernel.yama.ptrace_scope, and the seccomp profile of a container";

    /// <inheritdoc/>
    protected override unsafe IBenchChannel Join(BenchEnd end, byte* memory) => new ProcessVmChannel(memory, end.IsFirst);
}
