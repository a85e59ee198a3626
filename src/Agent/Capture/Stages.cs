namespace Ipcscope.Capture;

/// <summary>The stages of the pipeline at which something can get lost.</summary>
public static class Stages
{
    /// <summary>The eBPF programs at the kernel's hooks, from the entry of a call to its decoded result.</summary>
    public const string Hook = "hook";

    /// <summary>The table of flows and what hangs on it, in the kernel; in ring mode in the agent.</summary>
    public const string Table = "table";

    /// <summary>The ring buffer between kernel and agent.</summary>
    public const string Ring = "ring";

    /// <summary>Who a process is.</summary>
    public const string Identity = "identity";

    /// <summary>Who gave to whom.</summary>
    public const string Edges = "edges";

    /// <summary>What processes did, kept after their end.</summary>
    public const string Series = "series";

    /// <summary>Lines for who reads them.</summary>
    public const string Output = "output";
}
