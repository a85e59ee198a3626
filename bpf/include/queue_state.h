/* How full a channel is: what waits in it, and how much may. */
#pragma once

#include "describe.h"

#define QUEUE_PASSED    65536 /* buffers of a socket's queue, at most */
#define TCP_SYN_SENT    2
#define TCP_ESTABLISHED 1 /* include/net/tcp_states.h; unix sockets use them, too */
#define TCP_LISTEN      10
#define SOCK_STREAM     1

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpadded"
#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct pipe_buffer___state { /* include/linux/pipe_fs_i.h */
    unsigned int len;
};

struct pipe_inode_info___queue {
    struct pipe_buffer___state *bufs;
};

struct sk_buff___state { /* include/linux/skbuff.h */
    struct sk_buff___state *next;
    unsigned int len;
};

struct sk_buff_head___queue {
    struct sk_buff___state *next;
    u32 qlen;
};

typedef struct {
    atomic_t refs;
} refcount_t;

struct sock_common___queue { /* include/net/sock.h */
    unsigned char skc_state;
};

struct sock___queue {
    struct sock_common___queue __sk_common;
    struct sk_buff_head___queue sk_receive_queue;
    struct {
        atomic_t rmem_alloc;
    } sk_backlog;
    int sk_rcvbuf;
    int sk_wmem_queued;
    refcount_t sk_wmem_alloc;
    int sk_sndbuf;
    u32 sk_ack_backlog;
    u32 sk_max_ack_backlog;
};

struct tcp_sock___state { /* include/linux/tcp.h */
    u32 copied_seq;
    u32 rcv_nxt;
};

struct unix_sock___queue { /* include/net/af_unix.h */
    int inq_len;           /* since 6.17 */
};

struct mq_attr___state { /* include/uapi/linux/mqueue.h */
    long mq_maxmsg;
    long mq_msgsize;
    long mq_curmsgs;
};

struct mqueue_inode_info___state { /* ipc/mqueue.c */
    struct inode vfs_inode;
    struct mq_attr___state attr;
    unsigned long qsize;
};

#pragma clang attribute pop
#pragma clang diagnostic pop

struct buffers_walk {
    u64 at; /* pipe: address of pipe_inode_info.bufs; socket: of the next sk_buff */
    u64 end;
    u64 bytes;
    u32 tail;
    u32 mask;
};

static long pipe_bytes_step(u32 i, void *data)
{
    struct buffers_walk *walk = data;
    u64 offset = ((walk->tail + i) & walk->mask) * (u64)bpf_core_type_size(struct pipe_buffer___state);
    struct pipe_buffer___state *buffer = (void *)(walk->at + offset);

    walk->bytes += BPF_CORE_READ(buffer, len);
    return 0;
}

static __always_inline void measure_pipe(struct queue_state *queue, struct pipe_inode_info *pipe)
{
    struct buffers_walk walk = {.tail = pipe->tail, .mask = pipe->ring_size - 1};
    u32 used = pipe->head - walk.tail;

    walk.at = (u64)BPF_CORE_READ((struct pipe_inode_info___queue *)pipe, bufs);
    if (used > pipe->ring_size)
        used = 0; /* head and tail are read one after the other */
    bpf_loop(used, pipe_bytes_step, &walk, 0);
    queue->unit = QUEUE_BUFFERS;
    queue->items.used = used;
    queue->items.limit = pipe->ring_size;
    queue->bytes.used = walk.bytes;
}

static long socket_step(u32 i, void *data)
{
    struct buffers_walk *walk = data;
    struct sk_buff___state *buffer = (void *)walk->at;

    if (!buffer || walk->at == walk->end)
        return 1;
    walk->bytes += BPF_CORE_READ(buffer, len);
    walk->at = (u64)BPF_CORE_READ(buffer, next);
    return 0;
}

