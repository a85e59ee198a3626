/* The kernel's types as the object iterators see them, relocated by CO-RE: what follows ___ is no part of a type's name
 * (libbpf, bpf_core_essential_name_len), so they stand beside those of kernel.h. Everything is read by
 * bpf_core_read: these programs are not in the way of anybody. */
#pragma once

#include "kernel.h"

#define S_IFREG 0100000

#define TMPFS_MAGIC      0x01021994 /* include/uapi/linux/magic.h */
#define HUGETLBFS_MAGIC  0x958458f6
#define ANON_INODE_MAGIC 0x09041934
#define DMA_BUF_MAGIC    0x444d4142
#define MQUEUE_MAGIC     0x19800202 /* ipc/mqueue.c */

#define SB_KERNMOUNT (1 << 22) /* include/linux/fs.h */
#define VM_MAYSHARE  0x80      /* include/linux/mm.h: MAP_SHARED, of files that are open for reading only, too */
#define TCP_LISTEN   10        /* include/net/tcp_states.h; unix sockets use it */
#define SOCK_DGRAM   2

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpadded"
#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct list_head___object { /* include/linux/types.h */
    void *next;
};

struct qstr___object { /* include/linux/dcache.h */
    const unsigned char *name;
};

struct hlist_head___object {
    void *first;
};

struct hlist_node___object {
    void *next;
    void *pprev;
};

struct inode___object;

struct dentry___object {
    struct qstr___object d_name;
    struct inode___object *d_inode;
    struct hlist_head___object d_children; /* since 6.8 */
    struct hlist_node___object d_sib;
};

struct dentry___before_6_8 {
    struct list_head___object d_subdirs;
    struct list_head___object d_child;
};

struct vfsmount___object { /* include/linux/mount.h */
    struct dentry___object *mnt_root;
};

struct mount___object { /* fs/mount.h */
    struct mount___object *mnt_parent;
    struct dentry___object *mnt_mountpoint;
    struct vfsmount___object mnt;
};

struct path___object { /* include/linux/path.h */
    struct vfsmount___object *mnt;
    struct dentry___object *dentry;
};

struct super_block___object {
    u32 s_dev;
    unsigned long s_flags;
    unsigned long s_magic;
};

struct address_space___object {
    unsigned long nrpages;
};

struct kuid___object {
    u32 val;
};

struct inode___object {
    u16 i_mode;
    struct kuid___object i_uid;
    struct super_block___object *i_sb;
    struct address_space___object *i_mapping;
    unsigned long i_ino;
    u32 i_nlink;
    s64 i_size;
    u64 i_blocks;
    s64 i_ctime_sec; /* since 6.11 */
    u32 i_generation;
};

struct timespec64___object { /* include/linux/time64.h */
    s64 tv_sec;
};

struct inode___before_6_11 {
    struct timespec64___object __i_ctime;
};

struct inode___before_6_6 {
    struct timespec64___object i_ctime;
};

struct shmem_inode_info___object { /* include/linux/shmem_fs.h */
    struct timespec64___object i_crtime;
    struct inode___object vfs_inode;
};

struct file___object {
    unsigned int f_mode;
    struct path___object f_path;
    struct inode___object *f_inode;
    void *private_data;
};

struct vm_area_struct___object { /* include/linux/mm_types.h */
    unsigned long vm_start;
    unsigned long vm_end;
    unsigned long vm_flags;
    struct file___object *vm_file;
};

struct ns_common___object {
    unsigned int inum;
};

struct upid___object { /* include/linux/pid.h */
    int nr;
};

struct pid___object {
    struct hlist_head___object tasks[2]; /* PIDTYPE_PID, PIDTYPE_TGID, … */
    struct upid___object numbers[1];
};

struct idr___object { /* include/linux/idr.h; a struct xarray, include/linux/xarray.h */
    struct xarray___object {
        void *xa_head;
    } idr_rt;
};

struct xa_node___object {
    unsigned char shift;
    void *slots[64];
};

struct ipc_ids___object { /* include/linux/ipc_namespace.h */
    struct idr___object ipcs_idr;
};

