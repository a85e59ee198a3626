namespace Ipcscope.Dashboard.History;

/// <summary>What history can tell.</summary>
internal enum Metric
{
    /// <summary>Operations a second.</summary>
    Operations,
    /// <summary>Bytes a second.</summary>
    Bytes,
    /// <summary>Seconds waited a second, for space or for a lock.</summary>
    Wait,
    /// <summary>The 99th percentile of durations, in seconds.</summary>
    Duration,
}
