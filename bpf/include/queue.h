/* Queues: data on its way in one direction, from those who write to those who read. Found once for each flow. */
#pragma once

#include "maps.h"
#include "queue_fill.h"
#include "thread.h"

static __always_inline struct queue_slot *queue_at(u32 slot)
{
    return bpf_map_lookup_elem(&queues, &slot);
}

/* Everything before the marks: those are void without `head`. */
static __always_inline void renew_queue(struct queue_slot *queue, const struct queue_key *key, u64 number)
{
    __builtin_memset(queue, 0, __builtin_offsetof(struct queue_slot, marks));
    queue->key = *key;
    queue->number = number;
    queue->id = bpf_ktime_get_ns(); /* differs for each owner, as a flow's does */
}

static __always_inline u32 take_queue(const struct queue_key *key, u64 number)
{
    struct queue_slot *queue;
    u32 slot = 0, *winner;

    if (bpf_map_pop_elem(&free_queues, &slot) || !(queue = queue_at(slot))) {
        count_loss(LOSS_QUEUE_TABLE_FULL);
        return 0;
    }
    renew_queue(queue, key, number);
    if (!bpf_map_update_elem(&queue_index, key, &slot, BPF_NOEXIST))
        return slot;
    queue->id = 0; /* another thread was first */
    bpf_map_push_elem(&free_queues, &slot, 0);
    winner = bpf_map_lookup_elem(&queue_index, key);
    return winner ? *winner : 0;
}

/* The slot of a queue, taken at first sight; 0 if there is none. An address that something else has now is a new queue.
 * To verifiers before 6.2 what a global function is given can be no key: it is copied. */
SHARED int open_queue(const struct queue_key *given, u64 number)
{
    struct queue_slot *queue;
    struct queue_key key;
    u32 *known;

    if (!given)
        return 0;
    key = *given;
    known = bpf_map_lookup_elem(&queue_index, &key);
    if (!known)
        return take_queue(&key, number);
    queue = queue_at(*known);
    if (!queue)
        return 0;
    if (number && queue->number && queue->number != number)
        renew_queue(queue, &key, number);
    else if (number)
        queue->number = number;
    return *known;
}

/* What the queue held when it was first seen was written at a time that nobody knows. */
static __always_inline void begin_with(struct queue_slot *queue, u64 units)
{
    queue->ready = 1;
    if (!units)
        return;
    queue->written = queue->marked = units;
    queue->marks[0] = (struct queue_mark){};
    queue->head = 1;
}

static __always_inline bool puts(u8 operation)
{
    return operation == OPERATION_WRITE || operation == OPERATION_SEND;
}

static __always_inline bool gets(u8 operation)
{
    return operation == OPERATION_READ || operation == OPERATION_RECEIVE;
}

/* 0: no queue. */
static __always_inline void enter_queue(struct cached_flow *flow, u32 slot)
{
    struct queue_slot *queue = slot ? queue_at(slot) : 0;
    struct channel_key *end;

    if (!queue)
        return;
    end = puts(flow->operation) ? &queue->writer : &queue->reader;
    queue->mechanism = flow->mechanism;
    end->inode = flow->number;
    end->device = flow->device;
    end->guard = flow->guard;
    flow->queue = slot;
    flow->queue_id = queue->id;
}

#include "queue_socket.h"
#include "queue_tcp.h"
#include "queue_udp.h"

static __always_inline void note_pipe_queue(struct cached_flow *flow)
{
    struct queue_key key = {.object = flow->object};
    struct queue_slot *queue;
    u32 slot = open_queue(&key, flow->number);

    queue = slot ? queue_at(slot) : 0;
    if (!queue)
        return;
    if (!queue->ready)
        begin_with(queue, pipe_fill(flow->object));
    enter_queue(flow, slot);
}

static __always_inline u64 address_of_sock(u64 file)
{
    struct socket *socket = BPF_CORE_READ((struct file *)file, private_data);

    return (u64)BPF_CORE_READ(socket, sk);
}

/* The queue that a descriptor's flow puts into or takes from, if it is of a kind that can be measured. */
SHARED int note_queue(struct cached_flow *flow, u64 file)
{
    if (!flow)
        return 0;
    flow->queue = 0;
    if (!settings.queues || !(puts(flow->operation) || gets(flow->operation)))
        return 0;
    switch (flow->mechanism) {
    case MECHANISM_PIPE:
    case MECHANISM_FIFO:
        note_pipe_queue(flow);
        break;
    case MECHANISM_UNIX:
        note_unix_queue(flow, address_of_sock(file));
        break;
    case MECHANISM_TCP:
        note_tcp_queue(flow, address_of_sock(file));
        break;
    case MECHANISM_UDP:
        note_udp_queue(flow, address_of_sock(file));
        break;
    }
    return 0;
}

/* Who connects is the client. A connection that is still being made has no sequence numbers. */
SHARED int note_client(struct cached_flow *flow, u64 file)
{
    u64 sk;

    if (!flow || flow->mechanism != MECHANISM_TCP)
        return 0;
    sk = address_of_sock(file);
    if (settings.queues && is_established(sk))
        join_tcp(open_tcp(sk, true), sk, QUEUE_REQUESTS);
    return 0;
}

/* The same for queues of messages that have a key of their own. `queued`: see struct subject. */
SHARED int note_message_queue(struct cached_flow *flow, const struct subject *subject)
{
    struct queue_slot *queue;
    struct queue_key key = {};
    u32 slot;

    if (!flow || !subject)
        return 0;
    flow->queue = 0;
    if (!settings.queues || !subject->queued || !(puts(flow->operation) || gets(flow->operation)))
        return 0;
    key.object = flow->number;
    key.device = flow->device;
    key.detail = flow->mechanism << 16;
    slot = open_queue(&key, flow->guard);
    queue = slot ? queue_at(slot) : 0;
    if (!queue)
        return 0;
    queue->messages = 1;
    if (!queue->ready)
        begin_with(queue, subject->queued - 1);
    enter_queue(flow, slot);
    return 0;
}

/* A queue that gives the highest priority first is one queue for each of them. */
SHARED int change_queue(struct cached_flow *flow, u32 priority)
{
    struct queue_slot *queue;
    struct queue_key key = {};
    u32 slot;

    queue = flow && flow->queue ? queue_at(flow->queue) : 0;
    if (!queue || (u16)queue->key.detail == priority)
        return 0;
    key = queue->key;
    key.detail = flow->mechanism << 16 | priority;
    slot = open_queue(&key, flow->guard);
    queue = slot ? queue_at(slot) : 0;
    if (!queue)
        return 0;
    queue->messages = queue->ready = 1;
    enter_queue(flow, slot);
    return 0;
}
