/* POSIX queues of a scenario. */
#pragma once

#include "../calls/mq.h"

#define MESSAGES 8 /* that a queue takes: below fs.mqueue.msg_max */

/* Name of a queue of the scenario's own; it lives until the next call. */
const char *queue_name(const char *what);
/* A queue for both directions that nobody else can open any more. */
struct end queue_new(size_t size, int flags);
