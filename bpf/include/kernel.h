/* Our own minimal view of the kernel's types: the fields that are read, relocated by CO-RE to the running kernel.
 * No generated vmlinux.h is needed. Field names are the kernel's; see the files named at each type. */
#pragma once

#include <linux/bpf.h>
#include <linux/types.h>
#include <stdbool.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

typedef __u8 u8;
typedef __u16 u16;
typedef __u32 u32;
typedef __u64 u64;
typedef __s32 s32;
typedef __s64 s64;

#define S_IFMT   0170000
#define S_IFSOCK 0140000
#define S_IFIFO  0010000
#define S_IFREG  0100000
#define S_IFCHR  0020000

/* include/uapi/linux/magic.h; MQUEUE_MAGIC: ipc/mqueue.c */
#define PIPEFS_MAGIC        0x50495045
#define ANON_INODE_FS_MAGIC 0x09041934
#define MQUEUE_MAGIC        0x19800202
#define TMPFS_MAGIC         0x01021994
#define HUGETLBFS_MAGIC     0x958458f6
#define PIDFS_MAGIC         0x50494446

#define FMODE_READ  1 /* include/linux/fs.h */
#define FMODE_WRITE 2

#define AF_UNIX       1
#define AF_INET       2
#define AF_INET6      10
#define AF_NETLINK    16
#define AF_VSOCK      40
#define IPPROTO_TCP   6
#define IPPROTO_UDP   17
#define IPPROTO_MPTCP 262

#define MSG_PEEK  0x02 /* include/linux/socket.h */
#define MSG_TRUNC 0x20

#define EINTR       4
#define EAGAIN      11
#define ENOSYS      38
#define EINPROGRESS 115
/* Never seen by programs; include/linux/errno.h */
#define ERESTARTSYS           512
#define ERESTARTNOINTR        513
#define ERESTARTNOHAND        514
#define ERESTART_RESTARTBLOCK 516

/* The local types mirror parts of kernel types: their pads are the kernel's, not ours. */
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpadded"
#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct file;

struct kiocb { /* include/linux/fs.h */
    struct file *ki_filp;
};

struct fdtable { /* include/linux/fdtable.h */
    unsigned int max_fds;
    struct file **fd;
};

struct files_struct {
    struct fdtable *fdt;
};

struct super_block { /* include/linux/fs.h */
    u32 s_dev;
    unsigned long s_magic;
};

struct pipe_inode_info { /* include/linux/pipe_fs_i.h */
    unsigned int head;
    unsigned int tail;
    unsigned int ring_size;
};

/* Since 6.14 head and tail lie in an anonymous union beside head_tail. */
struct inode { /* include/linux/fs.h */
    unsigned short i_mode;
    struct super_block *i_sb;
    unsigned long i_ino;
    u32 i_rdev;
    u32 i_generation;
    struct pipe_inode_info *i_pipe;
    void *i_private;
};

struct qstr { /* include/linux/dcache.h */
    const unsigned char *name;
};

struct dentry {
    struct qstr d_name;
};

struct path { /* include/linux/path.h */
    struct dentry *dentry;
};

struct file {
    unsigned int f_mode;
    void *private_data;
    struct inode *f_inode;
    struct path f_path;
};

struct eventfd_ctx { /* fs/eventfd.c */
    int id;
};

struct tty_driver { /* include/linux/tty_driver.h */
    int major;
};

struct tty_struct { /* include/linux/tty.h */
    int index;
    struct tty_driver *driver;
    struct tty_struct *link;
};

struct tty_file_private {
    struct tty_struct *tty;
};

struct ns_common { /* include/linux/ns_common.h */
    unsigned int inum;
};

struct xarray { /* include/linux/xarray.h */
    void *xa_head;
};

struct xa_node {
    unsigned char shift;
    void *slots[64];
};

struct idr { /* include/linux/idr.h; radix_tree_root is an xarray */
    struct xarray idr_rt;
};

struct kern_ipc_perm { /* include/linux/ipc.h */
    int id;
    int key;
};

struct shmid_kernel { /* ipc/shm.c */
    struct kern_ipc_perm shm_perm;
    unsigned long shm_segsz;
};

struct ipc_ids { /* include/linux/ipc_namespace.h */
    struct idr ipcs_idr;
};

struct ipc_namespace {
    struct ipc_ids ids[3];
    struct ns_common ns;
};

struct nsproxy { /* include/linux/nsproxy.h */
    struct ipc_namespace *ipc_ns;
};

struct vm_area_struct { /* include/linux/mm_types.h */
    unsigned long vm_start;
    unsigned long vm_end;
    unsigned long vm_flags;
    unsigned long vm_pgoff;
    struct file *vm_file;
};

struct hlist_node { /* include/linux/types.h */
    struct hlist_node *next;
};

struct hlist_head {
    struct hlist_node *first;
};

struct pid_namespace { /* include/linux/pid_namespace.h */
    struct idr idr;
};

enum maple_type { /* include/linux/maple_tree.h */
                  maple_range_64 = 2,
                  maple_arange_64 = 3,
};

struct maple_range_64 {
    unsigned long pivot[15];
    void *slot[16];
};

struct maple_arange_64 {
    unsigned long pivot[9];
    void *slot[10];
};

struct maple_tree {
    void *ma_root;
};

struct mm_struct { /* include/linux/mm_types.h */
    struct maple_tree mm_mt;
};

struct upid { /* include/linux/pid.h */
    int nr;
    struct pid_namespace *ns;
};

struct pid {
    unsigned int level;
    struct hlist_head tasks[4];
    struct upid numbers[1];
};

