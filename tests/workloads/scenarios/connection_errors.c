/* Connections that are not there, or not any more. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "../calls/calls.h"
#include "../core/require.h"
#include "families.h"

static struct sockaddr *address_of(struct link *link)
{
    return (struct sockaddr *)&link->address;
}

/* TCP: a close that resets. unix: a close with data unread. */
static void econnreset(const struct plan *plan)
{
    struct linger at_once = {1, 0};
    char data[plan->size];

    for (unsigned i = 0; i < plan->n; i++) {
        struct link link = {0};

        kind_open(plan->kind, &link);
        if (plan->kind->mechanism == MECHANISM_TCP)
            require(setsockopt(link.receiver.fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once)) == 0, "setsockopt");
        else
            require_result(t_write(link.sender, data, plan->size), (ssize_t)plan->size);
        end_close(&link.receiver);
        require_error(t_read(link.sender, data, plan->size), ECONNRESET);
        require_result(t_read(link.sender, data, plan->size), 0);
        require_error(t_write(link.sender, data, plan->size), EPIPE);
        end_close(&link.sender);
    }
}

/* The address of a socket that has gone. */
static void dead_address(const struct plan *plan, struct link *link)
{
    struct end gone = socket_new(plan->kind);

    socket_bind(plan->kind, link, gone);
    end_close(&gone);
}

static void econnrefused(const struct plan *plan)
{
    struct link link = {0};

    dead_address(plan, &link);
    for (unsigned i = 0; i < plan->n; i++) {
        struct end client = socket_new(plan->kind);

        require_error(t_connect(client, address_of(&link), link.address_length), ECONNREFUSED);
        end_close(&client);
    }
}

/* UDP hears of it after the datagram went, and the next call, whatever it is, fails. */
static void udp_refused(const struct plan *plan)
{
    char data[plan->size];
    struct link link = {0};
    struct end client = socket_new(plan->kind);
    struct pollfd refused = {.fd = client.fd};

    dead_address(plan, &link);
    require_result(t_connect(client, address_of(&link), link.address_length), 0);
    for (unsigned i = 0; i < plan->n; i++) {
        require_result(t_write(client, data, plan->size), (ssize_t)plan->size);
        require(poll(&refused, 1, 1000) == 1, "poll");
        if (i % 2)
            require_error(t_read(client, data, plan->size), ECONNREFUSED);
        else
            require_error(t_send(client, data, plan->size, 0), ECONNREFUSED);
    }
    end_close(&client);
}

static void enoent(const struct plan *plan)
{
    struct sockaddr_un nowhere = {.sun_family = AF_UNIX, .sun_path = "/nonexistent/ipcscope"};
    struct end client = socket_new(plan->kind);

    for (unsigned i = 0; i < plan->n; i++)
        require_error(t_connect(client, (struct sockaddr *)&nowhere, sizeof(nowhere)), ENOENT);
    end_close(&client);
}

static void unconnected_stream(const struct plan *plan)
{
    bool tcp = plan->kind->mechanism == MECHANISM_TCP;
    char data[plan->size];

    for (unsigned i = 0; i < plan->n; i++) {
        struct end lonely = socket_new(plan->kind); /* shutdown leaves its mark though it fails */

        /* unix-stream says EINVAL where everybody else says ENOTCONN. */
        require_error(t_recv(lonely, data, plan->size, 0), !tcp && plan->kind->type == SOCK_STREAM ? EINVAL : ENOTCONN);
        require_error(t_send(lonely, data, plan->size, MSG_NOSIGNAL), tcp ? EPIPE : ENOTCONN);
        if (tcp)
            require_error(t_shutdown(lonely, SHUT_RDWR), ENOTCONN);
        require_error(t_accept4(lonely, 0).fd, EINVAL);
        end_close(&lonely);
    }
}

static void unconnected_datagram(const struct plan *plan)
{
    bool udp = plan->kind->mechanism == MECHANISM_UDP;
    char data[plan->size];

    for (unsigned i = 0; i < plan->n; i++) {
        struct end lonely = socket_new(plan->kind); /* shutdown leaves its mark though it fails */

        require_error(t_send(lonely, data, plan->size, 0), udp ? EDESTADDRREQ : ENOTCONN);
        require_error(t_accept4(lonely, 0).fd, EOPNOTSUPP);
        if (udp)
            require_error(t_shutdown(lonely, SHUT_RDWR), ENOTCONN);
        end_close(&lonely);
    }
}

static bool fits_resettable(const struct kind *kind)
{
    return kind->ends && kind->socket;
}

static bool fits_udp(const struct kind *kind)
{
    return kind->mechanism == MECHANISM_UDP;
}

static bool fits_path(const struct kind *kind)
{
    return kind->family == AF_UNIX && kind->prepare != socketpair_prepare;
}

static bool fits_bound_datagrams(const struct kind *kind)
{
    return kind->prepare == datagram_prepare;
}

static bool fits_refusing(const struct kind *kind)
{
    return fits_connections(kind) || (fits_path(kind) && kind->messages);
}

#define FAILING .n = 100, .size = 64

const struct scenario connection_error_scenarios[] = {
    {"econnreset", "read after the peer's reset, then EOF, EPIPE", FAILING, .fits = fits_resettable, .run = econnreset},
    {"econnrefused", "connect to an address nobody listens on", FAILING, .fits = fits_refusing, .run = econnrefused},
    {"econnrefused", "send to a port nobody has, then the error", FAILING, .fits = fits_udp, .run = udp_refused},
    {"enoent", "connect to a path that does not exist", FAILING, .fits = fits_path, .run = enoent},
    {"enotconn", "recv, send, shutdown, accept on an unconnected socket", FAILING, .fits = fits_connections,
     .run = unconnected_stream},
    {"enotconn", "send, shutdown, accept on an unconnected socket", FAILING, .fits = fits_bound_datagrams,
     .run = unconnected_datagram},
    {0},
};
