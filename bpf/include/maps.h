/* Every map, and the read-only settings. Defined in maps.bpf.c. */
#pragma once

#include "form.h"
#include "queue_slot.h"

/* Slots [0, OVERFLOW_SLOTS) take, per mechanism and operation, what finds no slot of its own. */
#define OVERFLOW_SLOTS (MECHANISM_COUNT * OPERATION_COUNT)
#define OVERFLOW_ID    1

struct flow_reference {
    u64 id;
    u32 slot;
    u32 pad;
};

/* flow_key → which slot, and the id that it must still have */
struct flows_map {
    __uint(type, BPF_MAP_TYPE_HASH);
    __type(key, struct flow_key);
    __type(value, struct flow_reference);
    __uint(max_entries, 16384);
};
extern struct flows_map flows SEC(".maps");

/* slot number → counters, mapped by the host */
struct slots_map {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(map_flags, BPF_F_MMAPABLE);
    __type(key, u32);
    __type(value, struct flow_slot);
    __uint(max_entries, 16384);
};
extern struct slots_map slots SEC(".maps");

/* Null never happens: numbers are in range. The number is copied, because to verifiers before 6.2 what a global
 * function is given can be no key. */
static __always_inline struct flow_slot *slot_at(u32 number)
{
    return bpf_map_lookup_elem(&slots, &number);
}

/* slot numbers that nobody owns */
struct free_slots_map {
    __uint(type, BPF_MAP_TYPE_STACK);
    __uint(value_size, sizeof(u32));
    __uint(max_entries, 16384);
};
extern struct free_slots_map free_slots SEC(".maps");

/* channel_key → what is known of it */
struct channels_map {
    __uint(type, BPF_MAP_TYPE_HASH);
    __type(key, struct channel_key);
    __type(value, struct channel_info);
    __uint(max_entries, 16384);
};
extern struct channels_map channels SEC(".maps");

/* error_key → how many */
struct flow_errors_map {
    __uint(type, BPF_MAP_TYPE_HASH);
    __type(key, struct error_key);
    __type(value, u64);
    __uint(max_entries, 16384);
};
extern struct flow_errors_map flow_errors SEC(".maps");

/* slot number → queue, mapped by the host; number 0 is nobody's */
struct queues_map {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(map_flags, BPF_F_MMAPABLE);
    __type(key, u32);
    __type(value, struct queue_slot);
    __uint(max_entries, 4096);
};
extern struct queues_map queues SEC(".maps");

struct queue_index_map {
    __uint(type, BPF_MAP_TYPE_HASH);
    __type(key, struct queue_key);
    __type(value, u32);
    __uint(max_entries, 4096);
};
extern struct queue_index_map queue_index SEC(".maps");

struct free_queues_map {
    __uint(type, BPF_MAP_TYPE_STACK);
    __uint(value_size, sizeof(u32));
    __uint(max_entries, 4096);
};
extern struct free_queues_map free_queues SEC(".maps");

struct ring_map {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 1 << 20);
};
extern struct ring_map ring SEC(".maps");

/* id of a cgroup → its path; those seen last */
struct cgroups_map {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __type(key, u64);
    __type(value, struct cgroup_info);
    __uint(max_entries, 2048);
};
extern struct cgroups_map cgroups SEC(".maps");

/* thread-group id → 1: the filter lets it through */
struct watched_map {
    __uint(type, BPF_MAP_TYPE_HASH);
    __type(key, u32);
    __type(value, u32);
    __uint(max_entries, 32768);
};
extern struct watched_map watched SEC(".maps");

/* Low byte: the class of native call number n; high byte: of 32-bit call number n (enum call). */
extern const volatile u16 calls[CALL_TABLE_SIZE];
extern const volatile struct probe_settings settings;

/* Counters by enum loss, mapped by the host. */
extern u64 lost[LOSS_COUNT];

static __always_inline void count_loss(enum loss cause)
{
    __sync_fetch_and_add(&lost[cause], 1);
}
