/* What the object iterators share. One reader at a time: what is too large for the stack is global. */
#pragma once

#include "kernel_objects.h"
#include "objects.h"

/* inode number of an ipc namespace → how far it was walked; the host clears it before it reads */
struct cursors_map {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(map_flags, BPF_F_NO_PREALLOC);
    __type(key, u32);
    __type(value, struct namespace_cursor);
    __uint(max_entries, NAMESPACES_FOLLOWED);
};

static const struct namespace_cursor beginning = {};

static __always_inline struct namespace_cursor *cursor_of(void *cursors, u32 inum)
{
    struct namespace_cursor *cursor = bpf_map_lookup_elem(cursors, &inum);

    if (cursor)
        return cursor;
    bpf_map_update_elem(cursors, &inum, &beginning, BPF_NOEXIST);
    return bpf_map_lookup_elem(cursors, &inum);
}

/* False if there was no room. */
static __always_inline bool write_all(struct bpf_iter_meta___object *meta, void *records, u32 count, u32 size)
{
    if (count == 0)
        return true;
    if (count > OBJECTS_AT_A_TIME)
        return false;
    return bpf_seq_write(meta->seq, records, count * size) == 0;
}

static __always_inline struct channel_key key_of(struct inode___object *inode)
{
    struct channel_key key = {
        .inode = BPF_CORE_READ(inode, i_ino),
        .device = BPF_CORE_READ(inode, i_sb, s_dev),
        .guard = (u64)inode >> 6,
    };

    return key;
}

static __always_inline s64 time_of(struct object_file *file, struct inode___object *inode, bool tmpfs)
{
    struct shmem_inode_info___object *info;

    if (tmpfs && bpf_core_field_exists(struct shmem_inode_info___object, i_crtime)) {
        info = (void *)((u64)inode - bpf_core_field_offset(struct shmem_inode_info___object, vfs_inode));
        file->marks |= OBJECT_CREATED;
        return BPF_CORE_READ(info, i_crtime.tv_sec);
    }
    if (bpf_core_field_exists(inode->i_ctime_sec))
        return BPF_CORE_READ(inode, i_ctime_sec);
    if (bpf_core_field_exists(((struct inode___before_6_11 *)inode)->__i_ctime))
        return BPF_CORE_READ((struct inode___before_6_11 *)inode, __i_ctime.tv_sec);
    return BPF_CORE_READ((struct inode___before_6_6 *)inode, i_ctime.tv_sec);
}

/* Fills all but mechanism, ns and name. */
static __always_inline void describe_inode(struct object_file *file, struct inode___object *inode)
{
    unsigned long magic = BPF_CORE_READ(inode, i_sb, s_magic);

    file->channel = key_of(inode);
    file->generation = BPF_CORE_READ(inode, i_generation);
    file->size = BPF_CORE_READ(inode, i_size);
    file->pages = BPF_CORE_READ(inode, i_mapping, nrpages);
    file->blocks = BPF_CORE_READ(inode, i_blocks);
    file->uid = BPF_CORE_READ(inode, i_uid.val);
    file->mode = BPF_CORE_READ(inode, i_mode);
    file->links = BPF_CORE_READ(inode, i_nlink);
    if (BPF_CORE_READ(inode, i_sb, s_flags) & SB_KERNMOUNT)
        file->marks |= OBJECT_KERNEL_MOUNT;
    if (magic == HUGETLBFS_MAGIC)
        file->marks |= OBJECT_HUGETLB;
    file->time = time_of(file, inode, magic == TMPFS_MAGIC);
}

#define STACKED_MOUNTS 4 /* a mount on a mount is at the root of that */

/* A mount at …/shm: what shm_open and sem_open use, in whatever mount namespace. */
static __always_inline bool is_shm_mount(struct file___object *file)
{
    u64 inner = (u64)BPF_CORE_READ(file, f_path.mnt);
    struct mount___object *mount = (void *)(inner - bpf_core_field_offset(struct mount___object, mnt));
    char name[4] = {};

    for (int i = 0; i < STACKED_MOUNTS; i++) {
        bpf_probe_read_kernel(name, sizeof(name), BPF_CORE_READ(mount, mnt_mountpoint, d_name.name));
        if (name[0] != '/')
            break;
        mount = BPF_CORE_READ(mount, mnt_parent);
    }
    return name[0] == 's' && name[1] == 'h' && name[2] == 'm' && !name[3];
}

static __always_inline void describe_object_file(struct object_file *record, struct file___object *file,
                                                 struct inode___object *inode)
{
    describe_inode(record, inode);
    if (is_shm_mount(file))
        record->marks |= OBJECT_SHM_MOUNT;
}

static __always_inline void name_by_dentry(struct object_file *file, struct dentry___object *dentry)
{
    long length = bpf_probe_read_kernel_str(file->name, sizeof(file->name), BPF_CORE_READ(dentry, d_name.name));

    file->name_length = length > 0 ? length - 1 : 0;
}

static __always_inline void describe_holder(struct holder_record *holder, struct task_struct___object *task)
{
    holder->process.pid = BPF_CORE_READ(task, tgid);
    holder->process.start_time = BPF_CORE_READ(task, group_leader, start_boottime);
    holder->process.exec_id = BPF_CORE_READ(task, self_exec_id);
    holder->file.ns = BPF_CORE_READ(task, nsproxy, mnt_ns, ns.inum);
    BPF_CORE_READ_STR_INTO(&holder->comm, task, group_leader, comm);
}

#ifdef NO_TASK_STORAGE /* nor may iterators ask for a path, before 5.12: the agent looks it up */
#define name_by_path(record, open_file) name_by_dentry((record), BPF_CORE_READ((open_file), f_path.dentry))
#else
/* The path as the agent sees it, or the last component of one that is too long. The kernel wants the file as its
 * iterator gave it. */
#define name_by_path(record, open_file)                                                                                \
    ({                                                                                                                 \
        long length = bpf_d_path((void *)&(open_file)->f_path, (record)->name, sizeof((record)->name));                \
        if (length > 0)                                                                                                \
            (record)->name_length = length - 1;                                                                        \
        else                                                                                                           \
            name_by_dentry((record), BPF_CORE_READ((open_file), f_path.dentry));                                       \
    })
#endif
