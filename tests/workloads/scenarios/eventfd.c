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
#include "families.h"
#include "waits.h"

#define SIZE ((ssize_t)sizeof(uint64_t))
#define MOST (UINT64_MAX - 1) /* that the counter can have */

static struct end event_new(uint64_t value, int flags)
{
    struct end event = end_new(eventfd(0, EFD_CLOEXEC | flags), MECHANISM_EVENTFD);

    if (value != 0)
        require_result(t_write(event, &value, sizeof(value)), SIZE);
    return event;
}

static void add(struct end event, uint64_t value)
{
    require_result(t_write(event, &value, sizeof(value)), SIZE);
}

static void take(struct end event, uint64_t expected)
{
    uint64_t value;

    require_result(t_read(event, &value, sizeof(value)), SIZE);
    require(value == expected, "reading the counter");
}

static void counting(const struct plan *plan)
{
    struct end event = event_new(0, 0), semaphore = event_new(0, EFD_SEMAPHORE);
    uint64_t value = 5, nothing = 0;
    struct iovec halves[2] = {{&value, 4}, {(char *)&value + 4, 4}}, whole[2] = {{&value, 8}, {&nothing, 8}};

    for (unsigned i = 0; i < plan->n; i++) {
        add(event, 7);
        add(event, 0);
        add(event, 3);
        take(event, 10);
        value = 5;
        require_result(t_writev(event, whole, 1), SIZE);
        require_result(t_readv(event, halves, 2), SIZE);
        require(value == 5, "reading the counter in two parts");
        add(semaphore, 2);
        take(semaphore, 1);
        take(semaphore, 1);
    }
    end_close(&event);
    end_close(&semaphore);
}

static void errors(const struct plan *plan)
{
    struct end event = event_new(0, EFD_NONBLOCK);
    uint64_t value = UINT64_MAX, most = MOST;

    for (unsigned i = 0; i < plan->n; i++) {
        require_error(t_read(event, &value, sizeof(value)), EAGAIN);
        require_error(t_read(event, &value, 7), EINVAL);
        value = UINT64_MAX;
        require_error(t_write(event, &value, sizeof(value)), EINVAL);
        require_error(t_write(event, &value, 7), EINVAL);
        require_error(t_write(event, (void *)8, sizeof(value)), EFAULT);
        require_result(t_write(event, &most, sizeof(most)), SIZE);
        value = 1;
        require_error(t_write(event, &value, sizeof(value)), EAGAIN);
        take(event, MOST);
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
            take(there, i);
            add(back, i);
        } else {
            add(there, i);
            take(back, i);
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
        take(crew->event, 1);
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
            add(crew.event, THREADS);
        _exit(0);
    }
    for (int i = 0; i < THREADS; i++)
        takers[i] = thread_run(take_all, &crew);
    for (int i = 0; i < THREADS; i++)
        thread_join(takers[i]);
    process_join(child);
    end_close(&crew.event);
}

static void open_empty(struct waiting *waiting)
{
    waiting->end = event_new(0, 0);
}

/* Every read takes one from it, every write adds one. */
static void open_full(struct waiting *waiting)
{
    waiting->end = event_new(MOST, EFD_SEMAPHORE);
}

static ssize_t read_one(struct waiting *waiting)
{
    uint64_t value;

    return t_read(waiting->end, &value, sizeof(value));
}

static ssize_t write_one(struct waiting *waiting)
{
    uint64_t value = 1;

    return t_write(waiting->end, &value, sizeof(value));
}

static void release_reader(struct waiting *waiting)
{
    add(waiting->end, 1);
}

static void release_writer(struct waiting *waiting)
{
    take(waiting->end, 1);
}

static void close_event(struct waiting *waiting)
{
    end_close(&waiting->end);
}

static const struct wait read_wait = {OPERATION_READ,      .restarts = true, .resumes = true,
                                      .open = open_empty,  .call = read_one, .release = release_reader,
                                      .close = close_event};
static const struct wait write_wait = {OPERATION_WRITE,     .restarts = true,  .resumes = true,
                                       .open = open_full,   .call = write_one, .release = release_writer,
                                       .close = close_event};

const struct scenario eventfd_scenarios[] = {
    {"eventfd/counting", "write, read, readv, writev; EFD_SEMAPHORE", .n = 200, .run = counting},
    {"eventfd/errors", "full, empty, too short, too much", .n = 50, .run = errors},
    {"eventfd/ping-pong", "N times to and fro between two processes", .n = 500, .run = ping_pong},
    {"eventfd/threads", "a process adds, four threads of another take N each", .n = 200, .run = threads},
    WAITS("eventfd/read", &read_wait, 0),
    WAITS("eventfd/write", &write_wait, 0),
    {0},
};
