/* What crosses the border between the kernel programs and the host: the only definition of it.
 * src/Agent/Decode/Contract.cs mirrors it; a test compares the two through the BTF of the built object.
 * Fixed-width fields only; every pad is written out (-Wpadded). Times are CLOCK_MONOTONIC nanoseconds. */
#pragma once

#include <linux/types.h>

#define COMM_LENGTH 16 /* TASK_COMM_LEN, include/linux/sched.h */

enum mechanism {
    MECHANISM_NONE,
    MECHANISM_PIPE,
    MECHANISM_FIFO,
    MECHANISM_UNIX,
    MECHANISM_TCP,
    MECHANISM_UDP,
    MECHANISM_VSOCK,
    MECHANISM_NETLINK,
    MECHANISM_PTY,
    MECHANISM_EVENTFD,
    MECHANISM_MQ,       /* POSIX message queue, mq_overview(7) */
    MECHANISM_SYSV_MSG, /* sysvipc(7) */
    MECHANISM_SYSV_SEM,
    MECHANISM_SYSV_SHM,
    MECHANISM_SHM,      /* shared memory without a file on disk: shm_open, memfd, shared anonymous, hugetlb */
    MECHANISM_FILE_MAP, /* shared mapping of a regular file */
    MECHANISM_FUTEX,    /* a futex that processes share; private ones only when asked for */
    MECHANISM_SIGNAL,
    MECHANISM_PROCESS_VM, /* another process's memory or descriptors: process_vm_readv(2), pidfd_getfd(2), ptrace(2) */
    MECHANISM_IO_URING,   /* messages between rings, IORING_OP_MSG_RING */
    MECHANISM_COUNT,
};

enum operation {
    OPERATION_NONE,
    OPERATION_READ,
    OPERATION_WRITE,
    OPERATION_SEND,
    OPERATION_RECEIVE,
    OPERATION_PEEK, /* MSG_PEEK, and the source of tee(2): moves nothing */
    OPERATION_CONNECT,
    OPERATION_ACCEPT,
    OPERATION_SHUTDOWN,
    OPERATION_OPEN,
    OPERATION_UNLINK,
    OPERATION_NOTIFY,   /* mq_notify */
    OPERATION_GET,      /* msgget semget shmget */
    OPERATION_CONTROL,  /* msgctl semctl shmctl mq_getsetattr */
    OPERATION_WAIT,     /* on a semaphore or futex */
    OPERATION_POST,     /* semop that only adds */
    OPERATION_WAKE,     /* of a futex */
    OPERATION_ATTACH,   /* shmat */
    OPERATION_DETACH,   /* shmdt */
    OPERATION_MAP,      /* mmap */
    OPERATION_UNMAP,    /* munmap */
    OPERATION_REMAP,    /* mremap */
    OPERATION_TRUNCATE, /* ftruncate */
    OPERATION_SYNC,     /* msync */
    OPERATION_PASS,     /* a descriptor sent by SCM_RIGHTS */
    OPERATION_TAKE,     /* a descriptor received by SCM_RIGHTS */
    OPERATION_GETFD,    /* pidfd_getfd */
    OPERATION_COUNT,
};

/* How an operation was asked for. */
enum via {
    VIA_SYSCALL,
    VIA_IO_URING,
    VIA_KERNEL, /* signals that the kernel sends by itself */
    VIA_COUNT,
};

/* flow_key.detail of OPERATION_SEND on MECHANISM_SIGNAL: what became of it (TRACE_SIGNAL_*,
 * include/trace/events/signal.h). With OPERATION_PASS and _TAKE, detail is the mechanism of the descriptor;
 * MECHANISM_NONE: one that is no channel. Else 0. */
enum signal_fate {
    SIGNAL_QUEUED,
    SIGNAL_IGNORED,
    SIGNAL_COALESCED, /* one of this number was pending already */
    SIGNAL_OVERFLOW,  /* no room: the sender is told EAGAIN */
    SIGNAL_TRUNCATED, /* no room for its information: delivered without it */
};

