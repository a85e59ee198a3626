namespace Ipcscope.Dashboard.Config;

/// <summary>The Prometheus that scrapes the agents.</summary>
internal sealed record PrometheusOptions
{
    /// <summary>Its URL; empty: the dashboard knows what it has seen itself only.</summary>
    public string Address { get; init; } = "";

    /// <summary>A file with the token that it wants; empty: it wants none.</summary>
    public string TokenFile { get; init; } = "";
}
