/* Futex calls on two words and more: requeueing, WAKE_OP, futex_waitv, and the calls that came after futex(2). */
#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "../core/require.h"
#include "families.h"
#include "waiter.h"

/* Three calls end one wait: the waiter is moved there and back before it is woken. */
static void wait_plain(struct waiter *waiter)
{
    for (unsigned i = 0; i < waiter->plan->n; i++) {
        waiter_announce();
        require_result(t_futex(waiter->word, FUTEX_WAIT, 0, NULL, 0), 0);
    }
}

/* Adds 0 to the other word and wakes its waiters, too, if it was 0. */
#define ADD_NOTHING FUTEX_OP(FUTEX_OP_ADD, 0, FUTEX_OP_CMP_EQ, 0)

static void requeue(const struct plan *plan)
{
    struct waiter waiter = {.plan = plan, .waiting = wait_plain};

    waiter_start(&waiter);
    for (unsigned i = 0; i < plan->n; i++) {
        struct word from = waiter.word, to = waiter.other;

        waiter_wait(&waiter, i + 1);
        require_error(t_futex_two(from, FUTEX_CMP_REQUEUE, 0, 1, to, 99), EAGAIN);
        require_result(t_futex_two(from, FUTEX_CMP_REQUEUE, 0, 1, to, 0), 1);
        require_result(t_futex(from, FUTEX_WAKE, 1, NULL, 0), 0);
        require_result(t_futex_two(to, FUTEX_REQUEUE, 0, INT_MAX, from, 0), 1);
        require_error(t_futex_two(from, FUTEX_CMP_REQUEUE, -1, 1, to, 0), EINVAL);
        if (i % 2 == 0)
            require_result(t_futex_two(from, FUTEX_WAKE_OP, 1, 1, to, ADD_NOTHING), 1);
        else
            require_result(t_futex_two(to, FUTEX_WAKE_OP, 1, 1, from, ADD_NOTHING), 1);
        require_error(t_futex_two(from, FUTEX_WAKE_OP, 1, 1, to, 0xf << 28), ENOSYS);
    }
    waiter_join(&waiter);
}

static struct futex_waitv want(struct word word, uint32_t expected, unsigned flags)
{
    return (struct futex_waitv){.val = expected, .uaddr = (uintptr_t)word.at, .flags = flags};
}

/* Its first word is private: the call counts on the first that is not. */
static void wait_for_any(struct waiter *waiter)
{
    _Atomic uint32_t mine = 0;
    struct word own = word_uncounted(&mine);
    struct end end = waiter->other.end;
    struct timespec soon = moment(CLOCK_MONOTONIC, 2);
    struct futex_waitv words[] = {want(own, 0, WORD_32_PRIVATE), want(waiter->other, 0, WORD_32),
                                  want(waiter->word, 0, WORD_32)};
    struct futex_waitv differing[] = {want(own, 0, WORD_32_PRIVATE), want(waiter->other, 1, WORD_32)};
    struct futex_waitv unknown[] = {want(waiter->other, 0, WORD_32 | 64)};

    for (unsigned i = 0; i < waiter->plan->n; i++) {
        waiter_announce();
        require_result(t_futex_waitv(end, words, 3, NULL), 2);
    }
    require_error(t_futex_waitv(end, differing, 2, NULL), EAGAIN);
    require_error(t_futex_waitv(end, words, 3, &soon), ETIMEDOUT);
    require_error(t_futex_waitv(end, unknown, 1, NULL), EINVAL);
    require_error(t_futex_waitv((struct end){.fd = -1}, words, 1, &soon), ETIMEDOUT); /* all private */
}

static void waitv(const struct plan *plan)
{
    struct waiter waiter = {.plan = plan, .waiting = wait_for_any};

    waiter_start(&waiter);
    for (unsigned i = 0; i < plan->n; i++) {
        waiter_wait(&waiter, i + 1);
        require_result(t_futex(waiter.word, FUTEX_WAKE, 1, NULL, 0), 1);
    }
    waiter_join(&waiter);
}

static void wait_modern(struct waiter *waiter)
{
    struct timespec soon = moment(CLOCK_MONOTONIC, 2);

    require_error(t_futex_wait(waiter->other, 1, 1, WORD_32, NULL), EAGAIN);
    require_error(t_futex_wait(waiter->other, 0, 1, WORD_32, &soon), ETIMEDOUT);
    require_error(t_futex_wait(waiter->other, 0, 0, WORD_32, NULL), EINVAL);
    for (unsigned i = 0; i < waiter->plan->n; i++) {
        waiter_announce();
        require_result(t_futex_wait(waiter->word, 0, 2, WORD_32, NULL), 0);
    }
}

static void modern(const struct plan *plan)
{
    struct waiter waiter = {.plan = plan, .waiting = wait_modern};

    waiter_start(&waiter);
    for (unsigned i = 0; i < plan->n; i++) {
        waiter_wait(&waiter, i + 1);
        require_result(t_futex_wake(waiter.word, 5, 1, WORD_32), 0); /* others are meant */
        require_error(t_futex_wake(waiter.word, 0, 1, WORD_32), EINVAL);
        require_error(t_futex_requeue(waiter.word, 9, waiter.other, 0, 1, WORD_32), EAGAIN);
        require_result(t_futex_requeue(waiter.word, 0, waiter.other, 0, 1, WORD_32), 1);
        require_result(t_futex_wake(waiter.other, 2, 1, WORD_32), 1);
    }
    waiter_join(&waiter);
}

const struct scenario futex_move_scenarios[] = {
    {"futex/requeue", "REQUEUE, CMP_REQUEUE and WAKE_OP around N waits", .n = 20, .run = requeue},
    {"futex/waitv", "N times futex_waitv on a private word and two shared ones", .n = 20, .run = waitv},
    {"futex/modern", "futex_wait, futex_wake and futex_requeue around N waits", .n = 20, .run = modern},
    {0},
};
