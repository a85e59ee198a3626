/* What exists now: every descriptor of a channel, and every process, by walking all tasks (BPF iterators,
 * Documentation/bpf/bpf_iterators.rst). */
#include "include/flow.h"
#include "include/fill.h"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpadded"
#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct bpf_iter_meta {
    struct seq_file *seq;
};

struct bpf_iter__task_file { /* kernel/bpf/task_iter.c */
    struct bpf_iter_meta *meta;
    struct task_struct *task;
    u32 fd;
    struct file *file;
};

struct bpf_iter__task {
    struct bpf_iter_meta *meta;
    struct task_struct *task;
};

struct sock___snapshot {
    struct pid *sk_peer_pid;
};
#pragma clang attribute pop
#pragma clang diagnostic pop

volatile u64 address = 0;
struct descriptor_record descriptor = {}; /* too large for the stack; one reader at a time */
struct task_record process = {};

/* The other end of a unix socket: the socket, or what the one is bound to that has not accepted it yet. */
static __always_inline void find_unix_peer(struct sock *sk)
{
    struct unix_sock *own = kernel_cast(sk, struct unix_sock);
    struct unix_sock *peer = kernel_cast(FIELD(own, peer), struct unix_sock);
    struct socket *socket;
    struct inode *inode;

    descriptor.bound = (u64)BPF_CORE_READ(own, addr);
    descriptor.credential = BPF_CORE_READ((struct sock___snapshot *)sk, sk_peer_pid, numbers[0].nr);
    if (!peer)
        return;
    socket = kernel_cast(FIELD(peer, sk.sk_socket), struct socket);
    if (!socket) {
        if (state_of(&peer->sk) == TCP_ESTABLISHED)
            descriptor.peer_bound = (u64)BPF_CORE_READ(peer, addr);
        return;
    }
    inode = kernel_cast(FIELD(kernel_cast(FIELD(socket, file), struct file), f_inode), struct inode);
    descriptor.peer.inode = FIELD(inode, i_ino);
    descriptor.peer.device = FIELD(inode, i_sb, s_dev);
    descriptor.peer.guard = address_of(&address, inode) >> 6;
}

static __always_inline u32 socket_marks(u8 state)
{
    switch (state) {
    case TCP_LISTEN:
        return DESCRIPTOR_LISTENING;
    case TCP_ESTABLISHED:
        return DESCRIPTOR_CONNECTED;
    case TCP_SYN_SENT:
        return DESCRIPTOR_CONNECTS;
    default:
        return 0;
    }
}

static __always_inline void note_socket(struct sock *sk)
{
    u8 mechanism = descriptor.info.mechanism;

    if (mechanism == MECHANISM_UNIX)
        find_unix_peer(sk);
    descriptor.marks = socket_marks(state_of(sk));
    if (descriptor.marks & DESCRIPTOR_LISTENING)
        measure_listener(&descriptor.queue, (void *)sk, mechanism);
    else if (mechanism == MECHANISM_UNIX)
        measure_unix(&descriptor.queue, (void *)sk);
    else
        measure_inet(&descriptor.queue, (void *)sk, mechanism);
}

/* Everything beside who holds it. False if it is no channel. */
static __always_inline bool note_channel(struct file *file, struct inode *inode)
{
    u64 number = 0;

    descriptor.info.mechanism = mechanism_of(file, inode);
    if (!descriptor.info.mechanism)
        return false;
    descriptor.channel.guard = object_of(&address, file, inode, &number) >> 6;
    descriptor.channel.inode = number;
    descriptor.channel.device = device_of(inode);
    describe_file(&descriptor.info, file);
    if ((FIELD(inode, i_mode) & S_IFMT) == S_IFIFO)
        measure_pipe(&descriptor.queue, FIELD(inode, i_pipe));
    else if (is_socket(inode))
        note_socket(sock_of(file));
    else if (descriptor.info.mechanism == MECHANISM_PTY && driver_major(tty_of(file)) == UNIX98_PTY_MASTER_MAJOR)
        descriptor.marks = DESCRIPTOR_MASTER;
    return true;
}

static __always_inline bool is_mq(struct inode *inode)
{
    return (FIELD(inode, i_mode) & S_IFMT) == S_IFREG && FIELD(inode, i_sb, s_magic) == MQUEUE_MAGIC;
}

/* A POSIX message queue. Its file system's root can be open, too: that is a directory. */
static __always_inline void note_mq(struct task_struct *task, struct file *file, struct inode *inode)
{
    long length =
        bpf_probe_read_kernel_str(descriptor.info.path, SOCKET_PATH_LENGTH, FIELD(file, f_path.dentry, d_name.name));

    descriptor.info.path_length = length > 0 ? length - 1 : 0;
    descriptor.info.mechanism = MECHANISM_MQ;
    descriptor.info.ns = BPF_CORE_READ(task, nsproxy, ipc_ns, ns.inum);
    descriptor.channel.inode = FIELD(inode, i_ino);
    descriptor.channel.device = FIELD(inode, i_sb, s_dev);
    descriptor.channel.guard = address_of(&address, inode) >> 6;
    measure_mq(&descriptor.queue, inode);
}

SEC("iter/task_file")
int ipcscope_descriptors(struct bpf_iter__task_file *context)
{
    struct task_struct *task = context->task;
    struct file *file = context->file;
    struct inode *inode;

    if (!task || !file)
        return 0;
    inode = FIELD(file, f_inode);
    if (!is_mq(inode) && !is_channel(file, inode))
        return 0;
    __builtin_memset(&descriptor, 0, sizeof(descriptor));
    no_queue(&descriptor.queue);
    if (is_mq(inode))
        note_mq(task, file, inode);
    else if (!note_channel(file, inode))
        return 0;
    identify(&descriptor.process, task);
    descriptor.cgroup = cgroup_of(task);
    descriptor.fd = context->fd;
    descriptor.mode = FIELD(file, f_mode);
    bpf_probe_read_kernel_str(descriptor.comm, sizeof(descriptor.comm), FIELD(task, group_leader)->comm);
    bpf_seq_write(context->meta->seq, &descriptor, sizeof(descriptor));
    return 0;
}

SEC("iter/task")
int ipcscope_processes(struct bpf_iter__task *context)
{
    struct task_struct *task = context->task;

    if (!task || FIELD(task, pid) != FIELD(task, tgid))
        return 0;
    __builtin_memset(&process, 0, sizeof(process));
    identify(&process.process, task);
    process.cgroup = cgroup_of(task);
    if (!bpf_map_lookup_elem(&cgroups, &process.cgroup))
        describe_cgroup(process.cgroup, node_of(task));
    bpf_probe_read_kernel_str(process.comm, sizeof(process.comm), FIELD(task, group_leader)->comm);
    bpf_seq_write(context->meta->seq, &process, sizeof(process));
    return 0;
}
