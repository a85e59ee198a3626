using System.Globalization;
using System.Text;
using Ipcscope.Bpf;
using Ipcscope.Decode;
using Ipcscope.Waits;

namespace Ipcscope.Objects;

/// <summary>Who maps what, by /proc/PID/maps: for kernels without an iterator over mappings (before 5.12). The generation of files is not told.</summary>
/// <param name="known">Objects that somebody has a descriptor of, by number and device: of those everything is known.</param>
internal sealed class MappingFiles(IReadOnlyDictionary<(ulong Inode, uint Device), ObjectFile> known)
{
    private static readonly string[] MemoryFileSystems = ["tmpfs", "hugetlbfs"];

    // What mm/shmem.c and fs/hugetlbfs call files that are on no mount that a path leads to.
    private static readonly string[] Unmounted = ["/dev/zero", "/memfd:", "/anon_hugepage", "/SYSV"];

    private readonly Dictionary<uint, bool> _isMemory = [];

    /// <summary>Every shared mapping of these processes.</summary>
    internal void Read(IEnumerable<TaskRecord> processes, BpfIterator.RecordHandler<HolderRecord> handle)
    {
        foreach (TaskRecord process in processes)
        {
            foreach (MapsLine line in MapsLine.ReadShared(process.Process.Pid))
            {
                if (Describe(process, line) is { } record)
                {
                    handle(record);
                }
            }
        }
    }

    private HolderRecord? Describe(in TaskRecord process, MapsLine line)
    {
        uint pid = process.Process.Pid;
        if (!known.TryGetValue((line.Inode, line.Device), out ObjectFile file) && !FileStatus.TryRead(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/map_files/{line.Start:x}-{line.End:x}"), 0, FileStatus.Regular, out file))
        {
            return null;
        }
        if (file.Mechanism == Mechanism.None)
        {
            bool hidden = Array.Exists(Unmounted, name => line.Path.StartsWith(name, StringComparison.Ordinal)) && DeviceNumber.Major(line.Device) == 0;
            file.Channel = new ChannelKey(line.Inode, line.Device, 0);
            file.Marks |= hidden ? ObjectMarks.KernelMount : 0;
            file.Mechanism = hidden && line.Path.StartsWith("/SYSV", StringComparison.Ordinal) ? Mechanism.SysvShm : hidden || IsMemory(pid, line.Device) ? Mechanism.Shm : Mechanism.FileMap;
            string name = hidden ? line.Path : Path.GetFileName(line.Path); // as the other object iterators name files there
            file.NameLength = (uint)(Encoding.UTF8.TryGetBytes(name, file.Name, out int bytes) ? bytes : 0);
        }
        return new HolderRecord
        {
            File = file,
            Start = line.Start,
            Length = line.End - line.Start,
            Process = process.Process,
            Mode = (line.Rights[0] == 'r' ? 1u : 0) | (line.Rights[1] == 'w' ? 2u : 0),
            Comm = process.Comm,
        };
    }

    // "36 25 0:32 / /dev/shm rw,nosuid shared:5 - tmpfs tmpfs rw", proc(5)
    private bool IsMemory(uint pid, uint device)
    {
        if (!_isMemory.TryGetValue(device, out bool memory))
        {
            string number = DeviceNumber.Text(device);
            memory = ThreadFiles.Read($"/proc/{pid}/mountinfo").Split('\n').Select(line => line.Split(' ')).Any(words =>
                words.Length > 3 && words[2] == number && Array.IndexOf(words, "-") is > 0 and var at && MemoryFileSystems.Contains(words[at + 1]));
            _isMemory.Add(device, memory);
        }
        return memory;
    }
}
