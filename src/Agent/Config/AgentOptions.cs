using Ipcscope.Decode;

namespace Ipcscope.Config;

/// <summary>Every setting of the daemon. A new instance holds the defaults.</summary>
public sealed record AgentOptions : ISettings<AgentOptions>
{
    /// <summary>Everything that can be observed.</summary>
    public static IReadOnlyList<Mechanism> AllMechanisms { get; } = [.. Enum.GetValues<Mechanism>().Skip(1)];

    /// <summary>What is observed, in the order of the enumeration; never empty.</summary>
    public IReadOnlyList<Mechanism> Mechanisms { get; init; } = AllMechanisms;

    /// <summary>Whether futexes within one process are observed, too; only with <see cref="Mechanism.Futex"/>.</summary>
    public bool PrivateFutexes { get; init; }

    /// <summary>Whether the volume touched in shared memory is estimated from samples; only with <see cref="Mechanism.Shm"/>.</summary>
    public bool SampleVolume { get; init; }

    /// <summary>A filter expression; empty: everything.</summary>
    public string Filter { get; init; } = "";

    /// <summary>How operations become flows.</summary>
    public AggregationOptions Aggregation { get; init; } = new();

    /// <summary>What <c>/metrics</c> says, and where.</summary>
    public MetricsOptions Metrics { get; init; } = new();

    /// <summary>Where the API is served.</summary>
    public ApiOptions Api { get; init; } = new();

    /// <summary>Where metrics are sent to.</summary>
    public OtlpOptions Otlp { get; init; } = new();

    /// <summary>Where the names of containers and pods come from.</summary>
    public KubernetesOptions Kubernetes { get; init; } = new();

    /// <summary>What is logged.</summary>
    public LogOptions Log { get; init; } = new();

    static string ISettings<AgentOptions>.VariablePrefix => "IPCSCOPE_";

    static IReadOnlyList<Setting<AgentOptions>> ISettings<AgentOptions>.All => SettingTable.All;

    static IEnumerable<Contradiction> ISettings<AgentOptions>.FindContradictions(AgentOptions options) => CrossChecks.Find(options);
}
