/* Rings of processes that share one, end, or are ended. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../calls/signals.h"
#include "../calls/uring.h"
#include "../core/gate.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../core/tally.h"
#include "families.h"

#define READS 16

static void use(struct uring *uring, struct end reader, struct end writer)
{
    char data[64];

    memset(data, 0, sizeof(data));
    ask(uring, IORING_OP_WRITE, writer, OPERATION_WRITE, data, sizeof(data));
    answers(uring, 1, sizeof(data));
    ask(uring, IORING_OP_READ, reader, OPERATION_READ, data, sizeof(data));
    answers(uring, 1, sizeof(data));
}

/* Parent and child use one ring by turns. */
static void shared(const struct plan *plan)
{
    struct uring *uring = uring_new(8, 0);
    struct end reader, writer;
    pid_t child;

    pipe_new(&reader, &writer, O_CLOEXEC);
    child = process_fork(0);
    for (unsigned i = 0; i < plan->n; i++) {
        gate_wait(0, 2 * i + (child == 0));
        use(uring, reader, writer);
        gate_add(0, 1);
    }
    if (child == 0)
        _exit(0);
    process_join(child);
    uring_free(uring);
    end_close(&reader);
    end_close(&writer);
}

static void read_and_end(const struct link *link, bool killed)
{
    struct uring *uring = uring_new(32, 0);
    static char data[READS][64];

    for (int i = 0; i < READS; i++)
        ask(uring, IORING_OP_READ, link->receiver, operation_in(link->receiver), data[i], sizeof(data[i]));
    ring_submit(&uring->ring);
    gate_add(0, 1);
    while (killed)
        nap_ms(1000);
    _exit(0);
}

/* Reads are under way when their process ends. */
static void end_inside(const struct plan *plan, bool killed)
{
    for (unsigned i = 0; i < plan->n; i++) {
        struct link link = {0};
        struct end via;
        pid_t child;

        kind_open(plan->kind, &link);
        via = end_via(link.receiver, VIA_IO_URING);
        child = process_fork(0);
        if (child == 0)
            read_and_end(&link, killed);
        gate_wait(0, i + 1);
        if (killed) {
            require_result(t_kill(child, SIGKILL, SIGNAL_QUEUED), 0);
            process_join_killed(child, SIGKILL);
            book_delivered(child, SIGKILL);
        } else {
            process_join(child);
        }
        for (int j = 0; j < READS; j++)
            book_interrupted(child, 0, via, operation_in(via));
        link_close(&link);
    }
}

static void killed(const struct plan *plan)
{
    end_inside(plan, true);
}

static void ended(const struct plan *plan)
{
    end_inside(plan, false);
}

/* The ring is closed while reads are under way in it: the kernel cancels them. */
static void closed(const struct plan *plan)
{
    struct end reader, writer;
    char data[64];

    pipe_new(&reader, &writer, O_CLOEXEC);
    for (unsigned i = 0; i < plan->n; i++) {
        struct uring *uring = uring_new(8, 0);

        ask(uring, IORING_OP_READ, reader, OPERATION_READ, data, sizeof(data));
        ring_submit(&uring->ring);
        book_unanswered(uring, -ECANCELED);
        uring_free(uring);
    }
    nap_ms(100); /* it does so later */
    end_close(&reader);
    end_close(&writer);
}

const struct scenario uring_life_scenarios[] = {
    {"uring/shared", "two processes use one ring", .n = 50, .run = shared},
    {"uring-killed", "io_uring: a process is killed with reads under way", .n = 3, .fits = fits_any, .run = killed},
    {"uring-ended", "io_uring: a process ends with reads under way", .n = 3, .fits = fits_any, .run = ended},
    {"uring/closed", "a ring is closed with reads under way", .n = 5, .run = closed},
    {0},
};
