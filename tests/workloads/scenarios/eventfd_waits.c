/* Waiting for a counter to be above 0, and for room in it. */
#include <sys/eventfd.h>

#include "../calls/calls.h"
#include "../kinds/eventfd.h"
#include "families.h"
#include "waits.h"

static void open_empty(struct waiting *waiting)
{
    waiting->end = event_new(0, 0);
}

/* Every read takes one from it, every write adds one. */
static void open_full(struct waiting *waiting)
{
    waiting->end = event_new(EVENT_MOST, EFD_SEMAPHORE);
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
    event_add(waiting->end, 1);
}

static void release_writer(struct waiting *waiting)
{
    event_take(waiting->end, 1);
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

const struct scenario eventfd_wait_scenarios[] = {
    WAITS("eventfd/read", &read_wait, 0),
    WAITS("eventfd/write", &write_wait, 0),
    {0},
};
