/* MSG_PEEK: looks, and moves nothing. */
#include <errno.h>
#include <sys/socket.h>

#include "../calls/calls.h"
#include "../core/require.h"
#include "families.h"

static void peek_once(struct end end, char *data, size_t size)
{
    struct iovec parts[2] = {{data, size}, {data, size}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 1};
    struct mmsghdr batch[2] = {{.msg_hdr = message}, {.msg_hdr = message}};

    require_result(t_recv(end, data, size, MSG_PEEK), (ssize_t)size);
    require_result(t_recvmsg(end, &message, MSG_PEEK), (ssize_t)size);
    require(t_recvmmsg(end, batch, 2, MSG_PEEK | MSG_DONTWAIT) >= 1, "recvmmsg");
}

static void peek(const struct plan *plan)
{
    char data[plan->size];
    struct link link = {0};

    kind_open(plan->kind, &link);
    for (unsigned i = 0; i < plan->n; i++) {
        require_error(t_recv(link.receiver, data, plan->size, MSG_PEEK | MSG_DONTWAIT), EAGAIN);
        require_result(t_write(link.sender, data, plan->size), (ssize_t)plan->size);
        peek_once(link.receiver, data, plan->size);
        /* How long the next datagram is, as programs ask before they make room for it. */
        if (plan->kind->messages)
            require_result(t_recv(link.receiver, NULL, 0, MSG_PEEK | MSG_TRUNC), (ssize_t)plan->size);
        require_result(t_recv(link.receiver, data, plan->size, 0), (ssize_t)plan->size);
    }
    link_close(&link);
}

const struct scenario peek_scenarios[] = {
    {"peek", "recv, recvmsg, recvmmsg with MSG_PEEK, then recv", .n = 100, .size = 64, .fits = fits_sockets,
     .run = peek},
    {0},
};
