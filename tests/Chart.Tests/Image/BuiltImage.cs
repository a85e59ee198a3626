using System.Text.Json.Nodes;

namespace Ipcscope.ChartTests.Image;

/// <summary>The image of a binary in out/, made as <c>make image</c> makes it.</summary>
public class BuiltImage : IDisposable
{
    /// <summary>As Debian and OCI call it: amd64, arm64.</summary>
    internal static readonly string Architecture = Tool.Run(["dpkg", "--print-architecture"]).AssertWell().Output.Trim();

    private readonly string _folder = Directory.CreateTempSubdirectory("ipcscope-image").FullName;

    private readonly string _name;

    public BuiltImage()
        : this("ipcscope")
    {
    }

    protected BuiltImage(string name)
    {
        _name = name;
        Tool.Run([Repository.Path("deploy/image/build"), Repository.Path($"out/{name}"), _folder]).AssertWell();
    }

    /// <summary>The OCI archive.</summary>
    internal string Archive => $"{_folder}/{_name}-{Architecture}.tar";

    /// <summary>The digest of its manifest.</summary>
    internal string Digest => File.ReadAllText($"{_folder}/{_name}-{Architecture}.digest").Trim();

    /// <summary>Unpacks the one layer as <c>root/</c>.</summary>
    /// <returns>The configuration.</returns>
    internal JsonNode Unpack(string folder)
    {
        Tool.Run(["tar", "-xf", Archive, "-C", folder]).AssertWell();
        JsonNode manifest = Blob(folder, JsonNode.Parse(File.ReadAllText($"{folder}/index.json"))!["manifests"]![0]!);
        Directory.CreateDirectory($"{folder}/root");
        Tool.Run(["tar", "-xf", BlobPath(folder, manifest["layers"]!.AsArray().Single()!), "-C", $"{folder}/root"]).AssertWell();
        return Blob(folder, manifest["config"]!);
    }

    /// <summary>What the files of an unpacked image take, bytes.</summary>
    internal static long Size(string root) => new DirectoryInfo(root)
        .EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Sum(file => file.Length);

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private static string BlobPath(string folder, JsonNode descriptor) => $"{folder}/blobs/{descriptor["digest"]!.GetValue<string>().Replace(':', '/')}";

    private static JsonNode Blob(string folder, JsonNode descriptor) => JsonNode.Parse(File.ReadAllText(BlobPath(folder, descriptor)))!;
}
