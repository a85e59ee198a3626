/* Requests to an io_uring on pipes, files and counters. One process holds both ends. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../calls/uring.h"
#include "../core/gate.h"
#include "../core/require.h"
#include "../core/scratch.h"
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

static struct io_uring_sqe *ask_splice(struct uring *uring, int opcode, struct end in, struct end out, size_t size)
{
    bool tee = opcode == IORING_OP_TEE;
    struct io_uring_sqe *entry = ask(uring, opcode, in, tee ? OPERATION_PEEK : operation_in(in), NULL, size);
    struct asked *asked = last_asked(uring);

    entry->fd = out.fd;
    entry->splice_fd_in = in.fd;
    entry->splice_off_in = -1;
    entry->off = -1;
    if (tee)
        entry->splice_off_in = entry->off = 0;
    asked->second = end_via(out, VIA_IO_URING);
    asked->second_operation = operation_out(out);
    return entry;
}

/* splice and tee from pipe to pipe, and to a file. */
static void splices(const struct plan *plan)
{
    struct end file = end_file(open("/dev/null", O_WRONLY | O_CLOEXEC)), from[2], to[2];
    struct uring *uring = uring_new(8, 0);
    char data[64];

    memset(data, 0, sizeof(data));
    pipe_new(&from[0], &from[1], O_CLOEXEC);
    pipe_new(&to[0], &to[1], O_CLOEXEC);
    for (unsigned i = 0; i < plan->n; i++) {
        require_result(t_write(from[1], data, sizeof(data)), (ssize_t)sizeof(data));
        ask_splice(uring, IORING_OP_TEE, from[0], to[1], sizeof(data));
        answers(uring, 1, sizeof(data));
        ask_splice(uring, IORING_OP_SPLICE, from[0], to[1], sizeof(data));
        answers(uring, 1, sizeof(data));
        ask_splice(uring, IORING_OP_SPLICE, to[0], file, 2 * sizeof(data));
        answers(uring, 1, 2 * sizeof(data));
    }
    uring_free(uring);
    for (int i = 0; i < 2; i++) {
        end_close(&from[i]);
        end_close(&to[i]);
    }
    end_close(&file);
}

static void counters(const struct plan *plan)
{
    struct end event = end_new(eventfd(0, EFD_CLOEXEC), MECHANISM_EVENTFD);
    struct uring *uring = uring_new(8, 0);
    uint64_t one = 1, sum;

    for (unsigned i = 0; i < plan->n; i++) {
        ask(uring, IORING_OP_READ, event, OPERATION_READ, &sum, sizeof(sum));
        ask(uring, IORING_OP_WRITE, event, OPERATION_WRITE, &one, sizeof(one));
        answers(uring, 2, sizeof(one));
    }
    uring_free(uring);
    end_close(&event);
}

static void terminals(const struct plan *plan)
{
    int master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
    struct end outer = end_new(master, MECHANISM_PTY), inner;
    struct uring *uring = uring_new(8, 0);
    char line[] = "a line\n", read[64];

    require(grantpt(master) == 0 && unlockpt(master) == 0, "preparing the pty");
    inner = end_alias(outer, open(ptsname(master), O_RDWR | O_NOCTTY | O_CLOEXEC));
    for (unsigned i = 0; i < plan->n; i++) {
        ask(uring, IORING_OP_WRITE, outer, OPERATION_WRITE, line, sizeof(line) - 1);
        answers(uring, 1, sizeof(line) - 1);
        ask(uring, IORING_OP_READ, inner, OPERATION_READ, read, sizeof(read));
        answers(uring, 1, sizeof(line) - 1);
        ask(uring, IORING_OP_READ, outer, OPERATION_READ, read, sizeof(read)); /* the echo, with a carriage return */
        answers(uring, 1, sizeof(line));
    }
    uring_free(uring);
    end_close(&inner);
    end_close(&outer);
}

/* Messages from ring to ring. */
static void messages(const struct plan *plan)
{
    struct uring *from = uring_new(8, 0), *to = uring_new(8, 0);
    struct end target = end_new(to->ring.fd, MECHANISM_IO_URING);
    struct io_uring_cqe got;

    for (unsigned i = 0; i < plan->n; i++) {
        struct io_uring_sqe *entry = ask_empty(from, IORING_OP_MSG_RING, target, OPERATION_SEND);

        entry->off = 0x1234;
        entry->len = i;
        answers(from, 1, 0);
        got = ring_wait(&to->ring);
        require(got.user_data == 0x1234 && got.res == (int)i, "receiving a message");
    }
    uring_free(from);
    uring_free(to);
}

/* Requests of which nothing may be counted. */
static void not_ipc(const struct plan *plan)
{
    struct end file = end_file(scratch_file(4096));
    struct uring *uring = uring_new(8, 0);
    char data[64];

    for (unsigned i = 0; i < plan->n; i++) {
        ask(uring, IORING_OP_WRITE, file, OPERATION_WRITE, data, sizeof(data));
        answers(uring, 1, sizeof(data));
        ask(uring, IORING_OP_READ, file, OPERATION_READ, data, sizeof(data));
        answers(uring, 1, sizeof(data));
        ask_nothing(uring, IORING_OP_FSYNC, file.fd);
        ask_nothing(uring, IORING_OP_NOP, -1);
        answers(uring, 2, 0);
        ask_nothing(uring, IORING_OP_READ, -1);
        answers(uring, 1, -EBADF);
    }
    uring_free(uring);
    end_close(&file);
}

const struct scenario uring_scenarios[] = {
    {"uring-polled-read", "io_uring: reads that wait for data", .n = 100, .size = 64, .fits = fits_any, .run = polled},
    {"uring/deep", "thousands of requests at once", .n = 64 * DEPTH, .run = deep},
    {"uring/deep-polled", "hundreds of reads that wait at once", .n = 40 * CHANNELS, .run = deep_polled},
    {"uring/overflow", "more completions than their queue holds", .n = 50, .run = overflow},
    {"uring/linked", "chains of requests", .n = 100, .run = linked},
    {"uring/splice", "splice and tee", .n = 100, .run = splices},
    {"uring/eventfd", "an eventfd read and written", .n = 100, .run = counters},
    {"uring/pty", "a terminal read and written", .n = 100, .run = terminals},
    {"uring/message", "messages from ring to ring", .n = 100, .run = messages},
    {"uring/not-ipc", "files and nothing", .n = 20, .run = not_ipc},
    {0},
};
