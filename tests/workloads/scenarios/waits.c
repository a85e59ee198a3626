#include "waits.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../calls/signals.h"
#include "../core/gate.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../core/tally.h"

#define WAIT_MS 20

#define GATE_CALLING  0 /* calls announced */
#define GATE_RELEASED 1 /* calls let go, with all that belongs to it */
#define GATE_HANDLED  2 /* signals */

static const struct wait *wait_of(const struct waiting *waiting)
{
    return waiting->plan->scenario->wait;
}

/* In the child. The call fails `failures` times, then succeeds. */
static void call_until_released(struct waiting *waiting, unsigned failures, unsigned released)
{
    for (unsigned i = 0; i < failures; i++) {
        gate_add(GATE_CALLING, 1);
        require_error(wait_of(waiting)->call(waiting), EINTR);
    }
    gate_add(GATE_CALLING, 1);
    require(wait_of(waiting)->call(waiting) >= 0, "the call that waits");
    gate_wait(GATE_RELEASED, released);
}

/* In the parent: the child has announced `calls` calls and is inside the last. */
static void wait_until_inside(pid_t child, unsigned calls)
{
    gate_wait(GATE_CALLING, calls);
    process_wait_asleep(child, child);
}

static void let_go(struct waiting *waiting)
{
    wait_of(waiting)->release(waiting);
    gate_add(GATE_RELEASED, 1);
}

static void close_waiting(struct waiting *waiting)
{
    if (wait_of(waiting)->close != NULL)
        wait_of(waiting)->close(waiting);
}

static void time_calls(struct waiting *waiting)
{
    for (unsigned i = 0; i < waiting->plan->n; i++) {
        uint64_t begin = now_ns();

        call_until_released(waiting, 0, i + 1);
        book_time(tally_pid(), waiting->end, wait_of(waiting)->operation, 0, now_ns() - begin);
    }
}

void wait_known(const struct plan *plan)
{
    struct waiting waiting = {.plan = plan};
    pid_t child;

    wait_of(&waiting)->open(&waiting);
    child = process_fork(0);
    if (child == 0) {
        time_calls(&waiting);
        _exit(0);
    }
    for (unsigned i = 0; i < plan->n; i++) {
        uint64_t begin;

        wait_until_inside(child, i + 1);
        begin = now_ns();
        nap_ms(WAIT_MS);
        book_time(child, waiting.end, wait_of(&waiting)->operation, now_ns() - begin, 0);
        let_go(&waiting);
    }
    process_join(child);
    close_waiting(&waiting);
}

static void on_alarm(int signal)
{
    book_delivered(tally_pid(), signal);
    gate_add(GATE_HANDLED, 1);
}

static void send_alarm(pid_t child, unsigned times)
{
    require_result(t_kill(child, SIGALRM, SIGNAL_QUEUED), 0);
    gate_wait(GATE_HANDLED, times);
}

static void stop_and_continue(pid_t child, unsigned times)
{
    int status;

    (void)times;
    require_result(t_kill(child, SIGSTOP, SIGNAL_QUEUED), 0);
    require(waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status), "stopping a child");
    book_delivered(child, SIGSTOP);
    require_result(t_kill(child, SIGCONT, SIGNAL_IGNORED), 0);
}

/* `n` times `disturb`, each of which ends the call or, if it `goes_on`, does not. */
static void disturbed(const struct plan *plan, int flags, bool goes_on, void (*disturb)(pid_t, unsigned))
{
    struct sigaction action = {.sa_handler = on_alarm, .sa_flags = flags};
    struct waiting waiting = {.plan = plan};
    pid_t child;

    wait_of(&waiting)->open(&waiting);
    child = process_fork(0);
    if (child == 0) {
        require(sigaction(SIGALRM, &action, NULL) == 0, "sigaction");
        call_until_released(&waiting, goes_on ? 0 : plan->n, 1);
        _exit(0);
    }
    for (unsigned i = 0; i < plan->n; i++) {
        wait_until_inside(child, goes_on ? 1 : i + 1);
        disturb(child, i + 1);
    }
    wait_until_inside(child, goes_on ? 1 : plan->n + 1);
    let_go(&waiting);
    process_join(child);
    close_waiting(&waiting);
}

void wait_eintr(const struct plan *plan)
{
    disturbed(plan, 0, false, send_alarm);
}

void wait_restart(const struct plan *plan)
{
    disturbed(plan, SA_RESTART, plan->scenario->wait->restarts, send_alarm);
}

void wait_stopped(const struct plan *plan)
{
    disturbed(plan, 0, plan->scenario->wait->resumes, stop_and_continue);
}

void wait_killed(const struct plan *plan)
{
    struct waiting waiting = {.plan = plan};

    wait_of(&waiting)->open(&waiting);
    for (unsigned i = 0; i < plan->n; i++) {
        pid_t child = process_fork(0);

        if (child == 0) {
            gate_add(GATE_CALLING, 1);
            wait_of(&waiting)->call(&waiting);
            require(false, "waiting for ever");
        }
        wait_until_inside(child, i + 1);
        require_result(t_kill(child, SIGKILL, SIGNAL_QUEUED), 0);
        process_join_killed(child, SIGKILL);
        book_delivered(child, SIGKILL);
        if (!wait_of(&waiting)->unseen)
            book_interrupted(child, 0, waiting.end, wait_of(&waiting)->operation);
    }
    close_waiting(&waiting);
}

void wait_removed(const struct plan *plan)
{
    for (unsigned i = 0; i < plan->n; i++) {
        struct waiting waiting = {.plan = plan};
        pid_t child;

        wait_of(&waiting)->open(&waiting);
        child = process_fork(0);
        if (child == 0) {
            gate_add(GATE_CALLING, 1);
            require_error(wait_of(&waiting)->call(&waiting), EIDRM);
            _exit(0);
        }
        wait_until_inside(child, i + 1);
        close_waiting(&waiting);
        process_join(child);
    }
}
