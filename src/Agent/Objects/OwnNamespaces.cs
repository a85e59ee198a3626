namespace Ipcscope.Objects;

/// <summary>The namespaces of the agent, by inode number.</summary>
/// <param name="Ipc">ipc_namespaces(7).</param>
/// <param name="Mount">mount_namespaces(7).</param>
/// <param name="Net">network_namespaces(7).</param>
internal sealed record OwnNamespaces(uint Ipc, uint Mount, uint Net)
{
    /// <summary>Those of this process.</summary>
    public static OwnNamespaces Read() => new(NamespaceNumber.Read("self", "ipc"), NamespaceNumber.Read("self", "mnt"), NamespaceNumber.Read("self", "net"));
}
