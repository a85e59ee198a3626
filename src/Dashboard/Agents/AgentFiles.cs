using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ipcscope.Dashboard.Config;
using Ipcscope.Listen;

namespace Ipcscope.Dashboard.Agents;

/// <summary>Reads the files of <see cref="AgentAccess"/>.</summary>
internal static class AgentFiles
{
    /// <summary>Reads them; the token again when it changes.</summary>
    /// <exception cref="AccessException">One cannot be used.</exception>
    public static AgentAccess Open(DashboardOptions options, TimeProvider time)
    {
        AgentTlsOptions tls = options.AgentTls;
        return new AgentAccess(
            BearerFile.Open(options.AgentTokenFile, time),
            tls.CaFile.Length == 0 ? null : Read(tls.CaFile, () => ReadRoots(tls.CaFile)),
            tls.CertificateFile.Length == 0 ? null : Read(tls.CertificateFile, () => ReadCertificate(tls)));
    }

    private static X509Certificate2Collection ReadRoots(string path)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(File.ReadAllText(path, Encoding.UTF8));
        return roots.Count > 0 ? roots : throw new CryptographicException("there is no certificate of an authority in it");
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The certificate lives as long as the program.")]
    private static SslStreamCertificateContext ReadCertificate(AgentTlsOptions tls)
    {
        string text = File.ReadAllText(tls.CertificateFile, Encoding.UTF8);
        var own = X509Certificate2.CreateFromPem(text, File.ReadAllText(tls.KeyFile, Encoding.UTF8));
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(text);
        return SslStreamCertificateContext.Create(own, chain, offline: true);
    }

    private static T Read<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new AccessException($"{path}: {fault.Message}", fault);
        }
    }
}
