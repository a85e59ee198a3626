namespace Ipcscope.Decode;

/// <summary>How two processes talk. Values are those of <c>enum mechanism</c> in bpf/include/contract.h.</summary>
public enum Mechanism : byte
{
    /// <summary>Not IPC.</summary>
    None,
    /// <summary>Anonymous pipe, pipe(2).</summary>
    Pipe,
    /// <summary>Named pipe, fifo(7).</summary>
    Fifo,
    /// <summary>Unix socket of any type, bound or a socketpair, unix(7).</summary>
    Unix,
    /// <summary>TCP over IPv4 or IPv6, tcp(7).</summary>
    Tcp,
    /// <summary>UDP over IPv4 or IPv6, udp(7).</summary>
    Udp,
}

/// <summary>What was done to a channel. Values are those of <c>enum operation</c> in bpf/include/contract.h.</summary>
public enum Operation : byte
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>Data taken out of a pipe or FIFO.</summary>
    Read,
    /// <summary>Data put into a pipe or FIFO.</summary>
    Write,
    /// <summary>Data given to a socket.</summary>
    Send,
    /// <summary>Data taken from a socket.</summary>
    Receive,
    /// <summary>Data looked at and left: MSG_PEEK, and the source of tee(2).</summary>
    Peek,
    /// <summary>connect(2).</summary>
    Connect,
    /// <summary>accept(2), counted on the listening socket.</summary>
    Accept,
    /// <summary>shutdown(2).</summary>
    Shutdown,
}

/// <summary>Where something was lost. Values are those of <c>enum loss</c> in bpf/include/contract.h.</summary>
public enum Loss
{
    /// <summary>A record found no room in the ring.</summary>
    RingFull,
    /// <summary>An operation was counted in an overflow slot.</summary>
    FlowTableFull,
    /// <summary>A channel could not be described.</summary>
    ChannelFull,
    /// <summary>An errno found no room.</summary>
    ErrorFull,
    /// <summary>No memory for a thread's slot.</summary>
    ThreadSlot,
    /// <summary>An exit without its entry: counted, not timed.</summary>
    MissedEntry,
    /// <summary>An entry without its exit.</summary>
    MissedExit,
    /// <summary>The caller's memory could not be read.</summary>
    Unreadable,
}

/// <summary>The kinds of records in the ring, <c>enum record_kind</c>.</summary>
public enum RecordKind : uint
{
    /// <summary>First sight of a flow.</summary>
    Flow = 1,
    /// <summary>One operation.</summary>
    Operation,
    /// <summary>A process has a child.</summary>
    Fork,
    /// <summary>A process has a new image.</summary>
    Exec,
    /// <summary>The last thread of a process has gone.</summary>
    Exit,
}

/// <summary>The type of a socket, SOCK_* of include/linux/net.h.</summary>
public enum ChannelKind : byte
{
    /// <summary>A pipe.</summary>
    None = 0,
    /// <summary>SOCK_STREAM.</summary>
    Stream = 1,
    /// <summary>SOCK_DGRAM.</summary>
    Datagram = 2,
    /// <summary>SOCK_SEQPACKET.</summary>
    Seqpacket = 5,
}

/// <summary>Marks of an operation record, OPERATION_* of the contract.</summary>
[Flags]
public enum OperationMarks : uint
{
    /// <summary>An ordinary operation.</summary>
    None = 0,
    /// <summary>Its start is unknown: duration is 0.</summary>
    Untimed = 1,
    /// <summary>A further message of an mmsg call: its duration went with the first.</summary>
    Continued = 2,
    /// <summary>A datagram cut to the reader's buffer.</summary>
    Truncated = 4,
    /// <summary>The caller was killed inside.</summary>
    Interrupted = 8,
}
