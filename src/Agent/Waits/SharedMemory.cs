namespace Ipcscope.Waits;

/// <summary>Which memory processes share, by /proc/PID/maps (proc_pid_maps(5)).</summary>
internal static class SharedMemory
{
    private const int DeviceField = 3;
    private const int InodeField = 4;

    /// <summary>What a process maps shared and can write to: device and inode of each; none if it is gone.</summary>
    internal static HashSet<(string Device, string Inode)> Of(uint pid)
    {
        try
        {
            return [.. File.ReadLines($"/proc/{pid}/maps").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(words => words.Length > InodeField && words[1].StartsWith("rw", StringComparison.Ordinal) && words[1].EndsWith('s'))
                .Select(words => (words[DeviceField], words[InodeField]))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
