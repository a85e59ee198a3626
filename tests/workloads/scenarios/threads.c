/* Many threads and many channels. */
#include <fcntl.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../core/thread.h"
#include "families.h"

struct crew {
    const struct plan *plan;
    struct link link;
};

static void *write_messages(void *argument)
{
    struct crew *crew = argument;
    char data[crew->plan->size];

    for (unsigned i = 0; i < crew->plan->n; i++)
        require(t_write(crew->link.sender, data, sizeof(data)) > 0, "write");
    return NULL;
}

static void *read_to_end(void *argument)
{
    struct crew *crew = argument;
    char data[crew->plan->size];

    while (t_read(crew->link.receiver, data, sizeof(data)) > 0)
        ;
    return NULL;
}

#define PIPE_THREADS 32 /* writers, and as many readers */

static void pipe_threads(const struct plan *plan)
{
    struct crew crew = {.plan = plan};
    pthread_t writers[PIPE_THREADS], readers[PIPE_THREADS];

    pipe_new(&crew.link.receiver, &crew.link.sender, O_CLOEXEC);
    for (int i = 0; i < PIPE_THREADS; i++) {
        readers[i] = thread_run(read_to_end, &crew);
        writers[i] = thread_run(write_messages, &crew);
    }
    for (int i = 0; i < PIPE_THREADS; i++)
        thread_join(writers[i]);
    end_close(&crew.link.sender);
    for (int i = 0; i < PIPE_THREADS; i++)
        thread_join(readers[i]);
    end_close(&crew.link.receiver);
}

#define TCP_THREADS 16 /* in each of two processes */

/* All servers wait in accept on one socket. */
static void *serve(void *argument)
{
    struct crew *crew = argument;
    struct end connection = t_accept4(crew->link.receiver, SOCK_CLOEXEC);
    char data[crew->plan->size];
    ssize_t got;

    require(connection.fd >= 0, "accept4");
    while ((got = t_recv(connection, data, sizeof(data), 0)) > 0)
        require_result(t_send(connection, data, got, 0), got);
    end_close(&connection);
    return NULL;
}

static void *ask(void *argument)
{
    struct crew *crew = argument;
    struct end connection = socket_new(crew->plan->kind);
    char data[crew->plan->size];

    require_result(t_connect(connection, (struct sockaddr *)&crew->link.address, crew->link.address_length), 0);
    for (unsigned i = 0; i < crew->plan->n; i++) {
        require_result(t_send(connection, data, sizeof(data), 0), (ssize_t)sizeof(data));
        require(t_recv(connection, data, sizeof(data), MSG_WAITALL) == (ssize_t)sizeof(data), "recv");
    }
    require_result(t_shutdown(connection, SHUT_WR), 0);
    end_close(&connection);
    return NULL;
}

static void run_crew(void *(*body)(void *), struct crew *crew)
{
    pthread_t threads[TCP_THREADS];

    for (int i = 0; i < TCP_THREADS; i++)
        threads[i] = thread_run(body, crew);
    for (int i = 0; i < TCP_THREADS; i++)
        thread_join(threads[i]);
}

static void connection_threads(const struct plan *plan)
{
    struct crew crew = {.plan = plan};
    pid_t child;

    plan->kind->prepare(plan->kind, &crew.link);
    child = process_fork(0);
    if (child == 0) {
        run_crew(ask, &crew);
        _exit(0);
    }
    run_crew(serve, &crew);
    process_join(child);
    end_close(&crew.link.receiver);
}

#define PAIRS 200

static void unix_many(const struct plan *plan)
{
    static struct end pairs[PAIRS][2];
    char data[plan->size];

    for (int i = 0; i < PAIRS; i++)
        socketpair_new(pairs[i], SOCK_STREAM);
    for (unsigned round = 0; round < plan->n; round++) {
        for (int i = 0; i < PAIRS; i++)
            require_result(t_write(pairs[i][round % 2], data, sizeof(data)), (ssize_t)sizeof(data));
        for (int i = PAIRS; i-- > 0;)
            require_result(t_read(pairs[i][1 - round % 2], data, sizeof(data)), (ssize_t)sizeof(data));
    }
    for (int i = 0; i < PAIRS; i++) {
        end_close(&pairs[i][0]);
        end_close(&pairs[i][1]);
    }
}

const struct scenario thread_scenarios[] = {
    {"pipe-threads", "32 writers and 32 readers of one pipe; N messages a writer", .n = 200, .size = 64,
     .run = pipe_threads},
    {"threads", "16 clients and 16 servers, a connection each; N questions a client", .n = 100, .size = 64,
     .fits = fits_connections, .run = connection_threads},
    {"unix-many", "200 socket pairs of one process; N rounds", .n = 20, .size = 64, .run = unix_many},
    {0},
};
