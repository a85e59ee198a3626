using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Ipcscope.Listen;

/// <summary>What a connection needs to begin, from PEM files.</summary>
internal static class Tls
{
    /// <summary>From the bytes of certificate and key, and of the roots of clients, if these are wanted.</summary>
    /// <exception cref="CryptographicException">One of them is no good.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The certificate lives as long as connections that began with it.")]
    public static SslServerAuthenticationOptions Read(byte[][] files)
    {
        string certificate = Encoding.UTF8.GetString(files[0]);
        var own = X509Certificate2.CreateFromPem(certificate, Encoding.UTF8.GetString(files[1]));
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificate);
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(own, chain, offline: true),
            ClientCertificateRequired = files.Length > 2,
        };
        if (files.Length > 2)
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPem(Encoding.UTF8.GetString(files[2]));
            if (roots.Count == 0)
            {
                throw new CryptographicException("there is no certificate of an authority in it");
            }
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        }
        return options;
    }
}
