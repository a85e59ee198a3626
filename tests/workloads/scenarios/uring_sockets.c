/* Requests to an io_uring on sockets. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../calls/uring.h"
#include "../core/require.h"
#include "../core/tally.h"
#include "families.h"

static struct end accepted(struct end listener, int fd)
{
    return end_new(fd, listener.mechanism);
}

/* connect, accept, shutdown: the accept waits for the connect. */
static void connect_and_shut(const struct plan *plan)
{
    struct uring *uring = uring_new(8, 0);
    struct link link = {0};

    plan->kind->prepare(plan->kind, &link);
    for (unsigned i = 0; i < plan->n; i++) {
        struct end client = socket_new(plan->kind), server = {.fd = -1};
        struct io_uring_sqe *entry;

        ask_empty(uring, IORING_OP_ACCEPT, link.receiver, OPERATION_ACCEPT);
        ring_submit(&uring->ring);
        entry = ask_empty(uring, IORING_OP_CONNECT, client, OPERATION_CONNECT);
        entry->addr = (uintptr_t)&link.address;
        entry->off = link.address_length;
        for (int j = 0; j < 2; j++) {
            int result = answer(uring);

            require(result >= 0, "accept or connect");
            if (result > 0)
                server = accepted(link.receiver, result);
        }
        ask_empty(uring, IORING_OP_SHUTDOWN, client, OPERATION_SHUTDOWN)->len = SHUT_WR;
        answers(uring, 1, 0);
        ask_empty(uring, IORING_OP_SHUTDOWN, server, OPERATION_SHUTDOWN)->len = SHUT_RD;
        answers(uring, 1, 0);
        end_close(&client);
        end_close(&server);
    }
    uring_free(uring);
    end_close(&link.receiver);
}

/* Accepts into the ring's own table of files, and reads from there. */
static void direct(const struct plan *plan)
{
    struct uring *uring = uring_new(8, 0);
    char data[64], got[64];
    struct link link = {0};
    int none[4] = {-1, -1, -1, -1};

    memset(data, 0, sizeof(data));
    plan->kind->prepare(plan->kind, &link);
    ring_register(&uring->ring, IORING_REGISTER_FILES, none, 4);
    for (unsigned i = 0; i < plan->n; i++) {
        struct end client = socket_new(plan->kind), server = channel_new(plan->kind->mechanism);

        require_result(t_connect(client, (struct sockaddr *)&link.address, link.address_length), 0);
        require_result(t_send(client, data, sizeof(data), 0), (ssize_t)sizeof(data));
        ask_empty(uring, IORING_OP_ACCEPT, link.receiver, OPERATION_ACCEPT)->file_index = 2;
        answers(uring, 1, 0);
        server.fd = 1;
        ask(uring, IORING_OP_RECV, server, OPERATION_RECEIVE, got, sizeof(got))->flags = IOSQE_FIXED_FILE;
        answers(uring, 1, sizeof(got));
        ask_nothing(uring, IORING_OP_CLOSE, 0)->file_index = 2;
        answers(uring, 1, 0);
        end_close(&client);
    }
    uring_free(uring);
    end_close(&link.receiver);
}

/* Looks at a message, then takes it. */
static void peek(const struct plan *plan)
{
    struct uring *uring = uring_new(8, 0);
    char data[plan->size], got[plan->size];
    struct link link = {0};

    memset(data, 0, sizeof(data));
    kind_open(plan->kind, &link);
    for (unsigned i = 0; i < plan->n; i++) {
        require_result(t_send(link.sender, data, sizeof(data), 0), (ssize_t)sizeof(data));
        ask(uring, IORING_OP_RECV, link.receiver, OPERATION_PEEK, got, sizeof(got))->msg_flags = MSG_PEEK;
        answers(uring, 1, sizeof(got));
        ask(uring, IORING_OP_RECV, link.receiver, OPERATION_RECEIVE, got, sizeof(got));
        answers(uring, 1, sizeof(got));
    }
    uring_free(uring);
    link_close(&link);
}

/* Datagrams that do not fit. */
static void cut(const struct plan *plan)
{
    struct uring *uring = uring_new(8, 0);
    char data[plan->size], got[plan->size / 2];
    struct iovec part = {got, sizeof(got)};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    struct link link = {0};
    struct end via;

    memset(data, 0, sizeof(data));
    kind_open(plan->kind, &link);
    via = end_via(link.receiver, VIA_IO_URING);
    for (unsigned i = 0; i < plan->n; i++) {
        require_result(t_send(link.sender, data, sizeof(data), 0), (ssize_t)sizeof(data));
        ask(uring, IORING_OP_RECVMSG, link.receiver, OPERATION_RECEIVE, &message, 1);
        answers(uring, 1, sizeof(got));
        book_truncated(via, OPERATION_RECEIVE);
        require_result(t_send(link.sender, data, sizeof(data), 0), (ssize_t)sizeof(data));
        ask(uring, IORING_OP_RECVMSG, link.receiver, OPERATION_PEEK, &message, 1)->msg_flags = MSG_PEEK;
        ask(uring, IORING_OP_RECV, link.receiver, OPERATION_RECEIVE, got, sizeof(got)); /* nothing tells */
        answers(uring, 2, sizeof(got));
    }
    uring_free(uring);
    link_close(&link);
}

/* Sends without a copy: a second completion says that the buffer is free, and is no operation. */
static void zero_copy(const struct plan *plan)
{
    struct uring *uring = uring_new(8, 0);
    static char data[4096], got[4096];
    struct link link = {0};

    kind_open(plan->kind, &link);
    for (unsigned i = 0; i < plan->n; i++) {
        struct io_uring_cqe first;

        ask(uring, IORING_OP_SEND_ZC, link.sender, OPERATION_SEND, data, sizeof(data));
        first = answer_whole(uring);
        require(first.res == sizeof(data) && first.flags & IORING_CQE_F_MORE, "sending without a copy");
        require_result(t_recv(link.receiver, got, sizeof(got), MSG_WAITALL), (ssize_t)sizeof(got));
        require(answer_whole(uring).flags & IORING_CQE_F_NOTIF, "getting the buffer back");
    }
    uring_free(uring);
    link_close(&link);
}

static bool fits_zero_copy(const struct kind *kind)
{
    return kind->mechanism == MECHANISM_TCP || kind->mechanism == MECHANISM_UDP;
}

const struct scenario uring_socket_scenarios[] = {
    {"uring-connect", "io_uring: accept, connect, shutdown", .n = 50, .fits = fits_connections,
     .run = connect_and_shut},
    {"uring-direct", "io_uring: accept into the ring's table", .n = 50, .fits = fits_connections, .run = direct},
    {"uring-peek", "io_uring: recv with MSG_PEEK", .n = 50, .size = 64, .fits = fits_sockets, .run = peek},
    {"uring-cut", "io_uring: datagrams that do not fit", .n = 50, .size = 64, .fits = fits_messages, .run = cut},
    {"uring-zero-copy", "io_uring: send without a copy", .n = 50, .fits = fits_zero_copy, .run = zero_copy},
    {0},
};
