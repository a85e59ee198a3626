/* Signals that cannot be sent, and those for which there is no room. */
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../calls/signals.h"
#include "../core/process.h"
#include "../core/require.h"
#include "families.h"
#include "receiver.h"

#define NOBODY   65534
#define STRANGER 65001 /* a user of this scenario alone: pending signals are limited for each user */
#define ROOM     3
#define NO_PID   (INT_MAX - 1)

static int pidfd_of(pid_t pid)
{
    int pidfd = syscall(SYS_pidfd_open, pid, 0);

    require(pidfd >= 0, "pidfd_open");
    return pidfd;
}

static void fail_to_find(pid_t pid)
{
    siginfo_t information = signal_information(SIGUSR1), forged = information;

    forged.si_code = SI_USER;
    require_error(t_kill(NO_PID, SIGUSR1, 0), ESRCH);
    require_error(t_tgkill(NO_PID, NO_PID, SIGUSR1, 0), ESRCH);
    require_error(t_tgkill(NO_PID, pid, SIGUSR1, 0), ESRCH);
    require_error(t_tkill(NO_PID, NO_PID, SIGUSR1, 0), ESRCH);
    require_error(t_sigqueueinfo(NO_PID, SIGUSR1, &information, 0), ESRCH);
    require_error(t_tgsigqueueinfo(NO_PID, NO_PID, SIGUSR1, &information, 0), ESRCH);
    require_error(t_kill(pid, _NSIG, 0), EINVAL);
    require_error(t_tgkill(pid, pid, _NSIG + 7, 0), EINVAL);
    require_error(t_tgkill(pid, 0, SIGUSR1, 0), EINVAL);
    require_error(t_tkill(pid, -1, SIGUSR1, 0), EINVAL);
    require_error(t_sigqueueinfo(pid, SIGUSR1, &forged, 0), EPERM); /* only the kernel's kill may say so */
    require_error(t_tgsigqueueinfo(pid, pid, SIGUSR1, &forged, 0), EPERM);
    require_error(t_sigqueueinfo(pid, SIGUSR1, (siginfo_t *)(uintptr_t)1, 0), EFAULT);
}

static void fail_by_pidfd(pid_t pid)
{
    siginfo_t information = signal_information(SIGUSR2);
    pid_t gone = process_fork(0);
    int pidfd = pidfd_of(pid), late;

    if (gone == 0)
        _exit(0);
    late = pidfd_of(gone);
    process_join(gone);
    require_error(t_pidfd_send_signal(gone, late, SIGUSR1, NULL, 0, 0), ESRCH);
    require_error(t_pidfd_send_signal(pid, pidfd, SIGUSR1, NULL, 1u << 30, 0), EINVAL);
    require_error(t_pidfd_send_signal(pid, pidfd, SIGUSR1, &information, 0, 0), EINVAL); /* two numbers */
    require(close(late) == 0 && close(pidfd) == 0, "close");
}

static void fail_as_nobody(void *argument)
{
    pid_t pid = *(pid_t *)argument;
    siginfo_t information = signal_information(SIGUSR1);
    int pidfd = pidfd_of(pid);

    require(setuid(NOBODY) == 0, "setuid");
    require_error(t_kill(pid, SIGUSR1, 0), EPERM);
    require_error(t_tgkill(pid, pid, SIGKILL, 0), EPERM);
    require_error(t_sigqueueinfo(pid, SIGUSR1, &information, 0), EPERM);
    require_error(t_pidfd_send_signal(pid, pidfd, SIGUSR1, NULL, 0, 0), EPERM);
}

static void errors(const struct plan *plan)
{
    pid_t pid = process_fork(0);

    if (pid == 0)
        for (;;)
            pause();
    for (unsigned i = 0; i < plan->n; i++) {
        fail_to_find(pid);
        fail_by_pidfd(pid);
        process_join(process_run(fail_as_nobody, &pid));
    }
    require_result(t_kill(pid, SIGUSR2, SIGNAL_QUEUED), 0);
    book_delivered(pid, SIGUSR2);
    process_join_killed(pid, SIGUSR2);
}

static void become_stranger(void)
{
    struct rlimit little = {ROOM, ROOM};

    for (int number = 0; number < 3; number++) {
        signal_block(SIGRTMIN + number);
        signal_handle(SIGRTMIN + number, 0, VIA_SYSCALL);
    }
    signal_block(SIGUSR1);
    signal_handle(SIGUSR1, 0, VIA_SYSCALL);
    require(setrlimit(RLIMIT_SIGPENDING, &little) == 0, "setrlimit");
    require(setuid(STRANGER) == 0, "setuid");
}

static void unblock(void)
{
    for (int number = 0; number < 3; number++)
        signal_unblock(SIGRTMIN + number);
    signal_unblock(SIGUSR1);
}

/* The tracepoint tells of a signal that found no room, and the call says so, too: one operation and one would-block.
 * Without its information a signal still arrives, but is not queued behind others of its number. */
static void overflow(const struct plan *plan)
{
    siginfo_t information = signal_information(SIGRTMIN), standard = signal_information(SIGUSR1);
    pid_t pid = receiver_start(become_stranger, unblock);

    for (int i = 0; i < ROOM; i++)
        require_result(t_sigqueueinfo(pid, SIGRTMIN, &information, SIGNAL_QUEUED), 0);
    for (unsigned i = 0; i < plan->n; i++) {
        require_error(t_sigqueueinfo(pid, SIGRTMIN, &information, 0), EAGAIN);
        book_overflow(pid, SIGRTMIN);
        require_error(t_tgkill(pid, pid, SIGRTMIN + 2, 0), EAGAIN);
        book_overflow(pid, SIGRTMIN + 2);
        require_result(t_kill(pid, SIGRTMIN + 1, SIGNAL_TRUNCATED), 0);
        require_result(t_sigqueueinfo(pid, SIGUSR1, &standard, i == 0 ? SIGNAL_TRUNCATED : SIGNAL_COALESCED), 0);
    }
    receiver_join(pid);
}

const struct scenario signal_error_scenarios[] = {
    {"signal/errors", "every call that sends a signal, failing", .n = 20, .run = errors},
    {"signal/overflow", "signals to a process that may have 3 pending ones", .n = 10, .run = overflow},
    {0},
};
