/* Requests to an io_uring that have many results, and such that take their buffers from the kernel. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../calls/uring.h"
#include "../core/require.h"
#include "families.h"

#define BUFFERS 8
#define GROUP   7

static char memory[BUFFERS][64];

/* Gives the kernel buffers, from number `first` on. */
static void provide(struct uring *uring, unsigned first, unsigned count)
{
    struct io_uring_sqe *entry = ask_nothing(uring, IORING_OP_PROVIDE_BUFFERS, count);

    entry->addr = (uintptr_t)memory[first];
    entry->len = sizeof(memory[0]);
    entry->off = first;
    entry->buf_group = GROUP;
    answers(uring, 1, 0);
}

static void return_buffer(struct uring *uring, const struct io_uring_cqe *completion)
{
    require(completion->flags & IORING_CQE_F_BUFFER, "getting a buffer");
    provide(uring, completion->flags >> IORING_CQE_BUFFER_SHIFT, 1);
}

/* Buffers that the kernel picks when data is there. */
static void picked(const struct plan *plan)
{
    struct uring *uring = uring_new(16, 0);
    char data[64];
    struct link link = {0};

    memset(data, 0, sizeof(data));
    kind_open(plan->kind, &link);
    provide(uring, 0, BUFFERS);
    for (unsigned i = 0; i < plan->n; i++) {
        struct io_uring_sqe *entry = ask(uring, plan->kind->socket && i % 2 ? IORING_OP_RECV : IORING_OP_READ,
                                         link.receiver, operation_in(link.receiver), NULL, sizeof(memory[0]));
        struct io_uring_cqe completion;

        entry->flags = IOSQE_BUFFER_SELECT;
        entry->buf_group = GROUP;
        ring_submit(&uring->ring);
        require_result(t_write(link.sender, data, sizeof(data)), (ssize_t)sizeof(data));
        completion = answer_whole(uring);
        require_result(completion.res, (ssize_t)sizeof(data));
        return_buffer(uring, &completion);
    }
    uring_free(uring);
    link_close(&link);
}

/* One request that receives until it is cancelled; `opcode` RECV, or READ_MULTISHOT. */
static void receive_many(const struct plan *plan, int opcode)
{
    struct uring *uring = uring_new(16, 0);
    struct io_uring_sqe *entry;
    unsigned long long number;
    struct link link = {0};
    int results[2];
    char data[64];

    memset(data, 0, sizeof(data));
    kind_open(plan->kind, &link);
    provide(uring, 0, BUFFERS);
    entry = ask(uring, opcode, link.receiver, operation_in(link.receiver), NULL, 0);
    entry->flags = IOSQE_BUFFER_SELECT;
    entry->buf_group = GROUP;
    if (opcode == IORING_OP_RECV)
        entry->ioprio = IORING_RECV_MULTISHOT;
    else
        entry->off = -1;
    number = uring->last;
    ring_submit(&uring->ring);
    for (unsigned i = 0; i < plan->n; i++) {
        struct io_uring_cqe completion;

        require_result(t_write(link.sender, data, sizeof(data)), (ssize_t)sizeof(data));
        completion = answer_whole(uring);
        require_result(completion.res, (ssize_t)sizeof(data));
        require(completion.flags & IORING_CQE_F_MORE, "receiving more than once");
        return_buffer(uring, &completion);
    }
    ask_nothing(uring, IORING_OP_ASYNC_CANCEL, -1)->addr = number;
    results[0] = answer(uring);
    results[1] = answer(uring);
    require(results[0] + results[1] == -ECANCELED, "cancelling");
    uring_free(uring);
    link_close(&link);
}

static void receive_shots(const struct plan *plan)
{
    receive_many(plan, IORING_OP_RECV);
}

static void read_shots(const struct plan *plan)
{
    receive_many(plan, OP_READ_MULTISHOT);
}

/* One request that accepts until it is cancelled. */
static void accept_shots(const struct plan *plan)
{
    struct uring *uring = uring_new(16, 0);
    unsigned long long number;
    struct link link = {0};
    int results[2];

    plan->kind->prepare(plan->kind, &link);
    ask_empty(uring, IORING_OP_ACCEPT, link.receiver, OPERATION_ACCEPT)->ioprio = IORING_ACCEPT_MULTISHOT;
    number = uring->last;
    ring_submit(&uring->ring);
    for (unsigned i = 0; i < plan->n; i++) {
        struct end client = socket_new(plan->kind);
        int accepted;

        require_result(t_connect(client, (struct sockaddr *)&link.address, link.address_length), 0);
        accepted = answer(uring);
        require(accepted >= 0, "accepting more than once");
        close(accepted);
        end_close(&client);
    }
    ask_nothing(uring, IORING_OP_ASYNC_CANCEL, -1)->addr = number;
    results[0] = answer(uring);
    results[1] = answer(uring);
    require(results[0] + results[1] == -ECANCELED, "cancelling");
    uring_free(uring);
    end_close(&link.receiver);
}

/* Ends with the last buffer: ENOBUFS. */
static void exhausted(const struct plan *plan)
{
    for (unsigned i = 0; i < plan->n; i++) {
        struct uring *uring = uring_new(16, 0);
        struct io_uring_sqe *entry;
        char data[64];
        struct end ends[2];

        memset(data, 0, sizeof(data));
        socketpair_new(ends, SOCK_DGRAM);
        provide(uring, 0, BUFFERS);
        for (int j = 0; j < BUFFERS + 1; j++)
            require_result(t_send(ends[0], data, sizeof(data), 0), (ssize_t)sizeof(data));
        entry = ask(uring, IORING_OP_RECV, ends[1], OPERATION_RECEIVE, NULL, 0);
        entry->flags = IOSQE_BUFFER_SELECT;
        entry->buf_group = GROUP;
        entry->ioprio = IORING_RECV_MULTISHOT;
        answers(uring, BUFFERS, sizeof(data));
        answers(uring, 1, -ENOBUFS);
        uring_free(uring);
        end_close(&ends[0]);
        end_close(&ends[1]);
    }
}

const struct scenario uring_shot_scenarios[] = {
    {"uring-buffers", "io_uring: buffers that the kernel picks", .n = 50, .fits = fits_any, .run = picked},
    {"uring-receive-shots", "io_uring: one request receives many times", .n = 100, .fits = fits_sockets,
     .run = receive_shots},
    {"uring-read-shots", "io_uring: one request reads many times", .n = 100, .fits = fits_any, .run = read_shots},
    {"uring-accept-shots", "io_uring: one request accepts many times", .n = 50, .fits = fits_connections,
     .run = accept_shots},
    {"uring/exhausted", "one request receives until there are no buffers", .n = 10, .run = exhausted},
    {0},
};
