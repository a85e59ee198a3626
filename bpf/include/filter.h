/* What the kernel decides of a filter. With nothing set the verifier removes all of it. */
#pragma once

#include "maps.h"

static __always_inline bool same_name(const char *name, const volatile char *wanted)
{
    const u64 *a = (const u64 *)name;
    const volatile u64 *b = (const volatile u64 *)wanted;

    return a[0] == b[0] && a[1] == b[1];
}

static __always_inline bool name_wanted(struct task_struct *task)
{
    char name[COMM_LENGTH] __attribute__((aligned(8))) = {};

    bpf_probe_read_kernel_str(name, sizeof(name), FIELD(task, group_leader)->comm);
    for (u32 i = 0; i < COMM_FILTERS; i++)
        if (i < settings.filter.comms && same_name(name, settings.filter.comm[i]))
            return true;
    return false;
}

static __always_inline bool process_wanted(struct task_struct *task)
{
    if (settings.filter.by_process) {
        u32 pid = FIELD(task, tgid);

        if (!bpf_map_lookup_elem(&watched, &pid))
            return false;
    }
    return !settings.filter.comms || name_wanted(task);
}

static __always_inline bool flow_wanted(u8 mechanism, u8 operation)
{
    return settings.filter.mechanisms >> mechanism & settings.filter.operations >> operation & 1;
}

static __always_inline bool operation_wanted(s64 result, u64 duration)
{
    if (settings.filter.errors_only && result >= 0)
        return false;
    return duration >= settings.filter.minimum_duration;
}
