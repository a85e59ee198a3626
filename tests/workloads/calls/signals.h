/* Signals that scenarios send and get. */
#pragma once

#include <signal.h>
#include <sys/types.h>

#include "../core/end.h"

/* The channel of signals `number` to a process. */
struct end signal_end(pid_t receiver, int number);
/* kill(2); `fate` is what becomes of the signal. */
int t_kill(pid_t receiver, int number, enum signal_fate fate);
/* A handler or the default action has had it. Safe in a signal handler. */
void book_delivered(pid_t receiver, int number);
/* The same of one that the kernel sent by itself. */
void book_delivered_by_kernel(pid_t receiver, int number);

/* tgkill(2) and tkill(2); `receiver` is the process of the thread. */
int t_tgkill(pid_t receiver, pid_t thread, int number, enum signal_fate fate);
int t_tkill(pid_t receiver, pid_t thread, int number, enum signal_fate fate);
/* rt_sigqueueinfo(2), rt_tgsigqueueinfo(2) and pidfd_send_signal(2). `information` may be NULL for the last. */
int t_sigqueueinfo(pid_t receiver, int number, const siginfo_t *information, enum signal_fate fate);
int t_tgsigqueueinfo(pid_t receiver, pid_t thread, int number, const siginfo_t *information, enum signal_fate fate);
int t_pidfd_send_signal(pid_t receiver, int pidfd, int number, const siginfo_t *information, unsigned flags,
                        enum signal_fate fate);
/* Takes one of `set` out, if the time is not up before. What is taken is booked. */
int t_sigtimedwait(const sigset_t *set, const struct timespec *timeout);

/* As sigqueue(3) fills it. */
siginfo_t signal_information(int number);
/* A handler that books what this process gets. It may be told that the kernel sends this signal. */
void signal_handle(int number, int flags, enum via via);
/* Waits until such handlers have run so often, in all processes together. */
void signal_wait_handled(unsigned at_least);
void signal_block(int number);
void signal_unblock(int number);
/* What the tracepoint tells of a signal for which there was no room, beside what the call itself does. */
void book_overflow(pid_t receiver, int number);
