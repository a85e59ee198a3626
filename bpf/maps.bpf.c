#include "include/thread.h"

struct flows_map flows SEC(".maps");
struct slots_map slots SEC(".maps");
struct free_slots_map free_slots SEC(".maps");
struct channels_map channels SEC(".maps");
struct flow_errors_map flow_errors SEC(".maps");
struct queues_map queues SEC(".maps");
struct queue_index_map queue_index SEC(".maps");
struct free_queues_map free_queues SEC(".maps");
struct ring_map ring SEC(".maps");
struct cgroups_map cgroups SEC(".maps");
struct watched_map watched SEC(".maps");
struct threads_map threads SEC(".maps");

/* Records pass through the ring without a type: naming them here puts them into the object's BTF, for the host to
 * compare. */
union record {
    struct flow_record flow;
    struct process_record process;
    struct operation_record operation;
};

/* Updating a map-in-map returns after an RCU grace period (kernel/bpf/syscall.c, maybe_wait_bpf_programs):
 * the host does so to know that no program still holds a slot. Nothing reads it. */
struct grace_inner {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __type(key, u32);
    __type(value, union record);
    __uint(max_entries, 1);
} grace_inner SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
    __type(key, u32);
    __type(value, u32);
    __uint(max_entries, 1);
    __array(values, struct grace_inner);
} grace SEC(".maps") = {.values = {&grace_inner}};

/* Sections of their own: each is a map that the host fills or reads as a whole. */
const volatile u16 calls[CALL_TABLE_SIZE] SEC(".rodata.calls") = {};
const volatile struct probe_settings settings SEC(".rodata.settings") = {};
u64 lost[LOSS_COUNT] SEC(".data.lost") = {};

char LICENSE[] SEC("license") = "GPL";
