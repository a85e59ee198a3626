using System.Globalization;
using Ipcscope.Waits;

namespace Ipcscope.Objects;

/// <summary>The inode numbers of namespaces, namespaces(7).</summary>
internal static class NamespaceNumber
{
    /// <summary>Which one a process is in; 0 if it is gone, may not be asked, or the kernel has none of this kind.</summary>
    /// <param name="process">A pid, or <c>self</c>.</param>
    /// <param name="kind"><c>ipc</c>, <c>mnt</c>, <c>net</c>.</param>
    internal static uint Read(string process, string kind) => // the link says ipc:[4026531839]
        uint.TryParse(ThreadFiles.Link($"/proc/{process}/ns/{kind}").Split('[', ']').ElementAtOrDefault(1), NumberStyles.None, null, out uint number) ? number : 0;
}
