namespace Ipcscope.Cli.Bench;

/// <summary>Signals.</summary>
internal sealed class SignalMechanism() : BatonMechanism("signal", SignalBaton.Size)
{
    /// <inheritdoc/>
    public override int BlockedSignal => SignalBaton.Signal;

    /// <inheritdoc/>
    public override string Advice => "see ulimit -i";

    /// <inheritdoc/>
    protected override unsafe IBenchChannel Join(BenchEnd end, byte* memory) => new SignalBaton(memory, end.IsFirst);
}
