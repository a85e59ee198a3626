using System.Collections.Concurrent;

namespace Ipcscope.Enrich;

/// <summary>Every cgroup that has been seen. An id is never given to a second one while the machine runs, so nothing here grows old.</summary>
internal static class Cgroups
{
    /// <summary>How many are remembered; beyond it all are learned anew.</summary>
    internal const int Limit = 16384;

    private static readonly ConcurrentDictionary<ulong, Cgroup> Known = new();

    /// <summary>What is known of one; null: nothing yet.</summary>
    internal static Cgroup? Find(ulong id) => Known.GetValueOrDefault(id);

    /// <summary>The kernel has told the path of one.</summary>
    internal static Cgroup Learn(ulong id, string path)
    {
        if (Known.Count >= Limit)
        {
            Known.Clear();
        }
        return Known.GetOrAdd(id, static (id, path) => new Cgroup(path) { Id = id }, path);
    }

    /// <summary>What is known of one, or what /proc says of a process that is in it.</summary>
    /// <param name="id">Which one; 0: not known.</param>
    /// <param name="pid">The process; 0: none, so that it is the kernel's.</param>
    internal static Cgroup Of(ulong id, uint pid) =>
        Find(id) is { } known ? known
        : pid == 0 ? Cgroup.Root
        : ReadPath(pid) is not { } path ? Cgroup.Unknown
        : id == 0 ? new Cgroup(path)
        : Learn(id, path);

    /// <summary>The path of a process's cgroup, /proc/PID/cgroup (cgroups(7)); null: the process has gone.</summary>
    internal static string? ReadPath(uint pid)
    {
        try
        {
            // With version 1 there is one line a controller, and all of a container say the same; the unified one comes last.
            return File.ReadLines($"/proc/{pid}/cgroup").Select(static line => line.Split(':', 3)[^1]).MaxBy(static path => path.Length);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
