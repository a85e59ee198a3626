namespace Ipcscope.Cli.Bench;

/// <summary>What carries no data and only wakes.</summary>
internal abstract class BatonMechanism(string name, int size) : MemoryMechanism(name, MemorySource.Anonymous, size)
{
    /// <inheritdoc/>
    public sealed override bool CarriesData => false;

    /// <inheritdoc/>
    public override string Note => "carries no data, so there is no throughput";
}
