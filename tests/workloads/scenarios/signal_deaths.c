/* Signals that end a process, one thread or many. */
#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../calls/signals.h"
#include "../core/gate.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../core/tally.h"
#include "../core/thread.h"
#include "families.h"

#define THREADS    8
#define GATE_ALIVE 0
#define EXITING    0 /* word */
#define STEPS      80
#define STEP_NS    100

static void *live(void *argument)
{
    gate_add(GATE_ALIVE, 1);
    for (;;)
        pause();
    return argument;
}

/* A process of `threads` that waits for its end. `alive`: how many threads there have been, with these. */
static pid_t start(unsigned threads, unsigned *alive)
{
    pid_t pid = process_fork(0);

    *alive += threads;
    if (pid == 0) {
        struct rlimit none = {0, 0};

        require(setrlimit(RLIMIT_CORE, &none) == 0, "setrlimit");
        for (unsigned i = 1; i < threads; i++)
            thread_run(live, NULL);
        live(NULL);
    }
    gate_wait(GATE_ALIVE, *alive);
    return pid;
}

/* Only the one that was sent counts, though the kernel ends the threads by SIGKILLs of its own. */
static void deaths(const struct plan *plan)
{
    const int numbers[] = {SIGKILL, SIGUSR1, SIGHUP, SIGQUIT, SIGRTMIN + 3, SIGABRT};
    unsigned alive = 0;

    for (unsigned i = 0; i < plan->n; i++) {
        int number = numbers[i % (sizeof(numbers) / sizeof(numbers[0]))];
        pid_t pid = start(i % 2 == 0 ? 1 : THREADS, &alive);

        require_result(t_kill(pid, number, SIGNAL_QUEUED), 0);
        book_delivered(pid, number);
        process_join_killed(pid, number);
    }
}

/* It does not live to book the call, which has returned. */
static void kill_itself(void *argument)
{
    kill(getpid(), *(int *)argument);
    _exit(1);
}

static void suicides(const struct plan *plan)
{
    int numbers[] = {SIGKILL, SIGUSR2};

    for (unsigned i = 0; i < plan->n; i++) {
        pid_t pid = process_run(kill_itself, &numbers[i % 2]);

        process_join_killed(pid, numbers[i % 2]);
        book_for(pid, 0, signal_end(pid, numbers[i % 2]), OPERATION_SEND, 0, 0);
        book_delivered(pid, numbers[i % 2]);
    }
}

/* The parent has not waited for it yet, so the signal can be sent; nobody gets it. */
static void dead_already(const struct plan *plan)
{
    for (unsigned i = 0; i < plan->n; i++) {
        pid_t pid = process_fork(0);

        if (pid == 0)
            _exit(0);
        process_wait_state(pid, pid, 'Z');
        require_result(t_kill(pid, SIGUSR1, SIGNAL_IGNORED), 0);
        require_result(t_kill(pid, SIGKILL, SIGNAL_IGNORED), 0);
        process_join(pid);
    }
}

/* Kills processes inside exit_group, or a little before or after. Until the kernel has noted the code of the exit
 * (do_group_exit) the signal is what ends them, though it never comes to where signals are delivered; then it is
 * ignored. */
static void exiting(const struct plan *plan)
{
    for (unsigned i = 1; i <= plan->n; i++) {
        pid_t pid = process_fork(0);
        int status;

        if (pid == 0) {
            uint64_t moment = now_ns() + i % STEPS * STEP_NS;

            ledger->words[EXITING] = i;
            while (now_ns() < moment)
                continue;
            _exit(0);
        }
        while (ledger->words[EXITING] < i)
            continue;
        require(kill(pid, SIGKILL) == 0, "kill");
        require(waitpid(pid, &status, 0) == pid, "waitpid");
        book_empty(end_detail(signal_end(pid, SIGKILL), WIFSIGNALED(status) ? SIGNAL_QUEUED : SIGNAL_IGNORED),
                   OPERATION_SEND, 0);
        if (WIFSIGNALED(status))
            book_delivered(pid, SIGKILL);
    }
}

static void *end_all(void *argument)
{
    gate_wait(GATE_ALIVE, *(unsigned *)argument);
    _exit(0);
}

static void *become_another(void *argument)
{
    gate_wait(GATE_ALIVE, *(unsigned *)argument);
    execl("/bin/true", "true", NULL);
    require(false, "execl(/bin/true)");
    return argument;
}

/* The other threads end by SIGKILLs that nobody sent. */
static void ended_by_thread(const struct plan *plan)
{
    unsigned alive = 0;

    for (unsigned i = 0; i < plan->n; i++) {
        pid_t pid = process_fork(0);

        alive += THREADS;
        if (pid == 0) {
            for (int j = 1; j < THREADS; j++)
                thread_run(live, NULL);
            thread_run(i % 2 == 0 ? end_all : become_another, &alive);
            live(NULL);
        }
        process_join(pid);
    }
}

static int *volatile nowhere;

static void fault(void)
{
    *nowhere = 1;
}

static void wait_for_alarm(void)
{
    struct itimerval soon = {.it_value = {.tv_usec = 1000}};

    signal(SIGALRM, SIG_DFL);
    require(setitimer(ITIMER_REAL, &soon, NULL) == 0, "setitimer");
    for (;;)
        pause();
}

static void die_by_kernel(void (*how)(void), int number)
{
    pid_t pid = process_fork(0);

    if (pid == 0) {
        struct rlimit none = {0, 0};

        require(setrlimit(RLIMIT_CORE, &none) == 0, "setrlimit");
        how();
        _exit(1);
    }
    process_join_killed(pid, number);
    book_delivered_by_kernel(pid, number);
}

static void die_of_pipe(void)
{
    struct end reader, writer;
    pid_t pid;

    pipe_new(&reader, &writer, O_CLOEXEC);
    end_close(&reader);
    pid = process_fork(0);
    if (pid == 0) {
        signal(SIGPIPE, SIG_DFL);
        t_write(writer, "", 1);
        _exit(1);
    }
    process_join_killed(pid, SIGPIPE);
    book_delivered_by_kernel(pid, SIGPIPE);
    /* The call had failed before the signal came to its turn. */
    errno = EPIPE;
    book_for(pid, 0, writer, OPERATION_WRITE, -1, 0);
    end_close(&writer);
}

static void by_kernel(const struct plan *plan)
{
    for (unsigned i = 0; i < plan->n; i++) {
        die_by_kernel(fault, SIGSEGV);
        die_by_kernel(wait_for_alarm, SIGALRM);
        die_of_pipe();
    }
}

const struct scenario signal_death_scenarios[] = {
    {"signal/deaths", "N processes of 1 or 8 threads, ended by signals", .n = 24, .run = deaths},
    {"signal/suicides", "N processes that end themselves", .n = 10, .run = suicides},
    {"signal/dead", "2N signals to processes that have ended already", .n = 20, .run = dead_already},
    {"signal/exiting", "N processes killed while they exit", .n = 1000, .run = exiting},
    {"signal/exit-threads", "a thread ends N processes of 8, or executes another program: nothing is received", .n = 10,
     .run = ended_by_thread},
    {"signal/kernel-deaths", "3N processes ended by SIGSEGV, SIGALRM, SIGPIPE of the kernel", .n = 10,
     .run = by_kernel},
    {0},
};
