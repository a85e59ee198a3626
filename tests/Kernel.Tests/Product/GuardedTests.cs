using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ipcscope.KernelTests.Programs;

namespace Ipcscope.KernelTests.Product;

/// <summary>The native binary at both ends of TLS, with a token.</summary>
[Collection(nameof(ProductGroup))]
public sealed class GuardedTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ipcscope-guarded").FullName;
    private readonly int _port = Loopback.FreePort();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task OnlyWhoHasTheTokenAndKnowsTheAuthorityIsToldAnything()
    {
        WriteFiles();
        using Process agent = Binary.Start([Binary.Path, "run", "--config", $"{_folder}/config"]);
        Task<string> log = agent.StandardError.ReadToEndAsync();
        try
        {
            Eventually.Get(() => Live("--config", $"{_folder}/config"), live => live.Status == 0).AssertStatus(0);
            Live("--address", $"127.0.0.1:{_port}", "--token-file", $"{_folder}/token", "--ca", $"{_folder}/certificate").AssertStatus(0);
            AssertRefused("401", "--ca", $"{_folder}/certificate");
            AssertRefused("SSL", "--token-file", $"{_folder}/token", "--ca", $"{_folder}/other");
            AssertRefused("", "--token-file", $"{_folder}/token"); // without TLS
        }
        finally
        {
            Signals.Send(agent.Id, Signals.Terminate);
            await agent.WaitForExitAsync();
        }
        Assert.True(agent.ExitCode == 0, await log);
    }

    private static Outcome Live(params string[] arguments) => Binary.Run(["doctor", "--live", .. arguments]);

    private void AssertRefused(string why, params string[] arguments)
    {
        Outcome outcome = Live(["--address", $"127.0.0.1:{_port}", .. arguments]).AssertStatus(1);
        Assert.Contains($"no agent answers at 127.0.0.1:{_port}", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(why, outcome.Error, StringComparison.Ordinal);
        Refusal.AssertNoDefect(outcome);
    }

    private void WriteFiles()
    {
        File.WriteAllText($"{_folder}/token", "0123456789abcdef\n");
        foreach (string name in (string[])["certificate", "other"])
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            CertificateRequest request = new("CN=ipcscope", key, HashAlgorithmName.SHA256);
            SubjectAlternativeNameBuilder names = new();
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
            File.WriteAllText($"{_folder}/{name}", certificate.ExportCertificatePem());
            File.WriteAllText($"{_folder}/{name}.key", key.ExportPkcs8PrivateKeyPem());
        }
        File.WriteAllText(
            $"{_folder}/config",
            $"metrics: {{ listen: 127.0.0.1:{_port}, tokenFile: {_folder}/token, tls: {{ certificateFile: {_folder}/certificate, keyFile: {_folder}/certificate.key }} }}\n");
    }
}
