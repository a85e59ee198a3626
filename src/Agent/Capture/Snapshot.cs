using Ipcscope.Bpf;
using Ipcscope.Decode;

namespace Ipcscope.Capture;

/// <summary>Reads what exists now. Loaded once, it costs nothing while it is not read.</summary>
public sealed class Snapshot : IDisposable
{
    private const int Readable = 1; // FMODE_READ, include/linux/fs.h
    private const int Writable = 2; // FMODE_WRITE

    private readonly Probes _probes;
    private readonly BpfLink _descriptors;
    private readonly BpfLink _processes;
    private readonly CgroupTable _cgroups;

    private Snapshot(Probes probes)
    {
        _probes = probes;
        _descriptors = probes.AttachIterator(Probes.Descriptors);
        _processes = probes.AttachIterator(Probes.Processes);
        _cgroups = new CgroupTable(probes.Object);
    }

    /// <summary>Loads the iterators.</summary>
    /// <exception cref="CaptureException">They cannot be loaded.</exception>
    public static Snapshot Load()
    {
        Probes? probes = null;
        try
        {
            Requirements.Check();
            probes = Probes.LoadSnapshot();
            return new Snapshot(probes);
        }
        catch (BpfException e)
        {
            probes?.Dispose();
            throw Requirements.Explain(e);
        }
    }

    /// <summary>All descriptors of channels on this machine, once.</summary>
    /// <exception cref="CaptureException">The iterator cannot be loaded.</exception>
    public static IReadOnlyList<Descriptor> Read()
    {
        using Snapshot snapshot = Load();
        return snapshot.ReadDescriptors();
    }

    /// <summary>All descriptors of channels on this machine.</summary>
    /// <exception cref="CaptureException">They cannot be read.</exception>
    public IReadOnlyList<Descriptor> ReadDescriptors()
    {
        var names = new NameTable();
        List<Descriptor> descriptors = [];
        Read(_descriptors, (in DescriptorRecord record) => descriptors.Add(Describe(record, names)));
        return descriptors;
    }

    /// <summary>All processes on this machine.</summary>
    /// <exception cref="CaptureException">They cannot be read.</exception>
    public IReadOnlyList<RunningProcess> ReadProcesses()
    {
        List<RunningProcess> processes = [];
        Read(_processes, (in TaskRecord record) => processes.Add(new RunningProcess(record.Process, record.Comm.Text(), record.Cgroup)));
        foreach (RunningProcess process in processes)
        {
            _ = _cgroups.Locate(process.Cgroup, process.Key.Pid);
        }
        return processes;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _descriptors.Dispose();
        _processes.Dispose();
        _probes.Dispose();
    }

    private static void Read<T>(BpfLink link, BpfIterator.RecordHandler<T> handle)
        where T : unmanaged
    {
        try
        {
            BpfIterator.Read(link, handle);
        }
        catch (BpfException e)
        {
            throw Requirements.Explain(e);
        }
    }

    private static Descriptor Describe(in DescriptorRecord record, NameTable names) => new()
    {
        Process = record.Process,
        Name = names.Of(record.Process, record.Comm),
        Cgroup = record.Cgroup,
        Fd = (int)record.Fd,
        Readable = (record.Mode & Readable) != 0,
        Writable = (record.Mode & Writable) != 0,
        Key = record.Channel,
        Info = record.Info,
        Peer = record.Peer == default ? null : record.Peer,
        Bound = record.Bound,
        PeerBound = record.PeerBound,
        Credential = record.Credential,
        IsListening = (record.Marks & DescriptorMarks.Listening) != 0,
        IsConnected = (record.Marks & DescriptorMarks.Connected) != 0,
        IsConnecting = (record.Marks & DescriptorMarks.Connects) != 0,
        IsMaster = (record.Marks & DescriptorMarks.Master) != 0,
        Queue = WithPages(record.Queue),
    };

    // A buffer of a pipe holds a page, whose size the kernel programs do not know.
    private static QueueState WithPages(QueueState queue)
    {
        if (queue.Unit == QueueUnit.Buffers)
        {
            queue.Bytes = queue.Bytes with { Limit = queue.Items.Limit * Environment.SystemPageSize };
        }
        return queue;
    }

    // The descriptors of a process come one after the other.
    private sealed class NameTable
    {
        private ProcessKey _last;
        private string _name = "";

        public string Of(in ProcessKey process, in Comm comm)
        {
            if (process != _last)
            {
                (_last, _name) = (process, comm.Text());
            }
            return _name;
        }
    }
}
