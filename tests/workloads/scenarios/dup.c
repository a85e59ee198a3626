/* dup2 over a descriptor that another thread is using. */
#include <fcntl.h>
#include <sched.h>
#include <stdatomic.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../core/gate.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../core/tally.h"
#include "../core/thread.h"
#include "families.h"

#define CHANNELS 2

struct race {
    const struct plan *plan;
    struct end readers[CHANNELS], writers[CHANNELS];
    struct end shared; /* the descriptor that is now one writer, now the other */
    atomic_bool done;
    uint64_t arrived[CHANNELS];
};

struct drain {
    struct race *race;
    int channel;
};

static void *drain_to_end(void *argument)
{
    struct drain *drain = argument;
    char data[drain->race->plan->size];
    ssize_t got;

    while ((got = t_read(drain->race->readers[drain->channel], data, sizeof(data))) > 0)
        drain->race->arrived[drain->channel] += got;
    return NULL;
}

static void *swap_until_done(void *argument)
{
    struct race *race = argument;

    for (unsigned i = 0; !race->done; i++) {
        require(dup2(race->writers[i % CHANNELS].fd, race->shared.fd) >= 0, "dup2");
        sched_yield();
    }
    return NULL;
}

/* Which channel a write went to is known from what arrived there. */
static void book_by_arrival(struct race *race)
{
    size_t size = race->plan->size;

    for (int i = 0; i < CHANNELS; i++)
        if (race->arrived[i] != 0)
            book_many(race->writers[i], operation_out(race->writers[i]), race->arrived[i] / size, race->arrived[i]);
    require(race->arrived[0] + race->arrived[1] == (uint64_t)race->plan->n * size, "finding all that was written");
}

static void race(struct race *race)
{
    struct drain drains[CHANNELS] = {{race, 0}, {race, 1}};
    char data[race->plan->size];
    pthread_t readers[CHANNELS], swapper;

    race->shared.fd = dup(race->writers[0].fd);
    for (int i = 0; i < CHANNELS; i++)
        readers[i] = thread_run(drain_to_end, &drains[i]);
    swapper = thread_run(swap_until_done, race);
    /* Not booked here: a stream takes a small message whole or waits. */
    for (unsigned i = 0; i < race->plan->n; i++)
        require_result(write(race->shared.fd, data, sizeof(data)), (ssize_t)sizeof(data));
    race->done = true;
    thread_join(swapper);
    end_close(&race->shared);
    for (int i = 0; i < CHANNELS; i++) {
        int fd = race->writers[i].fd;

        end_close(&race->writers[i]);
        thread_join(readers[i]);
        race->writers[i].fd = fd;
    }
    book_by_arrival(race);
}

static void dup_race(const struct plan *plan)
{
    struct race pipes = {.plan = plan};

    for (int i = 0; i < CHANNELS; i++)
        pipe_new(&pipes.readers[i], &pipes.writers[i], O_CLOEXEC);
    race(&pipes);
}

static void dup_race_mixed(const struct plan *plan)
{
    struct race mixed = {.plan = plan};
    struct end pair[2];

    pipe_new(&mixed.readers[0], &mixed.writers[0], O_CLOEXEC);
    socketpair_new(pair, SOCK_STREAM);
    mixed.readers[1] = pair[0];
    mixed.writers[1] = pair[1];
    race(&mixed);
}

#define GATE_READING 0

struct reading {
    const struct plan *plan;
    struct end ends[CHANNELS]; /* at one descriptor in turn */
};

static void *read_in_turn(void *argument)
{
    struct reading *reading = argument;
    char data[reading->plan->size];

    ledger->words[0] = gettid();
    for (unsigned i = 0; i < reading->plan->n; i++) {
        gate_add(GATE_READING, 1);
        require_result(t_read(reading->ends[i % CHANNELS], data, sizeof(data)), (ssize_t)sizeof(data));
    }
    return NULL;
}

/* The descriptor becomes another channel while a thread is inside read: that read is still one of the first channel. */
static void dup_blocked(const struct plan *plan)
{
    struct end readers[CHANNELS], writers[CHANNELS], pair[2];
    struct reading reading = {.plan = plan};
    char data[plan->size];
    pthread_t thread;
    int shared;

    pipe_new(&readers[0], &writers[0], O_CLOEXEC);
    socketpair_new(pair, SOCK_STREAM);
    readers[1] = pair[0];
    writers[1] = pair[1];
    shared = dup(readers[0].fd);
    for (int i = 0; i < CHANNELS; i++)
        reading.ends[i] = end_alias(readers[i], shared);
    thread = thread_run(read_in_turn, &reading);
    for (unsigned i = 0; i < plan->n; i++) {
        gate_wait(GATE_READING, i + 1);
        process_wait_asleep(getpid(), ledger->words[0]);
        require(dup2(readers[(i + 1) % CHANNELS].fd, shared) == shared, "dup2");
        require_result(t_write(writers[i % CHANNELS], data, sizeof(data)), (ssize_t)sizeof(data));
    }
    thread_join(thread);
}

const struct scenario dup_scenarios[] = {
    {"dup-race", "N writes to a descriptor that another thread keeps making one or the other of two pipes", .n = 20000,
     .size = 64, .run = dup_race},
    {"dup-race-mixed", "the same with a pipe and a socket pair", .n = 20000, .size = 64, .run = dup_race_mixed},
    {"dup-blocked", "N reads whose descriptor becomes another channel meanwhile", .n = 100, .size = 64,
     .run = dup_blocked},
    {0},
};
