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
    /// <summary>Between virtual machines and their host, vsock(7).</summary>
    Vsock,
    /// <summary>Between processes and the kernel, netlink(7).</summary>
    Netlink,
    /// <summary>Pseudo-terminal, both sides, pty(7).</summary>
    Pty,
    /// <summary>eventfd(2).</summary>
    Eventfd,
    /// <summary>POSIX message queue, mq_overview(7).</summary>
    Mq,
    /// <summary>System V message queue, sysvipc(7).</summary>
    SysvMsg,
    /// <summary>System V semaphore set.</summary>
    SysvSem,
    /// <summary>System V shared memory segment.</summary>
    SysvShm,
    /// <summary>Shared memory without a file on disk: shm_open(3), memfd_create(2), shared anonymous, hugetlb.</summary>
    Shm,
    /// <summary>Shared mapping of a regular file, mmap(2).</summary>
    FileMap,
    /// <summary>A futex that processes share, futex(7); private ones only when asked for.</summary>
    Futex,
    /// <summary>Signal, signal(7).</summary>
    Signal,
    /// <summary>Another process's memory or descriptors: process_vm_readv(2), pidfd_getfd(2), ptrace(2).</summary>
    ProcessVm,
    /// <summary>Messages between rings, IORING_OP_MSG_RING.</summary>
    IoUring,
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
    /// <summary>A FIFO, POSIX queue or shared memory object opened or made by name.</summary>
    Open,
    /// <summary>mq_unlink(3).</summary>
    Unlink,
    /// <summary>mq_notify(3).</summary>
    Notify,
    /// <summary>msgget(2), semget(2), shmget(2).</summary>
    Get,
    /// <summary>msgctl(2), semctl(2), shmctl(2), mq_getattr(3), mq_setattr(3).</summary>
    Control,
    /// <summary>Waiting for a semaphore or futex.</summary>
    Wait,
    /// <summary>semop(2) that only adds.</summary>
    Post,
    /// <summary>Waking those that wait on a futex.</summary>
    Wake,
    /// <summary>shmat(2).</summary>
    Attach,
    /// <summary>shmdt(2).</summary>
    Detach,
    /// <summary>mmap(2).</summary>
    Map,
    /// <summary>munmap(2).</summary>
    Unmap,
    /// <summary>mremap(2).</summary>
    Remap,
    /// <summary>ftruncate(2).</summary>
    Truncate,
    /// <summary>msync(2).</summary>
    Sync,
    /// <summary>A descriptor sent by SCM_RIGHTS, unix(7).</summary>
    Pass,
    /// <summary>A descriptor received by SCM_RIGHTS.</summary>
    Take,
    /// <summary>pidfd_getfd(2).</summary>
    Getfd,
}

/// <summary>How an operation was asked for, <c>enum via</c> of the contract.</summary>
public enum Via : byte
{
    /// <summary>By a system call.</summary>
    Syscall,
    /// <summary>By a request in an io_uring(7).</summary>
    IoUring,
    /// <summary>By nobody: a signal that the kernel sent by itself.</summary>
    Kernel,
}

/// <summary>What became of a signal that was sent, <c>enum signal_fate</c> of the contract.</summary>
public enum SignalFate : byte
{
    /// <summary>Queued for delivery.</summary>
    Queued,
    /// <summary>The receiver ignores it.</summary>
    Ignored,
    /// <summary>One of this number was pending already.</summary>
    Coalesced,
    /// <summary>No room: the sender is told EAGAIN.</summary>
    Overflow,
    /// <summary>Delivered without its information, for which there was no room.</summary>
    Truncated,
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
    /// <summary>A queue found no slot: times in it are not measured.</summary>
    QueueTableFull,
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
    /// <summary>Slept at least once: the duration is a wait.</summary>
    Waited = 16,
    /// <summary>Has no duration of its own: a descriptor passed, a signal sent.</summary>
    Unmeasured = 32,
}

/// <summary>Which hierarchy of cgroups tells where a process runs (<c>enum cgroup_hierarchy</c>).</summary>
public enum CgroupHierarchy : uint
{
    /// <summary>That of version 2.</summary>
    Unified,
    /// <summary>Version 1, controller <c>memory</c>.</summary>
    Memory,
    /// <summary>Version 1, controller <c>pids</c>.</summary>
    Pids,
}
