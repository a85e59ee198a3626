/* What more is told of a call in progress than its flow: the word, the semaphore, the time limit. */
#pragma once

#include "in_flight.h"
#include "mapping.h"

#define FUTEX_WAIT            0 /* include/uapi/linux/futex.h */
#define FUTEX_WAIT_BITSET     9
#define FUTEX_WAIT_REQUEUE_PI 11

/* What a futex call waits for, from its arguments. */
static __always_inline void note_word(u8 call, const u64 *arguments, u64 word)
{
    in_flight.word = word;
    if (call == CALL_FUTEX) {
        in_flight.command = arguments[1] & ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME);
        in_flight.expected = arguments[2];
        in_flight.limit = arguments[3];
    } else if (call == CALL_FUTEX_WAIT) {
        in_flight.expected = arguments[1];
        in_flight.limit = arguments[4];
    } else {
        in_flight.limit = arguments[3]; /* futex_waitv: any of its words ends it, so nothing is told of the first */
        in_flight.command = FUTEX_WAIT_REQUEUE_PI;
    }
}

struct semaphore_search {
    u64 set;
    u64 first;
    u64 sleeper;
    u64 head;
    u64 at;
    u32 number;
    u32 pad;
};

STEP(waiter_step, struct semaphore_search, search)
{
    struct sem_queue *waiter;

    bpf_probe_read_kernel(&search->at, sizeof(search->at), (void *)search->at);
    if (!search->at || search->at == search->head)
        return 1;
    waiter = (void *)(search->at - bpf_core_field_offset(struct sem_queue, list));
    if ((u64)BPF_CORE_READ(waiter, sleeper) != search->sleeper)
        return 0;
    search->number = BPF_CORE_READ(waiter, blocking, sem_num);
    return 1;
}

static __always_inline bool search_list(struct semaphore_search *search, u64 head)
{
    search->head = search->at = head;
    REPEAT(SETS_WALKED, waiter_step, search);
    return search->number != NO_SEMAPHORE;
}

STEP(semaphore_search_step, struct semaphore_search, search)
{
    u64 semaphore = search->first + (u32)index * (u64)bpf_core_type_size(struct sem);

    return search_list(search, semaphore + bpf_core_field_offset(struct sem, pending_alter)) ||
           search_list(search, semaphore + bpf_core_field_offset(struct sem, pending_const));
}

/* Which semaphore of a set a task waits for, and who changed that one last. Calls of several operations wait in the
 * lists of the set, others in those of their semaphore. */
__noinline int find_semaphore(u64 set, u64 sleeper)
{
    struct semaphore_search search = {.set = set, .sleeper = sleeper, .number = NO_SEMAPHORE};
    struct sem_array *array = (void *)set;
    struct sem *semaphore;
    u32 count;

    count = BPF_CORE_READ(array, sem_nsems);
    search.first = set + bpf_core_field_offset(struct sem_array, sems);
    if (!search_list(&search, set + bpf_core_field_offset(struct sem_array, pending_alter)) &&
        !search_list(&search, set + bpf_core_field_offset(struct sem_array, pending_const)))
        REPEAT(count > SETS_WALKED ? SETS_WALKED : count, semaphore_search_step, &search);
    if (search.number == NO_SEMAPHORE)
        return 0;
    semaphore = (void *)(search.first + search.number * (u64)bpf_core_type_size(struct sem));
    in_flight.semaphore = search.number;
    in_flight.changer = BPF_CORE_READ(semaphore, sempid, numbers[0].nr);
    return 0;
}

static __always_inline void note_semaphore(struct task_struct *task, u32 id)
{
    struct ipc_namespace *ns = ipc_namespace_of(task);
    void *set = ns ? ipc_object(ns, IPC_SEM, id) : 0;

    if (set)
        find_semaphore((u64)set, address_of(&in_flight_address, task));
}

/* What more is told of a call whose flow is known. */
static __always_inline void note_details(struct task_struct *task, u8 call, const u64 *arguments, u64 word)
{
    switch (call) {
    case CALL_FUTEX ... CALL_FUTEX_WAITV:
        note_word(call, arguments, word);
        break;
    case CALL_SEMOP:
        in_flight.limit = arguments[3];
        note_semaphore(task, arguments[0]);
        break;
    case CALL_MQ_SEND:
    case CALL_MQ_RECEIVE:
        in_flight.limit = arguments[4];
        break;
    }
}
