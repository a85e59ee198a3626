/* Futexes whose owner inherits the priority of who waits. */
#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "../core/gate.h"
#include "../core/process.h"
#include "../core/require.h"
#include "families.h"
#include "waiter.h"

#define GATE_HELD   0
#define GATE_GIVEN  1
#define NOBODYS_TID 0x3ffffff0 /* no thread has a number as high */

static void try_alone(struct word word)
{
    struct timespec soon;

    require_result(t_futex(word, FUTEX_TRYLOCK_PI, 0, NULL, 0), 0);
    require_error(t_futex(word, FUTEX_TRYLOCK_PI, 0, NULL, 0), EDEADLK);
    require_error(t_futex(word, FUTEX_LOCK_PI, 0, NULL, 0), EDEADLK);
    require_result(t_futex(word, FUTEX_UNLOCK_PI, 0, NULL, 0), 0);
    require_error(t_futex(word, FUTEX_UNLOCK_PI, 0, NULL, 0), EPERM);
    *word.at = NOBODYS_TID;
    require_error(t_futex(word, FUTEX_LOCK_PI, 0, NULL, 0), ESRCH);
    *word.at = getppid(); /* somebody else's, who never gives it */
    require_error(t_futex(word, FUTEX_TRYLOCK_PI, 0, NULL, 0), EAGAIN);
    require_error(t_futex(word, FUTEX_UNLOCK_PI, 0, NULL, 0), EPERM);
    soon = moment(CLOCK_REALTIME, 2);
    require_error(t_futex(word, FUTEX_LOCK_PI, 0, &soon, 0), ETIMEDOUT);
    soon = moment(CLOCK_MONOTONIC, 2);
    require_error(t_futex(word, FUTEX_LOCK_PI2, 0, &soon, 0), ETIMEDOUT);
    *word.at = 0;
}

/* The parent has the lock when the child begins to want it, and the child when the parent does next. */
static void lock_each(struct waiter *waiter)
{
    try_alone(waiter->other);
    for (unsigned i = 0; i < waiter->plan->n; i++) {
        gate_wait(GATE_HELD, i + 1);
        waiter_announce();
        require_result(t_futex(waiter->word, i % 2 == 0 ? FUTEX_LOCK_PI : FUTEX_LOCK_PI2, 0, NULL, 0), 0);
        require_result(t_futex(waiter->word, FUTEX_UNLOCK_PI, 0, NULL, 0), 0);
        gate_add(GATE_GIVEN, 1);
    }
}

static void lock(const struct plan *plan)
{
    struct waiter waiter = {.plan = plan, .waiting = lock_each};

    waiter_start(&waiter);
    for (unsigned i = 0; i < plan->n; i++) {
        require_result(t_futex(waiter.word, FUTEX_LOCK_PI, 0, NULL, 0), 0);
        gate_add(GATE_HELD, 1);
        waiter_wait(&waiter, i + 1);
        require_result(t_futex(waiter.word, FUTEX_UNLOCK_PI, 0, NULL, 0), 0);
        gate_wait(GATE_GIVEN, i + 1);
    }
    waiter_join(&waiter);
}

/* A condition whose waiters are moved to the lock, which is free: they have it when they return. */
static void wait_for_condition(struct waiter *waiter)
{
    struct timespec soon = moment(CLOCK_MONOTONIC, 2);

    require_error(t_futex_wait_requeue_pi(waiter->word, 1, NULL, waiter->other), EAGAIN);
    require_error(t_futex_wait_requeue_pi(waiter->word, 0, &soon, waiter->other), ETIMEDOUT);
    require_error(t_futex_wait_requeue_pi(waiter->word, 0, NULL, waiter->word), EINVAL);
    for (unsigned i = 0; i < waiter->plan->n; i++) {
        waiter_announce();
        require_result(t_futex_wait_requeue_pi(waiter->word, 0, NULL, waiter->other), 0);
        require_result(t_futex(waiter->other, FUTEX_UNLOCK_PI, 0, NULL, 0), 0);
    }
}

static void condition(const struct plan *plan)
{
    struct waiter waiter = {.plan = plan, .waiting = wait_for_condition};

    waiter_start(&waiter);
    for (unsigned i = 0; i < plan->n; i++) {
        waiter_wait(&waiter, i + 1);
        require_error(t_futex_two(waiter.word, FUTEX_CMP_REQUEUE_PI, 1, INT_MAX, waiter.other, 1), EAGAIN);
        require_error(t_futex_two(waiter.word, FUTEX_CMP_REQUEUE_PI, 2, INT_MAX, waiter.other, 0), EINVAL);
        require_result(t_futex_two(waiter.word, FUTEX_CMP_REQUEUE_PI, 1, INT_MAX, waiter.other, 0), 1);
    }
    waiter_join(&waiter);
}

const struct scenario futex_pi_scenarios[] = {
    {"futex/pi", "N times LOCK_PI waits for another's UNLOCK_PI; TRYLOCK_PI and what fails", .n = 20, .run = lock},
    {"futex/requeue-pi", "N times WAIT_REQUEUE_PI and CMP_REQUEUE_PI", .n = 20, .run = condition},
    {0},
};
