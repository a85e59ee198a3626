/* A child that waits on a word which the scenario shares with it. */
#pragma once

#include <stdint.h>
#include <sys/types.h>

#include "../calls/futexes.h"
#include "scenario.h"

struct waiter {
    const struct plan *plan;
    enum sharing sharing;
    struct memory memory;
    struct word word, other; /* two words of the memory, both 0 */
    pid_t pid;
    void (*waiting)(struct waiter *waiter); /* in the child */
};

/* Makes the memory and starts the child. */
void waiter_start(struct waiter *waiter);
/* In the child, right before each call that is going to wait. */
void waiter_announce(void);
/* In the parent: the child has announced `times` calls and waits inside. */
void waiter_wait(const struct waiter *waiter, unsigned times);
/* The child has ended well; what it waited on goes. */
void waiter_join(struct waiter *waiter);
/* Was killed. */
void waiter_join_killed(struct waiter *waiter, int signal);
