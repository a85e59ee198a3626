using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Ipcscope.Names;

/// <summary>How a pod reaches the API server (kubernetes.io, "Accessing the Kubernetes API from a Pod").</summary>
/// <param name="Server">Its URL.</param>
/// <param name="TokenFile">The service account's token. The kubelet renews it: it is read for each request.</param>
/// <param name="CertificateFile">Who signs the server's certificate.</param>
internal sealed record ClusterAccess(Uri Server, string TokenFile, string CertificateFile)
{
    private const string ServiceAccount = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>That of this pod; null: this is none, or it has no token.</summary>
    public static ClusterAccess? OfThisPod()
    {
        string? host = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST");
        string port = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT") ?? "443";
        return string.IsNullOrEmpty(host) || !File.Exists($"{ServiceAccount}/token")
            ? null
            : new ClusterAccess(new Uri($"https://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}"), $"{ServiceAccount}/token", $"{ServiceAccount}/ca.crt");
    }

    /// <summary>Connects; what was renewed is read.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The client disposes of its handler.")]
    public HttpClient Connect()
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(CertificateFile);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(5),
            AllowAutoRedirect = false,
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy },
        };
        return new HttpClient(handler) { BaseAddress = Server, Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The token as it is now.</summary>
    public string ReadToken() => File.ReadAllText(TokenFile).Trim();
}
