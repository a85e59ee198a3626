using Ipcscope.Config;
using Ipcscope.Dashboard.Agents;

namespace Ipcscope.Dashboard.Config;

/// <summary>Every setting of the dashboard. A new instance holds the defaults.</summary>
internal sealed record DashboardOptions : ISettings<DashboardOptions>
{
    /// <summary>Where pages are served.</summary>
    public ListenAddress Listen { get; init; } = new("127.0.0.1", 9466);

    /// <summary>The agents.</summary>
    public IReadOnlyList<AgentAddress> Agents { get; init; } = [new(false, "127.0.0.1", 9465, false)];

    /// <summary>A file with the token that agents want; empty: they want none.</summary>
    public string AgentTokenFile { get; init; } = "";

    /// <summary>How agents are known, and the dashboard to them.</summary>
    public AgentTlsOptions AgentTls { get; init; } = new();

    /// <summary>After so long what a silent agent told is shown as old.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After so long it is not shown any more.</summary>
    public TimeSpan GoneAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often names are looked up; no key.</summary>
    public TimeSpan LookUp { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A file with the token that browsers bring; empty: a link that serves once is printed.</summary>
    public string TokenFile { get; init; } = "";

    /// <summary>The names, beside localhost, by which it may be asked.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>The proxy that says who asks.</summary>
    public ProxyOptions Proxy { get; init; } = new();

    /// <summary>The server's certificate.</summary>
    public TlsOptions Tls { get; init; } = new();

    /// <summary>Where history comes from.</summary>
    public PrometheusOptions Prometheus { get; init; } = new();

    /// <summary>What is logged.</summary>
    public LogOptions Log { get; init; } = new();

    /// <summary>Whether a link that serves once lets people in, because nothing else does.</summary>
    public bool HasLink => TokenFile.Length == 0 && !Proxy.IsUsed;

    static string ISettings<DashboardOptions>.VariablePrefix => "IPCSCOPE_DASHBOARD_";

    static IReadOnlyList<Setting<DashboardOptions>> ISettings<DashboardOptions>.All => DashboardSettings.All;

    static IEnumerable<Contradiction> ISettings<DashboardOptions>.FindContradictions(DashboardOptions options) => DashboardChecks.Find(options);
}
