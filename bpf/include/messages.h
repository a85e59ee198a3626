/* What recvmsg, sendmmsg and recvmmsg write back into the caller's memory. */
#pragma once

#include "count.h"

/* include/linux/socket.h: struct user_msghdr; include/net/compat.h: struct compat_msghdr */
struct message_layout {
    u32 iov;
    u32 flags;
    u32 length; /* mmsghdr.msg_len */
    u32 stride; /* sizeof(struct mmsghdr) */
};

static __always_inline struct message_layout layout_of(u8 abi)
{
    if (abi == ABI_COMPAT)
        return (struct message_layout){.iov = 8, .flags = 24, .length = 28, .stride = 32};
    return (struct message_layout){.iov = 16, .flags = 48, .length = 56, .stride = 64};
}

static __always_inline u64 user_word(u64 address, u8 abi)
{
    u64 word = 0;

    if (bpf_probe_read_user(&word, abi == ABI_COMPAT ? sizeof(u32) : sizeof(u64), (void *)address))
        count_loss(LOSS_UNREADABLE);
    return word;
}

#define MAXIMUM_BUFFERS 16 /* further ones are not looked at: such a message counts with its full length */

/* The size of a message's buffers, to know how much of a truncated datagram was copied. */
static __always_inline u64 buffers_of(u64 message, u8 abi)
{
    u32 width = abi == ABI_COMPAT ? 4 : 8;
    u64 vector = user_word(message + layout_of(abi).iov, abi);
    u64 buffers = user_word(message + layout_of(abi).iov + width, abi);
    u64 sum = 0;

    for (u32 i = 0; i < MAXIMUM_BUFFERS; i++)
        if (i < buffers)
            sum += user_word(vector + (2 * i + 1) * width, abi);
    return buffers > MAXIMUM_BUFFERS ? ~0ULL : sum;
}

static __always_inline u32 user_flags(u64 message, u8 abi)
{
    u32 flags = 0;

    if (bpf_probe_read_user(&flags, sizeof(flags), (void *)(message + layout_of(abi).flags)))
        count_loss(LOSS_UNREADABLE);
    return flags;
}

/* A datagram that is cut loses its rest, unless it was only looked at. */
static __always_inline void mark_truncated(struct thread *thread)
{
    if (!(thread->flags & MSG_PEEK))
        thread->outcome.marks |= OPERATION_TRUNCATED;
}

/* A datagram that did not fit: with MSG_TRUNC given, the result is its full length, not what was copied. */
static __always_inline void note_truncation(struct thread *thread, u64 message)
{
    struct outcome *outcome = &thread->outcome;

    outcome->marks &= ~OPERATION_TRUNCATED;
    if (!(user_flags(message, thread->caller.call.abi) & MSG_TRUNC))
        return;
    mark_truncated(thread);
    if (thread->flags & MSG_TRUNC) {
        u64 copied = buffers_of(message, thread->caller.call.abi);

        if (copied < (u64)outcome->result)
            outcome->result = copied;
    }
}
