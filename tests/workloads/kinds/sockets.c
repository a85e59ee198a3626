#include <netinet/in.h>
#include <string.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../core/require.h"
#include "../core/scratch.h"
#include "kind.h"

struct end socket_new(const struct kind *kind)
{
    return end_new(socket(kind->family, kind->type | SOCK_CLOEXEC, 0), kind->mechanism);
}

static void loopback_address(const struct kind *kind, struct link *link)
{
    struct sockaddr_in *four = (struct sockaddr_in *)&link->address;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)&link->address;

    link->address.ss_family = kind->family;
    if (kind->family == AF_INET) {
        four->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        link->address_length = sizeof(*four);
    } else {
        six->sin6_addr = in6addr_loopback;
        link->address_length = sizeof(*six);
    }
}

static void unix_address(const struct kind *kind, struct link *link)
{
    struct sockaddr_un *address = (struct sockaddr_un *)&link->address;

    address->sun_family = AF_UNIX;
    if (strcmp(kind->name, "unix-abstract") == 0) {
        link->address_length = sizeof(sa_family_t); /* the kernel finds a free abstract name */
        return;
    }
    strcpy(address->sun_path, scratch_path(kind->name));
    unlink(address->sun_path);
    link->address_length = sizeof(*address);
}

void socket_bind(const struct kind *kind, struct link *link, struct end end)
{
    struct sockaddr *address = (struct sockaddr *)&link->address;

    memset(address, 0, sizeof(link->address));
    if (kind->family == AF_UNIX)
        unix_address(kind, link);
    else
        loopback_address(kind, link);
    require(bind(end.fd, address, link->address_length) == 0, "bind");
    link->address_length = sizeof(link->address);
    require(getsockname(end.fd, address, &link->address_length) == 0, "getsockname");
}

void socketpair_new(struct end ends[2], int type)
{
    int fds[2];

    require(socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, fds) == 0, "socketpair");
    ends[0] = end_new(fds[0], MECHANISM_UNIX);
    ends[1] = end_new(fds[1], MECHANISM_UNIX);
}

void socketpair_prepare(const struct kind *kind, struct link *link)
{
    struct end ends[2];

    socketpair_new(ends, kind->type);
    link->receiver = ends[0];
    link->sender = ends[1];
}

void connection_prepare(const struct kind *kind, struct link *link)
{
    link->receiver = socket_new(kind);
    link->sender.fd = -1;
    socket_bind(kind, link, link->receiver);
    require(listen(link->receiver.fd, 16) == 0, "listen");
}

static void take(struct link *link, struct end connection)
{
    require(connection.fd >= 0, "accept");
    end_close(&link->receiver);
    link->receiver = connection;
}

void connection_receive(const struct kind *kind, struct link *link)
{
    (void)kind;
    take(link, t_accept(link->receiver));
}

void connection_receive4(const struct kind *kind, struct link *link)
{
    (void)kind;
    take(link, t_accept4(link->receiver, SOCK_CLOEXEC));
}

static void connect_sender(const struct kind *kind, struct link *link)
{
    link->sender = socket_new(kind);
    require_result(t_connect(link->sender, (struct sockaddr *)&link->address, link->address_length), 0);
}

void connection_send(const struct kind *kind, struct link *link)
{
    end_close(&link->receiver);
    connect_sender(kind, link);
}

/* Beyond net.core.rmem_max, where that is permitted. */
static void widen(struct end end)
{
    int size = 1 << 20;

    if (setsockopt(end.fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) != 0)
        require(setsockopt(end.fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size)) == 0, "setsockopt(SO_RCVBUF)");
}

void datagram_prepare(const struct kind *kind, struct link *link)
{
    link->receiver = socket_new(kind);
    link->sender.fd = -1;
    if (kind->lossy)
        widen(link->receiver);
    socket_bind(kind, link, link->receiver);
}

void datagram_send(const struct kind *kind, struct link *link)
{
    end_close(&link->receiver);
    connect_sender(kind, link);
}
