using System.Text.Json.Nodes;

namespace Ipcscope.ChartTests.Image;

/// <summary>The dashboard's image that <c>make image</c> makes.</summary>
public sealed class DashboardImageTests(BuiltDashboardImage image) : IClassFixture<BuiltDashboardImage>, IDisposable
{
    private const long MostBytes = 40_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("ipcscope-image").FullName;

    [Fact]
    public void TheSameSourceIsTheSameDigest()
    {
        using var again = new BuiltDashboardImage();
        Assert.Matches("^sha256:[0-9a-f]{64}$", image.Digest);
        Assert.Equal(image.Digest, again.Digest);
    }

    [Fact]
    public void ItIsSmallAndRunsAsNobody()
    {
        JsonNode run = image.Unpack(_folder)["config"]!;
        Assert.Equal("""["/usr/bin/ipcscope-dashboard"]""", run["Entrypoint"]!.ToJsonString());
        Assert.Equal("65532:65532", run["User"]!.GetValue<string>());
        Assert.Equal("ipcscope-dashboard", run["Labels"]!["org.opencontainers.image.title"]!.GetValue<string>());
        string root = $"{_folder}/root";
        Assert.InRange(BuiltImage.Size(root), 15_000_000, MostBytes);
        Tool.Run(["chroot", "--userspec=65532:65532", root, "/usr/bin/ipcscope-dashboard", "--check"]).AssertWell();
        JsonNode sbom = JsonNode.Parse(File.ReadAllText($"{root}/usr/share/sbom/ipcscope-dashboard.spdx.json"))!;
        string[] names = [.. sbom["packages"]!.AsArray().Select(part => part!["name"]!.GetValue<string>())];
        Assert.All((string[])["ipcscope-dashboard", "libc6", "YamlDotNet", "preact", "uplot", "cytoscape"], name => Assert.Contains(name, names));
        Assert.DoesNotContain("libbpf-dev", names);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
