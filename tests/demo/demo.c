/*
 * Lively processes for looking at the dashboard: each scene is a few processes that talk in one way. Ctrl-C or SIGTERM
 * ends all, and nothing stays behind.
 *
 *   demo-pipeline  a source, a filter and a sink that is too slow: back-pressure up to the source
 *   demo-service   a unix socket's server and three clients
 *   demo-queues    a POSIX and a System V queue, a producer and a consumer each
 *   demo-memory    shared memory that is handed over by a futex
 *   demo-pair      two processes that take turns at a pair of System V semaphores
 *   demo-locks     two processes hold a lock each and wait for the other's; after a minute one of them is ended,
 * again and again
 */
#include "demo.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct {
    const char *name;
    void (*run)(void);
} scenes[] = {
    {"demo-pipeline", pipeline}, {"demo-service", service}, {"demo-queues", queues},
    {"demo-memory", memory},     {"demo-pair", pair},       {"demo-locks", locks},
};

static volatile sig_atomic_t ending;

static void end(int signal)
{
    (void)signal;
    ending = 1;
}

/* A child of its own name, which ends with its parent. */
pid_t begin(const char *name, void (*run)(void))
{
    pid_t parent = getpid();
    pid_t child = fork();

    if (child != 0)
        return child;
    signal(SIGTERM, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    prctl(PR_SET_NAME, name);
    if (getppid() == parent)
        run();
    _exit(0);
}

void rest(long milliseconds)
{
    usleep((useconds_t)milliseconds * 1000);
}

int main(void)
{
    struct sigaction action = {.sa_handler = end};

    /* A group of its own, so that it can be ended as a whole. */
    setpgid(0, 0);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    prepare();
    for (size_t i = 0; i < sizeof(scenes) / sizeof(scenes[0]); i++)
        begin(scenes[i].name, scenes[i].run);
    while (!ending)
        pause();
    /* Its children end with their parents. */
    signal(SIGTERM, SIG_IGN);
    kill(0, SIGTERM);
    while (wait(NULL) > 0)
        ;
    leave();
    return 0;
}