/* Where something was lost. Each is a counter in `lost`. */
enum loss {
    LOSS_RING_FULL,         /* the record of an operation found no room in the ring */
    LOSS_FLOW_TABLE_FULL,   /* an operation was counted in the overflow slot: totals stay exact, its flow is unknown */
    LOSS_CHANNEL_FULL,      /* a channel could not be described: it is counted, without its address */
    LOSS_ERROR_FULL,        /* an errno found no room: the error is counted, as "other" */
    LOSS_THREAD_SLOT,       /* no memory for a thread's slot, at an end of a call: not counted if it lacks at both */
    LOSS_MISSED_ENTRY,      /* an exit without its entry: counted, not timed */
    LOSS_MISSED_EXIT,       /* an entry without its exit: the result is unknown */
    LOSS_UNREADABLE,        /* the caller's memory could not be read: bytes of that message are unknown */
    LOSS_QUEUE_TABLE_FULL,  /* no room for a queue: what passes through it is counted, its time in the queue is not */
    LOSS_RING_FULL_FLOW,    /* the record of a new flow found no room: the host finds the flow later */
    LOSS_RING_FULL_PROCESS, /* the record of a fork, exec or exit found no room: the host finds the end later */
    LOSS_COUNT,
};

/* A process image: reused pids differ in start_time, a new image after exec differs in exec_id. */
struct process_key {
    __u64 start_time; /* task_struct.group_leader->start_boottime, ns */
    __u32 pid;        /* thread-group id in the first pid namespace */
    __u32 exec_id;    /* task_struct.self_exec_id */
};

/* What identifies a channel. Not every mechanism has inodes; docs/counting.md has the table.
 *   System V      id, ipc namespace, mechanism          futex       inode, device, offset / 4
 *   eventfd       its id, device, context's address     pty         index, tty major, slave's address
 *   signal        receiver's pid, number, start time    process_vm  target's pid, 0, start time */
struct channel_key {
    __u64 inode;  /* inode.i_ino */
    __u32 device; /* super_block.s_dev, kernel encoding: major << 20 | minor */
    __u32 guard;  /* bits 6..37 of the inode's address: i_ino of pipes and sockets is a 32-bit counter that wraps */
};

/* A flow: who does what to which channel, and where that one ran when it did: a process that moves to another cgroup
 * has other flows from then on. */
struct flow_key {
    struct process_key process;
    struct channel_key channel;
    __u8 mechanism;
    __u8 operation;
    __u8 via;    /* enum via */
    __u8 detail; /* see enum signal_fate */
    __u8 pad[4];
    __u64 cgroup; /* kernfs_node.id, which is the inode number of its directory; 0: the kernel's own */
};

/* Bucket i counts durations in (2^(i-25), 2^(i-24)] seconds, 1 s being 2^30 units; bucket 0 has no lower bound, the
 * last no upper. */
#define DURATION_BUCKETS 32
#define DURATION_SHIFT   24
/* Bucket 0 counts empty messages and single bytes, bucket i sizes in (2^(i-1), 2^i] bytes; the last has no upper bound.
 */
#define SIZE_BUCKETS 26

/* Counters only grow while a flow owns the slot.
 * Operations = sum of sizes + errors + interrupted.
 * Times in the queue are weighed by what was read: bytes of streams, messages of anything else. */
struct flow_counters {
    __u64 bytes;
    __u64 errors;        /* calls that failed, EAGAIN and EINPROGRESS excepted */
    __u64 would_block;   /* calls that failed with EAGAIN or EINPROGRESS: no operation */
    __u64 interrupted;   /* calls that never returned: the caller was killed inside */
    __u64 truncated;     /* datagrams cut to the reader's buffer */
    __u64 untimed;       /* calls without a known start, in no duration bucket */
    __u64 duration_ns;   /* of all timed calls, waiting included */
    __u64 wait_ns;       /* the part of duration_ns spent in calls that slept: full, empty or lock, by the operation */
    __u64 delivery_time; /* summed time in the queue of what was read, by units of 1024 ns */
    __u64 turnaround_ns; /* of answers received: since the request's last byte was written;
                            of answers sent: since the request was received */
    __u64 first_seen;
    __u64 last_seen;
    __u64 delivery[DURATION_BUCKETS];   /* bytes or messages read, by their time in the queue */
    __u64 turnaround[DURATION_BUCKETS]; /* answers */
    __u64 duration[DURATION_BUCKETS];   /* calls that succeeded or failed; sendmmsg and recvmmsg are one call of many
                                           operations */
    __u64 size[SIZE_BUCKETS];           /* messages (or calls, on streams) that succeeded */
};

struct flow_slot {
    __u64 id;       /* 0: free. Differs for every owner the slot ever has. */
    __u64 queue_id; /* of the queue that it puts into or takes from … */
    __u32 queue;    /* … and its slot; 0: none, or not known yet */
    __u32 pad;
    struct flow_key key;
    char comm[COMM_LENGTH]; /* of the thread-group leader */
    struct flow_counters counters;
};

