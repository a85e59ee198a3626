/* Calls that end with ERESTART*: restarted by the kernel (one operation), made EINTR by a handler, or ended by death.
 */
#pragma once

#include "count.h"

static __always_inline bool is_restart(s64 result)
{
    return result == -ERESTARTSYS || result == -ERESTARTNOINTR || result == -ERESTARTNOHAND;
}

/* Books the remembered call as it turned out to have ended. */
static __noinline void settle(struct thread *thread, struct task_struct *task, s64 result, u32 marks)
{
    struct interrupted_call *call = &thread->interrupted;
    struct outcome outcome = {.begin = call->begin, .end = call->end, .result = result, .marks = marks};

    call->begin = 0;
    thread->nr = call->nr;
    thread->abi = call->abi;
    if (call->first.inode)
        book(&call->first, thread, task, &outcome);
    if (call->second.inode)
        book(&call->second, thread, task, &outcome);
}

static __always_inline void copy_flow(struct cached_flow *copy, struct thread *thread, u8 index)
{
    if (index == NO_FLOW)
        copy->inode = 0;
    else
        *copy = thread->cache[index & (CACHED_FLOWS - 1)];
}

/* Keeps a call until it is known how it goes on. One already kept can not be restarted any more: a handler ran. */
static __always_inline void remember(struct thread *thread, struct task_struct *task, u64 message)
{
    struct interrupted_call *call = &thread->interrupted;
    u16 nr = thread->nr;

    if (call->begin)
        settle(thread, task, -EINTR, 0);
    call->begin = thread->outcome.begin;
    call->end = thread->outcome.end;
    call->message = message;
    call->fd = thread->fd;
    call->nr = nr;
    call->abi = thread->abi;
    copy_flow(&call->first, thread, thread->first);
    copy_flow(&call->second, thread, thread->second);
}
