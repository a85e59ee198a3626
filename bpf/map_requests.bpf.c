/* Maps at the host's request. While a task is inside bpf(2) on a map the kernel skips the programs of all events on its
 * processor (kernel/bpf/syscall.c, bpf_disable_instrumentation), and it may be preempted there: the host would make its
 * own programs miss calls. A program that it runs may use maps, and nothing is skipped. */
#include "include/map_request.h"
#include "include/flow.h"

struct map_request map_request SEC(".data.request") = {};

static __always_inline long serve(void *map, u32 size)
{
    void *found;

    switch (map_request.kind) {
    case REQUEST_LOOK_UP:
        found = bpf_map_lookup_elem(map, map_request.key);
        if (!found)
            return -1;
        bpf_probe_read_kernel(map_request.value, size, found);
        return 0;
    case REQUEST_UPDATE:
        return bpf_map_update_elem(map, map_request.key, map_request.value, BPF_ANY);
    default:
        return bpf_map_delete_elem(map, map_request.key);
    }
}

SEC("?syscall")
int ipcscope_map_request(void *context)
{
    switch (map_request.map) {
    case REQUEST_FLOWS:
        map_request.result = serve(&flows, sizeof(struct flow_reference));
        break;
    case REQUEST_CHANNELS:
        map_request.result = serve(&channels, sizeof(struct channel_info));
        break;
    case REQUEST_ERRORS:
        map_request.result = serve(&flow_errors, sizeof(u64));
        break;
    case REQUEST_QUEUE_INDEX:
        map_request.result = serve(&queue_index, sizeof(u32));
        break;
    case REQUEST_WATCHED:
        map_request.result = serve(&watched, sizeof(u32));
        break;
    case REQUEST_CGROUPS:
        map_request.result = serve(&cgroups, sizeof(struct cgroup_info));
        break;
    case REQUEST_FREE_SLOTS:
        map_request.result = bpf_map_push_elem(&free_slots, map_request.value, 0);
        break;
    default:
        map_request.result = bpf_map_push_elem(&free_queues, map_request.value, 0);
    }
    return 0;
}
