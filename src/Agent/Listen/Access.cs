using System.Net.Security;
using System.Security.Cryptography;
using Ipcscope.Config;

namespace Ipcscope.Listen;

/// <summary>Who may ask: the files of <see cref="AccessOptions"/>, as they are now.</summary>
internal sealed class Access
{
    private readonly WatchedFile<Token>? _token;
    private readonly WatchedFile<SslServerAuthenticationOptions>? _tls;

    private Access(AccessOptions options, TimeProvider time)
    {
        _token = options.TokenFile.Length == 0 ? null : new([options.TokenFile], static files => Token.Read(files[0]), static fault => fault is FormatException, time);
        string[] tls = [options.CertificateFile, options.KeyFile, .. options.ClientCaFile.Length > 0 ? [options.ClientCaFile] : Array.Empty<string>()];
        _tls = options.CertificateFile.Length == 0 ? null : new(tls, Tls.Read, static fault => fault is CryptographicException, time);
    }

    /// <summary>Reads all files.</summary>
    /// <exception cref="AccessException">One cannot be used.</exception>
    public static Access Open(AccessOptions options, TimeProvider time)
    {
        var access = new Access(options, time);
        _ = access._token?.Value;
        _ = access._tls?.Value;
        return access;
    }

    /// <summary>What a connection begins with; null: no TLS.</summary>
    public Func<SslServerAuthenticationOptions>? Handshake => _tls is null ? null : () => _tls.Value;

    /// <summary>Told when a file has changed and cannot be used.</summary>
    public void OnFault(Action<string> tell)
    {
        _token?.OnFault = tell;
        _tls?.OnFault = tell;
    }

    /// <summary>Whether a request carries the token, if one is wanted.</summary>
    public bool Admits(string? authorization) => _token is null || _token.Value.IsIn(authorization);
}
