/* Calls that would have to wait. */
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "../calls/calls.h"
#include "../core/require.h"
#include "families.h"

static void set_nonblocking(struct end end)
{
    int flags = fcntl(end.fd, F_GETFL);

    require(fcntl(end.fd, F_SETFL, flags | O_NONBLOCK) == 0, "fcntl(F_SETFL)");
}

/* Fills by writes and drains by reads, to the full and to the empty channel and `n` calls beyond. */
static void fill_and_drain(const struct plan *plan, struct link *link)
{
    char data[plan->size];
    ssize_t done;

    while ((done = t_write(link->sender, data, plan->size)) > 0)
        ;
    require_error(done, EAGAIN);
    for (unsigned i = 0; i < plan->n; i++)
        require_error(t_write(link->sender, data, plan->size), EAGAIN);
    while ((done = t_read(link->receiver, data, plan->size)) > 0)
        ;
    require_error(done, EAGAIN);
    for (unsigned i = 0; i < plan->n; i++)
        require_error(t_read(link->receiver, data, plan->size), EAGAIN);
}

static void nonblocking(const struct plan *plan)
{
    struct link link = {0};

    kind_open(plan->kind, &link);
    set_nonblocking(link.sender);
    set_nonblocking(link.receiver);
    fill_and_drain(plan, &link);
    link_close(&link);
}

static void nonblocking_receive(const struct plan *plan)
{
    char data[plan->size];
    struct link link = {0};

    kind_open(plan->kind, &link);
    set_nonblocking(link.receiver);
    for (unsigned i = 0; i < plan->n; i++) {
        require_result(t_write(link.sender, data, plan->size), (ssize_t)plan->size);
        require_result(t_read(link.receiver, data, plan->size), (ssize_t)plan->size);
        require_error(t_read(link.receiver, data, plan->size), EAGAIN);
    }
    link_close(&link);
}

static void dontwait(const struct plan *plan)
{
    char data[plan->size];
    struct iovec part = {data, plan->size};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    struct mmsghdr batch[4] = {{.msg_hdr = message}, {.msg_hdr = message}, {.msg_hdr = message}, {.msg_hdr = message}};
    struct link link = {0};

    kind_open(plan->kind, &link);
    for (unsigned i = 0; i < plan->n; i++) {
        require_error(t_recv(link.receiver, data, plan->size, MSG_DONTWAIT), EAGAIN);
        require_error(t_recvmsg(link.receiver, &message, MSG_DONTWAIT), EAGAIN);
        require_error(t_recvmmsg(link.receiver, batch, 4, MSG_DONTWAIT), EAGAIN);
        /* Two messages for a batch of four. */
        require_result(t_sendmmsg(link.sender, batch, 2, MSG_DONTWAIT), 2);
        require(t_recvmmsg(link.receiver, batch, 4, MSG_DONTWAIT) >= 1, "recvmmsg");
    }
    link_close(&link);
}

/* sendmmsg into a queue that gets full: some messages of a batch, then none. */
static void batch_until_full(const struct plan *plan)
{
    char data[plan->size];
    struct iovec part = {data, plan->size};
    struct mmsghdr batch[7];
    struct link link = {0};
    int done;

    for (int i = 0; i < 7; i++)
        batch[i] = (struct mmsghdr){.msg_hdr = {.msg_iov = &part, .msg_iovlen = 1}};
    kind_open(plan->kind, &link);
    for (unsigned i = 0; i < plan->n; i++) {
        while ((done = t_sendmmsg(link.sender, batch, 7, MSG_DONTWAIT)) > 0)
            ;
        require_error(done, EAGAIN);
        while ((done = t_recvmmsg(link.receiver, batch, 7, MSG_DONTWAIT)) > 0)
            ;
        require_error(done, EAGAIN);
    }
    link_close(&link);
}

/* A wait that is given up: EAGAIN too, but after some time. */
static void timeout(const struct plan *plan)
{
    struct timeval wait = {0, 5000};
    char data[plan->size];
    struct link link = {0};

    kind_open(plan->kind, &link);
    require(setsockopt(link.receiver.fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait)) == 0, "setsockopt(SO_RCVTIMEO)");
    for (unsigned i = 0; i < plan->n; i++)
        require_error(t_recv(link.receiver, data, plan->size, 0), EAGAIN);
    link_close(&link);
}

static bool fits_full(const struct kind *kind)
{
    return !kind->lossy;
}

static bool fits_full_messages(const struct kind *kind)
{
    return kind->messages && !kind->lossy;
}

static bool fits_lossy(const struct kind *kind)
{
    return kind->lossy;
}

const struct scenario would_block_scenarios[] = {
    {"nonblock", "O_NONBLOCK: fill to EAGAIN, drain to EAGAIN", .n = 50, .size = 4096, .fits = fits_full,
     .run = nonblocking},
    {"nonblock", "O_NONBLOCK: reads to EAGAIN", .n = 50, .size = 64, .fits = fits_lossy, .run = nonblocking_receive},
    {"dontwait", "MSG_DONTWAIT on an empty socket; half-filled batches", .n = 50, .size = 64, .fits = fits_sockets,
     .run = dontwait},
    {"mmsg-full", "sendmmsg with MSG_DONTWAIT until the queue is full", .n = 20, .size = 64, .fits = fits_full_messages,
     .run = batch_until_full},
    {"timeout", "SO_RCVTIMEO of 5 ms runs out", .n = 10, .size = 64, .fits = fits_sockets, .run = timeout},
    {0},
};
