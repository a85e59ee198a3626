using Ipcscope.Decode;

namespace Ipcscope.Objects;

/// <summary>What is to be said of an object beside that it exists; docs/objects.md has the rules.</summary>
public enum ObjectState
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>No process holds it, and who made or used it is gone.</summary>
    Orphan,
    /// <summary>Removed or unlinked: nobody finds it any more, it goes with its last holder.</summary>
    Removed,
    /// <summary>Never used, and the kernel does not record who made it.</summary>
    Unused,
}

/// <summary>A process that holds an object.</summary>
/// <param name="Pid">Thread-group id.</param>
/// <param name="Name">Name of the thread-group leader.</param>
/// <param name="Descriptors">How many descriptors of it.</param>
/// <param name="Mapped">How much of it is mapped or attached, bytes.</param>
public sealed record ObjectUser(uint Pid, string Name, int Descriptors, ulong Mapped);

/// <summary>A queue, segment, semaphore set, FIFO, listening socket or shared mapping that exists now.</summary>
public sealed record IpcObject
{
    /// <summary>The mechanism.</summary>
    public required Mechanism Mechanism { get; init; }

    /// <summary>What kind of it: <c>memfd</c>, <c>anonymous</c>, <c>semaphore</c>, <c>stream</c> …; empty: there is one only.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Its name or path, whatever its maker wanted; a System V id.</summary>
    public required string Name { get; init; }

    /// <summary>Whether others find it by its name, id or key; anonymous memory has a description only.</summary>
    public bool IsNamed { get; init; } = true;

    /// <summary>System V: the id.</summary>
    public int? Id { get; init; }

    /// <summary>System V: the key; 0: IPC_PRIVATE.</summary>
    public uint? Key { get; init; }

    /// <summary>Inode number, where it is a file.</summary>
    public ulong? Inode { get; init; }

    /// <summary>Memory: what its mappings show.</summary>
    public ChannelKey? Memory { get; init; }

    /// <summary>Owner.</summary>
    public required uint Uid { get; init; }

    /// <summary>Permission bits; null: it has none (abstract sockets).</summary>
    public uint? Mode { get; init; }

    /// <summary>Queue: messages in it. Listening socket: connections, or datagrams, that wait.</summary>
    public ulong? Messages { get; init; }

    /// <summary>The most there may be.</summary>
    public ulong? MessagesLimit { get; init; }

    /// <summary>Queue: bytes in it.</summary>
    public ulong? Bytes { get; init; }

    /// <summary>The most there may be.</summary>
    public ulong? BytesLimit { get; init; }

    /// <summary>Memory: its size, bytes.</summary>
    public ulong? Size { get; init; }

    /// <summary>Memory: how much of it is in memory now, bytes.</summary>
    public ulong? Resident { get; init; }

    /// <summary>Memory: an estimate of the bytes touched lately; null: not known (Volume/).</summary>
    public ulong? Touched { get; init; }

    /// <summary>System V segment: attachments.</summary>
    public ulong? Attachments { get; init; }

    /// <summary>System V set: how many semaphores.</summary>
    public ulong? Semaphores { get; init; }

    /// <summary>System V set: values of the first 32.</summary>
    public IReadOnlyList<ushort> Values { get; init; } = [];

    /// <summary>System V queue and set: calls that wait in it now.</summary>
    public uint? Waiters { get; init; }

    /// <summary>System V segment: pid of who made it.</summary>
    public uint? Creator { get; init; }

    /// <summary>System V: pids of who used it last, in the order of the kernel's fields.</summary>
    public IReadOnlyList<uint> LastUsers { get; init; } = [];

    /// <summary>When it was made, if <see cref="SinceCreation"/>; else it is at least so old. Null: not known.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Whether <see cref="Since"/> is the time of its creation.</summary>
    public bool SinceCreation { get; init; }

    /// <summary>System V and POSIX queues: when it was used last; null: never, or not known.</summary>
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>Who holds it now, by pid.</summary>
    public IReadOnlyList<ObjectUser> Users { get; init; } = [];

    /// <summary>What is to be said of it.</summary>
    public ObjectState State { get; init; }

    /// <summary>The namespace where it is found, if that is not the agent's: <c>ipc:[4026532201]</c>; else empty.</summary>
    public string Place { get; init; } = "";
}
