/* The queues of sockets. Both ends find the same one: each knows itself and its peer. */
#pragma once

#include "queue.h"

/* Joins the two directions of a connection: what is written to one may answer what was read from the other. */
static __always_inline void join_queues(u32 slot, u32 source, u8 role)
{
    struct queue_slot *queue = queue_at(slot), *other = queue_at(source);

    if (!slot || !source || !queue || !other)
        return;
    queue->source = source;
    queue->source_id = other->id;
    other->source = slot;
    other->source_id = queue->id;
    if (!role || queue->role)
        return;
    queue->role = role;
    other->role = role == QUEUE_REQUESTS ? QUEUE_ANSWERS : QUEUE_REQUESTS;
}

/* 0: nobody has accepted the connection yet, or the end is closed. */
static __always_inline u64 inode_number(u64 sk)
{
    return BPF_CORE_READ((struct sock *)sk, sk_socket, file, f_inode, i_ino);
}

/* A queue of bytes, or of packets, from `sender` to `receiver`. */
static __always_inline u32 open_unix_stream(struct cached_flow *flow, u64 sender, u64 number, u64 receiver)
{
    struct queue_key key = {.object = sender};
    u32 slot = open_queue(&key, number);
    struct queue_slot *queue = slot ? queue_at(slot) : 0;

    if (!queue)
        return 0;
    queue->messages = flow->kind != CHANNEL_STREAM;
    if (!queue->ready)
        begin_with(queue, queue->messages ? messages_in(receiver) : unix_fill(receiver));
    return slot;
}

/* A server is bound to a name; of a pair, who asks first is the client. */
static __always_inline u8 unix_role(u64 own, u64 peer)
{
    bool named = BPF_CORE_READ((struct unix_sock *)own, addr), other = BPF_CORE_READ((struct unix_sock *)peer, addr);

    return named == other ? QUEUE_ONE_WAY : named ? QUEUE_ANSWERS : QUEUE_REQUESTS;
}

static __always_inline void note_unix_connection(struct cached_flow *flow, u64 own, u64 peer)
{
    bool out = puts(flow->operation);
    u64 number = inode_number(peer);
    u32 back;

    enter_queue(flow,
                out ? open_unix_stream(flow, own, flow->number, peer) : open_unix_stream(flow, peer, number, own));
    if (!flow->queue || !out)
        return;
    back = open_unix_stream(flow, peer, number, own);
    join_queues(flow->queue, back, unix_role(own, peer));
}

/* All who send to a datagram socket share its queue. Whom an unconnected one sends to is not known here. */
static __always_inline void note_datagrams(struct cached_flow *flow, const struct queue_key *key, u64 number,
                                           u32 queued)
{
    u32 slot = open_queue(key, number);
    struct queue_slot *queue = slot ? queue_at(slot) : 0;

    if (!queue)
        return;
    queue->messages = 1;
    if (!queue->ready)
        begin_with(queue, queued);
    enter_queue(flow, slot);
}

static __always_inline void note_unix_datagrams(struct cached_flow *flow, u64 receiver)
{
    struct queue_key key = {.object = receiver};

    note_datagrams(flow, &key, inode_number(receiver), messages_in(receiver));
}

static __always_inline void note_unix_queue(struct cached_flow *flow, u64 sk)
{
    u64 peer = (u64)BPF_CORE_READ((struct unix_sock *)sk, peer);

    if (flow->kind == CHANNEL_DATAGRAM) {
        if (!puts(flow->operation))
            note_unix_datagrams(flow, sk);
        else if (peer)
            note_unix_datagrams(flow, peer);
        return;
    }
    if (peer)
        note_unix_connection(flow, sk, peer);
}
