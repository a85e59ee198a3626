/* Who has what open: queues, FIFOs, listening unix sockets, files of shared memory. */
#include "describe_object.h"

struct holder_record holder SEC(".bss.objects") = {};

static __always_inline u8 regular_mechanism(struct file___object *file, struct inode___object *inode)
{
    switch (BPF_CORE_READ(inode, i_sb, s_magic)) {
    case MQUEUE_MAGIC:
        return MECHANISM_MQ;
    case HUGETLBFS_MAGIC:
        return MECHANISM_SHM;
    case TMPFS_MAGIC:
        return is_shm_mount(file) || BPF_CORE_READ(inode, i_sb, s_flags) & SB_KERNMOUNT ? MECHANISM_SHM
                                                                                        : MECHANISM_NONE;
    }
    return MECHANISM_NONE;
}

static __always_inline u8 fifo_mechanism(struct inode___object *inode)
{
    return BPF_CORE_READ(inode, i_sb, s_magic) == PIPEFS_MAGIC ? MECHANISM_NONE : MECHANISM_FIFO;
}

static __always_inline void name_socket(struct unix_address *address)
{
    int length = BPF_CORE_READ(address, len) - (int)sizeof(u16);

    if (length <= 0 || length > SOCKET_PATH_LENGTH)
        return;
    holder.file.name_length = length;
    bpf_probe_read_kernel(holder.file.name, length, address->name[0].sun_path);
}

/* A socket that others reach by its name: listening, or bound for datagrams. */
static __always_inline u8 socket_mechanism_of(struct file___object *file)
{
    struct socket___object *socket = BPF_CORE_READ(file, private_data);
    struct unix_sock___object *sk = (void *)BPF_CORE_READ(socket, sk);
    struct sock___object *common = (void *)sk;
    struct unix_address *address;

    if (!sk || BPF_CORE_READ(common, __sk_common.skc_family) != AF_UNIX)
        return MECHANISM_NONE;
    address = BPF_CORE_READ(sk, addr);
    holder.file.kind = BPF_CORE_READ(common, sk_type);
    if (!address || BPF_CORE_READ(sk, peer))
        return MECHANISM_NONE;
    if (holder.file.kind != SOCK_DGRAM && BPF_CORE_READ(common, __sk_common.skc_state) != TCP_LISTEN)
        return MECHANISM_NONE;
    holder.queued = BPF_CORE_READ(common, sk_receive_queue.qlen);
    holder.capacity = BPF_CORE_READ(common, sk_max_ack_backlog);
    name_socket(address);
    return MECHANISM_UNIX;
}

/* Owner, mode and age of a bound path are those of its inode. */
static __always_inline void describe_socket_file(struct file___object *file)
{
    struct socket___object *socket = BPF_CORE_READ(file, private_data);
    struct unix_sock___object *sk = (void *)BPF_CORE_READ(socket, sk);
    struct inode___object *path = BPF_CORE_READ(sk, path.dentry, d_inode);
    struct channel_key channel = holder.file.channel;

    if (path)
        describe_inode(&holder.file, path);
    holder.file.channel = channel;
    holder.file.ns = BPF_CORE_READ((struct sock___object *)sk, __sk_common.skc_net.net, ns.inum);
}

SEC("?iter/task_file")
int ipcscope_object_files(struct bpf_iter__task_file___object *context)
{
    struct task_struct___object *task = context->task;
    struct file___object *file = context->file;
    struct inode___object *inode;
    u8 mechanism = MECHANISM_NONE;

    if (!task || !file)
        return 0;
    inode = BPF_CORE_READ(file, f_inode);
    __builtin_memset(&holder, 0, sizeof(holder));
    switch (BPF_CORE_READ(inode, i_mode) & S_IFMT) {
    case S_IFREG:
        mechanism = regular_mechanism(file, inode);
        break;
    case S_IFIFO:
        mechanism = fifo_mechanism(inode);
        break;
    case S_IFSOCK:
        mechanism = socket_mechanism_of(file);
        break;
    }
    if (!mechanism)
        return 0;
    describe_holder(&holder, task);
    describe_object_file(&holder.file, file, inode);
    holder.file.mechanism = mechanism;
    holder.start = context->fd;
    holder.mode = BPF_CORE_READ(file, f_mode) & (FMODE_READ | FMODE_WRITE);
    if (mechanism == MECHANISM_UNIX)
        describe_socket_file(file);
    else
        name_by_path(&holder.file, file);
    bpf_seq_write(context->meta->seq, &holder, sizeof(holder));
    return 0;
}
