/* Signals that arrive while a process waits on a futex. */
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../calls/signals.h"
#include "../core/gate.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../core/tally.h"
#include "families.h"
#include "waiter.h"

#define GATE_HANDLED 3

static void on_alarm(int number)
{
    book_delivered(getpid(), number);
    gate_add(GATE_HANDLED, 1);
}

static void handle(int flags)
{
    struct sigaction action = {.sa_handler = on_alarm, .sa_flags = flags};

    require(sigaction(SIGALRM, &action, NULL) == 0, "sigaction");
}

/* With a timeout the kernel restarts by restart_syscall(2), which a handler forbids; without one by the call itself. */
static void wait_timed(struct waiter *waiter)
{
    struct timespec minute = {60, 0};

    waiter_announce();
    require_result(t_futex(waiter->word, FUTEX_WAIT, 0, &minute, 0), 0);
}

static void wait_untimed(struct waiter *waiter)
{
    handle(SA_RESTART);
    waiter_announce();
    require_result(t_futex(waiter->word, FUTEX_WAIT, 0, NULL, 0), 0);
}

static void wait_until(struct waiter *waiter)
{
    struct timespec until = moment(CLOCK_MONOTONIC, 60000);

    waiter_announce();
    require_result(t_futex(waiter->word, FUTEX_WAIT_BITSET, 0, &until, 1), 0);
}

static void wait_modern(struct waiter *waiter)
{
    struct timespec until = moment(CLOCK_MONOTONIC, 60000);

    handle(SA_RESTART);
    waiter_announce();
    require_result(t_futex_wait(waiter->word, 0, 1, WORD_32, &until), 0);
}

static void wait_interrupted(struct waiter *waiter)
{
    struct timespec minute = {60, 0};

    for (unsigned i = 0; i < waiter->plan->n; i++) {
        handle(i % 2 == 0 ? 0 : SA_RESTART);
        waiter_announce();
        require_error(t_futex(waiter->word, FUTEX_WAIT, 0, i % 2 == 0 ? NULL : &minute, 0), EINTR);
    }
    wait_untimed(waiter);
}

static void finish(struct waiter *waiter)
{
    require_result(t_futex(waiter->word, FUTEX_WAKE, 1, NULL, 0), 1);
    waiter_join(waiter);
}

static void stop_and_continue(pid_t pid)
{
    int status;

    require_result(t_kill(pid, SIGSTOP, SIGNAL_QUEUED), 0);
    book_delivered(pid, SIGSTOP);
    require(waitpid(pid, &status, WUNTRACED) == pid && WIFSTOPPED(status), "stopping a child");
    require_result(t_kill(pid, SIGCONT, SIGNAL_IGNORED), 0);
}

static void stopped(const struct plan *plan, void (*waiting)(struct waiter *))
{
    struct waiter waiter = {.plan = plan, .waiting = waiting};

    waiter_start(&waiter);
    for (unsigned i = 0; i < plan->n; i++) {
        waiter_wait(&waiter, 1);
        stop_and_continue(waiter.pid);
    }
    waiter_wait(&waiter, 1);
    finish(&waiter);
}

static void restart_block(const struct plan *plan)
{
    stopped(plan, wait_timed);
}

static void restart_bitset(const struct plan *plan)
{
    stopped(plan, wait_until);
}

static void restart_modern(const struct plan *plan)
{
    stopped(plan, wait_modern);
}

static void restart_handler(const struct plan *plan)
{
    struct waiter waiter = {.plan = plan, .waiting = wait_untimed};

    waiter_start(&waiter);
    for (unsigned i = 0; i < plan->n; i++) {
        waiter_wait(&waiter, 1);
        require_result(t_kill(waiter.pid, SIGALRM, SIGNAL_QUEUED), 0);
        gate_wait(GATE_HANDLED, i + 1);
    }
    waiter_wait(&waiter, 1);
    finish(&waiter);
}

static void interrupted(const struct plan *plan)
{
    struct waiter waiter = {.plan = plan, .waiting = wait_interrupted};

    waiter_start(&waiter);
    for (unsigned i = 0; i < plan->n; i++) {
        waiter_wait(&waiter, i + 1);
        require_result(t_kill(waiter.pid, SIGALRM, SIGNAL_QUEUED), 0);
    }
    waiter_wait(&waiter, plan->n + 1);
    finish(&waiter);
}

static void killed(const struct plan *plan)
{
    for (unsigned i = 0; i < plan->n; i++) {
        struct waiter waiter = {.plan = plan, .waiting = i % 2 == 0 ? wait_timed : wait_untimed};

        waiter_start(&waiter);
        waiter_wait(&waiter, i + 1);
        if (i % 3 == 2) { /* killed between the parts of a restarted call */
            int status;

            require_result(t_kill(waiter.pid, SIGSTOP, SIGNAL_QUEUED), 0);
            book_delivered(waiter.pid, SIGSTOP);
            require(waitpid(waiter.pid, &status, WUNTRACED) == waiter.pid && WIFSTOPPED(status), "stopping a child");
        }
        require_result(t_kill(waiter.pid, SIGKILL, SIGNAL_QUEUED), 0);
        book_delivered(waiter.pid, SIGKILL);
        waiter_join_killed(&waiter, SIGKILL);
        book_interrupted(waiter.pid, 0, waiter.word.end, OPERATION_WAIT);
    }
}

const struct scenario futex_interrupted_scenarios[] = {
    {"futex/restart-timeout", "stopped and continued N times during one wait with a timeout", .n = 5,
     .run = restart_block},
    {"futex/restart-bitset", "the same with FUTEX_WAIT_BITSET", .n = 5, .run = restart_bitset},
    {"futex/restart-modern", "the same with futex_wait(2)", .n = 5, .run = restart_modern},
    {"futex/restart-handler", "N signals with SA_RESTART during one wait", .n = 10, .run = restart_handler},
    {"futex/interrupted", "N waits ended by a signal, then one that is woken", .n = 10, .run = interrupted},
    {"futex/killed", "N processes killed inside a wait", .n = 6, .run = killed},
    {0},
};
