#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../core/tally.h"
#include "signals.h"

/* A failed call has made no signal that could have a fate. */
static int book_sent(pid_t receiver, int number, enum signal_fate fate, long result)
{
    struct end end = signal_end(receiver, number);

    return book_empty(result < 0 ? end : end_detail(end, fate), OPERATION_SEND, result);
}

int t_tgkill(pid_t receiver, pid_t thread, int number, enum signal_fate fate)
{
    return book_sent(receiver, number, fate, syscall(SYS_tgkill, receiver, thread, number));
}

int t_tkill(pid_t receiver, pid_t thread, int number, enum signal_fate fate)
{
    return book_sent(receiver, number, fate, syscall(SYS_tkill, thread, number));
}

int t_sigqueueinfo(pid_t receiver, int number, const siginfo_t *information, enum signal_fate fate)
{
    return book_sent(receiver, number, fate, syscall(SYS_rt_sigqueueinfo, receiver, number, information));
}

int t_tgsigqueueinfo(pid_t receiver, pid_t thread, int number, const siginfo_t *information, enum signal_fate fate)
{
    return book_sent(receiver, number, fate, syscall(SYS_rt_tgsigqueueinfo, receiver, thread, number, information));
}

int t_pidfd_send_signal(pid_t receiver, int pidfd, int number, const siginfo_t *information, unsigned flags,
                        enum signal_fate fate)
{
    return book_sent(receiver, number, fate, syscall(SYS_pidfd_send_signal, pidfd, number, information, flags));
}

/* What the kernel sends by itself says so by a code above 0, timers by one of their own. */
int t_sigtimedwait(const sigset_t *set, const struct timespec *timeout)
{
    siginfo_t information;
    int number = sigtimedwait(set, &information, timeout), before = errno;

    if (number > 0 && (information.si_code > 0 || information.si_code == SI_TIMER))
        book_delivered_by_kernel(tally_pid(), number);
    else if (number > 0)
        book_delivered(tally_pid(), number);
    errno = before;
    return number;
}

siginfo_t signal_information(int number)
{
    siginfo_t information = {.si_signo = number, .si_code = SI_QUEUE};

    information.si_pid = getpid();
    information.si_uid = getuid();
    return information;
}

void book_overflow(pid_t receiver, int number)
{
    book_empty(end_detail(signal_end(receiver, number), SIGNAL_OVERFLOW), OPERATION_SEND, 0);
}
