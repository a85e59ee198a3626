/* startup COMMAND…: how long a tracer takes to attach and to leave. Prints "FIRST ALL DETACH" in milliseconds:
 * from exec to its first link, from exec to its last link (none more for half a second), from SIGTERM to no link left.
 * Links are what a program is attached by; one that is only loaded does not count. */
#define _GNU_SOURCE
#include <bpf/bpf.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define POLL_US  200
#define STABLE   500.0   /* ms */
#define PATIENCE 10000.0 /* ms */

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static unsigned int links(void)
{
    unsigned int id = 0, n = 0;

    while (!bpf_link_get_next_id(id, &id))
        n++;
    return n;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: startup COMMAND…\n");
        return 2;
    }
    unsigned int others = links(), seen = others;
    double first = 0, last = 0, start = now();
    pid_t child = fork();
    if (!child) {
        execvp(argv[1], argv + 1);
        fprintf(stderr, "startup: %s: %s\n", argv[1], strerror(errno));
        _exit(127);
    }
    while (now() - start < PATIENCE && (!first || now() - last < STABLE) && !waitpid(child, NULL, WNOHANG)) {
        unsigned int n = links();

        if (n > seen) {
            last = now();
            first = first ? first : last;
            seen = n;
        }
        usleep(POLL_US);
    }
    double asked = now();
    kill(child, SIGTERM);
    while (now() - asked < PATIENCE && links() > others)
        usleep(POLL_US);
    double left = now();
    waitpid(child, NULL, 0);
    if (!first) {
        fprintf(stderr, "startup: %s attached nothing in %.0f ms\n", argv[1], asked - start);
        return 1;
    }
    printf("%.1f %.1f %.1f\n", first - start, last - start, left - asked);
    return 0;
}
