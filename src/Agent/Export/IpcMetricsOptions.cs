using System.Globalization;

namespace Ipcscope.Export;

/// <summary>How <c>/metrics</c> looks.</summary>
public sealed record IpcMetricsOptions
{
    /// <summary>The identity labels in the order of their appearance; none: one series for each mechanism and operation.</summary>
    public IReadOnlyList<IdentityLabel> Labels { get; init; } = [IdentityLabel.Process, IdentityLabel.Pid];

    /// <summary>The most series, at least 1. A series is one identity, mechanism and operation, and has up to 36 samples.</summary>
    public int MaxSeries { get; init; } = 10_000;

    /// <summary>Whether a scraper that asks for OpenMetrics gets it. The exporter then adds <c>_created</c> to its own series.</summary>
    public bool OpenMetrics { get; init; }

    /// <summary>Turns the inode number of a cgroup's directory into the value of the label <c>cgroup</c>.</summary>
    public Func<ulong, string> CgroupName { get; init; } = static number => number.ToString(CultureInfo.InvariantCulture);
}
