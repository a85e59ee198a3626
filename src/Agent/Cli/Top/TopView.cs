namespace Ipcscope.Cli;

/// <summary>What a row of <c>top</c> stands for.</summary>
internal enum TopView
{
    /// <summary>A channel.</summary>
    Channels,
    /// <summary>A process.</summary>
    Processes,
}

/// <summary>What rows are sorted by; largest first, names from A.</summary>
internal enum TopSort
{
    /// <summary>Operations a second.</summary>
    Ops,
    /// <summary>Bytes a second, both directions.</summary>
    Bytes,
    /// <summary>Median duration.</summary>
    P50,
    /// <summary>99th percentile of the duration.</summary>
    P99,
    /// <summary>Errors a second.</summary>
    Errors,
    /// <summary>How long a call has waited for room or a lock, now.</summary>
    Wait,
    /// <summary>Name.</summary>
    Name,
}
