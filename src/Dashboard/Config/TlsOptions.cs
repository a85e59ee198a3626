namespace Ipcscope.Dashboard.Config;

/// <summary>How browsers know the dashboard. Both files are PEM.</summary>
internal sealed record TlsOptions
{
    /// <summary>The certificate and those between it and its root; empty: no TLS.</summary>
    public string CertificateFile { get; init; } = "";

    /// <summary>Its key.</summary>
    public string KeyFile { get; init; } = "";
}
