/* Two processes that wait for and wake one another, in each kind of memory that can hold the word. */
#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "../core/gate.h"
#include "../core/require.h"
#include "../core/tally.h"
#include "families.h"
#include "waiter.h"

#define WAIT_MS 10
#define ANY     FUTEX_BITSET_MATCH_ANY

/* Calls that do not wait, or not for another. */
static void alone(struct word word)
{
    struct timespec soon = {0, 2000000}, wrong = {0, 1000000000L}, then = moment(CLOCK_MONOTONIC, 2),
                    wall = moment(CLOCK_REALTIME, 2), past = {1, 0};
    struct word crooked = {(_Atomic uint32_t *)((uintptr_t)word.at + 1), word.end};

    require_result(t_futex(word, FUTEX_WAKE, 1, NULL, 0), 0);
    require_result(t_futex(word, FUTEX_WAKE_BITSET, INT_MAX, NULL, 1), 0);
    require_error(t_futex(word, FUTEX_WAIT, 99, NULL, 0), EAGAIN);
    require_error(t_futex(word, FUTEX_WAIT_BITSET, 99, NULL, ANY), EAGAIN);
    require_error(t_futex(word, FUTEX_WAIT, 0, &soon, 0), ETIMEDOUT);
    require_error(t_futex(word, FUTEX_WAIT_BITSET, 0, &then, ANY), ETIMEDOUT);
    require_error(t_futex(word, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 0, &wall, ANY), ETIMEDOUT);
    require_error(t_futex(word, FUTEX_WAIT_BITSET, 0, &past, ANY), ETIMEDOUT);
    require_error(t_futex(word, FUTEX_WAIT, 0, &wrong, 0), EINVAL);
    require_error(t_futex(word, FUTEX_WAIT_BITSET, 0, NULL, 0), EINVAL);
    require_error(t_futex(word, FUTEX_WAIT, 0, (struct timespec *)(uintptr_t)1, 0), EFAULT);
    require_error(t_futex(crooked, FUTEX_WAIT, 0, NULL, 0), EINVAL);
    require_error(t_futex(crooked, FUTEX_WAKE, 1, NULL, 0), EINVAL);
}

static void wait_each(struct waiter *waiter)
{
    struct end end = waiter->word.end;

    for (unsigned i = 0; i < waiter->plan->n; i++) {
        struct timespec minute = {60, 0}, end_of_minute = moment(CLOCK_MONOTONIC, 60000);
        uint64_t begin;
        long result;

        waiter_announce();
        begin = now_ns();
        if (i % 3 == 0)
            result = t_futex(waiter->word, FUTEX_WAIT, 0, NULL, 0);
        else if (i % 3 == 1)
            result = t_futex(waiter->word, FUTEX_WAIT, 0, &minute, 0);
        else
            result = t_futex(waiter->word, FUTEX_WAIT_BITSET, 0, &end_of_minute, 4);
        require_result(result, 0);
        book_time(getpid(), end, OPERATION_WAIT, 0, now_ns() - begin);
    }
}

static void hand_over(const struct plan *plan, enum sharing sharing)
{
    struct waiter waiter = {.plan = plan, .sharing = sharing, .waiting = wait_each};

    waiter_start(&waiter);
    for (unsigned i = 0; i < plan->n; i++) {
        uint64_t begin;

        waiter_wait(&waiter, i + 1);
        begin = now_ns();
        nap_ms(WAIT_MS);
        book_time(waiter.pid, waiter.word.end, OPERATION_WAIT, now_ns() - begin, 0);
        if (i % 3 == 2)
            require_result(t_futex(waiter.word, FUTEX_WAKE_BITSET, 1, NULL, 3), 0); /* others are meant */
        require_result(t_futex(waiter.word, i % 2 == 0 ? FUTEX_WAKE : FUTEX_WAKE_BITSET, 1, NULL, ANY), 1);
    }
    alone(waiter.other);
    waiter_join(&waiter);
}

static void in_memfd(const struct plan *plan)
{
    hand_over(plan, SHARING_MEMFD);
}

static void in_shm(const struct plan *plan)
{
    hand_over(plan, SHARING_SHM);
}

static void in_anonymous(const struct plan *plan)
{
    hand_over(plan, SHARING_ANONYMOUS);
}

static void in_sysv(const struct plan *plan)
{
    hand_over(plan, SHARING_SYSV);
}

static void in_file(const struct plan *plan)
{
    hand_over(plan, SHARING_FILE);
}

#define SHARED .n = 9, .about = "N waits of 10 ms for another process, and calls that fail or find nobody"

const struct scenario futex_scenarios[] = {
    {"futex/memfd", SHARED, .run = in_memfd},         {"futex/shm", SHARED, .run = in_shm},
    {"futex/anonymous", SHARED, .run = in_anonymous}, {"futex/sysv", SHARED, .run = in_sysv},
    {"futex/file", SHARED, .run = in_file},           {0},
};
