namespace Ipcscope.Api;

/// <summary>What rows are sorted by, largest first; names from A.</summary>
internal enum Order
{
    /// <summary>Operations a second.</summary>
    Operations,
    /// <summary>Bytes a second, both directions.</summary>
    Bytes,
    /// <summary>How long a call has waited for room or a lock.</summary>
    Wait,
    /// <summary>99th percentile of the duration.</summary>
    Duration,
    /// <summary>Name.</summary>
    Name,
}
