/* Calls that end with ERESTART*: restarted by the kernel (one operation), made EINTR by a handler, or ended by death.
 */
#pragma once

#include "count.h"

static __always_inline bool is_restart(s64 result)
{
    return result == -ERESTARTSYS || result == -ERESTARTNOINTR || result == -ERESTARTNOHAND ||
           result == -ERESTART_RESTARTBLOCK;
}

/* Whether what ends the call ends the process, too: then the call never returns (include/linux/sched/signal.h). */
static __always_inline bool is_dying(struct task_struct *task)
{
    return FIELD(task, signal, flags) & SIGNAL_GROUP_EXIT;
}

/* Books the remembered call as it turned out to have ended. */
SHARED int settle(struct thread *thread, s64 result, u32 marks)
{
    struct outcome outcome = {.result = result, .marks = marks | OPERATION_WAITED};
    struct interrupted_call *call;

    if (!thread)
        return 0;
    call = &thread->interrupted;
    outcome.begin = call->begin;
    outcome.end = call->end;
    call->begin = 0;
    thread->caller.call = call->call;
    if (call->first.object)
        book(&call->first, &thread->caller, &outcome);
    if (call->second.object)
        book(&call->second, &thread->caller, &outcome);
    return 0;
}

static __always_inline void copy_flow(struct cached_flow *copy, struct thread *thread, u8 index)
{
    if (index == NO_FLOW)
        copy->object = 0;
    else
        *copy = thread->cache[index & (CACHED_FLOWS - 1)];
}

/* Keeps a call until it is known how it goes on. One already kept can not be restarted any more: a handler ran. */
static __always_inline void remember(struct thread *thread, u64 message)
{
    struct interrupted_call *call = &thread->interrupted;
    struct call_number number = thread->caller.call;

    if (call->begin)
        settle(thread, -EINTR, 0);
    call->begin = thread->outcome.begin;
    call->end = thread->outcome.end;
    call->message = message;
    call->fd = thread->fd;
    call->call = number;
    copy_flow(&call->first, thread, thread->first);
    copy_flow(&call->second, thread, thread->second);
}

/* restart_syscall(2): the kernel's own way to go on with a call whose time limit is relative. */
static __always_inline bool is_restart_call(u16 classes, u8 abi)
{
    return (abi == ABI_COMPAT ? classes >> 8 : classes & 0xff) == CALL_RESTART;
}

/* The number of the call that it goes on with; none, if that was no IPC. */
static __always_inline u64 interrupted_number(struct task_struct *task)
{
    struct thread *thread = existing_thread(task);

    return thread && thread->interrupted.begin ? thread->interrupted.call.nr : ~0ULL;
}
