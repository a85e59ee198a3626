using System.Globalization;
using Ipcscope.Decode;
using Ipcscope.Waits;

namespace Ipcscope.Objects;

/// <summary>A line of /proc/PID/maps (proc(5)).</summary>
/// <param name="Start">Where the mapping begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Rights"><c>rw-s</c>.</param>
/// <param name="Offset">In the file.</param>
/// <param name="Device">As the kernel writes it.</param>
/// <param name="Inode">The file's number.</param>
/// <param name="Path">Its path, without what the kernel adds; may be empty.</param>
internal readonly record struct MapsLine(ulong Start, ulong End, string Rights, ulong Offset, uint Device, ulong Inode, string Path)
{
    private const int Fields = 6;
    private const string Deleted = " (deleted)";

    /// <summary>Whether processes may share it; what nobody may write any more included.</summary>
    internal bool IsShared => Rights[3] == 's';

    /// <summary>All that a process shares; none if it is gone, or may not be asked.</summary>
    internal static IEnumerable<MapsLine> ReadShared(uint pid) =>
        ThreadFiles.Read($"/proc/{pid}/maps").Split('\n').Select(Parse).OfType<MapsLine>().Where(line => line.IsShared);

    /// <summary>Reads a line; null if it is none.</summary>
    /// <param name="line"><c>7f2c4a000000-7f2c4a001000 rw-s 00000000 00:01 1044  /dev/zero (deleted)</c></param>
    internal static MapsLine? Parse(string line)
    {
        string[] fields = line.Split(' ', Fields, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < Fields - 1 || fields[0].Split('-') is not [var from, var to] || fields[1].Length != 4 || fields[3].Split(':') is not [var major, var minor])
        {
            return null;
        }
        string path = fields.Length == Fields ? fields[5] : "";
        return new MapsLine(
            Number(from), Number(to), fields[1], Number(fields[2]), DeviceNumber.Of(Number(major), Number(minor)), ulong.Parse(fields[4], CultureInfo.InvariantCulture),
            path.EndsWith(Deleted, StringComparison.Ordinal) ? path[..^Deleted.Length] : path);
    }

    private static ulong Number(string hexadecimal) => ulong.Parse(hexadecimal, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
