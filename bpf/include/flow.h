/* From (process, channel, operation) to the slot that counts it. */
#pragma once

#include "describe.h"
#include "ring.h"

static __always_inline void channel_key_of(struct channel_key *key, const struct cached_flow *flow)
{
    key->inode = flow->number;
    key->device = flow->device;
    key->guard = *(const volatile u64 *)&flow->inode >> 6;
}

static __always_inline void flow_key_of(struct flow_key *key, struct thread *thread, const struct cached_flow *flow)
{
    __builtin_memset(key, 0, sizeof(*key));
    key->process = thread->process;
    channel_key_of(&key->channel, flow);
    key->mechanism = flow->mechanism;
    key->operation = flow->operation;
}

static __always_inline void use_overflow(struct cached_flow *flow)
{
    flow->slot = flow->mechanism * OPERATION_COUNT + flow->operation;
    flow->id = OVERFLOW_ID;
    count_loss(LOSS_FLOW_TABLE_FULL);
}

/* Takes a free slot for a flow seen for the first time. */
static __always_inline void take_slot(struct cached_flow *flow, const struct flow_key *key, struct task_struct *task)
{
    struct flow_reference reference = {}, *winner;
    struct flow_slot *slot;

    if (bpf_map_pop_elem(&free_slots, &reference.slot) || !(slot = bpf_map_lookup_elem(&slots, &reference.slot))) {
        use_overflow(flow);
        return;
    }
    reference.id = bpf_ktime_get_ns(); /* differs for each owner: a slot rests for a grace period between two */
    slot->key = *key;
    slot->cgroup = current_cgroup();
    copy_leader_name(slot->comm, task);
    slot->counters.first_seen = reference.id;
    slot->counters.last_seen = reference.id;
    slot->id = reference.id;
    if (!bpf_map_update_elem(&flows, key, &reference, BPF_NOEXIST)) {
        flow->slot = reference.slot;
        flow->id = reference.id;
        emit_flow(reference.slot, reference.id);
        return;
    }
    slot->id = 0; /* another thread was first, or the table is full */
    bpf_map_push_elem(&free_slots, &reference.slot, 0);
    winner = bpf_map_lookup_elem(&flows, key);
    if (!winner) {
        use_overflow(flow);
        return;
    }
    flow->slot = winner->slot;
    flow->id = winner->id;
}

/* Not inlined: it is the slow path, and its stack is its own. */
static __noinline void find_slot(struct cached_flow *flow, struct thread *thread, struct task_struct *task)
{
    struct flow_reference *reference;
    struct flow_key key;

    flow_key_of(&key, thread, flow);
    reference = bpf_map_lookup_elem(&flows, &key);
    if (!reference) {
        take_slot(flow, &key, task);
        return;
    }
    flow->slot = reference->slot;
    flow->id = reference->id;
}

/* The slot of a flow, found anew if the host has taken it back since. Null never happens: numbers are in range. */
static __always_inline struct flow_slot *slot_of(struct cached_flow *flow, struct thread *thread,
                                                 struct task_struct *task)
{
    struct flow_slot *slot = bpf_map_lookup_elem(&slots, &flow->slot);

    if (slot && flow->id > OVERFLOW_ID && slot->id == flow->id)
        return slot;
    find_slot(flow, thread, task);
    return bpf_map_lookup_elem(&slots, &flow->slot);
}

/* Where in the cache a flow lies, if it does. */
static __always_inline u32 cache_index(u64 inode, u8 direction)
{
    return ((inode >> 7) ^ (inode >> 12) ^ direction) & (CACHED_FLOWS - 1);
}

/* The cached flow for what the caller is about to do; null if the descriptor is no channel, or filtered out. */
static __always_inline struct cached_flow *flow_of(struct task_struct *task, struct thread *thread, struct file *file,
                                                   struct inode *inode, u8 direction, u8 index)
{
    struct cached_flow *flow = &thread->cache[index & (CACHED_FLOWS - 1)];
    struct channel_key channel = {};

    if (flow->inode == (u64)inode && flow->number == inode->i_ino && flow->direction == direction)
        return flow;
    flow->inode = 0;
    flow->mechanism = mechanism_of(file, inode);
    if (!flow->mechanism)
        return 0;
    flow->operation = operation_of(flow->mechanism, direction);
    if (!flow_wanted(flow->mechanism, flow->operation))
        return 0;
    flow->direction = direction;
    flow->number = inode->i_ino;
    flow->device = inode->i_sb->s_dev;
    flow->kind = is_socket(inode) ? sock_of(file)->sk_type : 0;
    flow->inode = (u64)inode;
    flow->slot = 0;
    flow->id = 0; /* the slot is looked up when it is first counted in */
    channel_key_of(&channel, flow);
    describe_channel(&channel, flow->mechanism, file);
    return flow;
}
