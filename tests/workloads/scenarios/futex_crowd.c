/* Many that want one lock, and futexes that are nobody else's business. */
#include <errno.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../calls/memory.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../core/thread.h"
#include "families.h"
#include "waiter.h"

#define PROCESSES 4
#define THREADS   2

/* The mutex of "Futexes Are Tricky": 0 free, 1 locked, 2 locked and somebody may wait. Who calls, and how often, is a
 * matter of luck; each call is booked by what it returned. */
static void lock(struct word word)
{
    uint32_t seen = 0;

    if (atomic_compare_exchange_strong(word.at, &seen, 1))
        return;
    while (atomic_exchange(word.at, 2) != 0)
        t_futex(word, FUTEX_WAIT, 2, NULL, 0);
}

static void unlock(struct word word)
{
    if (atomic_exchange(word.at, 0) == 2)
        t_futex(word, FUTEX_WAKE, 1, NULL, 0);
}

struct crowd {
    const struct plan *plan;
    struct word word;
    uint32_t *total; /* guarded by the word */
};

static void *count(void *argument)
{
    struct crowd *crowd = argument;

    for (unsigned i = 0; i < crowd->plan->n; i++) {
        lock(crowd->word);
        ++*crowd->total;
        if (i % 16 == 0)
            sched_yield(); /* so that others come to wait */
        unlock(crowd->word);
    }
    return NULL;
}

static void count_in_threads(void *argument)
{
    pthread_t threads[THREADS];

    for (int i = 0; i < THREADS; i++)
        threads[i] = thread_run(count, argument);
    for (int i = 0; i < THREADS; i++)
        thread_join(threads[i]);
}

static void storm(const struct plan *plan)
{
    struct memory memory = memory_open(SHARING_SHM, 1);
    struct crowd crowd = {plan, word_in(&memory, 0), (uint32_t *)memory.address + 16};
    pid_t children[PROCESSES];

    for (int i = 0; i < PROCESSES; i++)
        children[i] = process_run(count_in_threads, &crowd);
    for (int i = 0; i < PROCESSES; i++)
        process_join(children[i]);
    require(*crowd.total == PROCESSES * THREADS * plan->n, "keeping the others out");
    memory_close(SHARING_SHM, &memory);
}

static _Atomic uint32_t own_word;

static void use_privately(_Atomic uint32_t *at, int flags)
{
    struct word word = word_uncounted(at);
    struct timespec soon = {0, 1000};

    require_result(t_futex(word, FUTEX_WAKE | flags, 1, NULL, 0), 0);
    require_error(t_futex(word, FUTEX_WAIT | flags, 1, NULL, 0), EAGAIN);
    require_error(t_futex(word, FUTEX_WAIT | flags, 0, &soon, 0), ETIMEDOUT);
    require_result(t_futex(word, FUTEX_TRYLOCK_PI | flags, 0, NULL, 0), 0);
    require_result(t_futex(word, FUTEX_UNLOCK_PI | flags, 0, NULL, 0), 0);
    require_result(t_futex_wake(word, 1, 1, flags | WORD_32), 0);
}

static void private_words(const struct plan *plan)
{
    struct memory memory = memory_open(SHARING_MEMFD, 1);
    char *copy = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, memory.end.fd, 0);
    struct word shared = word_uncounted((_Atomic uint32_t *)memory.address), own = word_uncounted(&own_word);
    struct word nowhere = word_uncounted((_Atomic uint32_t *)64);

    require(copy != MAP_FAILED, "mmap");
    for (unsigned i = 0; i < plan->n; i++) {
        use_privately(shared.at, FUTEX_PRIVATE_FLAG);
        use_privately(own.at, FUTEX_PRIVATE_FLAG);
        use_privately(own.at, 0);
        use_privately((_Atomic uint32_t *)copy, 0);
        require_result(t_futex_two(own, FUTEX_REQUEUE, 1, 1, shared, 0), 0); /* taken from private memory */
        require_error(t_futex(nowhere, FUTEX_WAIT, 0, NULL, 0), EFAULT);
        require_error(t_futex(nowhere, FUTEX_WAKE, 1, NULL, 0), EFAULT);
        require_error(t_futex(shared, 2, 0, NULL, 0), ENOSYS); /* FUTEX_FD, long gone */
    }
    require(munmap(copy, PAGE) == 0, "munmap");
    memory_close(SHARING_MEMFD, &memory);
}

/* The page cannot be written, but others might wake who waits on it. */
static void read_only(const struct plan *plan)
{
    struct memory memory = memory_open(SHARING_MEMFD, 1);
    struct word word = word_in(&memory, 5);
    char *place = t_mmap(memory.end, NULL, PAGE, PROT_READ, MAP_SHARED, 0);
    struct timespec soon = {0, 1000};

    require(place != MAP_FAILED, "mmap");
    for (unsigned i = 0; i < plan->n; i++) {
        word.at = (_Atomic uint32_t *)(i % 2 == 0 ? place : memory.address) + 5;
        require_error(t_futex(word, FUTEX_WAIT, 1, NULL, 0), EAGAIN);
        require_error(t_futex(word, FUTEX_WAIT, 0, &soon, 0), ETIMEDOUT);
        require_result(t_futex(word, FUTEX_WAKE, 1, NULL, 0), 0);
    }
    require_result(t_munmap(memory.end, place, PAGE), 0);
    memory_close(SHARING_MEMFD, &memory);
}

const struct scenario futex_crowd_scenarios[] = {
    {"futex/storm", "4 processes of 2 threads that take one lock N times each", .n = 3000, .run = storm},
    {"futex/private", "FUTEX_PRIVATE_FLAG, private memory, no memory at all: not counted", .n = 50,
     .run = private_words},
    {"futex/read-only", "one word by two mappings, of which one cannot be written", .n = 50, .run = read_only},
    {0},
};
