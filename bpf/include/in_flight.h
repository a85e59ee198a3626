/* Calls in progress: the kernel's types that only they need, and what one of them is written as. Of another task
 * nothing may be assumed: it runs, sleeps or ends meanwhile, its memory cannot be read, and its slot is not ours to
 * change. */
#pragma once

#include "call_record.h"
#include "flow.h"

#define TASK_STOPPED_OR_TRACED 12          /* __TASK_STOPPED | __TASK_TRACED, include/linux/sched.h */
#define NO_TIME_LIMIT          (~0UL >> 1) /* MAX_SCHEDULE_TIMEOUT */
#define NO_SEMAPHORE           (~0U)
#define SETS_WALKED            256 /* semaphores of a set, and waiters of each, that are looked at */

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpadded"
#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct sched_info { /* include/linux/sched.h */
    u64 last_arrival;
};

struct sched_entity {
    u64 sum_exec_runtime;
    u64 prev_sum_exec_runtime;
};

struct task_struct___in_flight {
    unsigned int __state;         /* since 5.14 */
    struct sched_info sched_info; /* with CONFIG_SCHED_INFO */
    struct sched_entity se;
};

struct task_struct___before_5_14 { /* what follows ___ is no part of a type's name (libbpf) */
    long state;
};

struct sock___in_flight { /* include/net/sock.h */
    long sk_rcvtimeo;
    long sk_sndtimeo;
};

struct list_head___in_flight { /* include/linux/types.h */
    void *next;
};

struct sembuf___in_flight { /* include/uapi/linux/sem.h */
    u16 sem_num;
};

struct sem_queue { /* ipc/sem.c */
    struct list_head___in_flight list;
    struct task_struct *sleeper;
    struct sembuf___in_flight *blocking;
};

struct sem {
    int semval;
    struct pid *sempid;
    struct list_head___in_flight pending_alter;
    struct list_head___in_flight pending_const;
};

struct sem_array {
    struct list_head___in_flight pending_alter;
    struct list_head___in_flight pending_const;
    int sem_nsems;
    struct sem sems[1];
};

#pragma clang attribute pop
#pragma clang diagnostic pop

/* One reader at a time, as in all iterators: what is too large for the stack is global. */
struct call_record in_flight SEC(".bss.in_flight") = {};
volatile u64 in_flight_address SEC(".bss.in_flight") = 0;

/* 0: it runs or is about to. */
static __always_inline u64 task_state(struct task_struct *task)
{
    struct task_struct___in_flight *now = (void *)task;
    struct task_struct___before_5_14 *old = (void *)task;

    if (bpf_core_field_exists(now->__state))
        return BPF_CORE_READ(now, __state);
    return BPF_CORE_READ(old, state);
}

/* How long a sleeping task has slept at least, ns: since it came to run last, without what it then ran. That is by the
 * scheduler's clock, of which we know when we came to run last ourselves: not long ago, but in the past. */
static __always_inline u64 slept_at_least(struct task_struct *task)
{
    struct task_struct___in_flight *sleeper = (void *)task, *reader = (void *)current_task();
    u64 ran, since, now;

    if (!bpf_core_field_exists(sleeper->sched_info))
        return 0;
    ran = BPF_CORE_READ(sleeper, se.sum_exec_runtime) - BPF_CORE_READ(sleeper, se.prev_sum_exec_runtime);
    since = BPF_CORE_READ(sleeper, sched_info.last_arrival) + ran;
    now = BPF_CORE_READ(reader, sched_info.last_arrival);
    return now > since ? now - since : 0;
}

static __always_inline void mark_state(u64 state)
{
    if (state & TASK_STOPPED_OR_TRACED)
        in_flight.marks |= CALL_STOPPED;
    else if (state)
        in_flight.marks |= CALL_ASLEEP;
}

/* SO_RCVTIMEO and SO_SNDTIMEO end calls as a time limit in their arguments does. */
static __always_inline void note_socket_limit(struct file *file)
{
    struct sock___in_flight *sk = (void *)sock_of(file);
    bool out = in_flight.flow.operation == OPERATION_SEND || in_flight.flow.operation == OPERATION_CONNECT;
    u64 limit = out ? BPF_CORE_READ(sk, sk_sndtimeo) : BPF_CORE_READ(sk, sk_rcvtimeo);

    in_flight.limit = limit != NO_TIME_LIMIT;
}

static __always_inline void begin_record(struct task_struct *task, u64 state)
{
    __builtin_memset(&in_flight, 0, sizeof(in_flight));
    in_flight.semaphore = NO_SEMAPHORE;
    in_flight.tid = FIELD(task, pid);
    in_flight.flow.cgroup = cgroup_of(task);
    bpf_probe_read_kernel_str(in_flight.comm, sizeof(in_flight.comm), FIELD(task, group_leader)->comm);
    mark_state(state);
}

static __always_inline void write_record(struct seq_file *seq)
{
    bpf_seq_write(seq, &in_flight, sizeof(in_flight));
}
