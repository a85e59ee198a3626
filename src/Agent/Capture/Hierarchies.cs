using Ipcscope.Decode;

namespace Ipcscope.Capture;

/// <summary>Which hierarchy of cgroups tells containers apart on this machine.</summary>
internal static class Hierarchies
{
    /// <summary>That of this machine.</summary>
    internal static CgroupHierarchy OfContainers() => File.Exists("/proc/self/cgroup") ? OfContainers(File.ReadLines("/proc/self/cgroup")) : CgroupHierarchy.Unified;

    /// <summary>
    /// Container runtimes use the controllers of version 1 where memory is one of them, although version 2 may be mounted besides (hybrid).
    /// </summary>
    /// <param name="lines">/proc/PID/cgroup, cgroups(7): <c>4:memory:/path</c>; <c>0::/path</c> is version 2.</param>
    internal static CgroupHierarchy OfContainers(IEnumerable<string> lines)
    {
        string[] controllers = [.. lines.Select(static line => line.Split(':', 3)).Where(static parts => parts.Length == 3).SelectMany(static parts => parts[1].Split(','))];
        return controllers.Contains("memory") ? CgroupHierarchy.Memory
            : controllers.Contains("pids") ? CgroupHierarchy.Pids
            : CgroupHierarchy.Unified;
    }
}
