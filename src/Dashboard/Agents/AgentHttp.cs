using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Ipcscope.Dashboard.Agents;

/// <summary>Asks agents, with what they want to see: a token, a client's certificate.</summary>
/// <param name="access">What they want to see.</param>
/// <param name="certifiedName">The name in the agents' certificates, where they are reached by number; null: the host of the address.</param>
internal sealed class AgentHttp(AgentAccess access, string? certifiedName) : IDisposable
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(5);

    private readonly HttpMessageInvoker _http = new(MakeHandler(access, certifiedName));

    /// <summary>Asks; the answer's headers have come.</summary>
    /// <exception cref="HttpRequestException">It cannot be reached.</exception>
    public async Task<HttpResponseMessage> GetAsync(AgentAddress address, string pathAndQuery, CancellationToken cancellation)
    {
        string host = address.Host.Contains(':', StringComparison.Ordinal) ? $"[{address.Host}]" : address.Host;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{(address.Secure ? "https" : "http")}://{host}:{address.Port}{pathAndQuery}");
        if (access.Token() is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        return await _http.SendAsync(request, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static SocketsHttpHandler MakeHandler(AgentAccess access, string? certifiedName) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.GZip, // an agent compresses its stream once for all who take it so
        ConnectTimeout = ConnectPatience,
        MaxConnectionsPerServer = 16,
        MaxResponseHeadersLength = 16,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        UseCookies = false,
        UseProxy = false,
        SslOptions = MakeTls(access, certifiedName),
    };

    private static SslClientAuthenticationOptions MakeTls(AgentAccess access, string? certifiedName)
    {
        var tls = new SslClientAuthenticationOptions();
        if (certifiedName is not null)
        {
            tls.TargetHost = certifiedName;
        }
        if (access.Authorities is { } authorities)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            tls.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }
        if (access.Certificate is { } certificate)
        {
            tls.ClientCertificateContext = certificate;
        }
        return tls;
    }
}
