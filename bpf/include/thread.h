/* What is known of a thread between the entry and the exit of its calls. */
#pragma once

#include "call.h"
#include "cgroup.h"

/* A flow that the thread has used: a hit spares the look-ups. Valid while the object at this address has this number
 * (addresses are reused) and the slot has this id (the host takes idle slots back). */
struct cached_flow {
    u64 object; /* address of the channel's inode or context; NAMED: found by its key; 0: empty */
    u64 number; /* channel_key.inode */
    u64 id;
    u32 slot;
    u32 device;   /* channel_key.device */
    u32 guard;    /* channel_key.guard */
    u8 direction; /* enum direction */
    u8 mechanism;
    u8 operation;
    u8 kind; /* enum channel_kind */
    u8 via;
    u8 detail;
    u8 pad[2];
    u32 priority; /* highest that this thread has seen */
    u32 queue;    /* its slot; 0: none */
    u32 pad2;
    u64 queue_id;
};

#define NAMED 1 /* no address */

/* Which system call: its number, or an io_uring opcode. */
struct call_number {
    u16 nr;
    u8 abi;
    u8 pad;
};

#define CACHED_FLOWS 8 /* a power of two */
#define NO_FLOW      CACHED_FLOWS

/* A call that ended with ERESTART*: the kernel restarts it, or a signal handler makes it EINTR, or the thread dies. */
struct interrupted_call {
    u64 begin; /* 0: none */
    u64 end;
    u64 message;
    u32 fd;
    struct call_number call;
    struct cached_flow first;
    struct cached_flow second; /* inode 0: none */
};

/* How a call ended. */
struct outcome {
    u64 begin; /* the end, if untimed */
    u64 end;
    s64 result; /* as in operation_record */
    u32 marks;  /* OPERATION_* */
    u32 peer;   /* as in operation_record */
    u32 priority;
    u32 pad;
};

/* Who makes a call, and which. */
struct caller {
    struct process_key process;
    struct call_number call;
    u32 tid;
    u64 name;   /* address of the leader's; 0: the kernel */
    u64 cgroup; /* flow_key.cgroup */
};

/* A channel that is not found through a descriptor, and what is done to it. */
struct subject {
    u64 number; /* number, device, guard: channel_key */
    u32 device;
    u32 guard;
    u8 mechanism;
    u8 operation;
    u8 detail;
    u8 pad;
    u32 ns; /* the rest: as in channel_info */
    u64 id;
    u64 key;
    u64 name; /* address of a kernel string; 0: none */
    u32 target;
    u32 queued; /* messages in it now, plus one; 0: it is no queue */
};

struct thread {
    u64 address;  /* scratch of address_of() */
    u64 begin;    /* entry of the call in flight; 0: none */
    u64 switches; /* how often the thread had slept then */
    struct caller caller;
    u64 message;
    u64 length;
    u32 flags;
    u32 fd;
    u8 call;   /* enum call */
    u8 first;  /* index into cache, or NO_FLOW */
    u8 second; /* index into cache, or NO_FLOW */
    u8 pad[5];
    u64 arguments[6]; /* of calls without a channel's descriptor */
    struct outcome outcome;
    struct subject subject;
    struct interrupted_call interrupted;
    struct cached_flow passing; /* of the descriptors in a message */
    struct cached_flow cache[CACHED_FLOWS];
};

struct threads_map {
    SLOT_OF_EACH_TASK(struct thread);
};
extern struct threads_map threads SEC(".maps");

static __always_inline struct thread *existing_thread(struct task_struct *task)
{
    return slot_of_task(&threads, task);
}

static __always_inline void identify(struct process_key *process, struct task_struct *task)
{
    process->start_time = FIELD(task, group_leader, start_boottime);
    process->pid = FIELD(task, tgid);
    process->exec_id = FIELD(task, self_exec_id);
}

static __always_inline void introduce(struct caller *caller, struct task_struct *task)
{
    identify(&caller->process, task);
    caller->tid = FIELD(task, pid);
    caller->name = (u64)FIELD(task, group_leader)->comm;
    caller->cgroup = cgroup_of(task);
}

/* Whether a slot is filled in, and for what the task runs now. */
static __always_inline bool is_of(const struct caller *caller, struct task_struct *task)
{
    if (SLOTS_MAY_BE_STALE && caller->tid != (u32)FIELD(task, pid))
        return false;
    return caller->process.pid && caller->process.exec_id == FIELD(task, self_exec_id);
}

static const struct thread no_thread = {};

/* The caller's slot, made at its first IPC call; a new image starts afresh, and what has moved to another cgroup with
 * other flows. */
static __always_inline struct thread *current_thread(struct task_struct *task)
{
    struct thread *thread = new_slot_of_task(&threads, task, &no_thread);
    u64 cgroup = current_cgroup(task);

    if (!thread)
        return 0;
    if (!is_of(&thread->caller, task)) {
        introduce(&thread->caller, task);
        thread->begin = 0;
        thread->interrupted.begin = 0;
    } else if (thread->caller.cgroup != cgroup) {
        thread->caller.cgroup = cgroup;
    } else {
        return thread;
    }
    note_cgroup(cgroup);
    for (int i = 0; i < CACHED_FLOWS; i++)
        thread->cache[i].object = 0;
    thread->passing.object = 0;
    return thread;
}

/* The verifier allows no arithmetic on kernel pointers, but what comes out of a map is a number. */
static __always_inline u64 address_of(volatile u64 *scratch, const void *pointer)
{
    *scratch = (u64)pointer;
    return *scratch;
}