enum channel_kind {
    CHANNEL_STREAM = 1,
    CHANNEL_DATAGRAM = 2,
    CHANNEL_SEQPACKET = 5, /* SOCK_*, include/linux/net.h */
};

#define SOCKET_PATH_LENGTH 108 /* UNIX_PATH_MAX */

/* What is known of a channel beside its key. Written at each first sight of a flow and after connect. */
struct channel_info {
    __u8 mechanism;
    __u8 kind;              /* enum channel_kind; 0 for pipes */
    __u8 family;            /* AF_* of a socket, else 0 */
    __u8 path_length;       /* bytes of `path` in use; abstract names begin with NUL */
    __u16 local_port;       /* host order */
    __u16 remote_port;      /* host order */
    __u32 ns;               /* inode number of the network or ipc namespace */
    __u8 local_address[16]; /* IPv4 in the first four bytes */
    __u8 remote_address[16];
    __u8 path[SOCKET_PATH_LENGTH]; /* the bound name of a unix socket; the last component of a file's or queue's name */
    __u64 peer_inode;              /* of the connected unix peer, else 0 */
    __u64 id;  /* System V id, eventfd id, pty index, signal number, netlink protocol, futex offset, vsock cid << 32 |
                  port */
    __u64 key; /* System V key, netlink port id, remote vsock cid << 32 | port */
    __u32 target;   /* pid of the receiver of a signal, or of whose memory is accessed */
    __u32 priority; /* highest seen in a POSIX queue */
    __u32 owner;    /* tid that a futex word named last; 0: none */
    __u32 waker;    /* pid that woke a futex's waiters last; 0: nobody yet */
    __s32 waiters;  /* calls that wait on a futex now */
    __u32 pad;
};

/* Which hierarchy tells where a process runs, cgroups(7): that of version 2, or, where container runtimes use those of
 * version 1, the one of a controller which they all set. */
enum cgroup_hierarchy {
    CGROUP_UNIFIED,
    CGROUP_MEMORY,
    CGROUP_PIDS,
};

#define CGROUP_NAMES_LENGTH 512

/* The path of a cgroup: the names from itself up to the root, which has none, each with its NUL. What is longer lacks
 * its upper part. Containers that end at once are known by it, too: it was read during their call. */
struct cgroup_info {
    __u32 length; /* bytes of `names` in use; 0: being written */
    char names[CGROUP_NAMES_LENGTH];
};

/* Errors by number. errno 0 is never stored. */
struct error_key {
    __u64 flow; /* flow_slot.id */
    __u32 slot;
    __u32 number;
};

enum record_kind {
    RECORD_FLOW = 1,
    RECORD_OPERATION,
    RECORD_FORK,
    RECORD_EXEC,
    RECORD_EXIT,
};

/* First sight of a flow: `slot` now belongs to `id`; its key and names are in the slot itself. */
struct flow_record {
    __u32 kind;
    __u32 slot;
    __u64 id;
};

/* fork: pid is the parent, other the child. exec: the new image. exit: the last thread of the process has gone. */
struct process_record {
    __u32 kind;
    __u32 other;
    struct process_key process;
    __u64 time;
    __u64 cgroup;
    char comm[COMM_LENGTH];
};

#define OPERATION_UNTIMED     1 /* no start: duration is 0 and unknown */
#define OPERATION_CONTINUED   2 /* a further message of an mmsg call: its duration went with the first */
#define OPERATION_TRUNCATED   4
#define OPERATION_INTERRUPTED 8  /* never returned */
#define OPERATION_WAITED      16 /* slept at least once: the duration is a wait */
#define OPERATION_UNMEASURED  32 /* has no duration of its own: a descriptor passed, a signal sent */

/* One operation, or one message of an mmsg call. */
struct operation_record {
    __u32 kind;
    __u32 tid;
    struct flow_key flow;
    __u64 begin;
    __u64 duration;
    __s64 result; /* bytes handled (for PEEK: seen, not moved), or -errno */
    char comm[COMM_LENGTH];
    __u32 flags;
    __u16 nr; /* system call number */
    __u8 abi; /* enum abi */
    __u8 pad;
    __u32 peer; /* pid of the other process, as far as the operation itself tells: a waker, a signal's other end; 0: not
                   told */
    __u32 priority; /* of a message in a POSIX queue */
};

