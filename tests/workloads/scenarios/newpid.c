/* Processes in a pid namespace of their own: they are counted by their pids in the first one. */
#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../calls/sysv.h"
#include "../core/gate.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../core/tally.h"
#include "families.h"
#include "queue.h"

#define GATE_PID 0 /* the first process of the namespace may look what its pid is */

struct shared {
    struct end reader, writer, queue;
    int set;
};

static void use(const struct plan *plan, const struct shared *shared, bool sends)
{
    struct sembuf operation = {0, sends ? 1 : -1, 0};
    char data[plan->size];

    for (unsigned i = 0; i < plan->n; i++) {
        if (sends) {
            require_result(t_write(shared->writer, data, plan->size), (ssize_t)plan->size);
            require_result(t_mq_send(shared->queue, data, plan->size, 0, NULL), 0);
        } else {
            require_result(t_read(shared->reader, data, plan->size), (ssize_t)plan->size);
            require_result(t_mq_receive(shared->queue, data, plan->size, NULL, NULL), (ssize_t)plan->size);
        }
        require_result(t_semop(shared->set, &operation, 1), 0);
    }
}

/* The first process of the namespace, which starts another. */
static void live_inside(const struct plan *plan, const struct shared *shared)
{
    pid_t child = process_fork(0);

    require(getpid() == (child == 0 ? 2 : 1), "having small pids");
    use(plan, shared, child == 0);
    if (child == 0)
        _exit(0);
    process_join(child);
}

static void newpid(const struct plan *plan)
{
    struct shared shared = {.queue = queue_new(plan->size, 0), .set = t_semget(IPC_PRIVATE, 1, 0600)};
    pid_t child;

    require(shared.set >= 0, "semget");
    pipe_new(&shared.reader, &shared.writer, O_CLOEXEC);
    require(unshare(CLONE_NEWPID) == 0, "unshare(CLONE_NEWPID), which needs CAP_SYS_ADMIN");
    child = process_fork(0);
    if (child == 0) {
        gate_wait(GATE_PID, 1);
        require(tally_pid() == (pid_t)ledger->words[0], "knowing the own pid in the first namespace");
        live_inside(plan, &shared);
        _exit(0);
    }
    ledger->words[0] = child;
    gate_add(GATE_PID, 1);
    process_join(child);
    require_result(t_semctl(shared.set, 0, IPC_RMID, 0), 0);
    end_close(&shared.queue);
}

const struct scenario newpid_scenarios[] = {
    {"newpid", "N messages by pipe and queue, N semaphore operations, between pids 1 and 2", .n = 100, .size = 64,
     .run = newpid},
    {0},
};
