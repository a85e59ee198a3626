using Ipcscope.Waits;

namespace Ipcscope.Findings;

/// <summary>What /proc/PID/stat tells (proc(5)); all 0 of a process that is gone.</summary>
/// <param name="Parent">Its parent's pid.</param>
/// <param name="Threads">How many threads it has.</param>
internal readonly record struct ProcessStat(uint Parent, int Threads)
{
    /// <summary>Reads it.</summary>
    internal static ProcessStat Read(uint pid)
    {
        var line = StatLine.Read($"/proc/{pid}");
        return new ProcessStat(line.Parent, line.Threads);
    }

    /// <summary>The parents of a process, nearest first, without the first process of its pid namespace: that one adopts orphans.</summary>
    internal static IReadOnlyList<uint> Ancestors(uint pid)
    {
        List<uint> above = [];
        for (uint parent = Read(pid).Parent; parent > 1 && !above.Contains(parent) && !IsFirst(parent); parent = Read(parent).Parent)
        {
            above.Add(parent);
        }
        return above;
    }

    private static bool IsFirst(uint pid)
    {
        try
        {
            return File.ReadLines($"/proc/{pid}/status").Any(line => line.StartsWith("NSpid:", StringComparison.Ordinal) && line.EndsWith("\t1", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return false;
        }
    }
}
