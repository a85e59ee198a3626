using Ipcscope.Decode;

namespace Ipcscope.Objects;

/// <summary>Queues, memory, FIFOs and sockets that are files, out of what the kernel knows of them.</summary>
/// <param name="own">The agent's namespaces.</param>
internal sealed class FileObjects(OwnNamespaces own)
{
    private const string Shm = "/dev/shm";
    private const uint Permissions = 0xfff;
    private const ulong BlockSize = 512;

    /// <summary>A POSIX queue. Nobody holds it: an orphan; its maker is not recorded.</summary>
    /// <param name="record">The queue.</param>
    /// <param name="users">Who holds it.</param>
    /// <param name="tellsHolders">Whether those are known.</param>
    public IpcObject Describe(in QueueRecord record, IReadOnlyList<ObjectUser> users, bool tellsHolders = true)
    {
        DateTimeOffset? used = Times.FromSeconds(record.File.Time);
        return Common(record.File) with
        {
            Name = "/" + Holding.NameOf(record.File),
            Messages = record.Messages,
            MessagesLimit = record.MessagesLimit,
            Bytes = record.Bytes,
            BytesLimit = record.MessagesLimit * record.MessageSizeLimit,
            Users = users,
            LastUsed = used,
            State = StateOf(record.File, held: users.Count > 0 || !tellsHolders),
            Place = record.File.Ns == own.Ipc ? "" : $"ipc:[{record.File.Ns}]",
        };
    }

    /// <summary>An object that somebody holds.</summary>
    public IpcObject Describe(Holding holding)
    {
        IpcObject common = Common(holding.File) with { Users = holding.Users, State = StateOf(holding.File, held: true), Place = PlaceOf(holding.File) };
        return holding.File.Mechanism switch
        {
            Mechanism.Unix => Socket(common, holding),
            Mechanism.Fifo => common with { Name = holding.Name },
            Mechanism.FileMap => Memory(common, holding.File) with { Name = holding.Name },
            _ => NameMemory(Memory(common, holding.File), holding.File, holding.Name),
        };
    }

    /// <summary>A file under /dev/shm that nobody holds, if that is known.</summary>
    public static IpcObject DescribeUnheld(in ObjectFile file, string path, bool tellsHolders = true) =>
        NameMemory(Memory(Common(file) with { State = tellsHolders ? ObjectState.Orphan : ObjectState.None }, file), file, path);

    private static IpcObject Common(in ObjectFile file) => new()
    {
        Mechanism = file.Mechanism,
        Name = "",
        Inode = file.Channel.Inode,
        Uid = file.Uid,
        Mode = file.Mode & Permissions,
        Since = Times.FromSeconds(file.Time),
        SinceCreation = (file.Marks & ObjectMarks.Created) != 0,
    };

    // A socket's own inode has no time; that of its path has.
    private static IpcObject Socket(IpcObject common, Holding holding)
    {
        bool isAbstract = holding.File.Name[0] == 0;
        return common with
        {
            Name = holding.Name,
            Kind = Kinds.Of(holding.File.Kind),
            Mode = isAbstract ? null : common.Mode,
            Messages = holding.Queue.Waiting,
            MessagesLimit = holding.Queue.Limit,
        };
    }

    private static IpcObject Memory(IpcObject common, in ObjectFile file) => common with
    {
        Memory = HolderTable.KeyOf(file),
        Size = file.Size,
        Resident = (file.Marks & ObjectMarks.Hugetlb) != 0 ? file.Blocks * BlockSize : file.Pages * (ulong)Environment.SystemPageSize,
    };

    // What shm_open and sem_open were given; memory without a name gets its number.
    private static IpcObject NameMemory(IpcObject memory, in ObjectFile file, string path)
    {
        string kind = Kinds.Of(file, path);
        return kind switch
        {
            Kinds.Memfd => memory with { Kind = kind, Name = path[1..], IsNamed = false },
            Kinds.Anonymous => memory with { Kind = kind, Name = $"anonymous:[{file.Channel.Inode}]", IsNamed = false },
            Kinds.Semaphore => memory with { Kind = kind, Name = UnderShm(path).Replace("/sem.", "/", StringComparison.Ordinal) },
            "" => memory with { Name = UnderShm(path) },
            _ => memory with { Kind = kind, Name = path },
        };
    }

    private static string UnderShm(string path) => path.StartsWith(Shm + "/", StringComparison.Ordinal) ? path[Shm.Length..] : path;

    private static ObjectState StateOf(in ObjectFile file, bool held) =>
        (file.Marks & ObjectMarks.KernelMount) != 0 && file.Mechanism == Mechanism.Shm ? ObjectState.None // never had a name
        : file.Links == 0 ? ObjectState.Removed
        : held ? ObjectState.None
        : ObjectState.Orphan;

    private string PlaceOf(in ObjectFile file) => file.Mechanism switch
    {
        Mechanism.Unix => file.Ns == own.Net ? "" : $"net:[{file.Ns}]",
        _ when (file.Marks & ObjectMarks.KernelMount) != 0 || file.Ns == own.Mount => "",
        _ => $"mnt:[{file.Ns}]",
    };
}
