/* Signals that scenarios send and get. */
#pragma once

#include <sys/types.h>

#include "../core/end.h"

/* The channel of signals `number` to a process. */
struct end signal_end(pid_t receiver, int number);
/* kill(2); `fate` is what becomes of the signal. */
int t_kill(pid_t receiver, int number, enum signal_fate fate);
/* A handler or the default action has had it. Safe in a signal handler. */
void book_delivered(pid_t receiver, int number);
