#include "receiver.h"

#include <stddef.h>
#include <unistd.h>

#include "../core/gate.h"
#include "../core/process.h"

#define GATE_PREPARED 4
#define GATE_FINISH   5

static unsigned started;

pid_t receiver_start(void (*prepare)(void), void (*finish)(void))
{
    pid_t pid = process_fork(0);

    started++;
    if (pid == 0) {
        prepare();
        gate_add(GATE_PREPARED, 1);
        gate_wait(GATE_FINISH, started);
        if (finish != NULL)
            finish();
        _exit(0);
    }
    gate_wait(GATE_PREPARED, started);
    return pid;
}

void receiver_join(pid_t pid)
{
    gate_add(GATE_FINISH, 1);
    process_join(pid);
}
