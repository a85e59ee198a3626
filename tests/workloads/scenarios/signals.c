/* Signals between processes, sent by every call, and what becomes of them. */
#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../calls/signals.h"
#include "../core/process.h"
#include "../core/require.h"
#include "families.h"
#include "receiver.h"

#define WAYS 7

/* Queued, for a receiver that is its own only thread. */
static void send_one(pid_t pid, int pidfd, int number, unsigned way)
{
    siginfo_t information = signal_information(number);

    switch (way % WAYS) {
    case 0:
        require_result(t_kill(pid, number, SIGNAL_QUEUED), 0);
        break;
    case 1:
        require_result(t_tgkill(pid, pid, number, SIGNAL_QUEUED), 0);
        break;
    case 2:
        require_result(t_tkill(pid, pid, number, SIGNAL_QUEUED), 0);
        break;
    case 3:
        require_result(t_sigqueueinfo(pid, number, &information, SIGNAL_QUEUED), 0);
        break;
    case 4:
        require_result(t_tgsigqueueinfo(pid, pid, number, &information, SIGNAL_QUEUED), 0);
        break;
    case 5:
        require_result(t_pidfd_send_signal(pid, pidfd, number, NULL, 0, SIGNAL_QUEUED), 0);
        break;
    default:
        require_result(t_pidfd_send_signal(pid, pidfd, number, &information, 0, SIGNAL_QUEUED), 0);
    }
}

static int pidfd_of(pid_t pid)
{
    int pidfd = syscall(SYS_pidfd_open, pid, 0);

    require(pidfd >= 0, "pidfd_open");
    return pidfd;
}

static void handle_both(void)
{
    signal_handle(SIGUSR1, 0, VIA_SYSCALL);
    signal_handle(SIGRTMIN + 1, SA_RESTART, VIA_SYSCALL);
}

/* Signal 0 is no signal. */
static void handled(const struct plan *plan)
{
    pid_t pid = receiver_start(handle_both, NULL);
    int pidfd = pidfd_of(pid);

    for (unsigned i = 0; i < plan->n; i++) {
        send_one(pid, pidfd, i % 2 == 0 ? SIGUSR1 : SIGRTMIN + 1, i);
        signal_wait_handled(i + 1);
        require(kill(pid, 0) == 0 && syscall(SYS_tgkill, pid, pid, 0) == 0, "ask for a process by signal 0");
        require(syscall(SYS_pidfd_send_signal, pidfd, 0, NULL, 0) == 0, "ask for a process by signal 0");
    }
    require(close(pidfd) == 0, "close");
    receiver_join(pid);
}

static void to_itself(const struct plan *plan)
{
    int pidfd = pidfd_of(getpid());

    signal_handle(SIGUSR2, 0, VIA_SYSCALL);
    for (unsigned i = 0; i < plan->n; i++) {
        send_one(getpid(), pidfd, SIGUSR2, i);
        signal_wait_handled(i + 1);
    }
    require(close(pidfd) == 0, "close");
}

static void ignore(void)
{
    signal(SIGUSR1, SIG_IGN);
    signal(SIGRTMIN, SIG_IGN);
}

static void ignored(const struct plan *plan)
{
    pid_t pid = receiver_start(ignore, NULL);
    siginfo_t information = signal_information(SIGRTMIN);

    for (unsigned i = 0; i < plan->n; i++) {
        require_result(t_kill(pid, SIGUSR1, SIGNAL_IGNORED), 0);
        require_result(t_tgkill(pid, pid, SIGURG, SIGNAL_IGNORED), 0); /* by default */
        require_result(t_sigqueueinfo(pid, SIGRTMIN, &information, SIGNAL_IGNORED), 0);
        require_result(t_kill(pid, SIGCONT, SIGNAL_IGNORED), 0);
    }
    receiver_join(pid);
}

static void block_and_handle(void)
{
    signal_block(SIGUSR1);
    signal_block(SIGRTMIN + 2);
    signal_handle(SIGUSR1, 0, VIA_SYSCALL);
    signal_handle(SIGRTMIN + 2, 0, VIA_SYSCALL);
}

static void unblock(void)
{
    signal_unblock(SIGUSR1);
    signal_unblock(SIGRTMIN + 2);
}

/* A thread has signals pending beside those of its process. Real-time ones are queued as often as they come. */
static void blocked(const struct plan *plan)
{
    siginfo_t information = signal_information(SIGRTMIN + 2);
    pid_t pid = receiver_start(block_and_handle, unblock);

    for (unsigned i = 0; i < plan->n; i++) {
        require_result(t_kill(pid, SIGUSR1, i == 0 ? SIGNAL_QUEUED : SIGNAL_COALESCED), 0);
        require_result(t_tgkill(pid, pid, SIGUSR1, i == 0 ? SIGNAL_QUEUED : SIGNAL_COALESCED), 0);
        require_result(t_sigqueueinfo(pid, SIGRTMIN + 2, &information, SIGNAL_QUEUED), 0);
        require_result(t_kill(pid, SIGRTMIN + 2, SIGNAL_QUEUED), 0);
    }
    receiver_join(pid);
}

const struct scenario signal_scenarios[] = {
    {"signal/handled", "N signals to a handler, by kill, tgkill, tkill, …sigqueueinfo, pidfd_send_signal", .n = 210,
     .run = handled},
    {"signal/self", "the same to the process itself", .n = 210, .run = to_itself},
    {"signal/ignored", "4N signals that nobody wants", .n = 50, .run = ignored},
    {"signal/blocked", "4N signals to a process that blocks them: the standard ones coalesce", .n = 50, .run = blocked},
    {0},
};
