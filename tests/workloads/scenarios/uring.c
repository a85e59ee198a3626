/* Requests to an io_uring: one by one, in crowds and in chains. One process holds both ends. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../calls/uring.h"
#include "../core/gate.h"
#include "../core/require.h"
#include "families.h"

/* Reads that are there before the data: the kernel waits for them by poll. */
static void polled(const struct plan *plan)
{
    struct uring *uring = uring_new(8, 0);
    char data[plan->size], read[plan->size];
    struct link link = {0};

    memset(data, 0, sizeof(data));
    kind_open(plan->kind, &link);
    for (unsigned i = 0; i < plan->n; i++) {
        ask(uring, IORING_OP_READ, link.receiver, operation_in(link.receiver), read, sizeof(read));
        ring_submit(&uring->ring);
        if (i % 2 == 0)
            nap_ms(1);
        require_result(t_write(link.sender, data, sizeof(data)), (ssize_t)sizeof(data));
        answers(uring, 1, sizeof(read));
    }
    uring_free(uring);
    link_close(&link);
}

#define DEPTH 1024

/* A deep queue: as many writes at once as a pipe takes, then as many reads. */
static void deep(const struct plan *plan)
{
    struct uring *uring = uring_new(DEPTH, 0);
    struct end reader, writer;
    char data[DEPTH][64];

    memset(data, 0, sizeof(data));
    pipe_new(&reader, &writer, O_CLOEXEC);
    for (unsigned i = 0; i < plan->n; i += DEPTH) {
        for (unsigned j = 0; j < DEPTH; j++)
            ask(uring, IORING_OP_WRITE, writer, OPERATION_WRITE, data[j], sizeof(data[j]));
        answers(uring, DEPTH, sizeof(data[0]));
        for (unsigned j = 0; j < DEPTH; j++)
            ask(uring, IORING_OP_READ, reader, OPERATION_READ, data[j], sizeof(data[j]));
        answers(uring, DEPTH, sizeof(data[0]));
    }
    uring_free(uring);
    end_close(&reader);
    end_close(&writer);
}

#define CHANNELS 256

/* A deep queue of reads that all wait, on many pipes. */
static void deep_polled(const struct plan *plan)
{
    struct uring *uring = uring_new(CHANNELS, 0);
    struct end readers[CHANNELS], writers[CHANNELS];
    char data[CHANNELS][64];

    for (unsigned j = 0; j < CHANNELS; j++)
        pipe_new(&readers[j], &writers[j], O_CLOEXEC);
    for (unsigned i = 0; i < plan->n; i += CHANNELS) {
        for (unsigned j = 0; j < CHANNELS; j++)
            ask(uring, IORING_OP_READ, readers[j], OPERATION_READ, data[j], sizeof(data[j]));
        ring_submit(&uring->ring);
        for (unsigned j = 0; j < CHANNELS; j++)
            ask(uring, IORING_OP_WRITE, writers[j], OPERATION_WRITE, data, sizeof(data[j]));
        answers(uring, 2 * CHANNELS, sizeof(data[0]));
    }
    uring_free(uring);
    for (unsigned j = 0; j < CHANNELS; j++) {
        end_close(&readers[j]);
        end_close(&writers[j]);
    }
}

/* More completions than their queue holds. */
static void overflow(const struct plan *plan)
{
    struct uring *uring = calloc(1, sizeof(*uring));
    struct end reader, writer;
    char data[64];

    require(uring != NULL, "calloc");
    ring_open(&uring->ring, 32, IORING_SETUP_CQSIZE, 32);
    pipe_new(&reader, &writer, O_CLOEXEC);
    for (unsigned i = 0; i < plan->n; i++) {
        for (unsigned batch = 0; batch < 4; batch++) {
            for (unsigned j = 0; j < 16; j++) {
                ask(uring, IORING_OP_WRITE, writer, OPERATION_WRITE, data, sizeof(data));
                ask(uring, IORING_OP_READ, reader, OPERATION_READ, data, sizeof(data));
            }
            ring_submit(&uring->ring);
        }
        answers(uring, 4 * 32, sizeof(data));
    }
    uring_free(uring);
    end_close(&reader);
    end_close(&writer);
}

static void linked(const struct plan *plan)
{
    struct uring *uring = uring_new(8, 0);
    struct end reader, writer;
    char data[64], read[64];

    memset(data, 0, sizeof(data));
    pipe_new(&reader, &writer, O_CLOEXEC);
    for (unsigned i = 0; i < plan->n; i++) {
        for (int link = 0; link < 2; link++) {
            ask(uring, IORING_OP_WRITE, writer, OPERATION_WRITE, data, sizeof(data))->flags = IOSQE_IO_LINK;
            ask(uring, IORING_OP_READ, reader, OPERATION_READ, read, sizeof(read))->flags = link ? 0 : IOSQE_IO_LINK;
        }
        answers(uring, 4, sizeof(data));
    }
    uring_free(uring);
    end_close(&reader);
    end_close(&writer);
}

const struct scenario uring_scenarios[] = {
    {"uring-polled-read", "io_uring: reads that wait for data", .n = 100, .size = 64, .fits = fits_any, .run = polled},
    {"uring/deep", "thousands of requests at once", .n = 64 * DEPTH, .run = deep},
    {"uring/deep-polled", "hundreds of reads that wait at once", .n = 40 * CHANNELS, .run = deep_polled},
    {"uring/overflow", "more completions than their queue holds", .n = 50, .run = overflow},
    {"uring/linked", "chains of requests", .n = 100, .run = linked},
    {0},
};
