/* From (process, channel, operation) to the slot that counts it. */
#pragma once

#include "describe.h"
#include "queues.h"
#include "ring.h"

static __always_inline void channel_key_of(struct channel_key *key, const struct cached_flow *flow)
{
    key->inode = flow->number;
    key->device = flow->device;
    key->guard = flow->guard;
}

static __always_inline void flow_key_of(struct flow_key *key, const struct caller *caller,
                                        const struct cached_flow *flow)
{
    __builtin_memset(key, 0, sizeof(*key));
    key->process = caller->process;
    channel_key_of(&key->channel, flow);
    key->mechanism = flow->mechanism;
    key->operation = flow->operation;
    key->via = flow->via;
    key->detail = flow->detail;
    key->cgroup = caller->cgroup;
}

static __always_inline void use_overflow(struct cached_flow *flow)
{
    flow->slot = flow->mechanism * OPERATION_COUNT + flow->operation;
    flow->id = OVERFLOW_ID;
    count_loss(LOSS_FLOW_TABLE_FULL);
}

/* Takes a free slot for a flow seen for the first time. */
static __always_inline void take_slot(struct cached_flow *flow, const struct flow_key *key, const struct caller *caller)
{
    struct flow_reference reference = {}, *winner;
    struct flow_slot *slot;

    if (bpf_map_pop_elem(&free_slots, &reference.slot) || !(slot = bpf_map_lookup_elem(&slots, &reference.slot))) {
        use_overflow(flow);
        return;
    }
    slot->queue = 0;
    reference.id = bpf_ktime_get_ns(); /* differs for each owner: a slot rests for a grace period between two */
    slot->key = *key;
    copy_caller_name(slot->comm, caller);
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
static __noinline void find_slot(struct cached_flow *flow, const struct caller *caller)
{
    struct flow_reference *reference;
    struct flow_key key;

    flow_key_of(&key, caller, flow);
    reference = bpf_map_lookup_elem(&flows, &key);
    if (!reference) {
        take_slot(flow, &key, caller);
        return;
    }
    flow->slot = reference->slot;
    flow->id = reference->id;
}

/* Whether a flow has been seen before: then its channel is described, and its queue known if it has one. */
SHARED int recall_flow(struct cached_flow *flow, const struct caller *caller)
{
    struct flow_reference *reference;
    struct flow_slot *slot;
    struct flow_key key;

    if (!flow || !caller)
        return 0;
    flow_key_of(&key, caller, flow);
    reference = bpf_map_lookup_elem(&flows, &key);
    slot = reference ? slot_at(reference->slot) : 0;
    if (!slot || slot->id != reference->id)
        return 0;
    flow->slot = reference->slot;
    flow->id = reference->id;
    flow->queue = slot->queue;
    flow->queue_id = slot->queue_id;
    return 1;
}

/* The slot of a flow, found anew if the host has taken it back since. */
static __always_inline struct flow_slot *slot_of(struct cached_flow *flow, const struct caller *caller)
{
    struct flow_slot *slot = slot_at(flow->slot);

    if (slot && flow->id > OVERFLOW_ID && slot->id == flow->id)
        return slot;
    find_slot(flow, caller);
    return slot_at(flow->slot);
}

/* Where in the cache a flow lies, if it does. */
static __always_inline u32 cache_index(u64 object, u8 direction)
{
    return ((object >> 7) ^ (object >> 12) ^ direction) & (CACHED_FLOWS - 1);
}

/* What a descriptor's channel is known by in the cache, and its number. */
static __always_inline u64 object_of(volatile u64 *scratch, struct file *file, struct inode *inode, u64 *number)
{
    struct tty_struct *slave;

    if (has_own_inode(FIELD(inode, i_mode))) {
        *number = FIELD(inode, i_ino);
        return address_of(scratch, inode);
    }
    if ((FIELD(inode, i_mode) & S_IFMT) == S_IFCHR) {
        slave = slave_of(file);
        *number = FIELD(slave, index);
        return address_of(scratch, slave);
    }
    *number = FIELD(eventfd_of(file), id);
    return address_of(scratch, FIELD(file, private_data));
}

/* Either side of a terminal has the major number of the slaves. */
static __always_inline u32 device_of(struct inode *inode)
{
    return (FIELD(inode, i_mode) & S_IFMT) == S_IFCHR ? UNIX98_PTY_SLAVE_MAJOR : FIELD(inode, i_sb, s_dev);
}

/* Makes a cache entry the flow of the file at an address; 0 if it is no channel after all, or filtered out.
 * Global functions, this and others, are verified once and not at each of their calls. */
SHARED int adopt_descriptor(struct cached_flow *flow, u64 address, u64 object, u64 number, u32 direction)
{
    struct file *file = kernel_cast((void *)address, struct file);
    struct inode *inode = kernel_cast(FIELD(file, f_inode), struct inode);

    if (!flow)
        return 0;
    flow->object = 0;
    flow->mechanism = mechanism_of(file, inode);
    if (!flow->mechanism)
        return 0;
    flow->operation = operation_of(flow->mechanism, direction);
    if (!flow_wanted(flow->mechanism, flow->operation))
        return 0;
    flow->queue = 0;
    flow->direction = direction;
    flow->number = number;
    flow->device = device_of(inode);
    flow->guard = object >> 6;
    flow->kind = is_socket(inode) ? FIELD(sock_of(file), sk_type) : 0;
    flow->via = VIA_SYSCALL;
    flow->detail = 0;
    flow->object = object;
    flow->slot = 0;
    flow->id = 0; /* the slot is looked up when it is first counted in */
    return 1;
}

/* The channel of a flow that is seen for the first time. */
SHARED int describe_flow(struct cached_flow *flow, u64 address)
{
    struct channel_key channel = {};

    if (!flow)
        return 0;
    channel_key_of(&channel, flow);
    describe_channel(&channel, flow->mechanism, kernel_cast((void *)address, struct file));
    return 0;
}

/* Notes which flow a descriptor means in this call: an index into the thread's cache, or NO_FLOW. */
static __always_inline u8 note_descriptor(struct thread *thread, struct file *file, u8 direction, u8 avoid)
{
    struct inode *inode = FIELD(file, f_inode);
    struct cached_flow *flow;
    u64 number = 0, object = object_of(&thread->address, file, inode, &number), address;
    u8 index = cache_index(object, direction);

    if (index == avoid)
        index = (index + 1) & (CACHED_FLOWS - 1);
    flow = &thread->cache[index & (CACHED_FLOWS - 1)];
    if (flow->object == object && flow->number == number && flow->direction == direction)
        return index;
    address = address_of(&thread->address, file);
    if (!adopt_descriptor(flow, address, object, number, direction))
        return NO_FLOW;
    if (!recall_flow(flow, &thread->caller))
        describe_flow(flow, address);
    if (!flow->queue)
        note_queue(flow, address);
    return index;
}
