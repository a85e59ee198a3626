#include <signal.h>

#include "../core/tally.h"
#include "signals.h"

struct end signal_end(pid_t receiver, int number)
{
    return end_named(MECHANISM_SIGNAL, (uint64_t)receiver << 8 | number);
}

int t_kill(pid_t receiver, int number, enum signal_fate fate)
{
    return book_empty(end_detail(signal_end(receiver, number), fate), OPERATION_SEND, kill(receiver, number));
}

void book_delivered(pid_t receiver, int number)
{
    book_for(receiver, 0, signal_end(receiver, number), OPERATION_RECEIVE, 0, 0);
}

void book_delivered_by_kernel(pid_t receiver, int number)
{
    book_for(receiver, 0, end_via(signal_end(receiver, number), VIA_KERNEL), OPERATION_RECEIVE, 0, 0);
}
