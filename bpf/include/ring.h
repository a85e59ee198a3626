/* Records for the host. A record that finds no room is counted. Nobody is woken: the host looks on a timer
 * (a wake-up per record costs 2 to 9 µs). */
#pragma once

#include "thread.h"

static __always_inline void *reserve(u64 size)
{
    void *record = bpf_ringbuf_reserve(&ring, size, 0);

    if (!record)
        count_loss(LOSS_RING_FULL);
    return record;
}

static __always_inline void submit(void *record)
{
    bpf_ringbuf_submit(record, BPF_RB_NO_WAKEUP);
}

static __always_inline void copy_leader_name(char *name, struct task_struct *task)
{
    __builtin_memset(name, 0, COMM_LENGTH); /* what follows the NUL must not be old ring memory */
    bpf_probe_read_kernel_str(name, COMM_LENGTH, FIELD(task, group_leader)->comm);
}

/* The name of who calls. */
static __always_inline void copy_caller_name(char *name, const struct caller *caller)
{
    __builtin_memset(name, 0, COMM_LENGTH);
    if (caller->name)
        bpf_probe_read_kernel_str(name, COMM_LENGTH, (void *)caller->name);
    else
        __builtin_memcpy(name, "kernel", sizeof("kernel"));
}

static __always_inline void emit_flow(u32 slot, u64 id)
{
    struct flow_record *record = reserve(sizeof(*record));

    if (!record)
        return;
    record->kind = RECORD_FLOW;
    record->slot = slot;
    record->id = id;
    submit(record);
}
