/* Where a process runs: its cgroup, and what that is called. */
#pragma once

#include "maps.h"

#define CGROUP_DEPTH       24
#define CGROUP_NAME_LENGTH 256 /* NAME_MAX, include/uapi/linux/limits.h, and a NUL */

/* The cgroup of a task in a hierarchy of version 1. Which place a controller has differs from kernel to kernel. */
static __always_inline struct cgroup *controlled_group(struct task_struct *task, u64 controller)
{
    struct css_set *set = FIELD(task, cgroups);
    void *state = 0;

    bpf_probe_read_kernel(&state, sizeof(state), &set->subsys[0] + controller);
    return FIELD(kernel_cast(state, struct cgroup_subsys_state), cgroup);
}

static __always_inline struct kernfs_node *node_of(struct task_struct *task)
{
    if (settings.hierarchy == CGROUP_MEMORY && bpf_core_enum_value_exists(enum cgroup_subsys_id, memory_cgrp_id))
        return FIELD(controlled_group(task, bpf_core_enum_value(enum cgroup_subsys_id, memory_cgrp_id)), kn);
    if (settings.hierarchy == CGROUP_PIDS && bpf_core_enum_value_exists(enum cgroup_subsys_id, pids_cgrp_id))
        return FIELD(controlled_group(task, bpf_core_enum_value(enum cgroup_subsys_id, pids_cgrp_id)), kn);
    return FIELD(task, cgroups, dfl_cgrp, kn);
}

static __always_inline u64 cgroup_of(struct task_struct *task)
{
    return FIELD(node_of(task), id);
}

/* The same of the task that runs. With version 2 the kernel tells it at the price of a call. */
static __always_inline u64 current_cgroup(struct task_struct *task)
{
    return settings.hierarchy == CGROUP_UNIFIED ? bpf_get_current_cgroup_id() : cgroup_of(task);
}

static __always_inline struct kernfs_node *parent_of(struct kernfs_node *node)
{
    struct kernfs_node___since_6_15 *renamed = (void *)node;

    if (bpf_core_field_exists(renamed->__parent))
        return BPF_CORE_READ(renamed, __parent);
    return BPF_CORE_READ((struct kernfs_node___until_6_14 *)node, parent);
}

static const struct cgroup_info no_cgroup = {};

struct cgroup_walk {
    u64 id;
    u64 node; /* its address */
    u32 end;  /* of the names written so far */
    u32 pad;
};

STEP(write_cgroup_name, struct cgroup_walk, walk)
{
    struct cgroup_info *info = bpf_map_lookup_elem(&cgroups, &walk->id);
    struct kernfs_node *node = (void *)walk->node, *parent = parent_of(node);
    u32 end = walk->end;
    long length;

    if (!info || !parent || end > CGROUP_NAMES_LENGTH - CGROUP_NAME_LENGTH)
        return 1;
    length = bpf_probe_read_kernel_str(&info->names[end], CGROUP_NAME_LENGTH, BPF_CORE_READ(node, name));
    if (length <= 0)
        return 1;
    walk->end = end + length;
    walk->node = (u64)parent;
    return 0;
}

/* Writes the path of a cgroup down, once. Its length comes last: then it is complete. */
static __always_inline void describe_cgroup(u64 id, struct kernfs_node *node)
{
    struct cgroup_walk walk = {.id = id, .node = (u64)node};
    struct cgroup_info *info;

    if (bpf_map_update_elem(&cgroups, &id, &no_cgroup, BPF_NOEXIST))
        return;
    REPEAT(CGROUP_DEPTH, write_cgroup_name, &walk);
    info = bpf_map_lookup_elem(&cgroups, &id);
    if (info)
        info->length = walk.end;
}

/* The path of the cgroup that the running task is in, unless it acts for somebody elsewhere. */
__noinline int note_cgroup(u64 id)
{
    struct kernfs_node *node;

    if (bpf_map_lookup_elem(&cgroups, &id))
        return 0;
    node = node_of(current_task());
    if (BPF_CORE_READ(node, id) == id)
        describe_cgroup(id, node);
    return 0;
}
