/* Calls that wait for a known time. The child measures around each call: no call took longer. The parent measures
 * from when it saw the child asleep to when it let it go: no call took less. */
#include <fcntl.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../core/gate.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../core/tally.h"
#include "blocked.h"
#include "families.h"

#define WAIT_MS 20

static void timed_reads(struct blocked *blocked, char *data)
{
    struct end end = blocked->link.receiver;

    for (unsigned i = 0; i < blocked->plan->n; i++) {
        uint64_t begin;

        blocked_announce();
        begin = now_ns();
        require_result(t_read(end, data, blocked->plan->size), (ssize_t)blocked->plan->size);
        book_time(getpid(), end, operation_in(end), 0, now_ns() - begin);
    }
}

static void blocked_read(const struct plan *plan)
{
    struct blocked blocked = {.plan = plan, .reading = timed_reads};
    struct end end;

    blocked_start(&blocked);
    end = blocked.link.receiver;
    for (unsigned i = 0; i < plan->n; i++) {
        uint64_t begin;

        blocked_wait(&blocked, i + 1);
        begin = now_ns();
        nap_ms(WAIT_MS);
        book_time(blocked.pid, end, operation_in(end), now_ns() - begin, 0);
        blocked_release(&blocked);
    }
    process_join(blocked.pid);
    link_close(&blocked.link);
}

/* The pipe is full already, of messages of the same size. */
static void timed_writes(struct blocked *blocked, char *data)
{
    struct end end = blocked->link.sender;

    for (unsigned i = 0; i < blocked->plan->n; i++) {
        uint64_t begin;

        blocked_announce();
        begin = now_ns();
        require_result(t_write(end, data, blocked->plan->size), (ssize_t)blocked->plan->size);
        book_time(getpid(), end, operation_out(end), 0, now_ns() - begin);
    }
}

static void fill(struct blocked *blocked)
{
    struct end end = blocked->link.sender;
    char data[blocked->plan->size];
    int flags = fcntl(end.fd, F_GETFL);
    uint64_t begin = now_ns();

    require(fcntl(end.fd, F_SETFL, flags | O_NONBLOCK) == 0, "fcntl(F_SETFL)");
    while (t_write(end, data, sizeof(data)) > 0)
        ;
    require(fcntl(end.fd, F_SETFL, flags) == 0, "fcntl(F_SETFL)");
    book_time(getpid(), end, operation_out(end), 0, now_ns() - begin);
}

static void blocked_write(const struct plan *plan)
{
    struct blocked blocked = {.plan = plan, .before = fill, .reading = timed_writes};
    char data[plan->size];
    struct end end;

    blocked_start(&blocked);
    end = blocked.link.sender;
    for (unsigned i = 0; i < plan->n; i++) {
        uint64_t begin;

        blocked_wait(&blocked, i + 1);
        begin = now_ns();
        nap_ms(WAIT_MS);
        book_time(blocked.pid, end, operation_out(end), now_ns() - begin, 0);
        require_result(t_read(blocked.link.receiver, data, sizeof(data)), (ssize_t)sizeof(data));
    }
    process_join(blocked.pid);
    link_close(&blocked.link);
}

const struct scenario known_scenarios[] = {
    {"blocked-known", "N reads that wait 20 ms each", .n = 10, .size = 64, .fits = fits_any, .run = blocked_read},
    {"blocked-write", "N writes of a page to a full pipe that wait 20 ms each", .n = 10, .size = 4096,
     .fits = fits_pipes, .run = blocked_write},
    {0},
};
