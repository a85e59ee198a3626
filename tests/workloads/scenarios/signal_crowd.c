/* Signals among many: groups, threads, takers, storms. */
#include <errno.h>
#include <stdint.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../calls/signals.h"
#include "../core/gate.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../core/tally.h"
#include "../core/thread.h"
#include "families.h"
#include "receiver.h"

#define MEMBERS   5
#define THREADS   8
#define SENDERS   3
#define GATE_DONE 0
#define NUMBER    (SIGRTMIN + 4)

static void handle(void)
{
    signal_handle(NUMBER, SA_RESTART, VIA_SYSCALL);
}

/* One send for each process, and one for all that fails. */
static void group(const struct plan *plan)
{
    pid_t members[MEMBERS];
    struct end failed = signal_end(0, NUMBER);

    for (int i = 0; i < MEMBERS; i++) {
        members[i] = receiver_start(handle, NULL);
        require(setpgid(members[i], members[0]) == 0, "setpgid");
    }
    for (unsigned i = 0; i < plan->n; i++) {
        require(kill(-members[0], NUMBER) == 0, "kill a group");
        for (int j = 0; j < MEMBERS; j++)
            book_empty(signal_end(members[j], NUMBER), OPERATION_SEND, 0);
        signal_wait_handled((i + 1) * MEMBERS);
    }
    for (int i = 0; i < MEMBERS; i++)
        receiver_join(members[i]);
    require_error(book_empty(failed, OPERATION_SEND, kill(-members[0], NUMBER)), ESRCH);
}

static void *wait_in_thread(void *argument)
{
    ledger->words[(uintptr_t)argument] = gettid();
    gate_add(GATE_DONE, 1);
    for (;;)
        pause();
    return NULL;
}

static void handle_in_threads(void)
{
    handle();
    for (uintptr_t i = 0; i < THREADS; i++)
        thread_run(wait_in_thread, (void *)i);
    gate_wait(GATE_DONE, THREADS);
}

static void to_threads(const struct plan *plan)
{
    pid_t pid = receiver_start(handle_in_threads, NULL);

    for (unsigned i = 0; i < plan->n; i++) {
        pid_t thread = ledger->words[i % THREADS];

        if (i % 3 == 0)
            require_result(t_kill(pid, NUMBER, SIGNAL_QUEUED), 0);
        else if (i % 3 == 1)
            require_result(t_tgkill(pid, thread, NUMBER, SIGNAL_QUEUED), 0);
        else
            require_result(t_tkill(pid, thread, NUMBER, SIGNAL_QUEUED), 0);
    }
    signal_wait_handled(plan->n);
    receiver_join(pid);
}

static sigset_t taken;
static unsigned to_take;

static void block_taken(void)
{
    sigemptyset(&taken);
    sigaddset(&taken, NUMBER);
    sigaddset(&taken, SIGUSR1);
    signal_block(NUMBER);
    signal_block(SIGUSR1);
}

static void take_all(void)
{
    struct timespec none = {0, 0};

    for (unsigned i = 0; i < to_take; i++)
        require(t_sigtimedwait(&taken, NULL) > 0, "sigtimedwait");
    require_error(t_sigtimedwait(&taken, &none), EAGAIN); /* nothing taken, nothing received */
}

static void take(const struct plan *plan)
{
    pid_t pid;

    to_take = plan->n + 1;
    pid = receiver_start(block_taken, take_all);
    for (unsigned i = 0; i < plan->n; i++)
        require_result(t_kill(pid, NUMBER, SIGNAL_QUEUED), 0);
    require_result(t_kill(pid, SIGUSR1, SIGNAL_QUEUED), 0);
    receiver_join(pid);
}

/* Of the kernel's: children that end. */
static void take_children(const struct plan *plan)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    signal_block(SIGCHLD);
    for (unsigned i = 0; i < plan->n; i++) {
        pid_t pid = process_fork(0);

        if (pid == 0)
            _exit(0);
        require_result(t_sigtimedwait(&set, NULL), SIGCHLD);
        process_join(pid);
    }
}

static void read_signals(const struct plan *plan)
{
    struct signalfd_siginfo information;
    sigset_t set;
    int fd;

    sigemptyset(&set);
    sigaddset(&set, SIGUSR2);
    signal_block(SIGUSR2);
    fd = signalfd(-1, &set, SFD_CLOEXEC);
    for (unsigned i = 0; i < plan->n; i++) {
        require_result(t_kill(getpid(), SIGUSR2, SIGNAL_QUEUED), 0);
        require(read(fd, &information, sizeof(information)) == sizeof(information), "read of a signalfd");
    }
    require(close(fd) == 0, "close");
}

struct storm {
    const struct plan *plan;
    pid_t receiver;
};

static void *send_many(void *argument)
{
    struct storm *storm = argument;
    siginfo_t information = signal_information(NUMBER);

    for (unsigned i = 0; i < storm->plan->n; i++)
        require_result(t_sigqueueinfo(storm->receiver, NUMBER, &information, SIGNAL_QUEUED), 0);
    return NULL;
}

static void send_in_threads(void *argument)
{
    pthread_t other = thread_run(send_many, argument);

    send_many(argument);
    thread_join(other);
}

static void storm(const struct plan *plan)
{
    struct storm storm = {plan, receiver_start(handle_in_threads, NULL)};
    pid_t senders[SENDERS];

    for (int i = 0; i < SENDERS; i++)
        senders[i] = process_run(send_in_threads, &storm);
    for (int i = 0; i < SENDERS; i++)
        process_join(senders[i]);
    signal_wait_handled(2 * SENDERS * plan->n);
    receiver_join(storm.receiver);
}

const struct scenario signal_crowd_scenarios[] = {
    {"signal/group", "N signals to a group of 5 processes", .n = 20, .run = group},
    {"signal/threads", "N real-time signals to a process of 9 threads and to its threads", .n = 300, .run = to_threads},
    {"signal/taken", "N+1 signals taken by rt_sigtimedwait", .n = 100, .run = take},
    {"signal/taken-sigchld", "N SIGCHLDs taken by rt_sigtimedwait", .n = 20, .run = take_children},
    {"signal/signalfd", "N signals read from a signalfd: sent only", .n = 20, .run = read_signals},
    {"signal/storm", "6 threads of 3 processes send N real-time signals each to one of 9 threads", .n = 1000,
     .run = storm},
    {0},
};