struct kernel_siginfo { /* include/linux/signal_types.h */
    int si_code;
};

struct sigaction {
    void *sa_handler;
};

struct k_sigaction {
    struct sigaction sa;
};

struct net { /* include/net/net_namespace.h */
    struct ns_common ns;
};

typedef struct {
    struct net *net;
} possible_net_t;

struct in6_addr {
    u8 octets[16];
};

struct sock_common { /* include/net/sock.h */
    u32 skc_daddr;
    u32 skc_rcv_saddr;
    u16 skc_dport;
    u16 skc_num;
    unsigned short skc_family;
    possible_net_t skc_net;
    struct in6_addr skc_v6_daddr;
    struct in6_addr skc_v6_rcv_saddr;
};

struct sk_buff_head {
    u32 qlen;
};

struct socket;

struct sock {
    struct sock_common __sk_common;
    u16 sk_type;
    u16 sk_protocol;
    struct socket *sk_socket;
    struct sk_buff_head sk_receive_queue;
    u32 sk_max_ack_backlog;
    int sk_rcvbuf;
};

struct socket { /* include/linux/net.h */
    struct file *file;
    struct sock *sk;
};

struct sockaddr_un { /* include/uapi/linux/un.h */
    u16 sun_family;
    char sun_path[108];
};

struct unix_address { /* include/net/af_unix.h */
    int len;
    struct sockaddr_un name[];
};

struct unix_sock {
    struct sock sk;
    struct unix_address *addr;
    struct sock *peer;
};

struct netlink_sock { /* net/netlink/af_netlink.h */
    struct sock sk;
    u32 portid;
};

struct sockaddr_vm { /* include/uapi/linux/vm_sockets.h */
    unsigned int svm_port;
    unsigned int svm_cid;
};

struct vsock_sock { /* include/net/af_vsock.h; absent where vsock is not built in */
    struct sock sk;
    struct sockaddr_vm local_addr;
    struct sockaddr_vm remote_addr;
};

struct kernfs_node { /* include/linux/kernfs.h */
    u64 id;
    const char *name;
};

struct kernfs_node___until_6_14 {
    struct kernfs_node *parent;
};

struct kernfs_node___since_6_15 {
    struct kernfs_node *__parent;
};

struct cgroup { /* include/linux/cgroup-defs.h */
    struct kernfs_node *kn;
};

enum cgroup_subsys_id { /* include/linux/cgroup_subsys.h: the numbers are the running kernel's */
    memory_cgrp_id,
    pids_cgrp_id,
};

struct cgroup_subsys_state { /* include/linux/cgroup-defs.h */
    struct cgroup *cgroup;
};

struct css_set {
    struct cgroup_subsys_state *subsys[1];
    struct cgroup *dfl_cgrp;
};

typedef struct {
    int counter;
} atomic_t;

#define SIGNAL_GROUP_EXIT 4

struct signal_struct { /* include/linux/sched/signal.h */
    atomic_t live;
    int group_exit_code;
    unsigned int flags;
};

struct thread_info { /* arch/ARCH/include/asm/thread_info.h */
    unsigned long flags;
    u32 status; /* x86 only */
};

struct task_struct { /* include/linux/sched.h */
    struct thread_info thread_info;
    int pid;
    int tgid;
    u64 start_boottime;
    struct task_struct *group_leader;
    char comm[16];
    u32 self_exec_id;
    unsigned int flags;
    struct files_struct *files;
    struct signal_struct *signal;
    struct nsproxy *nsproxy;
    struct css_set *cgroups;
    unsigned long nvcsw;
    struct pid *thread_pid;
    struct mm_struct *mm;
    struct io_uring_task *io_uring;
    void *worker_private; /* of a thread of an io_uring: its struct io_worker */
    struct hlist_node pid_links[4];
};

#if defined(__TARGET_ARCH_x86)
struct pt_regs { /* arch/x86/include/asm/ptrace.h */
    unsigned long bp, bx, r9, r8, r10, ax, cx, dx, si, di, orig_ax;
};
#elif defined(__TARGET_ARCH_arm64)
struct pt_regs { /* arch/arm64/include/asm/ptrace.h */
    u64 regs[31];
    u64 orig_x0;
    s32 syscallno;
};
#else
#error "no system call convention for this architecture"
#endif

#pragma clang attribute pop
#pragma clang diagnostic pop

/* Reading the kernel: FIELD(file, f_inode, i_mode) is file->f_inode->i_mode. The same sources become two objects, of
 * which the host takes the one that fits the kernel. Where bpf_rdonly_cast is (6.2+, kernel/bpf/verifier.c) reads are
 * plain loads, which yield 0 on a fault: kernel_cast() makes the verifier believe a type that it does not know.
 * Compiled with PROBE_READ, each read is a call of bpf_probe_read_kernel, which wants no type: it yields 0, too. */
#ifdef PROBE_READ
#define kernel_cast(pointer, type) ((type *)(pointer))
#define FIELD(pointer, field, ...)                                                                                     \
    ({                                                                                                                 \
        __auto_type object_ = (pointer); /* clang wants no FIELD() inside the read of another */                       \
        BPF_CORE_READ(object_, field, ##__VA_ARGS__);                                                                  \
    })
#else
extern void *bpf_rdonly_cast(const void *object, u32 type) __ksym;

#define kernel_cast(pointer, type) ((type *)bpf_rdonly_cast((pointer), bpf_core_type_id_kernel(type)))
#define FIELD(pointer, ...)        (___arrow(pointer, __VA_ARGS__))
#endif
