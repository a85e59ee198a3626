using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ipcscope.Decode;

// The C# mirror of bpf/include/contract.h. Field order and names follow it; Agent.Tests compares both through the BTF of the built object.

/// <summary>Sixteen bytes of a process name, NUL-terminated unless full (TASK_COMM_LEN).</summary>
[InlineArray(Length)]
public struct Comm
{
    /// <summary>Its size in bytes.</summary>
    public const int Length = 16;
    private byte _first;
}

/// <summary>Counts by duration: bucket i holds (2^(i-25), 2^(i-24)] seconds; the last has no upper bound.</summary>
[InlineArray(Count)]
public struct DurationBuckets
{
    /// <summary>How many buckets there are.</summary>
    public const int Count = 32;
    /// <summary>Bucket i ends at 2^(i-Shift) seconds.</summary>
    public const int Shift = 24;
    private ulong _first;
}

/// <summary>Counts by size: bucket 0 holds 0 and 1 byte, bucket i (2^(i-1), 2^i] bytes; the last has no upper bound.</summary>
[InlineArray(Count)]
public struct SizeBuckets
{
    /// <summary>How many buckets there are.</summary>
    public const int Count = 26;
    private ulong _first;
}

/// <summary>A process image. Reused pids differ in start time, a new image after exec in ExecId.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct ProcessKey(ulong StartTime, uint Pid, uint ExecId);

/// <summary>A channel: inode, device and bits of the inode's address, because inode numbers of pipes and sockets are reused.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct ChannelKey(ulong Inode, uint Device, uint Guard);

/// <summary>
/// A flow: who does what to which channel, how asked for, what more tells flows apart (<see cref="SignalFate"/>, or the mechanism of a passed descriptor),
/// and in which cgroup: the inode number of its directory, 0 for the kernel's own.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct FlowKey(
    ProcessKey Process, ChannelKey Channel, Mechanism Mechanism, Operation Operation, Via Via = Via.Syscall, byte Detail = 0, ulong Cgroup = 0);

/// <summary>Names of a path of cgroups, each with its NUL.</summary>
[InlineArray(Length)]
public struct CgroupNames
{
    /// <summary>Its size in bytes.</summary>
    public const int Length = 512;
    private byte _first;
}

/// <summary>The path of a cgroup.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct CgroupInfo
{
    /// <summary>Bytes of <see cref="Names"/> in use; 0: being written.</summary>
    public uint Length;
    /// <summary>From itself up to the root, which has none.</summary>
    public CgroupNames Names;
}

/// <summary>What a flow has counted. Counters only grow. Times are nanoseconds of CLOCK_MONOTONIC.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct FlowCounters
{
    /// <summary>Bytes moved.</summary>
    public ulong Bytes;
    /// <summary>Failed calls, EAGAIN and EINPROGRESS excepted.</summary>
    public ulong Errors;
    /// <summary>Calls that failed with EAGAIN or EINPROGRESS; not operations.</summary>
    public ulong WouldBlock;
    /// <summary>Calls that never returned.</summary>
    public ulong Interrupted;
    /// <summary>Datagrams cut to the reader's buffer.</summary>
    public ulong Truncated;
    /// <summary>Calls without a known start, in no duration bucket.</summary>
    public ulong Untimed;
    /// <summary>Summed duration of all timed calls, nanoseconds, waiting included.</summary>
    public ulong DurationNs;
    /// <summary>The part of <see cref="DurationNs"/> spent in calls that slept.</summary>
    public ulong WaitNs;
    /// <summary>Summed time in the queue of what was read, in units of 1024 ns, weighed by bytes of streams and messages of anything else.</summary>
    public ulong DeliveryTime;
    /// <summary>Summed nanoseconds of answers: received, since the request's last byte was written; sent, since the request was received.</summary>
    public ulong TurnaroundNs;
    /// <summary>When the flow was first seen.</summary>
    public ulong FirstSeen;
    /// <summary>When its last operation ended.</summary>
    public ulong LastSeen;
    /// <summary>Bytes or messages read, by their time in the queue.</summary>
    public DurationBuckets Delivery;
    /// <summary>Answers, by their time.</summary>
    public DurationBuckets Turnaround;
    /// <summary>Timed calls by duration.</summary>
    public DurationBuckets Duration;
    /// <summary>Successful messages (calls, on streams) by size.</summary>
    public SizeBuckets Size;
}

/// <summary>A slot of the mapped array.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct FlowSlot
{
    /// <summary>0: free. Differs for every owner the slot ever has.</summary>
    public ulong Id;
    /// <summary>Id of the queue that it puts into or takes from.</summary>
    public ulong QueueId;
    /// <summary>Slot of that queue; 0: none, or not known yet.</summary>
    public uint Queue;
    /// <summary>Nothing.</summary>
    public uint Pad;
    /// <summary>Whose flow it is.</summary>
    public FlowKey Key;
    /// <summary>The name of the thread-group leader at first sight.</summary>
    public Comm Comm;
    /// <summary>The counters.</summary>
    public FlowCounters Counters;
}

