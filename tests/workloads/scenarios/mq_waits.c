/* Waiting for room in a POSIX queue and for a message. */
#include "../core/require.h"
#include "families.h"
#include "queue.h"
#include "waits.h"

#define SIZE 64

static void open_empty(struct waiting *waiting)
{
    waiting->end = queue_new(SIZE, 0);
}

static void open_full(struct waiting *waiting)
{
    char data[SIZE];

    open_empty(waiting);
    for (int i = 0; i < MESSAGES; i++)
        require_result(t_mq_send(waiting->end, data, SIZE, 0, NULL), 0);
}

static ssize_t receive(struct waiting *waiting)
{
    char data[SIZE];

    return t_mq_receive(waiting->end, data, SIZE, NULL, NULL);
}

static ssize_t send_one(struct waiting *waiting)
{
    char data[SIZE] = "";

    return t_mq_send(waiting->end, data, SIZE, 0, NULL);
}

static void release_receiver(struct waiting *waiting)
{
    require_result(send_one(waiting), 0);
}

static void release_sender(struct waiting *waiting)
{
    require_result(receive(waiting), SIZE);
}

static void close_queue(struct waiting *waiting)
{
    end_close(&waiting->end);
}

static const struct wait receive_wait = {
    OPERATION_RECEIVE,           .restarts = true,     .resumes = true, .open = open_empty, .call = receive,
    .release = release_receiver, .close = close_queue,
};

static const struct wait send_wait = {
    OPERATION_SEND,   .restarts = true,          .resumes = true,      .open = open_full,
    .call = send_one, .release = release_sender, .close = close_queue,
};

const struct scenario mq_wait_scenarios[] = {
    WAITS("mq/receive", &receive_wait, FORM_NEWIPC),
    WAITS("mq/send", &send_wait, 0),
    {0},
};
