#include <limits.h>

#include "../core/tally.h"
#include "calls.h"
#include "system.h"

ssize_t t_send(struct end end, const void *data, size_t size, int flags)
{
    return book(end, OPERATION_SEND, sys_send(end.fd, data, size, flags));
}

ssize_t t_sendto(struct end end, const void *data, size_t size, int flags, const struct sockaddr *to, socklen_t length)
{
    return book(end, OPERATION_SEND, sys_sendto(end.fd, data, size, flags, to, length));
}

ssize_t t_sendmsg(struct end end, const struct msghdr *message, int flags)
{
    return book(end, OPERATION_SEND, sys_sendmsg(end.fd, message, flags));
}

/* What came in: a peek moves nothing; with MSG_TRUNC the result is the datagram's length, more than was copied. */
static ssize_t book_received(struct end end, ssize_t result, size_t room, int flags)
{
    if (flags & MSG_PEEK)
        return book_empty(end, OPERATION_PEEK, result);
    if (result <= 0 || (size_t)result <= room)
        return book(end, OPERATION_RECEIVE, result);
    book(end, OPERATION_RECEIVE, room);
    book_truncated(end, OPERATION_RECEIVE);
    return result;
}

ssize_t t_recv(struct end end, void *data, size_t size, int flags)
{
    return book_received(end, sys_recv(end.fd, data, size, flags), size, flags);
}

ssize_t t_recvfrom(struct end end, void *data, size_t size, int flags, struct sockaddr *from, socklen_t *length)
{
    return book_received(end, sys_recvfrom(end.fd, data, size, flags, from, length), size, flags);
}

static size_t room_of(const struct msghdr *message)
{
    size_t room = 0;

    for (size_t i = 0; i < message->msg_iovlen; i++)
        room += message->msg_iov[i].iov_len;
    return room;
}

ssize_t t_recvmsg(struct end end, struct msghdr *message, int flags)
{
    ssize_t result = sys_recvmsg(end.fd, message, flags);

    if (result < 0 || flags & MSG_PEEK || !(message->msg_flags & MSG_TRUNC))
        return book_received(end, result, SSIZE_MAX, flags);
    book(end, OPERATION_RECEIVE, (size_t)result < room_of(message) ? result : (ssize_t)room_of(message));
    book_truncated(end, OPERATION_RECEIVE);
    return result;
}

int t_sendmmsg(struct end end, struct mmsghdr *messages, unsigned count, int flags)
{
    int sent = sys_sendmmsg(end.fd, messages, count, flags);

    if (sent < 0)
        return book(end, OPERATION_SEND, sent);
    for (int i = 0; i < sent; i++)
        book(end, OPERATION_SEND, messages[i].msg_len);
    return sent;
}

static int book_batch(struct end end, const struct mmsghdr *messages, int received, int flags)
{
    enum operation operation = flags & MSG_PEEK ? OPERATION_PEEK : OPERATION_RECEIVE;

    if (received < 0)
        return book(end, operation, received);
    for (int i = 0; i < received; i++) {
        if (operation == OPERATION_PEEK) {
            book_empty(end, operation, 0);
            continue;
        }
        book(end, operation, messages[i].msg_len);
        if (messages[i].msg_hdr.msg_flags & MSG_TRUNC)
            book_truncated(end, operation);
    }
    return received;
}

int t_recvmmsg(struct end end, struct mmsghdr *messages, unsigned count, int flags)
{
    return book_batch(end, messages, sys_recvmmsg(end.fd, messages, count, flags), flags);
}

#ifdef __i386__
int t_recvmmsg_time64(struct end end, struct mmsghdr *messages, unsigned count, int flags)
{
    return book_batch(end, messages, sys_recvmmsg_time64(end.fd, messages, count, flags), flags);
}
#endif
