/* Signals that the kernel sends by itself. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../calls/signals.h"
#include "../core/gate.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../core/tally.h"
#include "families.h"

/* One SIGCHLD at a time: they would coalesce. */
static void children(const struct plan *plan)
{
    unsigned handled = 0;

    signal_handle(SIGCHLD, SA_RESTART, VIA_KERNEL);
    for (unsigned i = 0; i < plan->n; i++) {
        pid_t pid = process_fork(0);

        if (pid == 0)
            _exit(0);
        signal_wait_handled(++handled);
        process_join(pid);
    }
    signal(SIGCHLD, SIG_DFL);
}

static void alarms(const struct plan *plan)
{
    struct itimerval soon = {.it_value = {.tv_usec = 500}};

    signal_handle(SIGALRM, 0, VIA_KERNEL);
    for (unsigned i = 0; i < plan->n; i++) {
        require(setitimer(ITIMER_REAL, &soon, NULL) == 0, "setitimer");
        signal_wait_handled(i + 1);
    }
}

/* How often a timer goes off while its signal is pending does not matter: it is received once. */
static void timers(const struct plan *plan)
{
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN + 5};
    struct itimerspec each_ms = {{0, 1000000}, {0, 1000000}};
    timer_t timer;

    signal_handle(SIGRTMIN + 5, 0, VIA_KERNEL);
    require(timer_create(CLOCK_MONOTONIC, &event, &timer) == 0, "timer_create");
    require(timer_settime(timer, 0, &each_ms, NULL) == 0, "timer_settime");
    signal_wait_handled(plan->n);
    require(timer_delete(timer) == 0, "timer_delete");
}

static void broken_pipe(const struct plan *plan)
{
    struct end reader, writer;

    pipe_new(&reader, &writer, O_CLOEXEC);
    end_close(&reader);
    signal_handle(SIGPIPE, 0, VIA_KERNEL);
    for (unsigned i = 0; i < plan->n; i++) {
        require_error(t_write(writer, "", 1), EPIPE);
        signal_wait_handled(i + 1);
    }
    end_close(&writer);
}

static int *volatile nowhere;
static sigjmp_buf before_fault;

static void on_fault(int number)
{
    book_delivered_by_kernel(getpid(), number);
    siglongjmp(before_fault, 1);
}

static void faults(const struct plan *plan)
{
    static volatile unsigned done;

    signal(SIGSEGV, on_fault);
    for (done = 0; done < plan->n; done++)
        if (sigsetjmp(before_fault, 1) == 0)
            *nowhere = 1;
}

static void readiness(const struct plan *plan)
{
    struct end reader, writer;
    char byte;

    pipe_new(&reader, &writer, O_CLOEXEC);
    signal_handle(SIGIO, SA_RESTART, VIA_KERNEL);
    require(fcntl(reader.fd, F_SETOWN, getpid()) == 0, "fcntl(F_SETOWN)");
    require(fcntl(reader.fd, F_SETFL, O_ASYNC) == 0, "fcntl(F_SETFL)");
    for (unsigned i = 0; i < plan->n; i++) {
        require_result(t_write(writer, "", 1), 1);
        signal_wait_handled(i + 1);
        require_result(t_read(reader, &byte, 1), 1);
    }
    end_close(&reader);
    end_close(&writer);
}

#define GATE_LISTENING 0
#define GATE_FREE      1

static void live_on(unsigned turn)
{
    signal_handle(SIGUSR1, 0, VIA_KERNEL);
    require(prctl(PR_SET_PDEATHSIG, SIGUSR1) == 0, "prctl");
    gate_add(GATE_LISTENING, 1);
    gate_wait(GATE_FREE, turn);
    _exit(0);
}

/* A process is told of its parent's end. */
static void orphans(const struct plan *plan)
{
    require(prctl(PR_SET_CHILD_SUBREAPER, 1) == 0, "prctl");
    for (unsigned turn = 1; turn <= plan->n; turn++) {
        pid_t parent = process_fork(0);

        if (parent == 0) {
            pid_t child = process_fork(0);

            if (child == 0)
                live_on(turn);
            ledger->words[0] = child;
            gate_wait(GATE_LISTENING, turn);
            _exit(0);
        }
        process_join(parent);
        signal_wait_handled(turn);
        gate_add(GATE_FREE, 1);
        process_join(ledger->words[0]);
    }
}

const struct scenario signal_kernel_scenarios[] = {
    {"signal/sigchld", "N children end", .n = 50, .run = children},
    {"signal/sigalrm", "N times setitimer", .n = 50, .run = alarms},
    {"signal/timer", "a timer that goes off each millisecond, handled N times", .n = 50, .run = timers},
    {"signal/sigpipe", "N writes to a pipe that nobody reads", .n = 50, .run = broken_pipe},
    {"signal/sigsegv", "N times no memory", .n = 50, .run = faults},
    {"signal/sigio", "N bytes in a pipe that says so by a signal", .n = 50, .run = readiness},
    {"signal/parent-death", "N processes whose parent ends", .n = 10, .run = orphans},
    {0},
};
