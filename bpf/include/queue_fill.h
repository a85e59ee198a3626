/* What a queue holds at first sight. */
#pragma once

#include "queue_kernel.h"

/* As far as is looked; a queue that holds more comes right when it is empty for once. */
#define FILL_STEPS 256

/* Where a count of bytes stands. */
struct fill_walk {
    u64 list; /* the array of a pipe's buffers, or the head of a socket's list */
    u64 at;   /* the next buffer: its number, or its address */
    u64 end;
    u64 bytes;
    u32 mask;
    u32 pad;
};

/* Steps are global functions: those are verified once, and not for each turn of the loop. */
SHARED int pipe_step(struct fill_walk *walk)
{
    u64 buffer;

    if (!walk || (u32)walk->at == (u32)walk->end)
        return 0;
    buffer = walk->list + (walk->at++ & walk->mask) * bpf_core_type_size(struct pipe_buffer);
    walk->bytes += BPF_CORE_READ((struct pipe_buffer *)buffer, len);
    return 1;
}

/* Bytes in the buffers of a pipe (fs/pipe.c), told by its inode's address. */
__noinline u64 pipe_fill(u64 inode)
{
    struct pipe_inode_info *pipe = BPF_CORE_READ((struct inode *)inode, i_pipe);
    struct fill_walk walk = {
        .list = (u64)BPF_CORE_READ((struct pipe_inode_info___buffers *)pipe, bufs),
        .at = BPF_CORE_READ(pipe, tail),
        .end = BPF_CORE_READ(pipe, head),
        .mask = BPF_CORE_READ(pipe, ring_size) - 1,
    };

    for (u32 i = 0; i < FILL_STEPS; i++)
        if (!pipe_step(&walk))
            break;
    return walk.bytes;
}

static __always_inline bool pipe_is_empty(u64 address)
{
    struct pipe_inode_info *pipe = BPF_CORE_READ((struct inode *)address, i_pipe);

    return BPF_CORE_READ(pipe, head) == BPF_CORE_READ(pipe, tail);
}

SHARED int unix_step(struct fill_walk *walk)
{
    struct unix_skb_parms *parms;
    struct sk_buff *buffer;

    if (!walk || walk->at == walk->list || !walk->at)
        return 0;
    buffer = (struct sk_buff *)walk->at;
    parms = (void *)buffer + bpf_core_field_offset(struct sk_buff, cb);
    walk->bytes += BPF_CORE_READ(buffer, len) - BPF_CORE_READ(parms, consumed);
    walk->at = (u64)BPF_CORE_READ(buffer, next);
    return 1;
}

/* Bytes in the receive queue of a unix stream socket (net/unix/af_unix.c). */
__noinline u64 unix_fill(u64 sk)
{
    u64 list = sk + bpf_core_field_offset(struct sock, sk_receive_queue);
    struct fill_walk walk = {.list = list, .at = (u64)BPF_CORE_READ((struct sk_buff_head___list *)list, next)};

    for (u32 i = 0; i < FILL_STEPS; i++)
        if (!unix_step(&walk))
            break;
    return walk.bytes;
}

static __always_inline u32 messages_in(u64 sk)
{
    return BPF_CORE_READ((struct sock *)sk, sk_receive_queue.qlen);
}

static __always_inline u32 udp_messages(u64 sk)
{
    return messages_in(sk) + BPF_CORE_READ((struct udp_sock *)sk, reader_queue.qlen);
}

/* Whether nothing waits in a pipe, unix or UDP socket, told by its inode's address. */
static __always_inline bool is_empty(u8 mechanism, u64 inode)
{
    struct socket_alloc *socket;
    u64 sk;

    if (mechanism == MECHANISM_PIPE || mechanism == MECHANISM_FIFO)
        return pipe_is_empty(inode);
    if (mechanism != MECHANISM_UNIX && mechanism != MECHANISM_UDP)
        return false;
    socket = (void *)(inode - bpf_core_field_offset(struct socket_alloc, vfs_inode));
    sk = (u64)BPF_CORE_READ(socket, socket.sk);
    return !(mechanism == MECHANISM_UDP ? udp_messages(sk) : messages_in(sk));
}
