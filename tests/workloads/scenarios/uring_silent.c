/* Requests to an io_uring that say nothing when they succeed. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../calls/uring.h"
#include "../core/process.h"
#include "../core/require.h"
#include "families.h"

#define SILENT IOSQE_CQE_SKIP_SUCCESS

static void silent_through(const struct plan *plan, unsigned setup, unsigned char flags)
{
    struct uring *uring = uring_new(32, setup);
    struct end reader, writer;
    char data[64];

    memset(data, 0, sizeof(data));
    pipe_new(&reader, &writer, O_CLOEXEC);
    ring_register(&uring->ring, IORING_REGISTER_FILES, (int[]){writer.fd, reader.fd}, 2);
    for (unsigned i = 0; i < plan->n; i++) {
        for (int j = 0; j < 16; j++) {
            ask(uring, IORING_OP_WRITE, writer, OPERATION_WRITE, data, sizeof(data))->flags = SILENT | flags;
            if (flags & IOSQE_FIXED_FILE)
                uring->ring.sqes[(*uring->ring.sq_tail + j) & 31].fd = 0;
            book_unanswered(uring, sizeof(data));
        }
        ring_submit(&uring->ring);
        for (int j = 0; j < 16; j++)
            require_result(t_read(reader, data, sizeof(data)), (ssize_t)sizeof(data));
    }
    uring_free(uring);
    end_close(&reader);
    end_close(&writer);
}

static void at_once(const struct plan *plan)
{
    silent_through(plan, 0, 0);
}

static void fixed(const struct plan *plan)
{
    silent_through(plan, 0, IOSQE_FIXED_FILE);
}

static void by_workers(const struct plan *plan)
{
    silent_through(plan, 0, IOSQE_ASYNC);
}

static void one_by_workers(void *plan)
{
    silent_through(plan, 0, IOSQE_ASYNC);
}

/* The process ends, and its ring with it, while a worker may still be at its last request. */
static void last(const struct plan *plan)
{
    struct plan one = {.n = 1};

    for (unsigned i = 0; i < plan->n; i++)
        process_join(process_run(one_by_workers, &one));
}

/* Their memory is used again at once, by requests that are nothing to count. */
static void before_others(const struct plan *plan)
{
    struct uring *uring = uring_new(32, IORING_SETUP_SQPOLL);
    struct end reader, writer;
    char data[64], got[64];

    memset(data, 0, sizeof(data));
    pipe_new(&reader, &writer, O_CLOEXEC);
    for (unsigned i = 0; i < plan->n; i++) {
        ask(uring, IORING_OP_WRITE, writer, OPERATION_WRITE, data, sizeof(data))->flags = SILENT | IOSQE_ASYNC;
        book_unanswered(uring, sizeof(data));
        ring_submit(&uring->ring);
        require_result(t_read(reader, data, sizeof(data)), (ssize_t)sizeof(data));
        for (int j = 0; j < 8; j++) {
            ask_nothing(uring, IORING_OP_NOP, -1);
            answers(uring, 1, 0);
        }
    }
    /* One that waits: its submitter does what is left to it, and the last of the silent ones is looked at. */
    ask(uring, IORING_OP_READ, reader, OPERATION_READ, got, sizeof(got));
    ring_submit(&uring->ring);
    require_result(t_write(writer, data, sizeof(data)), (ssize_t)sizeof(data));
    answers(uring, 1, sizeof(got));
    uring_free(uring);
    end_close(&reader);
    end_close(&writer);
}

static void by_thread(const struct plan *plan)
{
    silent_through(plan, IORING_SETUP_SQPOLL, 0);
}

/* Reads that wait; a chain whose last link alone answers. */
static void later(const struct plan *plan)
{
    struct uring *uring = uring_new(8, 0);
    struct end reader, writer;
    char data[64], got[64];

    memset(data, 0, sizeof(data));
    pipe_new(&reader, &writer, O_CLOEXEC);
    for (unsigned i = 0; i < plan->n; i++) {
        ask(uring, IORING_OP_READ, reader, OPERATION_READ, got, sizeof(got))->flags = SILENT;
        book_unanswered(uring, sizeof(got));
        ring_submit(&uring->ring);
        require_result(t_write(writer, data, sizeof(data)), (ssize_t)sizeof(data));
        ask(uring, IORING_OP_WRITE, writer, OPERATION_WRITE, data, sizeof(data))->flags = SILENT | IOSQE_IO_LINK;
        book_unanswered(uring, sizeof(data));
        ask(uring, IORING_OP_READ, reader, OPERATION_READ, got, sizeof(got))->flags = SILENT | IOSQE_IO_LINK;
        book_unanswered(uring, sizeof(got));
        ask_nothing(uring, IORING_OP_NOP, -1);
        answers(uring, 1, 0);
    }
    uring_free(uring);
    end_close(&reader);
    end_close(&writer);
}

/* Failures do speak. */
static void failing(const struct plan *plan)
{
    struct uring *uring = uring_new(8, 0);
    struct end reader, writer;
    char data[64];

    pipe_new(&reader, &writer, O_CLOEXEC);
    end_close(&reader);
    for (unsigned i = 0; i < plan->n; i++) {
        ask(uring, IORING_OP_WRITE, writer, OPERATION_WRITE, data, sizeof(data))->flags = SILENT;
        answers(uring, 1, -EPIPE);
    }
    uring_free(uring);
    end_close(&writer);
}

const struct scenario uring_silent_scenarios[] = {
    {"uring/silent", "no completions, done at once", .n = 50, .run = at_once},
    {"uring/silent-fixed", "no completions, with registered files", .n = 50, .run = fixed},
    {"uring/silent-async", "no completions, done by worker threads", .n = 50, .run = by_workers},
    {"uring/silent-last", "no completions, done by worker threads while the process ends", .n = 50, .run = last},
    {"uring/silent-before-others", "no completions; then requests that do not count", .n = 100, .run = before_others},
    {"uring/silent-polled", "no completions, submitted by the kernel's thread", .n = 50, .run = by_thread},
    {"uring/silent-later", "no completions of reads that wait, and of chains", .n = 50, .run = later},
    {"uring/silent-failing", "no completions, but of failures", .n = 50, .run = failing},
    {0},
};
