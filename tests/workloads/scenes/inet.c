/* TCP, UDP and netlink on one machine: the other socket is the one with the mirrored addresses. */
#include <arpa/inet.h>
#include <linux/netlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../core/require.h"
#include "scene.h"

static int listener, client, server;

static struct sockaddr_in loopback(int port)
{
    return (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
}

static int port_of(int fd)
{
    struct sockaddr_in address;
    socklen_t length = sizeof(address);

    require(getsockname(fd, (void *)&address, &length) == 0, "getsockname");
    return ntohs(address.sin_port);
}

static int bound(int type, int port)
{
    struct sockaddr_in address = loopback(port);
    int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0), on = 1;

    require(fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) == 0, "socket");
    require(bind(fd, (void *)&address, sizeof(address)) == 0, "bind");
    return fd;
}

static void connect_to(int fd, int port)
{
    struct sockaddr_in address = loopback(port);

    require(connect(fd, (void *)&address, sizeof(address)) == 0, "connect");
}

static void keep_listener(void *unused)
{
    (void)unused;
    close(client);
}

static void keep_client(void *unused)
{
    (void)unused;
    close(listener);
}

static void keep_server(void *unused)
{
    (void)unused;
    close(client);
    close(listener);
}

static void keep_connection(void *unused)
{
    (void)unused;
    close(server);
    close(listener);
}

static void say_ends(const char *one, pid_t a, const char *other, pid_t b)
{
    say_peer(one, other);
    say_peer(other, one);
    say_exact("holder", one, a);
    say_exact("holder", other, b);
    say_exact("reader", one, b);
    say_exact("writer", one, b);
    say_exact("reader", other, a);
    say_exact("writer", other, a);
}

static void connected(int port, int client_port, const char *one, const char *other)
{
    pid_t a, b;

    listener = bound(SOCK_STREAM, port);
    require(listen(listener, 5) == 0, "listen");
    client = bound(SOCK_STREAM, client_port);
    connect_to(client, port_of(listener));
    server = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    require(server >= 0, "accept");
    say_channel(one, client);
    say_channel(other, server);
    a = stand(keep_connection, NULL);
    b = stand(keep_server, NULL);
    close(client);
    close(server);
    close(listener);
    say_ends(one, a, other, b);
}

static void tcp(void)
{
    connected(0, 0, "client", "server");
}

static void other_network(void *unused)
{
    struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP};
    int fd;

    (void)unused;
    require(unshare(CLONE_NEWNET) == 0, "unshare");
    fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    require(ioctl(fd, SIOCSIFFLAGS, &request) == 0, "lo up");
    close(fd);
}

/* Two network namespaces with the very same addresses: joined by them alone, the connections are mixed up. */
static void same_addresses(void)
{
    other_network(NULL);
    connected(5000, 6000, "client", "server");
    other_network(NULL);
    connected(5000, 6000, "client2", "server2");
}

/* Nobody has accepted it: no process has the other socket, and who listens has to. */
static void unaccepted(void)
{
    pid_t a, b;

    listener = bound(SOCK_STREAM, 0);
    require(listen(listener, 5) == 0, "listen");
    client = bound(SOCK_STREAM, 0);
    connect_to(client, port_of(listener));
    say_channel("listener", listener);
    say_channel("client", client);
    a = stand(keep_listener, NULL);
    b = stand(keep_client, NULL);
    close(listener);
    close(client);
    say_peer("client", "listener");
    say_exact("holder", "listener", a);
    say_exact("holder", "client", b);
    say_exact("reader", "client", a);
    say_exact("writer", "client", a);
    say_exact("writer", "listener", b);
}

/* The server has closed its side: the listener has the same port, but is not the peer. */
static void closed(void)
{
    listener = bound(SOCK_STREAM, 0);
    require(listen(listener, 5) == 0, "listen");
    client = bound(SOCK_STREAM, 0);
    connect_to(client, port_of(listener));
    server = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    require(server >= 0, "accept");
    close(server);
    say_channel("client", client);
    say_exact("holder", "client", getpid());
}

/* An unconnected socket takes from whoever is connected to it. */
static void udp(void)
{
    pid_t child;

    listener = bound(SOCK_DGRAM, 0);
    client = bound(SOCK_DGRAM, 0);
    connect_to(client, port_of(listener));
    say_channel("server", listener);
    say_channel("client", client);
    child = stand(keep_client, NULL);
    close(client);
    say_peer("client", "server");
    say_exact("holder", "server", getpid());
    say_exact("holder", "client", child);
    say_exact("writer", "server", child);
    say_exact("reader", "client", getpid());
    say_exact("writer", "client", getpid());
}

/* Its other end is no process, whatever number it has. */
static void netlink(void)
{
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);

    require(fd >= 0, "socket");
    say_channel("route", fd);
    say_exact("holder", "route", getpid());
    say_exact("reader", "route", 0);
    say_exact("writer", "route", 0);
}

const struct scene inet_scenes[] = {
    {"tcp", tcp},
    {"tcp-same-addresses", same_addresses},
    {"tcp-unaccepted", unaccepted},
    {"tcp-closed", closed},
    {"udp", udp},
    {"netlink", netlink},
    {0},
};
