using Ipcscope.Bpf;
using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Privileges;

namespace Ipcscope.Objects;

/// <summary>The iterators over objects, loaded by themselves: they run when they are read, and cost nothing between.</summary>
internal sealed class ObjectPrograms : IDisposable
{
    internal const string Sysv = "ipcscope_sysv";
    internal const string Queues = "ipcscope_queues";
    internal const string Files = "ipcscope_object_files";
    internal const string Mappings = "ipcscope_mappings";

    private const string SysvCursors = "sysv_cursors";
    private const string QueueCursors = "queue_cursors";
    // What the loops of the programs keep where the kernel has no bpf_loop (STEP, bpf/include/form.h).
    private static readonly string[] Steps = ["list_step_context", "semaphore_step_context", "sysv_step_context", "queue_step_context"];

    // What the iterator over processes needs.
    private static readonly string[] CgroupPaths = ["cgroups", "write_cgroup_name_context"];

    private const uint SysvDone = 3; // SYSV_KINDS, bpf/objects_sysv.bpf.c
    private const uint QueuesDone = 1; // QUEUES_DONE, bpf/objects_mq.bpf.c

    private readonly BpfObject _object;
    private readonly Dictionary<string, BpfLink> _links = [];

    private ObjectPrograms(BpfObject bpfObject) => _object = bpfObject;

    /// <summary>Loads and attaches them, without those that the kernel refuses.</summary>
    /// <param name="byFiles">Whether mappings are read from /proc even where there is an iterator.</param>
    /// <param name="image">The object instead of the one that fits the kernel: for tests of what it refuses.</param>
    /// <exception cref="BpfException">The kernel refused all.</exception>
    internal static ObjectPrograms Load(bool byFiles = false, byte[]? image = null) => LoadingThread.Run(() =>
    {
        var kernel = RunningKernel.Probe();
        byte[] code = image ?? kernel.ReadImage();
        return ObjectParts.LoadWhatMay(ByFiles(kernel, byFiles), (programs, missing) => Load(code, programs, missing));
    });

    /// <summary>What the kernel refused.</summary>
    internal IReadOnlyList<MissingPart> Missing { get; private init; } = [];

    /// <summary>Whether it is known who holds an object by a descriptor.</summary>
    internal bool TellsDescriptors => _links.ContainsKey(Files);

    /// <summary>Whether it is known who maps memory.</summary>
    internal bool TellsMappings => TellsGenerations || _links.ContainsKey(Probes.Processes);

    /// <summary>Whether <see cref="ReadMappings"/> tells the generation of files.</summary>
    internal bool TellsGenerations => _links.ContainsKey(Mappings);

    /// <summary>Loads and attaches the one that <see cref="ReadMappings"/> reads.</summary>
    /// <exception cref="BpfException">The kernel refused it.</exception>
    internal static ObjectPrograms LoadMappings() => LoadingThread.Run(static () =>
    {
        var kernel = RunningKernel.Probe();
        return Load(kernel.ReadImage(), ObjectParts.Mappings(ByFiles(kernel, false)).Programs, []);
    });

    // /proc/PID/maps tells mappings otherwise: of whom, and of which files, iterators tell.
    private static bool ByFiles(RunningKernel kernel, bool wanted) => wanted || !kernel.IteratesMappings;

    private static ObjectPrograms Load(byte[] image, IReadOnlyCollection<string> names, IReadOnlyList<MissingPart> missing)
    {
        ObjectPrograms programs = new(BpfObject.Open(image)) { Missing = missing };
        try
        {
            List<BpfProgram> all = programs._object.Programs();
            all.ForEach(program => program.SetAutoload(names.Contains(program.Name)));
            programs._object.CreateOnly([SysvCursors, QueueCursors, .. Steps, .. names.Contains(Probes.Processes) ? CgroupPaths : []]);
            programs._object.Load();
            foreach (BpfProgram program in all.Where(program => names.Contains(program.Name)))
            {
                programs._links.Add(program.Name, program.Attach());
            }
            return programs;
        }
        catch
        {
            programs.Dispose();
            throw;
        }
    }

    /// <summary>The object, for what was loaded.</summary>
    internal BpfObject Object => _object;

    /// <summary>Every System V object of every ipc namespace; of what the kernel refused, as in the rest of these: none.</summary>
    internal void ReadSysv(BpfIterator.RecordHandler<SysvRecord> handle) => ReadPieces(Sysv, SysvCursors, SysvDone, handle);

    /// <summary>Every POSIX queue of every ipc namespace; one may come twice if another one goes in the meantime.</summary>
    internal void ReadQueues(BpfIterator.RecordHandler<QueueRecord> handle) => ReadPieces(Queues, QueueCursors, QueuesDone, handle);

    /// <summary>Every descriptor of an object.</summary>
    internal void ReadFiles(BpfIterator.RecordHandler<HolderRecord> handle)
    {
        if (_links.TryGetValue(Files, out BpfLink? files))
        {
            BpfIterator.Read(files, handle);
        }
    }

    /// <summary>Every shared mapping.</summary>
    internal void ReadMappings(BpfIterator.RecordHandler<HolderRecord> handle)
    {
        if (_links.TryGetValue(Mappings, out BpfLink? mappings))
        {
            BpfIterator.Read(mappings, handle);
            return;
        }
        if (!TellsMappings)
        {
            return;
        }
        Dictionary<(ulong, uint), ObjectFile> known = [];
        ReadFiles((in HolderRecord record) => known[(record.File.Channel.Inode, record.File.Channel.Device)] = record.File);
        List<TaskRecord> processes = [];
        BpfIterator.Read(_links[Probes.Processes], (in TaskRecord record) => processes.Add(record));
        new MappingFiles(known).Read(processes, handle);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (BpfLink link in _links.Values)
        {
            link.Dispose();
        }
        _object.Dispose();
    }

    // A namespace is written a piece at a time, one for each of its tasks that is visited.
    private void ReadPieces<T>(string program, string cursors, uint done, BpfIterator.RecordHandler<T> handle)
        where T : unmanaged
    {
        if (!_links.TryGetValue(program, out BpfLink? link))
        {
            return;
        }
        BpfMap map = _object.Map(cursors);
        foreach (uint inum in map.Keys<uint>())
        {
            map.Delete(inum);
        }
        // A namespace whose tasks all end while it is read would never be done: then a turn finds nothing.
        while (BpfIterator.Read(link, handle) > 0 && !IsDone(map, done))
        {
        }
    }

    private static bool IsDone(BpfMap map, uint done)
    {
        foreach (uint inum in map.Keys<uint>())
        {
            if (map.TryLookup(inum, out NamespaceCursor cursor) && cursor.Kind < done)
            {
                return false;
            }
        }
        return true;
    }
}
