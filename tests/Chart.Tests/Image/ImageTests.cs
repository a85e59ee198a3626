using System.Text.Json.Nodes;

namespace Ipcscope.ChartTests.Image;

/// <summary>The image that <c>make image</c> makes.</summary>
public sealed class ImageTests(BuiltImage image) : IClassFixture<BuiltImage>, IDisposable
{
    private const long MostBytes = 40_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("ipcscope-image").FullName;

    [Fact]
    public void TheSameSourceIsTheSameDigest()
    {
        using var again = new BuiltImage();
        Assert.Matches("^sha256:[0-9a-f]{64}$", image.Digest);
        Assert.Equal(image.Digest, again.Digest);
    }

    [Fact]
    public void ItSaysWhatItIs()
    {
        JsonNode config = image.Unpack(_folder);
        Assert.Equal("linux", config["os"]!.GetValue<string>());
        Assert.Equal(BuiltImage.Architecture, config["architecture"]!.GetValue<string>());
        JsonNode run = config["config"]!;
        Assert.Equal("""["/usr/bin/ipcscope"]""", run["Entrypoint"]!.ToJsonString());
        Assert.Equal("""["run"]""", run["Cmd"]!.ToJsonString());
        JsonNode labels = run["Labels"]!;
        Assert.Equal("ipcscope", labels["org.opencontainers.image.title"]!.GetValue<string>());
        Assert.Equal(Tool.Run(["git", "-C", Repository.Path("."), "rev-parse", "HEAD"]).AssertWell().Output.Trim(), labels["org.opencontainers.image.revision"]!.GetValue<string>());
        Assert.Contains($"<Version>{labels["org.opencontainers.image.version"]}</Version>", File.ReadAllText(Repository.Path("Directory.Build.props")), StringComparison.Ordinal);
        Assert.Contains($"appVersion: {labels["org.opencontainers.image.version"]}\n", File.ReadAllText(Repository.Path("deploy/helm/ipcscope/Chart.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public void ItHasWhatItNeedsAndLittleElse()
    {
        _ = image.Unpack(_folder);
        string root = $"{_folder}/root";
        long bytes = BuiltImage.Size(root);
        Assert.InRange(bytes, 20_000_000, MostBytes);
        Assert.Contains("0.1.0", Tool.Run(["chroot", root, "/usr/bin/ipcscope", "version"]).AssertWell().Output, StringComparison.Ordinal);
        Tool.Run(["chroot", root, "/usr/bin/ipcscope", "run", "--check"]).AssertWell();
        // What TLS opens when it is first used: complete, as the loader of the image itself sees it.
        string loader = Directory.GetFiles($"{root}/usr/{(BuiltImage.Architecture == "arm64" ? "lib" : "lib64")}", "ld-linux-*").Single()[root.Length..];
        string ssl = Directory.GetFiles($"{root}/usr/lib", "libssl.so.3", SearchOption.AllDirectories).Single()[root.Length..];
        Assert.DoesNotContain("not found", Tool.Run(["chroot", root, loader, "--list", ssl]).AssertWell().Output, StringComparison.Ordinal);
        Assert.True(new FileInfo($"{root}/etc/ssl/certs/ca-certificates.crt").Length > 100_000);
    }

    [Fact]
    public void ItListsItsParts()
    {
        _ = image.Unpack(_folder);
        JsonNode sbom = JsonNode.Parse(File.ReadAllText($"{_folder}/root/usr/share/sbom/ipcscope.spdx.json"))!;
        Assert.Equal("SPDX-2.3", sbom["spdxVersion"]!.GetValue<string>());
        string[] names = [.. sbom["packages"]!.AsArray().Select(part => part!["name"]!.GetValue<string>())];
        Assert.All((string[])["ipcscope", "libc6", "libbpf-dev", "ca-certificates", "System.CommandLine", "OpenTelemetry"], name => Assert.Contains(name, names));
        string[] identities = [.. sbom["packages"]!.AsArray().Select(part => part!["SPDXID"]!.GetValue<string>())];
        Assert.Equal(identities.Distinct(), identities);
        Assert.All(sbom["relationships"]!.AsArray(), link => Assert.Contains(link!["relatedSpdxElement"]!.GetValue<string>(), identities));
        Assert.All(sbom["packages"]!.AsArray(), part => Assert.NotEqual("", part!["versionInfo"]!.GetValue<string>()));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
