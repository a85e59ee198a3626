/* How full a channel is: what waits in it, and how much may. */
#pragma once

#include "describe.h"
#include "descriptor_record.h"

#define PIPE_BUFFERS    256 /* whose bytes are added up, at most: 1 MiB, which a pipe may have without privilege */
#define SOCKET_BUFFERS  1024
#define TCP_ESTABLISHED 1 /* include/net/tcp_states.h; unix sockets use them, too */
#define TCP_SYN_SENT    2
#define TCP_LISTEN      10
#define SOCK_STREAM     1

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpadded"
#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct pipe_buffer___fill { /* include/linux/pipe_fs_i.h */
    unsigned int len;
};

struct pipe_inode_info___fill {
    struct pipe_buffer___fill *bufs;
};

struct sk_buff___fill { /* include/linux/skbuff.h */
    struct sk_buff___fill *next;
    unsigned int len;
};

struct sk_buff_head___fill {
    struct sk_buff___fill *next;
    u32 qlen;
};

struct sock_common___fill { /* include/net/sock.h */
    unsigned char skc_state;
};

struct sock___fill {
    struct sock_common___fill __sk_common;
    struct sk_buff_head___fill sk_receive_queue;
    struct {
        atomic_t rmem_alloc;
    } sk_backlog;
    int sk_rcvbuf;
    int sk_wmem_queued;
    struct { /* refcount_t */
        atomic_t refs;
    } sk_wmem_alloc;
    int sk_sndbuf;
    u32 sk_ack_backlog;
    u32 sk_max_ack_backlog;
};

struct tcp_sock___fill { /* include/linux/tcp.h */
    u32 copied_seq;
    u32 rcv_nxt;
};

struct unix_sock___fill { /* include/net/af_unix.h */
    int inq_len;          /* since 6.17 */
};

struct mq_attr___fill { /* include/uapi/linux/mqueue.h */
    long mq_maxmsg;
    long mq_msgsize;
    long mq_curmsgs;
};

struct mqueue_inode_info___fill { /* ipc/mqueue.c */
    struct inode vfs_inode;
    struct mq_attr___fill attr;
    unsigned long qsize;
};

#pragma clang attribute pop
#pragma clang diagnostic pop

/* -1 if there are too many buffers to be added up. */
static __always_inline s64 pipe_bytes(struct pipe_inode_info *pipe, u32 tail, u32 used)
{
    u64 buffers = (u64)BPF_CORE_READ((struct pipe_inode_info___fill *)pipe, bufs);
    u32 mask = BPF_CORE_READ(pipe, ring_size) - 1;
    s64 bytes = 0;

    for (u32 i = 0; i < PIPE_BUFFERS; i++) {
        u64 offset = ((tail + i) & mask) * (u64)bpf_core_type_size(struct pipe_buffer___fill);
        struct pipe_buffer___fill *buffer = (void *)(buffers + offset);

        if (i >= used)
            return bytes;
        bytes += BPF_CORE_READ(buffer, len);
    }
    return -1;
}

static __always_inline void measure_pipe(struct queue_state *queue, struct pipe_inode_info *pipe)
{
    u32 tail = BPF_CORE_READ(pipe, tail), used = BPF_CORE_READ(pipe, head) - tail;

    queue->unit = QUEUE_BUFFERS;
    queue->items.limit = BPF_CORE_READ(pipe, ring_size);
    if (used > queue->items.limit)
        used = 0; /* head and tail are read one after the other */
    queue->items.used = used;
    queue->bytes.used = pipe_bytes(pipe, tail, used);
}

/* What can be read of a unix socket. A buffer that is read in part counts as a whole before 6.17; -1 as above. */
static __always_inline s64 unix_bytes(struct sock___fill *sk)
{
    struct unix_sock___fill *own = (void *)sk;
    struct sk_buff___fill *buffer = BPF_CORE_READ(sk, sk_receive_queue.next);
    u64 end = (u64)sk + bpf_core_field_offset(sk->sk_receive_queue);
    s64 bytes = 0;

    if (bpf_core_field_exists(own->inq_len) && BPF_CORE_READ((struct sock *)sk, sk_type) == SOCK_STREAM)
        return BPF_CORE_READ(own, inq_len);
    for (int i = 0; i < SOCKET_BUFFERS; i++) {
        if (!buffer || (u64)buffer == end)
            return bytes;
        bytes += BPF_CORE_READ(buffer, len);
        buffer = BPF_CORE_READ(buffer, next);
    }
    return -1;
}

static __always_inline void measure_unix(struct queue_state *queue, struct sock___fill *sk)
{
    queue->unit = QUEUE_MESSAGES;
    queue->items.used = BPF_CORE_READ(sk, sk_receive_queue.qlen);
    if (BPF_CORE_READ((struct sock *)sk, sk_type) != SOCK_STREAM)
        queue->items.limit = BPF_CORE_READ(sk, sk_max_ack_backlog);
    queue->bytes.used = unix_bytes(sk);
    queue->sent.used = BPF_CORE_READ(sk, sk_wmem_alloc.refs.counter) - 1; /* SK_WMEM_ALLOC_BIAS */
    queue->sent.limit = BPF_CORE_READ(sk, sk_sndbuf);
}

static __always_inline void measure_inet(struct queue_state *queue, struct sock___fill *sk, u8 mechanism)
{
    struct tcp_sock___fill *tcp = (void *)sk;

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
    return BPF_CORE_READ((struct sock___fill *)sk, __sk_common.skc_state);
}

static __always_inline void measure_listener(struct queue_state *queue, struct sock___fill *sk, u8 mechanism)
{
    queue->unit = QUEUE_CONNECTIONS;
    queue->items.used =
        mechanism == MECHANISM_UNIX ? BPF_CORE_READ(sk, sk_receive_queue.qlen) : BPF_CORE_READ(sk, sk_ack_backlog);
    queue->items.limit = BPF_CORE_READ(sk, sk_max_ack_backlog);
}

static __always_inline void measure_mq(struct queue_state *queue, struct inode *inode)
{
    struct mqueue_inode_info___fill *mq =
        (void *)((u64)inode - bpf_core_field_offset(struct mqueue_inode_info___fill, vfs_inode));
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
