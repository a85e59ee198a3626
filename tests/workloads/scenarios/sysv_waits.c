/* Waiting in System V calls; also for what is removed meanwhile. */
#include <errno.h>
#include <sys/msg.h>
#include <unistd.h>

#include "../calls/sysv.h"
#include "../core/gate.h"
#include "../core/process.h"
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

static int change(struct waiting *waiting, int by)
{
    struct sembuf operation = {0, by, 0};

    return t_semop(waiting->id, &operation, 1);
}

static ssize_t down(struct waiting *waiting)
{
    return change(waiting, -1);
}

static ssize_t wait_for_zero(struct waiting *waiting)
{
    int result = change(waiting, 0);

    if (result == 0)
        require_result(change(waiting, 1), 0);
    return result;
}

static void open_set(struct waiting *waiting)
{
    waiting->id = t_semget(IPC_PRIVATE, 1, 0600);
    require(waiting->id >= 0, "semget");
    waiting->end = sysv_end(MECHANISM_SYSV_SEM, waiting->id);
}

static void open_set_at_one(struct waiting *waiting)
{
    open_set(waiting);
    require_result(change(waiting, 1), 0);
}

static void release_down(struct waiting *waiting)
{
    require_result(change(waiting, 1), 0);
}

static void release_zero(struct waiting *waiting)
{
    require_result(change(waiting, -1), 0);
}

static void close_set(struct waiting *waiting)
{
    require_result(t_semctl(waiting->id, 0, IPC_RMID, 0), 0);
}

static const struct wait send_wait = {
    OPERATION_SEND,       .resumes = true,           .open = open_full,
    .call = send_message, .release = release_sender, .close = close_queue,
};

static const struct wait receive_wait = {
    OPERATION_RECEIVE,           .resumes = true,      .open = open_empty, .call = receive_message,
    .release = release_receiver, .close = close_queue,
};

static const struct wait down_wait = {
    OPERATION_WAIT, .open = open_set, .call = down, .release = release_down, .close = close_set,
};

static const struct wait zero_wait = {
    OPERATION_WAIT, .open = open_set_at_one, .call = wait_for_zero, .release = release_zero, .close = close_set,
};

/* The queue or set is removed under those who wait. */
static void removed(const struct plan *plan)
{
    for (unsigned i = 0; i < plan->n; i++) {
        struct waiting waiting = {.plan = plan};
        pid_t child;

        plan->scenario->wait->open(&waiting);
        child = process_fork(0);
        if (child == 0) {
            gate_add(0, 1);
            require_error(plan->scenario->wait->call(&waiting), EIDRM);
            _exit(0);
        }
        gate_wait(0, i + 1);
        process_wait_asleep(child, child);
        plan->scenario->wait->close(&waiting);
        process_join(child);
    }
}

#define REMOVED(title, call, how)                                                                                      \
    {                                                                                                                  \
        title "-removed", "N times removed meanwhile", .n = 5, .run = removed, .wait = call, .forms = how              \
    }

const struct scenario sysv_wait_scenarios[] = {
    WAITS("sysv_msg/send", &send_wait, FORM_IPC),
    REMOVED("sysv_msg/send", &send_wait, FORM_IPC),
    WAITS("sysv_msg/receive", &receive_wait, FORM_IPC | FORM_NEWIPC),
    REMOVED("sysv_msg/receive", &receive_wait, FORM_IPC),
    WAITS("sysv_sem/down", &down_wait, FORM_IPC | FORM_NEWIPC),
    REMOVED("sysv_sem/down", &down_wait, FORM_IPC),
    WAITS("sysv_sem/zero", &zero_wait, FORM_IPC),
    {0},
};