/* What can be read of a unix socket. A buffer that is read in part counts as a whole before 6.17. */
static __always_inline u64 unix_bytes(struct sock___queue *sk)
{
    struct unix_sock___queue *own = (void *)sk;
    struct buffers_walk walk = {.end = (u64)sk + bpf_core_field_offset(sk->sk_receive_queue)};

    if (bpf_core_field_exists(own->inq_len) && BPF_CORE_READ((struct sock *)sk, sk_type) == SOCK_STREAM)
        return BPF_CORE_READ(own, inq_len);
    walk.at = (u64)BPF_CORE_READ(sk, sk_receive_queue.next);
    bpf_loop(QUEUE_PASSED, socket_step, &walk, 0);
    return walk.bytes;
}

static __always_inline void measure_unix(struct queue_state *queue, struct sock___queue *sk)
{
    queue->unit = QUEUE_MESSAGES;
    queue->items.used = BPF_CORE_READ(sk, sk_receive_queue.qlen);
    if (BPF_CORE_READ((struct sock *)sk, sk_type) != SOCK_STREAM)
        queue->items.limit = BPF_CORE_READ(sk, sk_max_ack_backlog);
    queue->bytes.used = unix_bytes(sk);
    queue->sent.used = BPF_CORE_READ(sk, sk_wmem_alloc.refs.counter) - 1; /* SK_WMEM_ALLOC_BIAS */
    queue->sent.limit = BPF_CORE_READ(sk, sk_sndbuf);
}

static __always_inline void measure_inet(struct queue_state *queue, struct sock___queue *sk, u8 mechanism)
{
    struct tcp_sock___state *tcp = (void *)sk;

    queue->memory.used = BPF_CORE_READ(sk, sk_backlog.rmem_alloc.counter);
    queue->memory.limit = BPF_CORE_READ(sk, sk_rcvbuf);
    queue->sent.limit = BPF_CORE_READ(sk, sk_sndbuf);
    if (mechanism == MECHANISM_TCP) {
        queue->bytes.used = BPF_CORE_READ(tcp, rcv_nxt) - BPF_CORE_READ(tcp, copied_seq);
        queue->sent.used = BPF_CORE_READ(sk, sk_wmem_queued);
        return;
    }
    queue->sent.used = BPF_CORE_READ(sk, sk_wmem_alloc.refs.counter) - 1;
    if (mechanism == MECHANISM_UDP) {
        queue->unit = QUEUE_MESSAGES;
        queue->items.used = BPF_CORE_READ(sk, sk_receive_queue.qlen);
    }
}

static __always_inline u8 state_of(struct sock *sk)
{
    return BPF_CORE_READ((struct sock___queue *)sk, __sk_common.skc_state);
}

static __always_inline void measure_listener(struct queue_state *queue, struct sock___queue *sk, u8 mechanism)
{
    queue->unit = QUEUE_CONNECTIONS;
    queue->items.used =
        mechanism == MECHANISM_UNIX ? BPF_CORE_READ(sk, sk_receive_queue.qlen) : BPF_CORE_READ(sk, sk_ack_backlog);
    queue->items.limit = BPF_CORE_READ(sk, sk_max_ack_backlog);
}

static __always_inline void measure_mq(struct queue_state *queue, struct inode *inode)
{
    struct mqueue_inode_info___state *mq = (void *)((u64)inode - bpf_core_field_offset(struct mqueue_inode_info___state, vfs_inode));
    long messages = BPF_CORE_READ(mq, attr.mq_maxmsg);

    queue->unit = QUEUE_MESSAGES;
    queue->items.used = BPF_CORE_READ(mq, attr.mq_curmsgs);
    queue->items.limit = messages;
    queue->bytes.used = BPF_CORE_READ(mq, qsize);
    queue->bytes.limit = messages * BPF_CORE_READ(mq, attr.mq_msgsize);
}

static __always_inline void no_queue(struct queue_state *queue)
{
    queue->unit = QUEUE_BYTES_ONLY;
    queue->items.used = queue->items.limit = -1;
    queue->bytes.used = queue->bytes.limit = -1;
    queue->memory.used = queue->memory.limit = -1;
    queue->sent.used = queue->sent.limit = -1;
}
