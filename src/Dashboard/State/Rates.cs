namespace Ipcscope.Dashboard.State;

/// <summary>What an item does, over the agent's last interval.</summary>
internal record struct Rates
{
    /// <summary>The mechanism's word; null: it is of none.</summary>
    public string? Mechanism { get; set; }

    /// <summary>Operations a second.</summary>
    public float Operations { get; set; }

    /// <summary>Bytes a second, written and read.</summary>
    public float Bytes { get; set; }

    /// <summary>Seconds waited a second for space or for a lock: who waits for data only is idle.</summary>
    public float Wait { get; set; }

    /// <summary>The 99th percentile of an operation's duration, in seconds.</summary>
    public float Duration { get; set; }
}
