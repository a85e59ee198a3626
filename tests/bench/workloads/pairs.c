/* Workloads of two processes, both on the CPU which the first was pinned to. */
#define _GNU_SOURCE
#include "worker.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define STREAM_BATCH 1024 /* messages between two acknowledgements: as many as a pipe holds */

static char message[MESSAGE];
static int to_peer, from_peer;

/* One call a message: nothing here is ever read or written in part. */
static void take(int fd, unsigned int bytes)
{
    if (read(fd, message, bytes) != (ssize_t)bytes)
        die("read");
}

static void give(int fd, unsigned int bytes)
{
    if (write(fd, message, bytes) != (ssize_t)bytes)
        die("write");
}

static void echo(int in, int out)
{
    for (;;) {
        take(in, MESSAGE);
        give(out, MESSAGE);
    }
}

static void swallow(int in, int out)
{
    for (;;) {
        for (int i = 0; i < STREAM_BATCH; i++)
            take(in, MESSAGE);
        give(out, 1);
    }
}

static void start_peer(void (*body)(int in, int out), int in, int out)
{
    peer = fork();
    if (peer < 0)
        die("fork");
    if (peer)
        return;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    real_time(1);
    body(in, out);
}

static void open_pipes(void (*body)(int in, int out))
{
    int there[2], back[2];

    if (pipe(there) || pipe(back))
        die("pipe");
    to_peer = there[1];
    from_peer = back[0];
    start_peer(body, there[0], back[1]);
}

static void open_pingpong(void)
{
    open_pipes(echo);
}

static void open_stream(void)
{
    open_pipes(swallow);
}

static void open_unix(void)
{
    int ends[2];

    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
        die("socketpair");
    to_peer = from_peer = ends[0];
    start_peer(echo, ends[1], ends[1]);
}

static void run_pingpong(unsigned int rounds)
{
    while (rounds--) {
        give(to_peer, MESSAGE);
        take(from_peer, MESSAGE);
    }
}

static void run_stream(unsigned int rounds)
{
    while (rounds--) {
        for (int i = 0; i < STREAM_BATCH; i++)
            give(to_peer, MESSAGE);
        take(from_peer, 1);
    }
}

const struct workload pairs[] = {
    {"pingpong", 4, 32, open_pingpong, run_pingpong},
    {"unix", 4, 32, open_unix, run_pingpong},
    {"stream", 2 * STREAM_BATCH + 2, 1, open_stream, run_stream},
    {0},
};
