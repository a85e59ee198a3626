using Ipcscope.Bpf;
using Ipcscope.Decode;

namespace Ipcscope.Objects;

/// <summary>The files under /dev/shm, as the agent sees it.</summary>
internal static class ShmDirectory
{
    private const string Root = "/dev/shm";

    /// <summary>All regular files in it, without those that go while it is read.</summary>
    public static List<(string Path, ObjectFile File)> Read()
    {
        List<(string, ObjectFile)> files = [];
        try
        {
            var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
            foreach (string path in Directory.EnumerateFiles(Root, "*", options))
            {
                if (FileStatus.TryRead(path, StatX.NoFollow, FileStatus.Regular, out ObjectFile file))
                {
                    file.Mechanism = Mechanism.Shm;
                    file.Marks |= ObjectMarks.ShmMount;
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
}
