namespace Ipcscope.ChartTests.Contract;

/// <summary>An image of the pods that do something, as an OCI archive.</summary>
internal static class BusyboxImage
{
    /// <summary>Debian's busybox, alone in an image: for pods that do something, and for the pause that keeps a sandbox.</summary>
    internal static string Archive(string folder)
    {
        string root = $"{folder}/busybox";
        Directory.CreateDirectory($"{root}/tree/bin");
        Directory.CreateDirectory($"{root}/tree/tmp");
        File.Copy("/bin/busybox", $"{root}/tree/bin/busybox");
        foreach (string applet in (string[])["sh", "cat", "sleep"])
        {
            File.CreateSymbolicLink($"{root}/tree/bin/{applet}", "busybox");
        }
        string container = Buildah(root, "from", "scratch").Output.Trim();
        Buildah(root, "add", "--quiet", container, $"{root}/tree", "/");
        Buildah(root, "config", "--entrypoint", """["/bin/sleep", "1d"]""", container);
        Buildah(root, "commit", "--quiet", container, $"oci-archive:{root}/busybox.tar:{Containerd.Busybox}");
        return $"{root}/busybox.tar";
    }

    private static Outcome Buildah(string root, params string[] arguments) => Tool.Run(
        ["buildah", "--root", $"{root}/storage", "--runroot", $"{root}/run", "--storage-driver", "vfs", .. arguments]).AssertWell();
}
