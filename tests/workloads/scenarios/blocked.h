/* A child that waits inside one call on a channel whose other end the scenario keeps. */
#pragma once

#include <sys/types.h>

#include "scenario.h"

struct blocked {
    const struct plan *plan;
    struct link link;
    pid_t pid;
    void (*before)(struct blocked *blocked);              /* in the child, before it reads; may be NULL */
    void (*reading)(struct blocked *blocked, char *data); /* in the child */
};

#define GATE_BLOCKED 0

/* Opens the channel and starts the child. */
void blocked_start(struct blocked *blocked);
/* In the child, right before each call that is going to wait. */
void blocked_announce(void);
/* In the parent: the child has announced `times` calls and waits inside. */
void blocked_wait(const struct blocked *blocked, unsigned times);
/* Sends one message of SIZE bytes, for the child to read. */
void blocked_release(struct blocked *blocked);
