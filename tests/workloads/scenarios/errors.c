/* Reads and writes that fail on a channel that is there. */
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>

#include "../calls/calls.h"
#include "../core/require.h"
#include "families.h"

#define NOWHERE ((void *)8) /* never mapped: below vm.mmap_min_addr */

static void epipe(const struct plan *plan)
{
    char data[plan->size];
    struct iovec part = {data, plan->size};
    struct link link = {0};

    kind_open(plan->kind, &link);
    /* TCP notices a peer's close only after a send; its own shutdown it knows of. */
    if (plan->kind->mechanism == MECHANISM_TCP)
        require_result(t_shutdown(link.sender, SHUT_WR), 0);
    else
        end_close(&link.receiver);
    for (unsigned i = 0; i < plan->n; i++) {
        require_error(t_write(link.sender, data, plan->size), EPIPE);
        require_error(t_writev(link.sender, &part, 1), EPIPE);
        if (plan->kind->socket)
            require_error(t_send(link.sender, data, plan->size, MSG_NOSIGNAL), EPIPE);
    }
    link_close(&link);
}

static void ebadf(const struct plan *plan)
{
    char data[plan->size];
    struct iovec part = {data, plan->size};
    struct link link = {0};

    kind_open(plan->kind, &link);
    for (unsigned i = 0; i < plan->n; i++) {
        require_error(t_write(link.receiver, data, plan->size), EBADF);
        require_error(t_read(link.sender, data, plan->size), EBADF);
        require_error(t_writev(link.receiver, &part, 1), EBADF);
        require_error(t_readv(link.sender, &part, 1), EBADF);
    }
    link_close(&link);
}

/* Positions are for files. */
static void espipe(const struct plan *plan)
{
    char data[plan->size];
    struct iovec part = {data, plan->size};
    struct link link = {0};

    kind_open(plan->kind, &link);
    for (unsigned i = 0; i < plan->n; i++) {
        require_error(t_pwritev2(link.sender, &part, 1, 0, 0), ESPIPE);
        require_error(t_preadv2(link.receiver, &part, 1, 0, 0), ESPIPE);
    }
    link_close(&link);
}

static void efault(const struct plan *plan)
{
    char data[plan->size];
    struct iovec bad = {NOWHERE, plan->size};
    struct link link = {0};

    kind_open(plan->kind, &link);
    for (unsigned i = 0; i < plan->n; i++) {
        require_error(t_write(link.sender, NOWHERE, plan->size), EFAULT);
        require_error(t_writev(link.sender, &bad, 1), EFAULT);
        require_error(t_writev(link.sender, NOWHERE, 1), EFAULT);
        require_error(t_readv(link.receiver, NOWHERE, 1), EFAULT);
        require_result(t_write(link.sender, data, plan->size), (ssize_t)plan->size);
        require_error(t_read(link.receiver, NOWHERE, plan->size), EFAULT);
        /* Streams still have it, datagrams may be gone. */
        if (!plan->kind->messages)
            require_result(t_read(link.receiver, data, plan->size), (ssize_t)plan->size);
    }
    link_close(&link);
}

/* The same for the calls that take a message header. */
static void efault_message(const struct plan *plan)
{
    struct link link = {0};

    kind_open(plan->kind, &link);
    for (unsigned i = 0; i < plan->n; i++) {
        require_error(t_sendto(link.sender, NOWHERE, plan->size, 0, NULL, 0), EFAULT);
        require_error(t_sendmsg(link.sender, NOWHERE, 0), EFAULT);
        require_error(t_recvmsg(link.receiver, NOWHERE, 0), EFAULT);
        require_error(t_sendmmsg(link.sender, NOWHERE, 2, 0), EFAULT);
        require_error(t_recvmmsg(link.receiver, NOWHERE, 2, 0), EFAULT);
        require_error(t_connect(link.sender, NOWHERE, sizeof(struct sockaddr)), EFAULT);
    }
    link_close(&link);
}

static void emsgsize(const struct plan *plan)
{
    static char data[1 << 20];
    struct iovec part = {data, sizeof(data)};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    struct mmsghdr batch = {.msg_hdr = message};
    struct link link = {0};

    kind_open(plan->kind, &link);
    for (unsigned i = 0; i < plan->n; i++) {
        require_error(t_write(link.sender, data, sizeof(data)), EMSGSIZE);
        require_error(t_sendmsg(link.sender, &message, 0), EMSGSIZE);
        require_error(t_sendmmsg(link.sender, &batch, 1, 0), EMSGSIZE);
    }
    link_close(&link);
}

static bool fits_ending(const struct kind *kind)
{
    return kind->ends;
}

#define FAILING .n = 100, .size = 64

const struct scenario error_scenarios[] = {
    {"epipe", "write, writev, send with no receiver", FAILING, .fits = fits_ending, .run = epipe},
    {"ebadf", "write to the read end, read from the write end", FAILING, .fits = fits_pipes, .run = ebadf},
    {"espipe", "pwritev2, preadv2 at a position", FAILING, .fits = fits_any, .run = espipe},
    {"efault", "read, write and their vectors with bad addresses", FAILING, .fits = fits_any, .run = efault},
    {"efault-message", "message calls, connect with bad addresses", FAILING, .fits = fits_sockets,
     .run = efault_message},
    {"emsgsize", "datagrams that are too long", FAILING, .fits = fits_messages, .run = emsgsize},
    {0},
};
