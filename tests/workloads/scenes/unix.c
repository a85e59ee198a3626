/* Unix sockets: who has the other one. SO_PEERCRED tells who made a connection, which is seldom who uses it. */
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "../core/require.h"
#include "scene.h"

static int pair[2], listener, client, server;

static void close_both(void *unused)
{
    (void)unused;
    close(listener);
    close(client);
}

static void keep_first(void *unused)
{
    (void)unused;
    close(pair[1]);
}

static void keep_second(void *unused)
{
    (void)unused;
    close(pair[0]);
}

static void say_pair(const char *one, const char *other)
{
    say_peer(one, other);
    say_peer(other, one);
}

/* a holds `one`, b holds `other`: each reads what the other writes. */
static void say_ends(const char *one, pid_t a, const char *other, pid_t b)
{
    say_pair(one, other);
    say_exact("holder", one, a);
    say_exact("holder", other, b);
    say_exact("reader", one, b);
    say_exact("writer", one, b);
    say_exact("reader", other, a);
    say_exact("writer", other, a);
}

/* Made by the parent for two children: the credentials on both sides are the parent's, who has neither. */
static void socket_pair(void)
{
    pid_t a, b;

    require(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0, "socketpair");
    say_channel("one", pair[0]);
    say_channel("other", pair[1]);
    a = stand(keep_first, NULL);
    b = stand(keep_second, NULL);
    close(pair[0]);
    close(pair[1]);
    say_ends("one", a, "other", b);
}

static struct sockaddr_un name_of(const char *name)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    strcpy(address.sun_path + 1, name); /* abstract */
    return address;
}

static int named(int type, const char *name, int (*use)(int, const struct sockaddr *, socklen_t))
{
    struct sockaddr_un address = name_of(name);
    int fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);

    require(fd >= 0, "socket");
    require(use(fd, (void *)&address, offsetof(struct sockaddr_un, sun_path) + 1 + strlen(name)) == 0, name);
    return fd;
}

static void listen_and_connect(int type)
{
    listener = named(type, "ipcscope-scene", bind);
    require(listen(listener, 5) == 0, "listen");
    client = named(type, "ipcscope-scene", connect);
    say_channel("listener", listener);
    say_channel("client", client);
}

static void accept_one(void *unused)
{
    (void)unused;
    server = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    require(server >= 0, "accept");
    board[0] = inode_of(server);
    close(listener);
    close(client);
}

/* A worker accepts what its parent listened for; the client's credentials name the parent. */
static void accepted(int type)
{
    pid_t worker;

    listen_and_connect(type);
    worker = stand(accept_one, NULL);
    say_exact("holder", "listener", getpid());
    say_inode("server", board[0]);
    say_ends("client", getpid(), "server", worker);
}

static void accepted_stream(void)
{
    accepted(SOCK_STREAM);
}

static void accepted_seqpacket(void)
{
    accepted(SOCK_SEQPACKET);
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

/* Nobody has accepted it yet: there is no other socket that one could hold, but the process that must accept is known.
 */
static void unaccepted(void)
{
    pid_t a, b;

    listen_and_connect(SOCK_STREAM);
    a = stand(keep_listener, NULL);
    b = stand(keep_client, NULL);
    close_both(NULL);
    say_peer("client", "listener");
    say_exact("holder", "listener", a);
    say_exact("holder", "client", b);
    say_exact("reader", "client", a);
    say_exact("writer", "client", a);
    say_exact("writer", "listener", b);
}

/* Closed by the other side: there is no peer any more, though the kernel still points to it. Credentials are a hint. */
static void closed(void)
{
    listen_and_connect(SOCK_STREAM);
    server = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    require(server >= 0, "accept");
    close(server);
    say_exact("holder", "listener", getpid());
    say_exact("holder", "client", getpid());
    say("reader", "client", getpid(), "hint");
    say("writer", "client", getpid(), "hint");
}

/* Many send to one, as to a log: it reads from all of them, and each writes to it. */
static void many_to_one(void)
{
    static const char *const names[] = {"first", "second"};
    pid_t senders[2];

    listener = named(SOCK_DGRAM, "ipcscope-scene", bind);
    say_channel("log", listener);
    say_exact("holder", "log", getpid());
    for (int i = 0; i < 2; i++) {
        client = named(SOCK_DGRAM, "ipcscope-scene", connect);
        say_channel(names[i], client);
        senders[i] = stand(keep_client, NULL);
        close(client);
        say_exact("holder", names[i], senders[i]);
        say_exact("writer", "log", senders[i]);
        say_exact("reader", names[i], getpid());
        say_exact("writer", names[i], getpid());
        say_peer(names[i], "log");
    }
}

const struct scene unix_scenes[] = {
    {"socketpair", socket_pair},
    {"accepted", accepted_stream},
    {"accepted-seqpacket", accepted_seqpacket},
    {"unaccepted", unaccepted},
    {"closed", closed},
    {"many-to-one", many_to_one},
    {0},
};
