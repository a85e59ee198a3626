/* Many processes with many descriptors: 1,000 with 20 each. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../core/require.h"
#include "scene.h"

#define PROCESSES 1000
#define PIPES     5 /* each: 2 of its own, and the next one's other ends */

static int before[PIPES][2], next[PIPES][2], sockets[2], next_sockets[2];

static void keep_ends(void *unused)
{
    (void)unused;
    for (int i = 0; i < PIPES; i++) {
        close(before[i][1]);
        close(next[i][0]);
    }
    close(sockets[1]);
    close(next_sockets[0]);
    for (int i = 0; i < 8; i++)
        require(dup(before[i % PIPES][0]) >= 0, "dup");
}

static void open_all(int pipes[PIPES][2], int pair[2], int number)
{
    char name[32];

    for (int i = 0; i < PIPES; i++) {
        require(pipe2(pipes[i], O_CLOEXEC) == 0, "pipe2");
        snprintf(name, sizeof(name), "pipe-%d-%d", number, i);
        say_channel(name, pipes[i][0]);
    }
    require(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0, "socketpair");
    if (number == 0 || number == PROCESSES)
        return; /* nobody has the other one in the end */
    snprintf(name, sizeof(name), "one-%d", number);
    say_channel(name, pair[0]);
    snprintf(name, sizeof(name), "other-%d", number);
    say_channel(name, pair[1]);
}

static void close_all(int pipes[PIPES][2], int pair[2])
{
    for (int i = 0; i < PIPES; i++) {
        close(pipes[i][0]);
        close(pipes[i][1]);
    }
    close(pair[0]);
    close(pair[1]);
}

static void say_ends(int number, pid_t pid)
{
    char name[32];

    for (int i = 0; i < PIPES; i++) {
        snprintf(name, sizeof(name), "pipe-%d-%d", number, i);
        say_exact("reader", name, pid);
        snprintf(name, sizeof(name), "pipe-%d-%d", number + 1, i);
        say_exact("writer", name, pid);
    }
}

static void say_sockets(int number, pid_t one, pid_t other)
{
    char a[32], b[32];

    snprintf(a, sizeof(a), "one-%d", number);
    snprintf(b, sizeof(b), "other-%d", number);
    say_peer(a, b);
    say_peer(b, a);
    say_exact("holder", a, one);
    say_exact("holder", b, other);
    say_exact("reader", a, other);
    say_exact("writer", a, other);
    say_exact("reader", b, one);
    say_exact("writer", b, one);
}

/* A chain: each reads from the pipes that the one before writes into, and has a socket to either side. */
static void chain(void)
{
    pid_t last = 0;

    open_all(before, sockets, 0);
    for (int number = 0; number < PROCESSES; number++) {
        pid_t pid;

        open_all(next, next_sockets, number + 1);
        pid = stand(keep_ends, NULL);
        close_all(before, sockets);
        say_ends(number, pid);
        if (last != 0)
            say_sockets(number, pid, last);
        last = pid;
        for (int i = 0; i < PIPES; i++) {
            before[i][0] = next[i][0];
            before[i][1] = next[i][1];
        }
        sockets[0] = next_sockets[0];
        sockets[1] = next_sockets[1];
    }
    close_all(before, sockets);
}

const struct scene crowd_scenes[] = {{"crowd", chain}, {0}};
