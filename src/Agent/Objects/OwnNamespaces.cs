using System.Globalization;

namespace Ipcscope.Objects;

/// <summary>The namespaces of the agent, by inode number.</summary>
/// <param name="Ipc">ipc_namespaces(7).</param>
/// <param name="Mount">mount_namespaces(7).</param>
/// <param name="Net">network_namespaces(7).</param>
internal sealed record OwnNamespaces(uint Ipc, uint Mount, uint Net)
{
    /// <summary>Those of this process.</summary>
    public static OwnNamespaces Read() => new(Number("ipc"), Number("mnt"), Number("net"));

    // The target of the link is ipc:[4026531839].
    private static uint Number(string kind)
    {
        string target = File.ResolveLinkTarget($"/proc/self/ns/{kind}", returnFinalTarget: false)?.Name ?? "";
        return uint.TryParse(target.Split('[', ']').ElementAtOrDefault(1), NumberStyles.None, null, out uint number) ? number : 0;
    }
}
