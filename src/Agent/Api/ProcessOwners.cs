using System.Collections.Concurrent;
using System.Globalization;
using Ipcscope.Decode;
using Ipcscope.Flows;
using Ipcscope.Objects;

namespace Ipcscope.Api;

/// <summary>Whose processes are, read once of each. Can be asked from any thread.</summary>
internal static class ProcessOwners
{
    private const int Most = 16384;

    private static readonly ConcurrentDictionary<(uint, ulong), string> Known = new();
    private static readonly Lazy<UserNames> Names = new(UserNames.Read);

    /// <summary>The name of the user, or its number; empty: the process was gone before.</summary>
    public static string Of(Process image)
    {
        ProcessKey process = image.Key;
        if (process.Pid == 0 || image.EndedAt != 0)
        {
            return process.Pid != 0 && Known.TryGetValue((process.Pid, process.StartTime), out string? known) ? known : "";
        }
        if (Known.Count >= Most)
        {
            Known.Clear();
        }
        return Known.GetOrAdd((process.Pid, process.StartTime), static key => Read(key.Item1));
    }

    private static string Read(uint pid)
    {
        try
        {
            // The second figure is the effective user: proc_pid_status(5).
            string? line = File.ReadLines($"/proc/{pid}/status").FirstOrDefault(line => line.StartsWith("Uid:", StringComparison.Ordinal));
            return line?.Split('\t') is [_, _, var uid, ..] && uint.TryParse(uid, NumberStyles.None, null, out uint number) ? Names.Value.Of(number) : "";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
