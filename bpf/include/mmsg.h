/* Calls that move several messages: sendmmsg, recvmmsg. */
#pragma once

#include "passing.h"

/* Books message `index` of an mmsg call. A global function is verified once, not for each turn of the loop. */
__noinline int book_message(u32 index)
{
    struct task_struct *task = current_task();
    struct thread *thread = existing_thread(task);
    struct cached_flow *flow;
    u64 message;
    u32 length = 0;

    if (!thread)
        return 1;
    message = thread->message + (u64)index * layout_of(thread->caller.call.abi).stride;
    if (bpf_probe_read_user(&length, sizeof(length), (void *)(message + layout_of(thread->caller.call.abi).length)))
        count_loss(LOSS_UNREADABLE);
    flow = &thread->cache[thread->first & (CACHED_FLOWS - 1)];
    thread->outcome.result = length;
    if (thread->call == CALL_RECVMMSG && flow->kind != CHANNEL_STREAM)
        note_truncation(thread, message);
    book_move(flow, &thread->caller, &thread->outcome);
    thread->outcome.marks |= OPERATION_CONTINUED;
    return 0;
}

/* The descriptors in message `index`. Not in book_message(): the stack of a chain of calls is short. */
__noinline int book_message_descriptors(u32 index)
{
    struct thread *thread = existing_thread(current_task());

    if (thread)
        book_descriptors(thread, thread->message + (u64)index * layout_of(thread->caller.call.abi).stride,
                         thread->call == CALL_SENDMMSG);
    return 0;
}

#define MAXIMUM_MESSAGES 1024 /* UIO_MAXIOV, include/uapi/linux/uio.h */

static __always_inline void book_messages(u32 messages)
{
    for (u32 i = 0; i < MAXIMUM_MESSAGES; i++) {
        if (i >= messages || book_message(i))
            break;
        book_message_descriptors(i);
    }
}
