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

#define PIPEFS_MAGIC 0x50495045 /* include/uapi/linux/magic.h */

#define FMODE_READ  1 /* include/linux/fs.h */
#define FMODE_WRITE 2

#define AF_UNIX       1
#define AF_INET       2
#define AF_INET6      10
#define IPPROTO_TCP   6
#define IPPROTO_UDP   17
#define IPPROTO_MPTCP 262

#define MSG_PEEK  0x02 /* include/linux/socket.h */
#define MSG_TRUNC 0x20

#define EINTR       4
#define EAGAIN      11
#define EINPROGRESS 115
/* Never seen by programs; include/linux/errno.h */
#define ERESTARTSYS    512
#define ERESTARTNOINTR 513
#define ERESTARTNOHAND 514

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
    struct pipe_inode_info *i_pipe;
};

struct file {
    unsigned int f_mode;
    void *private_data;
    struct inode *f_inode;
};

struct ns_common { /* include/linux/ns_common.h */
    unsigned int inum;
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

struct kernfs_node { /* include/linux/kernfs.h */
    u64 id;
};

struct cgroup { /* include/linux/cgroup-defs.h */
    struct kernfs_node *kn;
};

typedef struct {
    int counter;
} atomic_t;

struct signal_struct { /* include/linux/sched/signal.h */
    atomic_t live;
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

/* A cast that the verifier believes: reads through it are plain loads that yield 0 on a fault (6.2+,
 * kernel/bpf/verifier.c). */
extern void *bpf_rdonly_cast(const void *object, u32 type) __ksym;

#define kernel_cast(pointer, type) ((type *)bpf_rdonly_cast((pointer), bpf_core_type_id_kernel(type)))