/* Classes of system calls: what sys_enter and sys_exit do with a number. 0: nothing. */
enum call {
    CALL_NONE,
    CALL_READ,     /* read readv preadv2: result is bytes */
    CALL_WRITE,    /* write writev pwritev2 */
    CALL_SENDTO,   /* sendto */
    CALL_RECVFROM, /* recvfrom: flags are the fourth argument */
    CALL_SENDMSG,  /* sendmsg */
    CALL_RECVMSG,  /* recvmsg: flags are the third argument, msg_flags are written back */
    CALL_SENDMMSG, /* sendmmsg: result is messages, msg_len are written back */
    CALL_RECVMMSG, /* recvmmsg */
    CALL_CONNECT,
    CALL_ACCEPT, /* accept accept4 */
    CALL_SHUTDOWN,
    CALL_SPLICE,      /* two descriptors: first and third argument */
    CALL_TEE,         /* first and second */
    CALL_SENDFILE,    /* second (in) and first (out) */
    CALL_VMSPLICE,    /* direction is the descriptor's mode */
    CALL_DESCRIPTORS, /* those before take the descriptor of a channel, those behind name it otherwise or make it */
    CALL_SOCKETCALL = CALL_DESCRIPTORS, /* i386: the call is the first argument, its arguments are in memory */
    CALL_IPC,                           /* i386: the call is the first argument, ipc(2) */
    CALL_RESTART,                       /* restart_syscall: goes on with the call that was interrupted */
    CALL_OPEN,                          /* open creat */
    CALL_OPENAT,                        /* openat openat2 */
    CALL_MEMFD,                         /* memfd_create */
    CALL_MQ_OPEN,
    CALL_MQ_UNLINK,
    CALL_MQ_SEND,    /* mq_timedsend */
    CALL_MQ_RECEIVE, /* mq_timedreceive */
    CALL_MQ_NOTIFY,
    CALL_MQ_ATTRIBUTES, /* mq_getsetattr */
    CALL_MSGGET,
    CALL_MSGSND,
    CALL_MSGRCV,
    CALL_MSGCTL,
    CALL_SEMGET,
    CALL_SEMOP, /* semop semtimedop */
    CALL_SEMCTL,
    CALL_SHMGET,
    CALL_SHMAT,
    CALL_SHMDT,
    CALL_SHMCTL,
    CALL_MMAP,
    CALL_MMAP_BLOCK, /* i386: mmap with its arguments in memory */
    CALL_MUNMAP,
    CALL_MREMAP,
    CALL_MSYNC,
    CALL_FTRUNCATE,
    CALL_FUTEX,
    CALL_FUTEX_WAIT, /* futex_wait futex_wake …: futex2 */
    CALL_FUTEX_WAKE,
    CALL_FUTEX_REQUEUE,
    CALL_FUTEX_WAITV,
    CALL_KILL,         /* kill tkill rt_sigqueueinfo: the second argument is the signal */
    CALL_TGKILL,       /* tgkill rt_tgsigqueueinfo: the third */
    CALL_PIDFD_SIGNAL, /* pidfd_send_signal: the second */
    CALL_SIGWAIT,      /* rt_sigtimedwait: the result is a signal */
    CALL_VM_READ,      /* process_vm_readv */
    CALL_VM_WRITE,     /* process_vm_writev */
    CALL_PTRACE,
    CALL_GETFD,       /* pidfd_getfd */
    CALL_URING_ENTER, /* io_uring_enter: no operation; requests that tell nothing may have ended in it */
    CALL_COUNT,
};

#define CALL_TABLE_SIZE 512

/* Which table of numbers a call was made through. */
enum abi {
    ABI_NATIVE,
    ABI_COMPAT, /* 32-bit programs: i386 on x86-64, arm on arm64 */
    ABI_COUNT,
};

#define COMM_FILTERS 8

/* What the kernel decides of a filter. Read-only once loaded: what is off costs nothing. */
struct filter {
    __u32 by_process;       /* 1: only processes in the map `watched` */
    __u32 follow_children;  /* 1: the children of watched processes too */
    __u32 comms;            /* how many of `comm` are set; 0: any name */
    __u32 mechanisms;       /* bit n: enum mechanism n */
    __u32 operations;       /* bit n: enum operation n */
    __u32 errors_only;      /* single operations: only failed ones */
    __u64 minimum_duration; /* single operations: ns */
    char comm[COMM_FILTERS][COMM_LENGTH];
};

/* How the host wants the programs to behave. Read-only once loaded. */
struct probe_settings {
    struct filter filter;
    __u32 count;           /* 1: the counting path */
    __u32 emit_operations; /* 1: the event path, single operations */
    __u32 private_futexes; /* 1: futexes within one process, too */
    __u32 queues;          /* 1: times in queues and of answers; needs the counting path */
    __u32 hierarchy;       /* enum cgroup_hierarchy */
    __u32 pad;
};
