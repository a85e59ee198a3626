/* What the host wants of a map where it must not use bpf(2): see map_requests.bpf.c. */
#pragma once

/* Order of MapRequests in src/Agent/Bpf. */
enum requested_map {
    REQUEST_FLOWS,
    REQUEST_CHANNELS,
    REQUEST_ERRORS,
    REQUEST_QUEUE_INDEX,
    REQUEST_WATCHED,
    REQUEST_CGROUPS,
    REQUEST_FREE_SLOTS,
    REQUEST_FREE_QUEUES,
};

enum request_kind {
    REQUEST_LOOK_UP,
    REQUEST_UPDATE, /* of a stack: push */
    REQUEST_DELETE,
};

struct map_request {
    u32 map;  /* enum requested_map */
    u32 kind; /* enum request_kind */
    s64 result;
    u8 key[48];    /* the largest is a flow_key */
    u8 value[520]; /* the largest is a cgroup_info */
};
