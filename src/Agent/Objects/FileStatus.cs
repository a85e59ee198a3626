using Ipcscope.Bpf;
using Ipcscope.Decode;

namespace Ipcscope.Objects;

/// <summary>What statx(2) tells of a file, as the iterators tell it.</summary>
internal static unsafe class FileStatus
{
    /// <summary>S_IFREG.</summary>
    internal const uint Regular = 0x8000;

    /// <summary>S_IFIFO.</summary>
    internal const uint Fifo = 0x1000;

    private const uint Format = 0xf000; // S_IFMT
    private const ulong BlockSize = 512;

    /// <summary>Asks; false if there is no such file, or it is another kind.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="flags">AT_*.</param>
    /// <param name="kind">S_IF*.</param>
    /// <param name="file">All but its mechanism and name; its channel has no guard.</param>
    internal static bool TryRead(string path, int flags, uint kind, out ObjectFile file)
    {
        StatX stat;
        bool found = LibBpf.statx(StatX.WorkingDirectory, path, flags, StatX.All, &stat) == 0 && (stat.Mode & Format) == kind;
        bool born = (stat.Mask & StatX.HasBirthTime) != 0 && stat.BirthTime.Seconds != 0; // some file systems say that they know it
        file = found
            ? new ObjectFile
            {
                Channel = new ChannelKey(stat.Inode, DeviceNumber.Of(stat.DeviceMajor, stat.DeviceMinor), 0),
                Size = stat.Size,
                Pages = stat.Blocks * BlockSize / (ulong)Environment.SystemPageSize,
                Blocks = stat.Blocks,
                Time = born ? stat.BirthTime.Seconds : stat.ChangeTime.Seconds,
                Uid = stat.Uid,
                Mode = stat.Mode,
                Links = stat.Links,
                Marks = born ? ObjectMarks.Created : 0,
            }
            : default;
        return found;
    }
}
