/* Flows of channels that no descriptor of the caller stands for: found by the channel's key. */
#pragma once

#include "count.h"

static __always_inline u8 subject_index(const struct subject *subject)
{
    u64 mixed = subject->number ^ subject->number >> 4 ^ subject->guard ^ subject->operation ^ subject->detail;

    return mixed & (CACHED_FLOWS - 1);
}

static __always_inline bool is_flow_of(const struct cached_flow *flow, const struct subject *subject, u8 via)
{
    return flow->object == NAMED && flow->via == via && flow->number == subject->number &&
           flow->device == subject->device && flow->guard == subject->guard && flow->mechanism == subject->mechanism &&
           flow->operation == subject->operation && flow->detail == subject->detail;
}

/* Whether this thread has used the channel in this way of late: what costs much to find out is known then. */
static __always_inline bool is_known(struct thread *thread)
{
    return is_flow_of(&thread->cache[subject_index(&thread->subject)], &thread->subject, VIA_SYSCALL);
}

/* Makes `flow` what the subject says; 0 if it is filtered out. */
SHARED int adopt_subject(struct cached_flow *flow, const struct subject *subject, u32 via)
{
    struct channel_key channel = {};

    if (!flow || !subject)
        return 0;
    flow->object = 0;
    flow->queue = 0;
    if (!flow_wanted(subject->mechanism, subject->operation))
        return 0;
    flow->number = subject->number;
    flow->device = subject->device;
    flow->guard = subject->guard;
    flow->direction = 0;
    flow->mechanism = subject->mechanism;
    flow->operation = subject->operation;
    flow->kind = 0;
    flow->via = via;
    flow->detail = subject->detail;
    flow->priority = 0;
    flow->slot = 0;
    flow->id = 0;
    flow->object = NAMED;
    channel_key_of(&channel, flow);
    describe_subject(&channel, subject);
    return 1;
}

/* Where in the thread's cache the flow of its subject is; NO_FLOW if it is filtered out. */
SHARED int note_subject_via(struct thread *thread, u32 via)
{
    struct cached_flow *flow;
    u8 index;

    if (!thread)
        return NO_FLOW;
    index = subject_index(&thread->subject);
    flow = &thread->cache[index];
    if (is_flow_of(flow, &thread->subject, via))
        return index;
    if (!adopt_subject(flow, &thread->subject, via))
        return NO_FLOW;
    note_message_queue(flow, &thread->subject);
    return index;
}

static __always_inline u8 note_subject(struct thread *thread)
{
    return note_subject_via(thread, VIA_SYSCALL);
}

/* An empty subject to fill in. */
static __always_inline struct subject *new_subject(struct thread *thread, u8 mechanism, u8 operation)
{
    struct subject *subject = &thread->subject;

    __builtin_memset(subject, 0, sizeof(*subject));
    subject->mechanism = mechanism;
    subject->operation = operation;
    return subject;
}

static __always_inline struct cached_flow *first_flow(struct thread *thread)
{
    return &thread->cache[thread->first & (CACHED_FLOWS - 1)];
}

/* Errors are the last 4095 values (include/linux/err.h): addresses of 32-bit programs may look negative, too. */
static __always_inline bool failed(s64 result)
{
    return result < 0 && result >= -4095;
}

static __always_inline struct ipc_namespace *ipc_namespace_of(struct task_struct *task)
{
    struct nsproxy *nsproxy = FIELD(task, nsproxy);

    return nsproxy ? FIELD(nsproxy, ipc_ns) : 0;
}

static __always_inline u32 ipc_namespace_number(struct task_struct *task)
{
    struct ipc_namespace *ns = ipc_namespace_of(task);

    return ns ? FIELD(ns, ns.inum) : 0;
}

/* A regular file of the caller's: of shared memory, or one that can be mapped. Null for anything else. */
static __always_inline struct file *regular_file(struct task_struct *task, u32 fd)
{
    struct file *file = file_of(task, fd);

    return file && (FIELD(file, f_inode, i_mode) & S_IFMT) == S_IFREG ? file : 0;
}

static __always_inline bool is_memory(struct inode *inode)
{
    u64 magic = FIELD(inode, i_sb, s_magic);

    return magic == TMPFS_MAGIC || magic == HUGETLBFS_MAGIC;
}

/* The subject of a file's inode: shared memory, or a mapped file. */
static __always_inline void set_inode(struct subject *subject, struct file *file, struct inode *inode)
{
    subject->number = FIELD(inode, i_ino);
    subject->device = FIELD(inode, i_sb, s_dev);
    if (subject->mechanism == MECHANISM_SHM)
        subject->guard = FIELD(inode, i_generation);
    subject->name = (u64)FIELD(file, f_path.dentry, d_name.name);
}
