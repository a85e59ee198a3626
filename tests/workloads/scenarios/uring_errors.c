/* Requests to an io_uring that fail, would block, or are cancelled. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../calls/uring.h"
#include "../core/require.h"
#include "families.h"

/* A write that nobody can read any more, and what was chained to it. */
static void broken(const struct plan *plan)
{
    struct uring *uring = uring_new(8, 0);
    struct end reader, writer, other[2];
    char data[64];

    memset(data, 0, sizeof(data));
    pipe_new(&reader, &writer, O_CLOEXEC);
    pipe_new(&other[0], &other[1], O_CLOEXEC);
    end_close(&reader);
    for (unsigned i = 0; i < plan->n; i++) {
        ask(uring, IORING_OP_WRITE, writer, OPERATION_WRITE, data, sizeof(data))->flags = IOSQE_IO_LINK;
        ask(uring, IORING_OP_WRITE, other[1], OPERATION_WRITE, data, sizeof(data))->flags = IOSQE_IO_LINK;
        ask(uring, IORING_OP_READ, other[0], OPERATION_READ, data, sizeof(data));
        require_result(answer(uring), -EPIPE);
        answers(uring, 2, -ECANCELED);
    }
    uring_free(uring);
    end_close(&writer);
    end_close(&other[0]);
    end_close(&other[1]);
}

static void would_block(const struct plan *plan)
{
    struct uring *uring = uring_new(8, 0);
    struct link link = {0};
    char data[64];

    kind_open(plan->kind, &link);
    for (unsigned i = 0; i < plan->n; i++) {
        if (plan->kind->socket)
            ask(uring, IORING_OP_RECV, link.receiver, OPERATION_RECEIVE, data, sizeof(data))->msg_flags = MSG_DONTWAIT;
        else
            ask(uring, IORING_OP_READ, link.receiver, OPERATION_READ, data, sizeof(data))->rw_flags = RWF_NOWAIT;
        answers(uring, 1, plan->kind->mechanism == MECHANISM_FIFO ? -EOPNOTSUPP : -EAGAIN);
    }
    uring_free(uring);
    link_close(&link);
}

static void refused(const struct plan *plan)
{
    struct uring *uring = uring_new(8, 0);
    struct link link = {0};

    plan->kind->prepare(plan->kind, &link);
    end_close(&link.receiver);
    for (unsigned i = 0; i < plan->n; i++) {
        struct end client = socket_new(plan->kind);
        struct io_uring_sqe *entry = ask_empty(uring, IORING_OP_CONNECT, client, OPERATION_CONNECT);

        entry->addr = (uintptr_t)&link.address;
        entry->off = link.address_length;
        answers(uring, 1, -ECONNREFUSED);
        end_close(&client);
    }
    uring_free(uring);
}

/* Cancels a read by the number of its request. */
static void cancelled(const struct plan *plan)
{
    struct uring *uring = uring_new(8, 0);
    struct link link = {0};
    char data[64];

    kind_open(plan->kind, &link);
    for (unsigned i = 0; i < plan->n; i++) {
        unsigned long long number;
        int results[2];

        ask(uring, IORING_OP_READ, link.receiver, operation_in(link.receiver), data, sizeof(data));
        number = uring->last;
        ring_submit(&uring->ring);
        ask_nothing(uring, IORING_OP_ASYNC_CANCEL, -1)->addr = number;
        results[0] = answer(uring);
        results[1] = answer(uring);
        require(results[0] + results[1] == -ECANCELED, "cancelling a read");
    }
    uring_free(uring);
    link_close(&link);
}

/* A read that is cancelled by a timeout linked to it. */
static void timed_out(const struct plan *plan)
{
    struct uring *uring = uring_new(8, 0);
    struct __kernel_timespec soon = {.tv_nsec = 1000000};
    struct end reader, writer;
    char data[64];

    pipe_new(&reader, &writer, O_CLOEXEC);
    for (unsigned i = 0; i < plan->n; i++) {
        struct io_uring_sqe *timeout;
        int results[2];

        ask(uring, IORING_OP_READ, reader, OPERATION_READ, data, sizeof(data))->flags = IOSQE_IO_LINK;
        timeout = ask_nothing(uring, IORING_OP_LINK_TIMEOUT, -1);
        timeout->addr = (uintptr_t)&soon;
        timeout->len = 1;
        results[0] = answer(uring);
        results[1] = answer(uring);
        require(results[0] + results[1] == -ECANCELED - ETIME, "cancelling a read in time");
    }
    uring_free(uring);
    end_close(&reader);
    end_close(&writer);
}

const struct scenario uring_error_scenarios[] = {
    {"uring/broken", "EPIPE, and what was chained to it", .n = 50, .run = broken},
    {"uring-would-block", "io_uring: EAGAIN; EOPNOTSUPP of FIFOs", .n = 50, .fits = fits_any, .run = would_block},
    {"uring-refused", "io_uring: ECONNREFUSED", .n = 50, .fits = fits_connections, .run = refused},
    {"uring-cancelled", "io_uring: ECANCELED", .n = 50, .fits = fits_any, .run = cancelled},
    {"uring/timed-out", "a read with a timeout", .n = 20, .run = timed_out},
    {0},
};
