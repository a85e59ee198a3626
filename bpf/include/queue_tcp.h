/* The two queues of a TCP connection within this machine. Either end knows the addresses of both, and both count
 * bytes by the same sequence numbers (net/ipv4/tcp.c). */
#pragma once

#include "queue_socket.h"

#define LOOPBACK_NET 127 /* the first byte of an address: in memory, the lowest of a little-endian number */

static __always_inline bool within_host(u32 from, u32 to)
{
    return from == to || ((from & 0xff) == LOOPBACK_NET && (to & 0xff) == LOOPBACK_NET);
}

#define TCP_ESTABLISHED 1 /* include/net/tcp_states.h */

static __always_inline bool is_established(u64 sk)
{
    struct sock_common___state *common = (void *)sk + bpf_core_field_offset(struct sock, __sk_common);

    return BPF_CORE_READ(common, skc_state) == TCP_ESTABLISHED;
}

#define EPHEMERAL 32768 /* ip_local_port_range begins here, Documentation/networking/ip-sysctl.rst */

/* Of a connection that was not seen being made: a client has a port that the kernel chose, a server one that people
 * know. Else, who asks first is the client. */
static __always_inline u8 tcp_role(u32 own, u32 peer)
{
    if ((own < EPHEMERAL) == (peer < EPHEMERAL))
        return QUEUE_ONE_WAY;
    return own < EPHEMERAL ? QUEUE_ANSWERS : QUEUE_REQUESTS;
}

/* The key of what goes from `own` to `peer`: addresses, and ports as one number. False if the peer is elsewhere. */
static __always_inline bool tcp_key(struct queue_key *key, u64 sk, bool out)
{
    struct sock_common *common = (void *)sk + bpf_core_field_offset(struct sock, __sk_common);
    u64 own = BPF_CORE_READ(common, skc_rcv_saddr), peer = BPF_CORE_READ(common, skc_daddr), halves[4];
    u32 port = BPF_CORE_READ(common, skc_num), peer_port = __builtin_bswap16(BPF_CORE_READ(common, skc_dport));

    if (!within_host(own, peer))
        return false;
    if (BPF_CORE_READ(common, skc_family) == AF_INET6 && !peer) { /* not IPv4 in an IPv6 socket */
        bpf_core_read(&halves[0], 16, &common->skc_v6_rcv_saddr);
        bpf_core_read(&halves[2], 16, &common->skc_v6_daddr);
        if (halves[0] != halves[2] || halves[1] != halves[3])
            return false;
        own = peer = (u32)(halves[0] ^ halves[0] >> 32 ^ halves[1] ^ halves[1] >> 32);
    }
    key->object = out ? own << 32 | peer : peer << 32 | own;
    key->device = BPF_CORE_READ(common, skc_net.net, ns.inum);
    key->detail = out ? port << 16 | peer_port : peer_port << 16 | port;
    return true;
}

/* Bits of queue_slot.ready: the counts of that side are aligned to the connection's sequence numbers. */
#define WRITER_ALIGNED 1
#define READER_ALIGNED 2
/* Where the counts begin: what was written before unit 0 of the side seen first has a place, too. */
#define FIRST_UNIT (1ULL << 32)
/* More than can be on its way between two looks: the ports have a new connection. */
#define FAR_AHEAD (1U << 26)

static __always_inline void start_counts(struct queue_slot *queue, u32 sequence)
{
    queue->sequence = sequence;
    queue->written = queue->marked = queue->read = queue->booked = FIRST_UNIT;
}

/* What the connection had carried before either side was seen is known by the difference of both sides. */
static __always_inline void align_tcp(struct queue_slot *queue, const struct queue_key *key, u64 sk, bool out)
{
    u32 sequence =
        out ? BPF_CORE_READ((struct tcp_sock *)sk, write_seq) : BPF_CORE_READ((struct tcp_sock *)sk, copied_seq);
    u8 side = out ? WRITER_ALIGNED : READER_ALIGNED;
    u32 place = sequence - queue->sequence;

    if (queue->ready & side && (u32)(place - (u32)(out ? queue->written : queue->read)) > FAR_AHEAD)
        renew_queue(queue, key, 0);
    if (queue->ready & side)
        return;
    if (!queue->ready)
        start_counts(queue, sequence);
    else if (out)
        queue->written = queue->marked = FIRST_UNIT + place;
    else
        queue->read = queue->booked = FIRST_UNIT + (s32)place;
    queue->ready |= side;
}

static __always_inline u32 open_tcp(u64 sk, bool out)
{
    struct queue_slot *queue;
    struct queue_key key = {};
    u32 slot;

    if (!tcp_key(&key, sk, out))
        return 0;
    slot = open_queue(&key, 0);
    queue = slot ? queue_at(slot) : 0;
    if (!queue)
        return 0;
    align_tcp(queue, &key, sk, out);
    return slot;
}

static __always_inline void join_tcp(u32 queue, u64 sk, u8 role)
{
    if (queue)
        join_queues(queue, open_tcp(sk, false), role);
}

static __always_inline void note_tcp_queue(struct cached_flow *flow, u64 sk)
{
    struct sock_common *common = (void *)sk + bpf_core_field_offset(struct sock, __sk_common);
    bool out = puts(flow->operation);

    enter_queue(flow, open_tcp(sk, out));
    if (out)
        join_tcp(flow->queue, sk,
                 tcp_role(BPF_CORE_READ(common, skc_num), __builtin_bswap16(BPF_CORE_READ(common, skc_dport))));
}
