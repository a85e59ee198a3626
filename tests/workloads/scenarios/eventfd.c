/* Counters that are read and written. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../core/thread.h"
#include "../kinds/eventfd.h"
#include "families.h"

static void counting(const struct plan *plan)
{
    struct end event = event_new(0, 0), semaphore = event_new(0, EFD_SEMAPHORE);
    uint64_t value = 5, nothing = 0;
    struct iovec halves[2] = {{&value, 4}, {(char *)&value + 4, 4}}, whole[2] = {{&value, 8}, {&nothing, 8}};

    for (unsigned i = 0; i < plan->n; i++) {
        event_add(event, 7);
        event_add(event, 0);
        event_add(event, 3);
        event_take(event, 10);
        value = 5;
        require_result(t_writev(event, whole, 1), EVENT_SIZE);
        require_result(t_readv(event, halves, 2), EVENT_SIZE);
        require(value == 5, "reading the counter in two parts");
        event_add(semaphore, 2);
        event_take(semaphore, 1);
        event_take(semaphore, 1);
    }
    end_close(&event);
    end_close(&semaphore);
}

static void errors(const struct plan *plan)
{
    struct end event = event_new(0, EFD_NONBLOCK);
    uint64_t value = UINT64_MAX, most = EVENT_MOST;

    for (unsigned i = 0; i < plan->n; i++) {
        require_error(t_read(event, &value, sizeof(value)), EAGAIN);
        require_error(t_read(event, &value, 7), EINVAL);
        value = UINT64_MAX;
        require_error(t_write(event, &value, sizeof(value)), EINVAL);
        require_error(t_write(event, &value, 7), EINVAL);
        require_error(t_write(event, (void *)8, sizeof(value)), EFAULT);
        require_result(t_write(event, &most, sizeof(most)), EVENT_SIZE);
        value = 1;
        require_error(t_write(event, &value, sizeof(value)), EAGAIN);
        event_take(event, EVENT_MOST);
    }
    end_close(&event);
}

/* To and fro between two processes. */
static void ping_pong(const struct plan *plan)
{
    struct end there = event_new(0, 0), back = event_new(0, 0);
    pid_t child = process_fork(0);

    for (unsigned i = 1; i <= plan->n; i++) {
        if (child == 0) {
            event_take(there, i);
            event_add(back, i);
        } else {
            event_add(there, i);
            event_take(back, i);
        }
    }
    if (child == 0)
        _exit(0);
    process_join(child);
    end_close(&there);
    end_close(&back);
}

#define THREADS 4

struct crew {
    const struct plan *plan;
    struct end event;
};

static void *take_all(void *argument)
{
    struct crew *crew = argument;

    for (unsigned i = 0; i < crew->plan->n; i++)
        event_take(crew->event, 1);
    return NULL;
}

/* One process adds, four threads take. */
static void threads(const struct plan *plan)
{
    struct crew crew = {plan, event_new(0, EFD_SEMAPHORE)};
    pthread_t takers[THREADS];
    pid_t child = process_fork(0);

    if (child == 0) {
        for (unsigned i = 0; i < plan->n; i++)
            event_add(crew.event, THREADS);
        _exit(0);
    }
    for (int i = 0; i < THREADS; i++)
        takers[i] = thread_run(take_all, &crew);
    for (int i = 0; i < THREADS; i++)
        thread_join(takers[i]);
    process_join(child);
    end_close(&crew.event);
}

const struct scenario eventfd_scenarios[] = {
    {"eventfd/counting", "write, read, readv, writev; EFD_SEMAPHORE", .n = 200, .run = counting},
    {"eventfd/errors", "full, empty, too short, too much", .n = 50, .run = errors},
    {"eventfd/ping-pong", "N times to and fro between two processes", .n = 500, .run = ping_pong},
    {"eventfd/threads", "a process adds, four threads of another take N each", .n = 200, .run = threads},
    {0},
};
