namespace Ipcscope.Cli.Bench;

/// <summary>A mechanism: how its objects are made, and how a process uses them.</summary>
/// <param name="name">What it is called: <c>unix_dgram</c>.</param>
internal abstract class BenchMechanism(string name)
{
    /// <summary>What it is called.</summary>
    public string Name => name;

    /// <summary>Whether it carries data; else it only wakes.</summary>
    public virtual bool CarriesData => true;

    /// <summary>What must be known of its figures; may be empty.</summary>
    public virtual string Note => "";

    /// <summary>Where to look if it cannot be set up; may be empty.</summary>
    public virtual string Advice => "";

    /// <summary>A signal that both processes block; 0: none.</summary>
    public virtual int BlockedSignal => 0;

    /// <summary>Opens everything, before the two processes start: they inherit it, and no name is left that could stay behind.</summary>
    /// <param name="objects">Takes what was opened, and removes it however little it is.</param>
    /// <exception cref="BenchException">The system refuses.</exception>
    public abstract void Open(BenchObjects objects);

    /// <summary>In one of the two processes: uses what was opened.</summary>
    /// <exception cref="BenchException">The system refuses.</exception>
    public abstract IBenchChannel Join(BenchEnd end);
}
