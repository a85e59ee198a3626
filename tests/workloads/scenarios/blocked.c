#include "blocked.h"

#include <string.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../core/gate.h"
#include "../core/process.h"
#include "../core/require.h"

void blocked_start(struct blocked *blocked)
{
    kind_open(blocked->plan->kind, &blocked->link);
    blocked->pid = process_fork(0);
    if (blocked->pid == 0) {
        char data[blocked->plan->size];

        if (blocked->before != NULL)
            blocked->before(blocked);
        blocked->reading(blocked, data);
        _exit(0);
    }
}

void blocked_announce(void)
{
    gate_add(GATE_BLOCKED, 1);
}

void blocked_wait(const struct blocked *blocked, unsigned times)
{
    gate_wait(GATE_BLOCKED, times);
    process_wait_asleep(blocked->pid, blocked->pid);
}

void blocked_release(struct blocked *blocked)
{
    char data[blocked->plan->size];

    memset(data, 0, sizeof(data));
    require_result(t_write(blocked->link.sender, data, sizeof(data)), (ssize_t)sizeof(data));
}
