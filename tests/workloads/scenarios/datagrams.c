/* Datagrams cut to the receiver's buffer, and empty ones. One process sends each and receives it. */
#include <sys/socket.h>

#include "../calls/calls.h"
#include "../core/require.h"
#include "families.h"

#define ROOM 10 /* of the receiver; SIZE must be more for a datagram to be cut */

typedef ssize_t (*receiver)(struct end end, char *room);

static void send_and_receive(const struct plan *plan, receiver receive, ssize_t expected)
{
    char data[plan->size], room[ROOM];
    struct link link = {0};

    kind_open(plan->kind, &link);
    for (unsigned i = 0; i < plan->n; i++) {
        require_result(t_write(link.sender, data, plan->size), (ssize_t)plan->size);
        require_result(receive(link.receiver, room), expected);
    }
    link_close(&link);
}

static ssize_t by_read(struct end end, char *room)
{
    return t_read(end, room, ROOM);
}

static ssize_t by_recv(struct end end, char *room)
{
    return t_recv(end, room, ROOM, 0);
}

static ssize_t by_recv_told(struct end end, char *room)
{
    return t_recv(end, room, ROOM, MSG_TRUNC);
}

static ssize_t by_recvmsg_flags(struct end end, char *room, int flags)
{
    struct iovec parts[2] = {{room, ROOM / 2}, {room + ROOM / 2, ROOM - ROOM / 2}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    ssize_t result = t_recvmsg(end, &message, flags);

    require(message.msg_flags & MSG_TRUNC, "truncating a datagram");
    return result;
}

static ssize_t by_recvmsg(struct end end, char *room)
{
    return by_recvmsg_flags(end, room, 0);
}

static ssize_t by_recvmsg_told(struct end end, char *room)
{
    return by_recvmsg_flags(end, room, MSG_TRUNC);
}

static ssize_t by_recvmmsg(struct end end, char *room)
{
    struct iovec part = {room, ROOM};
    struct mmsghdr message = {.msg_hdr = {.msg_iov = &part, .msg_iovlen = 1}};

    require_result(t_recvmmsg(end, &message, 1, 0), 1);
    return message.msg_len;
}

static void cut_silently(const struct plan *plan)
{
    send_and_receive(plan, by_read, ROOM);
    send_and_receive(plan, by_recv, ROOM);
}

static void cut_recv(const struct plan *plan)
{
    send_and_receive(plan, by_recv_told, plan->size);
}

static void cut_recvmsg(const struct plan *plan)
{
    send_and_receive(plan, by_recvmsg, ROOM);
}

static void cut_recvmsg_told(const struct plan *plan)
{
    send_and_receive(plan, by_recvmsg_told, plan->size);
}

static void cut_recvmmsg(const struct plan *plan)
{
    send_and_receive(plan, by_recvmmsg, ROOM);
}

static void empty(const struct plan *plan)
{
    char room[ROOM];
    struct iovec part = {room, 0};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    struct link link = {0};

    kind_open(plan->kind, &link);
    for (unsigned i = 0; i < plan->n; i++) {
        require_result(t_write(link.sender, room, 0), 0);
        require_result(t_sendmsg(link.sender, &message, 0), 0);
        require_result(t_recv(link.receiver, room, ROOM, 0), 0);
        require_result(by_read(link.receiver, room), 0);
    }
    link_close(&link);
}

#define CUT .n = 100, .size = 64, .fits = fits_messages

const struct scenario datagram_scenarios[] = {
    {"cut", "read, recv with a small buffer: nothing tells", CUT, .run = cut_silently},
    {"cut-recv", "recv with a small buffer and MSG_TRUNC", CUT, .run = cut_recv},
    {"cut-recvmsg", "recvmsg with a small buffer", CUT, .run = cut_recvmsg},
    {"cut-recvmsg-told", "recvmsg with a small buffer and MSG_TRUNC", CUT, .run = cut_recvmsg_told},
    {"cut-recvmmsg", "recvmmsg with a small buffer", CUT, .run = cut_recvmmsg},
    {"empty", "datagrams of 0 bytes", .n = 100, .size = 1, .fits = fits_messages, .run = empty},
    {0},
};
