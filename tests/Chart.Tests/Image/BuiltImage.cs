namespace Ipcscope.ChartTests.Image;

/// <summary>The image of the binary in out/, made as <c>make image</c> makes it.</summary>
public sealed class BuiltImage : IDisposable
{
    /// <summary>As Debian and OCI call it: amd64, arm64.</summary>
    internal static readonly string Architecture = Tool.Run(["dpkg", "--print-architecture"]).AssertWell().Output.Trim();

    private readonly string _folder = Directory.CreateTempSubdirectory("ipcscope-image").FullName;

    public BuiltImage() => Tool.Run([Repository.Path("deploy/image/build"), Repository.Path("out/ipcscope"), _folder]).AssertWell();

    /// <summary>The OCI archive.</summary>
    internal string Archive => $"{_folder}/ipcscope-{Architecture}.tar";

    /// <summary>The digest of its manifest.</summary>
    internal string Digest => File.ReadAllText($"{_folder}/ipcscope-{Architecture}.digest").Trim();

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
