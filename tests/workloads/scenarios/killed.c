/* Calls that never return. The parent books them for the child. */
#include <signal.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../calls/signals.h"
#include "../core/gate.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../core/tally.h"
#include "../core/thread.h"
#include "blocked.h"
#include "families.h"

static void read_for_ever(struct blocked *blocked, char *data)
{
    blocked_announce();
    t_read(blocked->link.receiver, data, blocked->plan->size);
    require(false, "waiting for ever in read");
}

static void end_child(pid_t pid)
{
    require_result(t_kill(pid, SIGKILL, SIGNAL_QUEUED), 0);
    process_join_killed(pid, SIGKILL);
    book_delivered(pid, SIGKILL);
}

static void killed_inside(const struct plan *plan)
{
    for (unsigned i = 0; i < plan->n; i++) {
        struct blocked blocked = {.plan = plan, .reading = read_for_ever};

        blocked_start(&blocked);
        blocked_wait(&blocked, i + 1);
        end_child(blocked.pid);
        book_interrupted(blocked.pid, 0, blocked.link.receiver, operation_in(blocked.link.receiver));
        link_close(&blocked.link);
    }
}

static void killed_accept(const struct plan *plan)
{
    struct link link = {0};
    pid_t child;

    plan->kind->prepare(plan->kind, &link);
    child = process_fork(0);
    if (child == 0) {
        blocked_announce();
        t_accept(link.receiver);
        _exit(1);
    }
    gate_wait(GATE_BLOCKED, 1);
    process_wait_asleep(child, child);
    end_child(child);
    book_interrupted(child, 0, link.receiver, OPERATION_ACCEPT);
    end_close(&link.receiver);
}

#define READERS 4

struct reader {
    struct blocked *blocked;
    int number;
};

static void *read_in_thread(void *argument)
{
    struct reader *reader = argument;
    char data[reader->blocked->plan->size];

    ledger->words[reader->number] = gettid();
    read_for_ever(reader->blocked, data);
    return NULL;
}

/* The leader ends the process while other threads read. */
static void exit_while_reading(struct blocked *blocked, char *data)
{
    struct reader readers[READERS];

    (void)data;
    for (int i = 0; i < READERS; i++) {
        readers[i] = (struct reader){blocked, i};
        thread_run(read_in_thread, &readers[i]);
    }
    gate_wait(GATE_BLOCKED, READERS);
    for (int i = 0; i < READERS; i++)
        process_wait_asleep(getpid(), ledger->words[i]);
    _exit(0); /* exit_group */
}

static void killed_exit_group(const struct plan *plan)
{
    struct blocked blocked = {.plan = plan, .reading = exit_while_reading};

    blocked_start(&blocked);
    process_join(blocked.pid);
    for (int i = 0; i < READERS; i++)
        book_interrupted(blocked.pid, 0, blocked.link.receiver, operation_in(blocked.link.receiver));
    link_close(&blocked.link);
}

const struct scenario killed_scenarios[] = {
    {"killed-inside", "N processes killed inside read", .n = 5, .size = 64, .fits = fits_any, .run = killed_inside},
    {"killed-accept", "a process killed inside accept", .fits = fits_connections, .run = killed_accept},
    {"killed-exit-group", "a thread ends the process while 4 others are inside read", .size = 64, .fits = fits_any,
     .run = killed_exit_group},
    {0},
};
