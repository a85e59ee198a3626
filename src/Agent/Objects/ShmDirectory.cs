using Ipcscope.Bpf;
using Ipcscope.Decode;

namespace Ipcscope.Objects;

/// <summary>The files under /dev/shm, as the agent sees it.</summary>
internal static unsafe class ShmDirectory
{
    private const string Root = "/dev/shm";
    private const int MinorBits = 20; // kernel encoding of a device, include/linux/kdev_t.h
    private const uint Format = 0xf000; // S_IFMT
    private const uint Regular = 0x8000; // S_IFREG

    /// <summary>All regular files in it, without those that go while it is read.</summary>
    public static List<(string Path, ObjectFile File)> Read()
    {
        List<(string, ObjectFile)> files = [];
        try
        {
            var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
            foreach (string path in Directory.EnumerateFiles(Root, "*", options))
            {
                if (TryDescribe(path, out ObjectFile file))
                {
                    files.Add((path, file));
                }
            }
        }
        catch (DirectoryNotFoundException)
        {
            // None is mounted here: then nobody can use shm_open either.
        }
        return files;
    }

    private static bool TryDescribe(string path, out ObjectFile file)
    {
        StatX stat;
        bool found = LibBpf.statx(StatX.WorkingDirectory, path, StatX.NoFollow, StatX.All, &stat) == 0 && (stat.Mode & Format) == Regular;
        bool born = (stat.Mask & StatX.HasBirthTime) != 0;
        file = found
            ? new ObjectFile
            {
                Channel = new ChannelKey(stat.Inode, (stat.DeviceMajor << MinorBits) | stat.DeviceMinor, 0),
                Size = stat.Size,
                Pages = stat.Blocks * 512 / (ulong)Environment.SystemPageSize,
                Blocks = stat.Blocks,
                Time = born ? stat.BirthTime.Seconds : stat.ChangeTime.Seconds,
                Uid = stat.Uid,
                Mode = stat.Mode,
                Links = stat.Links,
                Mechanism = Mechanism.Shm,
                Marks = ObjectMarks.ShmMount | (born ? ObjectMarks.Created : 0),
            }
            : default;
        return found;
    }
}