/// <summary>Sixteen bytes of an address; IPv4 in the first four.</summary>
[InlineArray(16)]
public struct AddressBytes
{
    private byte _first;
}

/// <summary>The bound name of a unix socket (UNIX_PATH_MAX).</summary>
[InlineArray(108)]
public struct SocketPath
{
    private byte _first;
}

/// <summary>What is known of a channel beside its key.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct ChannelInfo
{
    /// <summary>Its mechanism.</summary>
    public Mechanism Mechanism;
    /// <summary>The socket's type; None for pipes.</summary>
    public ChannelKind Kind;
    /// <summary>AF_* of a socket, else 0.</summary>
    public byte Family;
    /// <summary>Bytes of <see cref="Path"/> in use; abstract names begin with NUL.</summary>
    public byte PathLength;
    /// <summary>Local port, host order.</summary>
    public ushort LocalPort;
    /// <summary>Remote port, host order.</summary>
    public ushort RemotePort;
    /// <summary>Inode number of the network or ipc namespace.</summary>
    public uint Ns;
    /// <summary>Local address.</summary>
    public AddressBytes LocalAddress;
    /// <summary>Remote address.</summary>
    public AddressBytes RemoteAddress;
    /// <summary>The bound name of a unix socket, its own or its peer's; the last component of a file's or queue's name.</summary>
    public SocketPath Path;
    /// <summary>Inode of the connected unix peer, else 0.</summary>
    public ulong PeerInode;
    /// <summary>System V id, eventfd id, pty index, signal number, netlink protocol, futex offset, vsock cid &lt;&lt; 32 | port.</summary>
    public ulong Id;
    /// <summary>System V key, netlink port id, remote vsock cid &lt;&lt; 32 | port.</summary>
    public ulong Key;
    /// <summary>Pid of the receiver of a signal, or of whose memory is accessed.</summary>
    public uint Target;
    /// <summary>Highest priority seen in a POSIX queue.</summary>
    public uint Priority;
    /// <summary>Thread id that a futex word named last; 0: none.</summary>
    public uint Owner;
    /// <summary>Pid that woke a futex's waiters last; 0: nobody yet.</summary>
    public uint Waker;
    /// <summary>Calls that wait on a futex now.</summary>
    public int Waiters;
    /// <summary>Always 0.</summary>
    public uint Pad;
}

/// <summary>Errors of a flow by number.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct ErrorKey(ulong Flow, uint Slot, uint Number);

/// <summary>First sight of a flow.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct FlowRecord
{
    /// <summary><see cref="RecordKind.Flow"/>.</summary>
    public RecordKind Kind;
    /// <summary>Its slot.</summary>
    public uint Slot;
    /// <summary>The id that the slot has while this flow owns it.</summary>
    public ulong Id;
}

/// <summary>fork, exec or exit of a process.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct ProcessRecord
{
    /// <summary>Fork, Exec or Exit.</summary>
    public RecordKind Kind;
    /// <summary>fork: the child's pid.</summary>
    public uint Other;
    /// <summary>The process.</summary>
    public ProcessKey Process;
    /// <summary>When, CLOCK_MONOTONIC nanoseconds.</summary>
    public ulong Time;
    /// <summary>Its cgroup.</summary>
    public ulong Cgroup;
    /// <summary>Its name.</summary>
    public Comm Comm;
}

/// <summary>One operation, or one message of an mmsg call.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct OperationRecord
{
    /// <summary><see cref="RecordKind.Operation"/>.</summary>
    public RecordKind Kind;
    /// <summary>The thread that made the call.</summary>
    public uint Tid;
    /// <summary>Its flow.</summary>
    public FlowKey Flow;
    /// <summary>When it began, CLOCK_MONOTONIC nanoseconds; when it ended if untimed.</summary>
    public ulong Begin;
    /// <summary>How long it took, nanoseconds.</summary>
    public ulong Duration;
    /// <summary>Bytes handled (seen and not moved for a peek), or a negative errno.</summary>
    public long Result;
    /// <summary>The name of the thread-group leader.</summary>
    public Comm Comm;
    /// <summary>Marks.</summary>
    public OperationMarks Flags;
    /// <summary>The number of the system call.</summary>
    public ushort Nr;
    /// <summary>1 for a 32-bit program.</summary>
    public byte Abi;
    /// <summary>Always 0.</summary>
    public byte Pad;
    /// <summary>Pid of the other process, as far as the operation itself tells; 0: it does not.</summary>
    public uint Peer;
    /// <summary>Priority of a message in a POSIX queue.</summary>
    public uint Priority;
}
