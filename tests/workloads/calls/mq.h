/* The calls of POSIX message queues, each booked by what it returned. Where 32-bit programs have two numbers for a
 * call, one with a time of 64 bits, they take turns. */
#pragma once

#include <mqueue.h>
#include <signal.h>
#include <stddef.h>
#include <sys/types.h>
#include <time.h>

#include "../core/end.h"

/* `queue` becomes a new channel if it is none yet, and gets the descriptor; a failed open is booked on all queues of
 * the namespace as one. Names are without the slash, as the system call takes them. */
int t_mq_open(struct end *queue, const char *name, int flags, const struct mq_attr *attributes);
int t_mq_unlink(const char *name);
/* `time` is absolute, or NULL. */
int t_mq_send(struct end queue, const void *data, size_t size, unsigned priority, const struct timespec *time);
ssize_t t_mq_receive(struct end queue, void *data, size_t size, unsigned *priority, const struct timespec *time);
int t_mq_notify(struct end queue, const struct sigevent *event);
int t_mq_getsetattr(struct end queue, const struct mq_attr *wanted, struct mq_attr *was);