struct ipc_namespace___object {
    struct ipc_ids___object ids[3];
    struct vfsmount___object *mq_mnt;
    struct ns_common___object ns;
};

struct mnt_namespace___object { /* fs/mount.h */
    struct ns_common___object ns;
};

struct nsproxy___object {
    struct ipc_namespace___object *ipc_ns;
    struct mnt_namespace___object *mnt_ns;
};

struct signal_struct___object {
    atomic_t live;
};

struct task_struct___object {
    int tgid;
    u64 start_boottime;
    u32 self_exec_id;
    char comm[16];
    struct task_struct___object *group_leader;
    struct nsproxy___object *nsproxy;
    struct signal_struct___object *signal;
    struct hlist_node___object pid_links[2]; /* by enum pid_type */
};

struct kern_ipc_perm___object { /* include/linux/ipc.h */
    bool deleted;
    int id;
    u32 key;
    struct kuid___object uid;
    struct kuid___object gid; /* a kgid_t */
    struct kuid___object cuid;
    u16 mode;
};

/* All three begin with their struct kern_ipc_perm. */
struct msg_queue___object { /* ipc/msg.c */
    s64 q_stime;
    s64 q_rtime;
    s64 q_ctime;
    unsigned long q_cbytes;
    unsigned long q_qnum;
    unsigned long q_qbytes;
    struct pid___object *q_lspid;
    struct pid___object *q_lrpid;
    struct list_head___object q_receivers;
    struct list_head___object q_senders;
};

struct sem___object { /* ipc/sem.c */
    int semval;
    struct pid___object *sempid;
    struct list_head___object pending_alter;
    struct list_head___object pending_const;
    s64 sem_otime;
};

struct sem_array___object {
    s64 sem_ctime;
    struct list_head___object pending_alter;
    struct list_head___object pending_const;
    int sem_nsems;
    struct sem___object sems[1];
};

struct shmid_kernel___object { /* ipc/shm.c */
    struct file___object *shm_file;
    unsigned long shm_nattch;
    unsigned long shm_segsz;
    s64 shm_atim;
    s64 shm_dtim;
    s64 shm_ctim;
    struct pid___object *shm_cprid;
    struct pid___object *shm_lprid;
};

struct mq_attr___object { /* include/uapi/linux/mqueue.h */
    long mq_maxmsg;
    long mq_msgsize;
    long mq_curmsgs;
};

struct mqueue_inode_info___object { /* ipc/mqueue.c */
    struct inode___object vfs_inode;
    struct mq_attr___object attr;
    unsigned long qsize;
};

struct net___object {
    struct ns_common___object ns;
};

struct sock_common___object {
    u16 skc_family;
    u8 skc_state;
    struct {
        struct net___object *net;
    } skc_net;
};

struct sock___object {
    struct sock_common___object __sk_common;
    u16 sk_type;
    struct {
        u32 qlen;
    } sk_receive_queue;
    u32 sk_max_ack_backlog;
};

struct socket___object {
    struct sock___object *sk;
};

struct unix_sock___object { /* include/net/af_unix.h */
    struct unix_address *addr;
    struct path___object path;
    struct sock___object *peer;
};

struct seq_file;

struct bpf_iter_meta___object { /* include/linux/bpf.h */
    struct seq_file *seq;
};

struct bpf_iter__task___object { /* kernel/bpf/task_iter.c */
    struct bpf_iter_meta___object *meta;
    struct task_struct___object *task;
};

struct bpf_iter__task_file___object {
    struct bpf_iter_meta___object *meta;
    struct task_struct___object *task;
    u32 fd;
    struct file___object *file;
};

struct bpf_iter__task_vma___object {
    struct bpf_iter_meta___object *meta;
    struct task_struct___object *task;
    struct vm_area_struct___object *vma;
};

#pragma clang attribute pop
#pragma clang diagnostic pop

static __always_inline u64 word_at(u64 address)
{
    u64 word = 0;

    bpf_probe_read_kernel(&word, sizeof(word), (void *)address);
    return word;
}
