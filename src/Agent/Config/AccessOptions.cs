namespace Ipcscope.Config;

/// <summary>Who may ask a listener. Files are read again when they change.</summary>
public sealed record AccessOptions
{
    /// <summary>A file with the token that requests must carry; empty: none is wanted.</summary>
    public string TokenFile { get; init; } = "";

    /// <summary>The server's certificate and those between it and its root, PEM; empty: no TLS.</summary>
    public string CertificateFile { get; init; } = "";

    /// <summary>Its key, PEM.</summary>
    public string KeyFile { get; init; } = "";

    /// <summary>The roots of clients' certificates, PEM; empty: none is wanted.</summary>
    public string ClientCaFile { get; init; } = "";

    /// <summary>Whether everybody who reaches the listener is answered.</summary>
    public bool IsOpen => TokenFile.Length == 0 && ClientCaFile.Length == 0;
}
