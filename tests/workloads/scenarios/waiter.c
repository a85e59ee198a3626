#include "waiter.h"

#include <unistd.h>

#include "../core/gate.h"
#include "../core/process.h"

#define GATE_WAITING 2

void waiter_start(struct waiter *waiter)
{
    waiter->memory = memory_open(waiter->sharing, 1);
    waiter->word = word_in(&waiter->memory, 3);
    waiter->other = word_in(&waiter->memory, 7);
    waiter->pid = process_fork(0);
    if (waiter->pid == 0) {
        waiter->waiting(waiter);
        _exit(0);
    }
}

void waiter_announce(void)
{
    gate_add(GATE_WAITING, 1);
}

void waiter_wait(const struct waiter *waiter, unsigned times)
{
    gate_wait(GATE_WAITING, times);
    process_wait_asleep(waiter->pid, waiter->pid);
}

void waiter_join(struct waiter *waiter)
{
    process_join(waiter->pid);
    memory_close(waiter->sharing, &waiter->memory);
}

void waiter_join_killed(struct waiter *waiter, int signal)
{
    process_join_killed(waiter->pid, signal);
    memory_close(waiter->sharing, &waiter->memory);
}
