using Ipcscope.Decode;

namespace Ipcscope.Capture;

/// <summary>A file descriptor that refers to a channel, found by walking all tasks.</summary>
public sealed record Descriptor
{
    /// <summary>Who has it.</summary>
    public required ProcessKey Process { get; init; }

    /// <summary>Name of its thread-group leader.</summary>
    public required string Name { get; init; }

    /// <summary>Inode number of its cgroup's directory.</summary>
    public ulong Cgroup { get; init; }

    /// <summary>Its number.</summary>
    public required int Fd { get; init; }

    /// <summary>Opened for reading.</summary>
    public bool Readable { get; init; }

    /// <summary>Opened for writing.</summary>
    public bool Writable { get; init; }

    /// <summary>The channel.</summary>
    public required ChannelKey Key { get; init; }

    /// <summary>What is known of it.</summary>
    public required ChannelInfo Info { get; init; }

    /// <summary>The connected unix socket; null: none, or nobody has accepted it yet.</summary>
    public ChannelKey? Peer { get; init; }

    /// <summary>What tells the names apart that unix sockets are bound to; 0: to none.</summary>
    public ulong Bound { get; init; }

    /// <summary><see cref="Bound"/> of the listening socket that has not accepted this connection yet; else 0.</summary>
    public ulong PeerBound { get; init; }

    /// <summary>Pid of who called connect, listen or socketpair at the other end of a unix socket (SO_PEERCRED); 0: nobody.</summary>
    public uint Credential { get; init; }

    /// <summary>A socket that accepts connections.</summary>
    public bool IsListening { get; init; }

    /// <summary>A connection that neither side has closed.</summary>
    public bool IsConnected { get; init; }

    /// <summary>A tcp connection that nobody has answered yet.</summary>
    public bool IsConnecting { get; init; }

    /// <summary>The master side of a pseudo-terminal.</summary>
    public bool IsMaster { get; init; }

    /// <summary>What waits in the channel.</summary>
    public QueueState Queue { get; init; } = QueueState.Unknown;

    /// <summary>Thread-group id of <see cref="Process"/>.</summary>
    public uint Pid => Process.Pid;
}

/// <summary>A process that exists now.</summary>
/// <param name="Key">Who it is.</param>
/// <param name="Name">Name of its thread-group leader.</param>
/// <param name="Cgroup">Inode number of its cgroup's directory.</param>
public readonly record struct RunningProcess(ProcessKey Key, string Name, ulong Cgroup);
