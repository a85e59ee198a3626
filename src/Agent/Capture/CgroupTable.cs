using Ipcscope.Bpf;
using Ipcscope.Decode;
using Ipcscope.Enrich;

namespace Ipcscope.Capture;

/// <summary>What the kernel programs wrote of cgroups.</summary>
internal sealed class CgroupTable(BpfObject bpfObject)
{
    private readonly BpfMap _cgroups = bpfObject.Map("cgroups");

    /// <summary>What is known of a cgroup.</summary>
    /// <param name="id">Which one.</param>
    /// <param name="pid">A process that is in it, to be asked if the kernel has said nothing.</param>
    internal Cgroup Locate(ulong id, uint pid) =>
        Cgroups.Find(id) ?? (id != 0 && _cgroups.TryLookup(id, out CgroupInfo info) && info.Length != 0 ? Cgroups.Learn(id, PathOf(info)) : Cgroups.Of(id, pid));

    /// <summary>The path, from the names of <see cref="CgroupInfo"/>; <c>/</c> is the root.</summary>
    internal static string PathOf(in CgroupInfo info)
    {
        ReadOnlySpan<byte> names = ((ReadOnlySpan<byte>)info.Names)[..(int)Math.Min(info.Length, CgroupNames.Length)];
        string[] parts = System.Text.Encoding.UTF8.GetString(names).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        return "/" + string.Join('/', parts.Reverse());
    }
}
