using System.Globalization;

namespace Ipcscope.Waits;

/// <summary>Reads /proc/PID of processes that may end meanwhile, or may not be asked (proc(5)): then there is nothing.</summary>
internal static class ThreadFiles
{
    /// <summary>The numbers of a process's threads.</summary>
    internal static IEnumerable<uint> Tids(uint pid)
    {
        try
        {
            return [.. Directory.EnumerateDirectories($"/proc/{pid}/task").Select(path => uint.Parse(Path.GetFileName(path.AsSpan()), CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>A file's text without its last line feed.</summary>
    internal static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path).TrimEnd('\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>What a symbolic link says; empty if it is gone.</summary>
    internal static string Link(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Reads memory of a process; false unless all of it can be had.</summary>
    internal static bool TryReadMemory(uint pid, ulong address, Span<byte> target)
    {
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle memory = File.OpenHandle($"/proc/{pid}/mem");
            return RandomAccess.Read(memory, target, (long)address) == target.Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    /// <summary>Reads text of a process's memory that ends with NUL; empty if it cannot be had, or is longer than <paramref name="most"/> bytes.</summary>
    internal static byte[] ReadText(uint pid, ulong address, int most)
    {
        byte[] text = new byte[most];
        int length = 0;
        while (length < most)
        {
            // What lies in the next page may not be there.
            int part = Math.Min(most - length, Environment.SystemPageSize - (int)((address + (ulong)length) % (ulong)Environment.SystemPageSize));
            if (!TryReadMemory(pid, address + (ulong)length, text.AsSpan(length, part)))
            {
                return [];
            }
            if (text.AsSpan(length, part).IndexOf((byte)0) is >= 0 and var end)
            {
                return text[..(length + end)];
            }
            length += part;
        }
        return [];
    }
}
