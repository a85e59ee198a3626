/* Waiting for room in a System V queue and for a message. */
#include <sys/msg.h>

#include "../calls/sysv.h"
#include "../core/require.h"
#include "families.h"
#include "waits.h"

#define SIZE 1024

struct message {
    long type;
    char data[SIZE];
};

static int send_flagged(struct waiting *waiting, int flags)
{
    struct message message = {.type = 1};

    return t_msgsnd(waiting->id, &message, SIZE, flags);
}

static ssize_t send_message(struct waiting *waiting)
{
    return send_flagged(waiting, 0);
}

static ssize_t receive_message(struct waiting *waiting)
{
    struct message message;

    return t_msgrcv(waiting->id, &message, SIZE, 0, 0);
}

static void open_empty(struct waiting *waiting)
{
    waiting->id = t_msgget(IPC_PRIVATE, 0600);
    require(waiting->id >= 0, "msgget");
    waiting->end = sysv_end(MECHANISM_SYSV_MSG, waiting->id);
}

static void open_full(struct waiting *waiting)
{
    open_empty(waiting);
    while (send_flagged(waiting, IPC_NOWAIT) == 0)
        ;
}

static void release_receiver(struct waiting *waiting)
{
    require_result(send_message(waiting), 0);
}

static void release_sender(struct waiting *waiting)
{
    require_result(receive_message(waiting), SIZE);
}

static void close_queue(struct waiting *waiting)
{
    require_result(t_msgctl(waiting->id, IPC_RMID, NULL), 0);
}

static const struct wait send_wait = {
    OPERATION_SEND,       .resumes = true,           .open = open_full,
    .call = send_message, .release = release_sender, .close = close_queue,
};

static const struct wait receive_wait = {
    OPERATION_RECEIVE,           .resumes = true,      .open = open_empty, .call = receive_message,
    .release = release_receiver, .close = close_queue,
};

const struct scenario sysv_msg_wait_scenarios[] = {
    WAITS("sysv_msg/send", &send_wait, FORM_IPC),
    WAIT_REMOVED("sysv_msg/send", &send_wait, FORM_IPC),
    WAITS("sysv_msg/receive", &receive_wait, FORM_IPC | FORM_NEWIPC),
    WAIT_REMOVED("sysv_msg/receive", &receive_wait, FORM_IPC),
    {0},
};
