using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ipcscope.Config;
using Ipcscope.Listen;
using Ipcscope.Tests.Cli;

namespace Ipcscope.Tests.Listen;

/// <summary>Certificates made here, for an hour.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ipcscope-tls").FullName;
    private readonly FakeClock _clock = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Only_who_shows_a_certificate_of_the_authority_is_answered()
    {
        using X509Certificate2 authority = Authority("ours"), stranger = Authority("theirs");
        await using GuardedServer server = await GuardedServer.StartAsync(Files(authority, "one", clients: true), _clock);
        using X509Certificate2 ours = Signed(authority, "client"), theirs = Signed(stranger, "client");
        Assert.Equal("one", await AskAsync(server, ours));
        await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(server, theirs));
        await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(server, null));
    }

    [Fact]
    public async Task Files_that_change_are_read_again_and_broken_ones_are_not_taken()
    {
        using X509Certificate2 authority = Authority("ours");
        await using GuardedServer server = await GuardedServer.StartAsync(Files(authority, "one"), _clock);
        Assert.Equal("one", await AskAsync(server, null));
        Files(authority, "two");
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("two", await AskAsync(server, null));
        File.WriteAllText($"{_folder}/key", "this is no key");
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("two", await AskAsync(server, null));
    }

    [Fact]
    public void A_key_of_another_certificate_is_refused()
    {
        using X509Certificate2 authority = Authority("ours");
        AccessOptions options = Files(authority, "one");
        string key = File.ReadAllText($"{_folder}/key");
        Files(authority, "two");
        File.WriteAllText($"{_folder}/key", key);
        Assert.Contains($"{_folder}/key", Assert.Throws<AccessException>(() => Access.Open(options, _clock)).Message, StringComparison.Ordinal);
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
    }

    private static X509Certificate2 Signed(X509Certificate2 authority, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        using X509Certificate2 bare = request.Create(authority, authority.NotBefore, authority.NotAfter, Guid.NewGuid().ToByteArray());
        using X509Certificate2 whole = bare.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    private AccessOptions Files(X509Certificate2 authority, string name, bool clients = false)
    {
        using X509Certificate2 own = Signed(authority, name);
        File.WriteAllText($"{_folder}/certificate", own.ExportCertificatePem());
        using ECDsa key = own.GetECDsaPrivateKey()!;
        File.WriteAllText($"{_folder}/key", key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText($"{_folder}/roots", authority.ExportCertificatePem());
        return new AccessOptions { CertificateFile = $"{_folder}/certificate", KeyFile = $"{_folder}/key", ClientCaFile = clients ? $"{_folder}/roots" : "" };
    }

    // The name of the server's certificate.
    private static async Task<string> AskAsync(GuardedServer server, X509Certificate2? client)
    {
        string name = "";
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.None,
                ClientCertificates = client is null ? null : [client],
                LocalCertificateSelectionCallback = client is null ? null : (_, _, _, _, _) => client,
                RemoteCertificateValidationCallback = (_, certificate, _, _) => (name = certificate!.Subject[3..]).Length > 0,
            },
        };
        using var http = new HttpClient(handler);
        Assert.Equal("page", await http.GetStringAsync(new Uri(server.Address, "/metrics")));
        return name;
    }
}
