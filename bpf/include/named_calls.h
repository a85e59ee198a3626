/* Calls that name a channel otherwise than by its descriptor, or make it: each to its mechanism, whose file stands
 * before this one in the unit. */
#pragma once

#include "count.h"

/* The caller's slot, ready for this call; null if it is not wanted. */
static __always_inline struct thread *begin_call(struct task_struct *task, const struct request *request)
{
    struct thread *thread;

    if (!process_wanted(task))
        return 0;
    thread = current_thread(task);
    if (!thread) {
        count_loss(LOSS_THREAD_SLOT);
        return 0;
    }
    if (thread->begin)
        count_loss(LOSS_MISSED_EXIT);
    thread->begin = 0;
    thread->first = thread->second = NO_FLOW;
    thread->fd = request->fd;
    thread->call = request->call;
    thread->caller.call.abi = request->abi;
    thread->message = request->message;
    thread->outcome.peer = 0;
    thread->outcome.priority = 0;
    return thread;
}

/* Most calls of these kinds are none of ours, which their arguments tell. */
static __always_inline bool may_be_ipc(const struct request *request)
{
    switch (request->call) {
    case CALL_FUTEX:
    case CALL_FUTEX_WAIT:
    case CALL_FUTEX_WAKE:
        return settings.private_futexes || !futex_is_private(request);
    case CALL_KILL:
    case CALL_TGKILL:
    case CALL_PIDFD_SIGNAL:
        return signal_of_call(request) != 0;
    case CALL_MMAP:
        return request->arguments[3] & MAP_SHARED;
    default:
        return true;
    }
}

static __always_inline bool enter_call(struct task_struct *task, struct thread *thread, const struct request *request)
{
    switch (request->call) {
    case CALL_OPEN:
    case CALL_OPENAT:
        return open_enter(thread);
    case CALL_MQ_OPEN ... CALL_MQ_ATTRIBUTES:
        return mq_enter(thread);
    case CALL_MSGGET ... CALL_MSGCTL:
        return sysv_msg_enter(thread);
    case CALL_SEMGET ... CALL_SEMCTL:
        return sysv_sem_enter(thread);
    case CALL_SHMGET ... CALL_SHMCTL:
        return sysv_shm_enter(thread);
    case CALL_MEMFD:
    case CALL_MMAP ... CALL_FTRUNCATE:
        return shm_enter(thread);
    case CALL_FUTEX ... CALL_FUTEX_WAITV:
        return futex_enter(thread, futex_is_private(request));
    case CALL_VM_READ ... CALL_GETFD:
        return process_vm_enter(thread);
    default: /* signals: when it is known what came of it */
        return true;
    }
}

/* Calls that name a channel in another way, or make it: some show only when they end what they were about. */
static __always_inline struct thread *note_named(struct task_struct *task, const struct request *request)
{
    struct thread *thread;

    if (!may_be_ipc(request))
        return 0;
    thread = begin_call(task, request);
    if (!thread)
        return 0;
    __builtin_memcpy(thread->arguments, request->arguments, sizeof(thread->arguments));
    return enter_call(task, thread, request) ? thread : 0;
}

/* What a call of note_named() has come to. */
static __always_inline void exit_call(struct task_struct *task, struct thread *thread)
{
    switch (thread->call) {
    case CALL_OPEN:
    case CALL_OPENAT:
        open_exit(thread);
        break;
    case CALL_MQ_OPEN ... CALL_MQ_ATTRIBUTES:
        mq_exit(thread);
        break;
    case CALL_MSGGET ... CALL_MSGCTL:
        sysv_msg_exit(thread);
        break;
    case CALL_SEMGET ... CALL_SEMCTL:
        sysv_sem_exit(thread);
        break;
    case CALL_SHMGET ... CALL_SHMCTL:
        sysv_shm_exit(thread);
        break;
    case CALL_MEMFD:
    case CALL_MMAP ... CALL_FTRUNCATE:
        shm_exit(thread);
        break;
    case CALL_FUTEX ... CALL_FUTEX_WAITV:
        no_size(&thread->outcome);
        break;
    case CALL_KILL ... CALL_SIGWAIT:
        signal_exit(thread);
        break;
    case CALL_VM_READ ... CALL_GETFD:
        process_vm_exit(thread);
        break;
    }
}
