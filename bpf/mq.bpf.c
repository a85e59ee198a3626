/* POSIX message queues (ipc/mqueue.c): a queue is an inode of the mqueue file system. */
#include "include/subject.h"

static __always_inline bool mq_is_call(u8 call)
{
    return call >= CALL_MQ_OPEN && call <= CALL_MQ_ATTRIBUTES;
}

static __always_inline u8 mq_operation(u8 call)
{
    switch (call) {
    case CALL_MQ_OPEN:
        return OPERATION_OPEN;
    case CALL_MQ_UNLINK:
        return OPERATION_UNLINK;
    case CALL_MQ_SEND:
        return OPERATION_SEND;
    case CALL_MQ_RECEIVE:
        return OPERATION_RECEIVE;
    case CALL_MQ_NOTIFY:
        return OPERATION_NOTIFY;
    default:
        return OPERATION_CONTROL;
    }
}

static __always_inline u32 mq_messages(u64 inode)
{
    u64 queue = inode - bpf_core_field_offset(struct mqueue_inode_info, vfs_inode);

    return BPF_CORE_READ((struct mqueue_inode_info *)queue, attr.mq_curmsgs);
}

/* The queue behind a descriptor; false if it is none. */
static __always_inline bool mq_note_descriptor(struct task_struct *task, struct thread *thread, u32 fd)
{
    struct subject *subject = new_subject(thread, MECHANISM_MQ, mq_operation(thread->call));
    struct file *file = regular_file(task, fd);

    if (!file || FIELD(file, f_inode, i_sb, s_magic) != MQUEUE_MAGIC)
        return false;
    set_inode(subject, file, FIELD(file, f_inode));
    subject->guard = address_of(&thread->address, FIELD(file, f_inode)) >> 6;
    subject->ns = ipc_namespace_number(task);
    subject->queued = mq_messages(address_of(&thread->address, FIELD(file, f_inode))) + 1;
    thread->first = note_subject(thread);
    return thread->first != NO_FLOW;
}

/* Calls that name a queue which is not there (any more) count for all queues of the namespace. */
static __always_inline bool mq_note_namespace(struct task_struct *task, struct thread *thread)
{
    struct subject *subject = new_subject(thread, MECHANISM_MQ, mq_operation(thread->call));

    subject->device = subject->ns = ipc_namespace_number(task);
    subject->guard = MECHANISM_MQ;
    thread->first = note_subject(thread);
    return thread->first != NO_FLOW;
}

SHARED int mq_enter(struct thread *thread)
{
    struct task_struct *task = current_task();

    if (!thread)
        return 0;
    switch (thread->call) {
    case CALL_MQ_OPEN:
        return true;
    case CALL_MQ_UNLINK:
        return mq_note_namespace(task, thread);
    default:
        return mq_note_descriptor(task, thread, thread->fd);
    }
}

/* Notes the priority of a message; the queue's record learns of a new highest one. */
static __always_inline void mq_note_priority(struct thread *thread, u32 priority)
{
    struct cached_flow *flow = first_flow(thread);
    struct channel_key key = {};
    struct channel_info *info;

    thread->outcome.priority = priority;
    change_queue(flow, priority);
    if (priority <= flow->priority)
        return;
    flow->priority = priority;
    channel_key_of(&key, flow);
    info = bpf_map_lookup_elem(&channels, &key);
    if (info && priority > info->priority)
        info->priority = priority;
}

SHARED int mq_exit(struct thread *thread)
{
    struct task_struct *task = current_task();
    struct outcome *outcome;
    u32 priority;

    if (!thread)
        return 0;
    outcome = &thread->outcome;
    switch (thread->call) {
    case CALL_MQ_OPEN:
        if (failed(outcome->result))
            mq_note_namespace(task, thread);
        else if (mq_note_descriptor(task, thread, outcome->result))
            outcome->result = 0;
        break;
    case CALL_MQ_SEND:
        if (!outcome->result) {
            outcome->result = thread->arguments[2];
            mq_note_priority(thread, thread->arguments[3]);
        }
        break;
    case CALL_MQ_RECEIVE:
        if (outcome->result >= 0 && thread->arguments[3] &&
            !bpf_probe_read_user(&priority, sizeof(priority), (void *)thread->arguments[3]))
            mq_note_priority(thread, priority);
        break;
    }
    return 0;
}
