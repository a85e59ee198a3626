namespace Ipcscope.Config;

/// <summary>What tells one series of a family from another, beside mechanism and operation.</summary>
public enum MetricLabel
{
    /// <summary>The name of the process.</summary>
    Process,
    /// <summary>Its number.</summary>
    Pid,
    /// <summary>The path of its executable.</summary>
    Executable,
    /// <summary>The container that it runs in, <see cref="Enrich.Place.Container"/>.</summary>
    Container,
    /// <summary>The pod, <see cref="Enrich.Place.Pod"/>.</summary>
    Pod,
    /// <summary>The pod's namespace.</summary>
    Namespace,
    /// <summary>What the pod belongs to, <see cref="Enrich.Place.Workload"/>.</summary>
    Workload,
    /// <summary>The name of this machine.</summary>
    Node,
    /// <summary>The path of its cgroup.</summary>
    Cgroup,
}

/// <summary>What <c>/metrics</c> says, and where.</summary>
public sealed record MetricsOptions
{
    /// <summary>Where it is served.</summary>
    public ListenAddress Listen { get; init; } = new("127.0.0.1", 9464);

    /// <summary>To whom; an address that others can reach needs more than the default.</summary>
    public AccessOptions Access { get; init; } = new();

    /// <summary>The identity labels in the order they were given; without any, there is one series for each mechanism and operation.</summary>
    public IReadOnlyList<MetricLabel> Labels { get; init; } = [MetricLabel.Process, MetricLabel.Pid];

    /// <summary>The most identities that are told apart, 1 to 1,048,576; the least active of the rest are folded together.</summary>
    public int MaxSeries { get; init; } = 10000;

    /// <summary>Whether the run time of the eBPF programs is estimated, for which CAP_SYS_ADMIN is kept.</summary>
    public bool ProgramTimes { get; init; }

    /// <summary>Whether a scraper that asks for OpenMetrics gets it; it nearly doubles the samples, because every series has a <c>_created</c>.</summary>
    public bool OpenMetrics { get; init; }
}
