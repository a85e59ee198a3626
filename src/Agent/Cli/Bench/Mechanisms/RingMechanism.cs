namespace Ipcscope.Cli.Bench;

/// <summary>Messages through memory, a futex hands over: shm and file_map.</summary>
internal sealed class RingMechanism(string name, MemorySource source, string advice) : MemoryMechanism(name, source, RingChannel.Size)
{
    /// <inheritdoc/>
    public override string Note => "a ring of messages that are copied in and out; a futex hands over";

    /// <inheritdoc/>
    public override string Advice => advice;

    /// <inheritdoc/>
    protected override unsafe IBenchChannel Join(BenchEnd end, byte* memory) => new RingChannel(memory, end.IsFirst);
}
