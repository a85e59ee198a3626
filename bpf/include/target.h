/* Processes that calls name: by a pid of the caller's namespace, or by a descriptor. */
#pragma once

#include "subject.h"
#include "xarray.h"

/* The task that a struct pid stands for, null if it has ended (kernel/pid.c, pid_task). */
static __always_inline struct task_struct *task_of_struct_pid(struct pid *pid)
{
    void *node = FIELD(pid, tasks[0].first); /* PIDTYPE_PID */

    if (!node)
        return 0;
    return kernel_cast(node - bpf_core_field_offset(struct task_struct, pid_links), struct task_struct);
}

/* The task with this pid in the caller's pid namespace, null if there is none (find_task_by_vpid). */
static __always_inline struct task_struct *task_of_pid(struct task_struct *caller, u32 pid)
{
    struct pid *own = kernel_cast(FIELD(caller, thread_pid), struct pid), *found;
    struct upid *innermost = kernel_cast(&own->numbers[0], struct upid);
    struct pid_namespace *ns;

    innermost = kernel_cast(innermost + FIELD(own, level), struct upid);
    ns = kernel_cast(FIELD(innermost, ns), struct pid_namespace);
    found = xarray_load(FIELD(ns, idr.idr_rt.xa_head), pid);
    return found ? task_of_struct_pid(kernel_cast(found, struct pid)) : 0;
}

/* Start times tell apart those who had one pid, to about a millisecond. */
static __always_inline u32 start_guard(struct task_struct *task)
{
    return FIELD(task, group_leader, start_boottime) >> 20;
}

/* The channel of a signal or of another's memory is the process at its end. */
static __always_inline void set_process(struct subject *subject, struct task_struct *target)
{
    subject->number = subject->target = FIELD(target, tgid);
    subject->guard = start_guard(target);
    subject->name = (u64)FIELD(target, group_leader)->comm;
}

static __always_inline void set_target(struct subject *subject, struct task_struct *caller, u32 pid)
{
    struct task_struct *target = task_of_pid(caller, pid);

    subject->number = subject->target = pid; /* if nobody has it */
    if (target)
        set_process(subject, kernel_cast(FIELD(target, group_leader), struct task_struct));
}

/* What a pidfd stands for; null: it is none. Since 6.9 each has an inode of its own (fs/pidfs.c). */
static __always_inline struct pid *pid_of_pidfd(struct file *file)
{
    struct inode *inode = FIELD(file, f_inode);

    if (FIELD(inode, i_sb, s_magic) == PIDFS_MAGIC)
        return kernel_cast(FIELD(inode, i_private), struct pid);
    if (FIELD(inode, i_sb, s_magic) != ANON_INODE_FS_MAGIC ||
        !kernel_text_begins(FIELD(file, f_path.dentry, d_name.name), "[pidfd]"))
        return 0;
    return kernel_cast(FIELD(file, private_data), struct pid);
}

/* The process that a pidfd stands for; false if the descriptor is none. */
static __always_inline bool set_pidfd(struct subject *subject, struct task_struct *task, u32 fd)
{
    struct file *file = file_of(task, fd);
    struct pid *pid = file ? pid_of_pidfd(file) : 0;
    struct task_struct *target;

    if (!pid)
        return false;
    subject->number = subject->target = FIELD(pid, numbers[0].nr);
    target = task_of_struct_pid(pid);
    if (target)
        set_process(subject, kernel_cast(FIELD(target, group_leader), struct task_struct));
    return true;
}
