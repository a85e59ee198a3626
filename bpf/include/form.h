/* What the object's forms do differently, beside how they read (kernel.h). Compiled with NO_TASK_STORAGE it is for
 * kernels of before 6.1 that lack some of what the others use: memory of a task (5.11), atomics that fetch, global
 * functions that are given memory (5.12), bpf_loop (5.17), maple trees (6.1). It uses nothing that came after 5.8. */
#pragma once

#include "kernel.h"

#ifndef NO_TASK_STORAGE

static __always_inline struct task_struct *current_task(void)
{
    return bpf_get_current_task_btf();
}

/* What is known of each task, made by new_slot_of(). */
#define SLOT_OF_EACH_TASK(slot)                                                                                        \
    __uint(type, BPF_MAP_TYPE_TASK_STORAGE);                                                                           \
    __uint(map_flags, BPF_F_NO_PREALLOC);                                                                              \
    __type(key, int);                                                                                                  \
    __type(value, slot)

static __always_inline void *slot_of_task(void *map, struct task_struct *task)
{
    return bpf_task_storage_get(map, (void *)task, 0, 0);
}

/* Null: no memory. A new one is empty. */
static __always_inline void *new_slot_of_task(void *map, struct task_struct *task, const void *empty)
{
    return bpf_task_storage_get(map, (void *)task, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
}

#define SLOTS_MAY_BE_STALE 0

/* The kernel does it. */
static __always_inline void drop_slot_of_task(void *map, struct task_struct *task) {}

/* A function that is given memory by several who call it: verified once, not at each call. */
#define SHARED __noinline

/* STEP(name, type, context) { … }: a step of a loop, the `index`th; it returns 1 to end it. */
#define STEP(name, type, context)                                                                                      \
    static __always_inline long name##_body(u64 index, type *context);                                                 \
    static long name(u64 index, void *context)                                                                         \
    {                                                                                                                  \
        return name##_body(index, context);                                                                            \
    }                                                                                                                  \
    static __always_inline long name##_body(u64 index, type *context)

#define REPEAT(limit, step, context) bpf_loop(limit, step, context, 0)

#else

static __always_inline struct task_struct *current_task(void)
{
    return (void *)bpf_get_current_task();
}

/* By the task's address, because exec changes numbers. Not preallocated: it takes what it needs. */
#define SLOT_OF_EACH_TASK(slot)                                                                                        \
    __uint(type, BPF_MAP_TYPE_HASH);                                                                                   \
    __uint(map_flags, BPF_F_NO_PREALLOC);                                                                              \
    __type(key, u64);                                                                                                  \
    __type(value, slot);                                                                                               \
    __uint(max_entries, 65536)

static __always_inline void *slot_of_task(void *map, struct task_struct *task)
{
    u64 address = (u64)task;

    return bpf_map_lookup_elem(map, &address);
}

static __always_inline void *new_slot_of_task(void *map, struct task_struct *task, const void *empty)
{
    u64 address = (u64)task;
    void *slot = bpf_map_lookup_elem(map, &address);

    if (slot)
        return slot;
    bpf_map_update_elem(map, &address, empty, BPF_NOEXIST);
    return bpf_map_lookup_elem(map, &address);
}

/* A task that ended unseen has left its slot to who has its address now. */
#define SLOTS_MAY_BE_STALE 1

/* When the task ends. */
static __always_inline void drop_slot_of_task(void *map, struct task_struct *task)
{
    u64 address = (u64)task;

    bpf_map_delete_elem(map, &address);
}

#define SHARED static __noinline

/* A step is verified once because it is a global function, which may be given numbers only: its context lies in a map.
 * A program is not interrupted by another one that makes the same steps. */
#define STEP(name, kind, context)                                                                                      \
    struct {                                                                                                           \
        __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);                                                                       \
        __type(key, u32);                                                                                              \
        __type(value, kind);                                                                                           \
        __uint(max_entries, 1);                                                                                        \
    } name##_context SEC(".maps");                                                                                     \
    static __always_inline kind *name##_memory(void)                                                                   \
    {                                                                                                                  \
        u32 only = 0;                                                                                                  \
                                                                                                                       \
        return bpf_map_lookup_elem(&name##_context, &only);                                                            \
    }                                                                                                                  \
    static __always_inline long name##_body(u64 index, kind *context);                                                 \
    __noinline int name(u64 index)                                                                                     \
    {                                                                                                                  \
        kind *context = name##_memory();                                                                               \
                                                                                                                       \
        barrier_var(index); /* clang passes nothing for what is not used, and the verifier wants a number */           \
        return context ? name##_body(index, context) : 1;                                                              \
    }                                                                                                                  \
    static __always_inline long name##_body(u64 index, kind *context)

#define MOST_STEPS 1024 /* the verifier looks at each of them; it gives up after 8192 branches */

#define REPEAT(limit, step, context)                                                                                   \
    ({                                                                                                                 \
        __auto_type outer_ = (context);                                                                                \
        __auto_type inner_ = step##_memory();                                                                          \
        u64 limit_ = (limit);                                                                                          \
                                                                                                                       \
        if (inner_) {                                                                                                  \
            if (outer_)                                                                                                \
                *inner_ = *outer_;                                                                                     \
            for (u32 i_ = 0; i_ < MOST_STEPS; i_++)                                                                    \
                if (i_ >= limit_ || step(i_))                                                                          \
                    break;                                                                                             \
            if (outer_)                                                                                                \
                *outer_ = *inner_;                                                                                     \
        }                                                                                                              \
    })

#endif
