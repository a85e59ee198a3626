using Ipcscope.Bpf;
using Ipcscope.Capture;
using Ipcscope.Decode;
using Ipcscope.Flows;
using Ipcscope.Objects;

namespace Ipcscope.Ends;

/// <summary>
/// Who maps which memory, who used which System V object last, and what waits in queues that nobody has open. Each kind is read from the kernel
/// at the first question about it, and once.
/// </summary>
internal sealed class ObjectEnds
{
    private readonly Lazy<ILookup<(ulong Inode, uint Device), Mapper>> _mappers;
    private readonly Lazy<Dictionary<ChannelKey, SysvRecord>> _sysv;
    private readonly Lazy<Dictionary<ChannelKey, QueueRecord>> _queues;
    private readonly ProcessTable _processes;

    /// <param name="programs">Gives the iterators.</param>
    /// <param name="processes">Those that live.</param>
    public ObjectEnds(Func<ObjectPrograms> programs, ProcessTable processes)
    {
        _processes = processes;
        _mappers = new(() => ReadMappers(programs()));
        _sysv = new(() => ReadSysv(programs()));
        _queues = new(() => ReadQueues(programs()));
    }

    /// <summary>The ends of a channel that no descriptor stands for.</summary>
    public IEnumerable<End> Of(in ChannelKey channel, Mechanism mechanism) => mechanism switch
    {
        Mechanism.SysvMsg or Mechanism.SysvSem => _sysv.Value.TryGetValue(channel, out SysvRecord record) ? LastUsers(record) : [],
        Mechanism.SysvShm => _sysv.Value.TryGetValue(channel, out SysvRecord segment) ? MappersOf(segment.Memory) : [],
        Mechanism.Futex when channel.Device == 0 => Alive(channel.Guard),
        Mechanism.Shm => MappersOf(channel, channel.Guard),
        Mechanism.FileMap or Mechanism.Futex => MappersOf(channel),
        Mechanism.Signal or Mechanism.ProcessVm => Target(channel),
        _ => [],
    };

    /// <summary>All shared memory that is mapped, files apart, with its name and who maps it.</summary>
    public IEnumerable<(Channel Memory, IReadOnlyList<End> Ends)> Memory() => _mappers.Value
        .Select(mappers => (mappers.First().Memory, (IReadOnlyList<End>)[.. mappers.Select(mapper => mapper.End).DistinctBy(end => end.Process)]))
        .Where(memory => memory.Memory.Mechanism != Mechanism.FileMap);

    /// <summary>What waits in a System V queue, or a POSIX queue that nobody has open.</summary>
    public QueueState? QueueOf(in ChannelKey channel, Mechanism mechanism)
    {
        QueueState queue = QueueState.Unknown;
        queue.Unit = QueueUnit.Messages;
        if (mechanism == Mechanism.SysvMsg && _sysv.Value.TryGetValue(channel, out SysvRecord record))
        {
            queue.Items = new QueueLevel((long)record.Count, -1);
            queue.Bytes = new QueueLevel((long)record.Bytes, (long)record.BytesLimit);
            return queue;
        }
        if (mechanism == Mechanism.Mq && _queues.Value.TryGetValue(channel, out QueueRecord mq))
        {
            queue.Items = new QueueLevel((long)mq.Messages, (long)mq.MessagesLimit);
            queue.Bytes = new QueueLevel((long)mq.Bytes, (long)(mq.MessagesLimit * mq.MessageSizeLimit));
            return queue;
        }
        return null;
    }

    private IEnumerable<End> MappersOf(in ChannelKey memory, uint? generation = null) => _mappers.Value[(memory.Inode, memory.Device)]
        .Where(mapper => generation is null || mapper.Generation is null || mapper.Generation == generation)
        .Select(mapper => mapper.End);

    // The kernel remembers the process, and whether it lives, not its number only.
    private List<End> LastUsers(in SysvRecord record)
    {
        List<End> ends = [];
        Access of = record.Mechanism == Mechanism.SysvMsg ? Access.Write : Access.Read | Access.Write;
        if ((record.Marks & SysvMarks.UserAlive) != 0 && _processes.Find(record.User) is { } user)
        {
            ends.Add(new End(user.Key, user.Name, of, Certainty.Observed));
        }
        if ((record.Marks & SysvMarks.ReceiverAlive) != 0 && _processes.Find(record.Receiver) is { } receiver)
        {
            ends.Add(new End(receiver.Key, receiver.Name, Access.Read, Certainty.Observed));
        }
        return ends;
    }

    private IEnumerable<End> Alive(uint pid) =>
        _processes.Find(pid) is { } process ? [new End(process.Key, process.Name, Access.Read | Access.Write, Certainty.Exact)] : [];

    // The process that a signal goes to, or whose memory it is; start_guard() of bpf/include/target.h tells those apart who had one number.
    private IEnumerable<End> Target(in ChannelKey channel) =>
        _processes.Find((uint)channel.Inode) is { } process && (uint)(process.Key.StartTime >> 20) == channel.Guard ? Alive(process.Key.Pid) : [];

    private static ILookup<(ulong, uint), Mapper> ReadMappers(ObjectPrograms programs)
    {
        List<(ChannelKey Key, Mapper Mapper)> mappers = [];
        void Add(in HolderRecord record)
        {
            if (record.File.Mechanism is Mechanism.Shm or Mechanism.SysvShm or Mechanism.FileMap)
            {
                var access = (Access)record.Mode & (Access.Read | Access.Write);
                mappers.Add((record.File.Channel, new Mapper(NameOf(record.File), new End(record.Process, record.Comm.Text(), access, Certainty.Exact), record.Length == 0 || programs.TellsGenerations ? record.File.Generation : null)));
            }
        }
        Explained(() =>
        {
            programs.ReadMappings(Add);
            programs.ReadFiles(Add);
        });
        return mappers.ToLookup(each => (each.Key.Inode, each.Key.Device), each => each.Mapper);
    }

    private static Dictionary<ChannelKey, SysvRecord> ReadSysv(ObjectPrograms programs)
    {
        Dictionary<ChannelKey, SysvRecord> objects = [];
        Explained(() => programs.ReadSysv(
            (in SysvRecord record) => objects[new ChannelKey((uint)record.Id, record.Ns, (uint)record.Mechanism)] = record));
        return objects;
    }

    private static Dictionary<ChannelKey, QueueRecord> ReadQueues(ObjectPrograms programs)
    {
        Dictionary<ChannelKey, QueueRecord> queues = [];
        Explained(() => programs.ReadQueues((in QueueRecord record) => queues[record.File.Channel] = record));
        return queues;
    }

    private static void Explained(Action read)
    {
        try
        {
            read();
        }
        catch (BpfException e)
        {
            throw Requirements.Explain(e);
        }
    }

    private static Channel NameOf(in ObjectFile file)
    {
        ReadOnlySpan<byte> whole = file.Name;
        ReadOnlySpan<byte> name = whole[..Math.Min((int)file.NameLength, whole.Length)].TrimEnd((byte)0);
        ChannelInfo info = new() { Mechanism = file.Mechanism, Id = file.Channel.Inode, Kind = file.Kind };
        Span<byte> path = info.Path;
        name = name[..Math.Min(name.Length, Math.Min(path.Length, byte.MaxValue))];
        name.CopyTo(path);
        info.PathLength = (byte)name.Length;
        return new Channel(file.Channel, file.Mechanism) { Info = info, Name = ChannelNames.Name(file.Channel, info) };
    }

    private readonly record struct Mapper(Channel Memory, End End, uint? Generation);
}
