using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ipcscope.Config;

namespace Ipcscope.Cli;

/// <summary>Where a running agent serves, and what it wants of who asks.</summary>
/// <param name="Address">Where.</param>
/// <param name="Access">Its settings: the token's file; whether it speaks TLS, with which certificate.</param>
/// <param name="CaFile">Authorities of its certificate, PEM; empty: only the certificate in its settings is trusted, or the system's authorities.</param>
internal sealed record AgentPort(ListenAddress Address, AccessOptions Access, string CaFile)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private bool IsEncrypted => CaFile.Length > 0 || Access.CertificateFile.Length > 0;

    /// <summary>Asks for the metrics.</summary>
    /// <exception cref="HttpRequestException">Nobody answers, or not with a page, or a file cannot be read.</exception>
    public AgentPage Fetch()
    {
        try
        {
            using var handler = new SocketsHttpHandler();
            if (IsEncrypted)
            {
                X509Certificate2Collection trusted = [];
                trusted.ImportFromPemFile(CaFile.Length > 0 ? CaFile : Access.CertificateFile);
                handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) => certificate is X509Certificate2 shown && IsTrusted(shown, errors, trusted);
            }
            using var client = new HttpClient(handler) { Timeout = Patience };
            if (Access.TokenFile.Length > 0)
            {
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(Access.TokenFile).Trim());
            }
            return new AgentPage(client.GetStringAsync(new Uri($"{(IsEncrypted ? "https" : "http")}://{Address}/metrics")).GetAwaiter().GetResult());
        }
        catch (TaskCanceledException late)
        {
            throw new HttpRequestException($"no answer within {Units.Duration(Patience)}", late);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException or FormatException)
        {
            throw new HttpRequestException(fault.Message, fault);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Address.ToString();

    // The very certificate that the settings name is trusted whatever it is called.
    private bool IsTrusted(X509Certificate2 certificate, SslPolicyErrors errors, X509Certificate2Collection trusted)
    {
        if (CaFile.Length == 0)
        {
            return trusted.Count > 0 && trusted[0].RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span);
        }
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0 && chain.Build(certificate);
    }
}
