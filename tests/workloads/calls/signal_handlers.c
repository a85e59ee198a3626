#include <errno.h>
#include <stdbool.h>

#include "../core/gate.h"
#include "../core/require.h"
#include "../core/tally.h"
#include "signals.h"

#define GATE_HANDLED (TALLY_GATES - 1)

static bool by_kernel[_NSIG];

static void on_signal(int number)
{
    int before = errno;

    if (by_kernel[number])
        book_delivered_by_kernel(tally_pid(), number);
    else
        book_delivered(tally_pid(), number);
    gate_add(GATE_HANDLED, 1);
    errno = before;
}

void signal_handle(int number, int flags, enum via via)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = flags};

    by_kernel[number] = via == VIA_KERNEL;
    require(sigaction(number, &action, NULL) == 0, "sigaction");
}

void signal_wait_handled(unsigned at_least)
{
    gate_wait(GATE_HANDLED, at_least);
}

static void change_mask(int how, int number)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, number);
    require(pthread_sigmask(how, &set, NULL) == 0, "pthread_sigmask");
}

void signal_block(int number)
{
    change_mask(SIG_BLOCK, number);
}

void signal_unblock(int number)
{
    change_mask(SIG_UNBLOCK, number);
}
