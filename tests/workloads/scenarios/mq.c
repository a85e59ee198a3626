/* POSIX message queues that do what they should. */
#include <fcntl.h>
#include <unistd.h>

#include "../core/process.h"
#include "../core/require.h"
#include "../core/thread.h"
#include "families.h"
#include "queue.h"

static void send_all(const struct plan *plan, struct end queue)
{
    char data[plan->size];

    for (unsigned i = 0; i < plan->n; i++)
        require_result(t_mq_send(queue, data, 1 + i % plan->size, i % 32, NULL), 0);
}

static void receive_all(const struct plan *plan, struct end queue)
{
    char data[plan->size];

    for (unsigned i = 0; i < plan->n; i++)
        require(t_mq_receive(queue, data, plan->size, NULL, NULL) > 0, "mq_timedreceive");
}

static void transfer(const struct plan *plan)
{
    struct end queue = queue_new(plan->size, 0);
    pid_t child = process_fork(0);

    if (child == 0) {
        send_all(plan, queue);
        _exit(0);
    }
    receive_all(plan, queue);
    process_join(child);
    end_close(&queue);
}

/* Two processes that find the queue by its name, one of them as reader, one as writer. */
static void by_name(const struct plan *plan)
{
    struct mq_attr attributes = {.mq_maxmsg = MESSAGES, .mq_msgsize = plan->size};
    const char *name = queue_name("named");
    struct end queue = {0};
    pid_t child;

    require(t_mq_open(&queue, name, O_RDONLY | O_CREAT | O_CLOEXEC, &attributes) >= 0, "mq_open");
    child = process_fork(0);
    if (child == 0) {
        require(t_mq_open(&queue, name, O_WRONLY | O_CLOEXEC, NULL) >= 0, "mq_open");
        send_all(plan, queue);
        _exit(0);
    }
    receive_all(plan, queue);
    process_join(child);
    require_result(t_mq_unlink(name), 0);
    end_close(&queue);
}

/* Full and empty again, highest priority first. */
static void priorities(const struct plan *plan)
{
    struct end queue = queue_new(plan->size, 0);
    char data[plan->size];

    for (unsigned i = 0; i < plan->n; i++) {
        for (unsigned message = 0; message < MESSAGES; message++)
            require_result(t_mq_send(queue, data, plan->size, (message * 5 + i) % MESSAGES, NULL), 0);
        for (unsigned message = MESSAGES; message-- > 0;) {
            unsigned priority;

            require_result(t_mq_receive(queue, data, plan->size, &priority, NULL), (ssize_t)plan->size);
            require(priority == message, "getting the highest priority first");
        }
    }
    end_close(&queue);
}

/* As many and as long messages as a queue takes that is made without attributes. */
static void deep(const struct plan *plan)
{
    const char *name = queue_name("deep");
    struct end queue = {0};
    struct mq_attr most;
    char data[plan->size];

    require(t_mq_open(&queue, name, O_RDWR | O_CREAT | O_CLOEXEC, NULL) >= 0, "mq_open");
    require_result(t_mq_unlink(name), 0);
    require_result(t_mq_getsetattr(queue, NULL, &most), 0);
    require((size_t)most.mq_msgsize <= plan->size, "-s: at least fs.mqueue.msgsize_default here");
    for (unsigned i = 0; i < plan->n; i++) {
        for (int message = 0; message < most.mq_maxmsg; message++)
            require_result(t_mq_send(queue, data, most.mq_msgsize, 0, NULL), 0);
        for (int message = 0; message < most.mq_maxmsg; message++)
            require_result(t_mq_receive(queue, data, plan->size, NULL, NULL), most.mq_msgsize);
    }
    end_close(&queue);
}

#define PROCESSES 4 /* on each side */

static void many(const struct plan *plan)
{
    struct end queue = queue_new(plan->size, 0);
    pid_t children[2 * PROCESSES];

    for (int i = 0; i < 2 * PROCESSES; i++) {
        children[i] = process_fork(0);
        if (children[i] == 0) {
            (i % 2 == 0 ? send_all : receive_all)(plan, queue);
            _exit(0);
        }
    }
    for (int i = 0; i < 2 * PROCESSES; i++)
        process_join(children[i]);
    end_close(&queue);
}

struct crew {
    const struct plan *plan;
    struct end queue;
};

static void *send_in_thread(void *argument)
{
    struct crew *crew = argument;

    send_all(crew->plan, crew->queue);
    return NULL;
}

static void threads(const struct plan *plan)
{
    struct crew crew = {plan, queue_new(plan->size, 0)};
    pthread_t senders[PROCESSES];

    for (int i = 0; i < PROCESSES; i++)
        senders[i] = thread_run(send_in_thread, &crew);
    for (int i = 0; i < PROCESSES; i++)
        receive_all(plan, crew.queue);
    for (int i = 0; i < PROCESSES; i++)
        thread_join(senders[i]);
    end_close(&crew.queue);
}

const struct scenario mq_scenarios[] = {
    {"mq/transfer", "N messages to another process", .n = 1000, .size = 64, .run = transfer, .forms = FORM_NEWIPC},
    {"mq/by-name", "the same by a queue that both open", .n = 1000, .size = 64, .run = by_name, .forms = FORM_NEWIPC},
    {"mq/priorities", "N times 8 messages of 8 priorities", .n = 100, .size = 64, .run = priorities},
    {"mq/deep", "N times as many and long messages as go in", .n = 50, .size = 8192, .run = deep},
    {"mq/many", "4 senders and 4 receivers, N messages each", .n = 300, .size = 64, .run = many},
    {"mq/threads", "4 threads send N messages each", .n = 300, .size = 64, .run = threads},
    {0},
};
