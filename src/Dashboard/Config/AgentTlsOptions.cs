namespace Ipcscope.Dashboard.Config;

/// <summary>How agents are known by https, and the dashboard to them. All files are PEM.</summary>
internal sealed record AgentTlsOptions
{
    /// <summary>The roots of their certificates; empty: those of this machine.</summary>
    public string CaFile { get; init; } = "";

    /// <summary>The dashboard's own certificate; empty: none.</summary>
    public string CertificateFile { get; init; } = "";

    /// <summary>Its key.</summary>
    public string KeyFile { get; init; } = "";
}
