/* Signals that arrive while a process waits inside read. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#include "../calls/calls.h"
#include "../calls/signals.h"
#include "../core/gate.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../core/tally.h"
#include "blocked.h"
#include "families.h"

#define GATE_HANDLED 1

static struct end own_reader, own_writer; /* of the process that gets the signals */

/* The self-pipe trick: the handler does IPC too. */
static void on_alarm(int signal)
{
    int number = errno;
    char byte = signal;

    book_delivered(tally_pid(), signal);
    t_write(own_writer, &byte, 1);
    gate_add(GATE_HANDLED, 1);
    errno = number;
}

static void handle(int flags)
{
    struct sigaction action = {.sa_handler = on_alarm, .sa_flags = flags};

    pipe_new(&own_reader, &own_writer, O_CLOEXEC);
    require(sigaction(SIGALRM, &action, NULL) == 0, "sigaction");
}

static void handle_restarting(struct blocked *blocked)
{
    (void)blocked;
    handle(SA_RESTART);
}

static void handle_interrupting(struct blocked *blocked)
{
    (void)blocked;
    handle(0);
}

static void empty_own_pipe(const struct plan *plan)
{
    char bytes[plan->n];

    require_result(t_read(own_reader, bytes, plan->n), plan->n);
}

static void read_once(struct blocked *blocked, char *data)
{
    blocked_announce();
    require_result(t_read(blocked->link.receiver, data, blocked->plan->size), (ssize_t)blocked->plan->size);
}

static void read_once_and_own(struct blocked *blocked, char *data)
{
    read_once(blocked, data);
    empty_own_pipe(blocked->plan);
}

static void read_again_and_own(struct blocked *blocked, char *data)
{
    for (unsigned i = 0; i < blocked->plan->n; i++) {
        blocked_announce();
        require_error(t_read(blocked->link.receiver, data, blocked->plan->size), EINTR);
    }
    read_once_and_own(blocked, data);
}

static void finish(struct blocked *blocked)
{
    blocked_release(blocked);
    process_join(blocked->pid);
    link_close(&blocked->link);
}

static void restart_sa(const struct plan *plan)
{
    struct blocked blocked = {.plan = plan, .before = handle_restarting, .reading = read_once_and_own};

    blocked_start(&blocked);
    for (unsigned i = 0; i < plan->n; i++) {
        blocked_wait(&blocked, 1);
        require_result(t_kill(blocked.pid, SIGALRM, SIGNAL_QUEUED), 0);
        gate_wait(GATE_HANDLED, i + 1);
    }
    blocked_wait(&blocked, 1);
    finish(&blocked);
}

static void restart_eintr(const struct plan *plan)
{
    struct blocked blocked = {.plan = plan, .before = handle_interrupting, .reading = read_again_and_own};

    blocked_start(&blocked);
    for (unsigned i = 0; i < plan->n; i++) {
        blocked_wait(&blocked, i + 1);
        require_result(t_kill(blocked.pid, SIGALRM, SIGNAL_QUEUED), 0);
    }
    blocked_wait(&blocked, plan->n + 1);
    finish(&blocked);
}

static void restart_stop(const struct plan *plan)
{
    struct blocked blocked = {.plan = plan, .reading = read_once};

    blocked_start(&blocked);
    for (unsigned i = 0; i < plan->n; i++) {
        int status;

        blocked_wait(&blocked, 1);
        require_result(t_kill(blocked.pid, SIGSTOP, SIGNAL_QUEUED), 0);
        book_delivered(blocked.pid, SIGSTOP);
        require(waitpid(blocked.pid, &status, WUNTRACED) == blocked.pid && WIFSTOPPED(status), "stopping a child");
        /* It continues as the signal is sent; to get it is nothing more to a process without a handler. */
        require_result(t_kill(blocked.pid, SIGCONT, SIGNAL_IGNORED), 0);
    }
    blocked_wait(&blocked, 1);
    finish(&blocked);
}

#define RESTARTED .n = 10, .size = 64, .fits = fits_any

const struct scenario restart_scenarios[] = {
    {"restart-sa", "N signals with SA_RESTART during one read; the handler writes to a pipe", RESTARTED,
     .run = restart_sa},
    {"restart-eintr", "N reads ended by a signal, then one with data", RESTARTED, .run = restart_eintr},
    {"restart-stop", "stopped and continued N times during one read", RESTARTED, .run = restart_stop},
    {0},
};
