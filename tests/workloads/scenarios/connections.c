/* Making and ending connections. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

#include "../calls/calls.h"
#include "../core/require.h"
#include "families.h"

static struct sockaddr *address_of(struct link *link)
{
    return (struct sockaddr *)&link->address;
}

static void set_nonblocking(struct end end)
{
    require(fcntl(end.fd, F_SETFL, O_RDWR | O_NONBLOCK) == 0, "fcntl(F_SETFL)");
}

static void connect_and_shut(const struct plan *plan)
{
    struct link link = {0};

    plan->kind->prepare(plan->kind, &link);
    for (unsigned i = 0; i < plan->n; i++) {
        struct end client = socket_new(plan->kind), server;

        require_result(t_connect(client, address_of(&link), link.address_length), 0);
        server = i % 2 ? t_accept(link.receiver) : t_accept4(link.receiver, SOCK_CLOEXEC);
        require_result(t_shutdown(client, SHUT_WR), 0);
        require_result(t_shutdown(server, SHUT_RD), 0);
        require(t_shutdown(server, SHUT_RDWR) == 0 || errno == ENOTCONN, "shutdown");
        end_close(&client);
        end_close(&server);
    }
    end_close(&link.receiver);
}

static void accept_nonblocking(const struct plan *plan)
{
    struct link link = {0};

    plan->kind->prepare(plan->kind, &link);
    set_nonblocking(link.receiver);
    for (unsigned i = 0; i < plan->n; i++) {
        require_error(t_accept(link.receiver).fd, EAGAIN);
        require_error(t_accept4(link.receiver, SOCK_NONBLOCK).fd, EAGAIN);
    }
    end_close(&link.receiver);
}

/* Over TCP a connect that may not wait is in progress, then done, then one too many. */
static void connect_in_progress(const struct plan *plan)
{
    struct link link = {0};

    plan->kind->prepare(plan->kind, &link);
    for (unsigned i = 0; i < plan->n; i++) {
        struct end client = socket_new(plan->kind), server;
        struct pollfd done = {.fd = client.fd, .events = POLLOUT};

        set_nonblocking(client);
        require_error(t_connect(client, address_of(&link), link.address_length), EINPROGRESS);
        require(poll(&done, 1, 1000) == 1, "poll");
        require_result(t_connect(client, address_of(&link), link.address_length), 0);
        require_error(t_connect(client, address_of(&link), link.address_length), EISCONN);
        server = t_accept(link.receiver);
        end_close(&client);
        end_close(&server);
    }
    end_close(&link.receiver);
}

/* Over unix sockets it finds the backlog full. */
static void connect_backlog(const struct plan *plan)
{
    struct link link = {0};
    struct end waiting;

    plan->kind->prepare(plan->kind, &link);
    require(listen(link.receiver.fd, 0) == 0, "listen");
    waiting = socket_new(plan->kind);
    require_result(t_connect(waiting, address_of(&link), link.address_length), 0);
    for (unsigned i = 0; i < plan->n; i++) {
        struct end client = socket_new(plan->kind);

        set_nonblocking(client);
        require_error(t_connect(client, address_of(&link), link.address_length), EAGAIN);
        end_close(&client);
    }
    end_close(&waiting);
    end_close(&link.receiver);
}

static bool fits_tcp(const struct kind *kind)
{
    return kind->mechanism == MECHANISM_TCP;
}

static bool fits_unix_connections(const struct kind *kind)
{
    return fits_connections(kind) && kind->mechanism == MECHANISM_UNIX;
}

const struct scenario connection_scenarios[] = {
    {"connect", "connect, accept, accept4, shutdown", .n = 100, .fits = fits_connections, .run = connect_and_shut},
    {"accept-nonblock", "accept, accept4 with nobody waiting", .n = 100, .fits = fits_connections,
     .run = accept_nonblocking},
    {"connect-progress", "connect with O_NONBLOCK: EINPROGRESS, done, EISCONN", .n = 100, .fits = fits_tcp,
     .run = connect_in_progress},
    {"connect-backlog", "connect with O_NONBLOCK to a full backlog: EAGAIN", .n = 100, .fits = fits_unix_connections,
     .run = connect_backlog},
    {0},
};
