/* System V message queues that do what they should. */
#include <errno.h>
#include <string.h>
#include <sys/msg.h>
#include <unistd.h>

#include "../calls/sysv.h"
#include "../core/process.h"
#include "../core/require.h"
#include "families.h"

#define LONGEST 4096

struct message {
    long type;
    char data[LONGEST];
};

static int queue_private(void)
{
    int id = t_msgget(IPC_PRIVATE, 0600);

    require(id >= 0, "msgget");
    return id;
}

static void remove_queue(int id)
{
    require_result(t_msgctl(id, IPC_RMID, NULL), 0);
}

static void send_all(const struct plan *plan, int id)
{
    struct message message = {.type = 1};

    require(plan->size <= LONGEST, "-s: at most 4096 here");
    for (unsigned i = 0; i < plan->n; i++)
        require_result(t_msgsnd(id, &message, i % (plan->size + 1), 0), 0);
}

static void receive_all(const struct plan *plan, int id)
{
    struct message message;

    for (unsigned i = 0; i < plan->n; i++)
        require(t_msgrcv(id, &message, LONGEST, 0, 0) >= 0, "msgrcv");
}

#define SENDERS 4

static void transfer(const struct plan *plan)
{
    int id = queue_private();
    pid_t children[SENDERS];

    for (int i = 0; i < SENDERS; i++) {
        children[i] = process_fork(0);
        if (children[i] == 0) {
            send_all(plan, id);
            _exit(0);
        }
    }
    for (int i = 0; i < SENDERS; i++)
        receive_all(plan, id);
    for (int i = 0; i < SENDERS; i++)
        process_join(children[i]);
    remove_queue(id);
}

/* By type, all but a type, the lowest; a look at the n-th; the front of a message that is too long. */
static void selections(const struct plan *plan)
{
    int id = queue_private();
    struct message message = {0};

    for (unsigned i = 0; i < plan->n; i++) {
        for (message.type = 3; message.type >= 1; message.type--)
            require_result(t_msgsnd(id, &message, 100 * message.type, 0), 0);
        require_result(t_msgrcv(id, &message, LONGEST, 1, MSG_COPY | IPC_NOWAIT), 200);
        require_error(t_msgrcv(id, &message, LONGEST, 3, MSG_COPY | IPC_NOWAIT), ENOMSG);
        require_error(t_msgrcv(id, &message, LONGEST, 0, MSG_COPY), EINVAL);
        require_error(t_msgrcv(id, &message, LONGEST, 0, MSG_COPY | MSG_EXCEPT | IPC_NOWAIT), EINVAL);
        require_result(t_msgrcv(id, &message, LONGEST, 2, 0), 200);
        require_result(t_msgrcv(id, &message, LONGEST, 3, MSG_EXCEPT), 100);
        require_error(t_msgrcv(id, &message, 10, -3, 0), E2BIG);
        require_result(t_msgrcv(id, &message, 10, -3, MSG_NOERROR), 10);
        require_error(t_msgrcv(id, &message, LONGEST, 0, IPC_NOWAIT), ENOMSG);
    }
    remove_queue(id);
}

static void gets(const struct plan *plan)
{
    key_t key = 0x1bc00000 + getpid();

    for (unsigned i = 0; i < plan->n; i++) {
        int id;

        require_error(t_msgget(key, 0), ENOENT);
        id = t_msgget(key, IPC_CREAT | IPC_EXCL | 0600);
        require(id >= 0, "msgget");
        require_error(t_msgget(key, IPC_CREAT | IPC_EXCL | 0600), EEXIST);
        require_result(t_msgget(key, 0), id);
        remove_queue(id);
        remove_queue(queue_private());
    }
}

#define NOWHERE ((void *)8)

static void errors(const struct plan *plan)
{
    struct message message = {.type = 1}, none = {.type = 0};

    for (unsigned i = 0; i < plan->n; i++) {
        int id = queue_private();

        require_error(t_msgsnd(id, &none, 10, 0), EINVAL);
        require_error(t_msgsnd(id, &message, 1 << 20, 0), EINVAL);
        require_error(t_msgsnd(id, NOWHERE, 10, 0), EFAULT);
        require_error(t_msgctl(id, 77, NULL), EINVAL);
        require_error(t_msgctl(id, IPC_STAT, NOWHERE), EFAULT);
        while (t_msgsnd(id, &message, LONGEST, IPC_NOWAIT) == 0)
            ;
        require_error(t_msgsnd(id, &message, LONGEST, IPC_NOWAIT), EAGAIN);
        require_error(t_msgrcv(id, NOWHERE, LONGEST, 0, 0), EFAULT);
        remove_queue(id);
        require_error(t_msgsnd(id, &message, 10, 0), EINVAL);
        require_error(t_msgrcv(id, &message, 10, 0, 0), EINVAL);
        require_error(t_msgctl(id, IPC_RMID, NULL), EINVAL);
    }
}

static void control(const struct plan *plan)
{
    union { /* room for what any of the two kinds of program gets */
        struct msqid_ds queue;
        struct msginfo all;
        char room[512];
    } data;
    int id = queue_private();

    for (unsigned i = 0; i < plan->n; i++) {
        require_result(t_msgctl(id, IPC_STAT, &data), 0);
        require_result(t_msgctl(id, IPC_SET, &data), 0);
        require(t_msgctl(0, IPC_INFO, &data) >= 0, "msgctl(IPC_INFO)");
        require(t_msgctl(0, MSG_INFO, &data) >= 0, "msgctl(MSG_INFO)");
    }
    remove_queue(id);
}

#define ALL_FORMS .forms = FORM_IPC | FORM_NEWIPC

const struct scenario sysv_msg_scenarios[] = {
    {"sysv_msg/transfer", "4 processes send N messages each to one", .n = 500, .size = 64, .run = transfer, ALL_FORMS},
    {"sysv_msg/selections", "by type, MSG_EXCEPT, MSG_COPY, MSG_NOERROR", .n = 100, .run = selections, ALL_FORMS},
    {"sysv_msg/get", "msgget by key and without, in vain too", .n = 50, .run = gets, ALL_FORMS},
    {"sysv_msg/errors", "wrong messages, a full queue, a removed one", .n = 20, .run = errors, ALL_FORMS},
    {"sysv_msg/control", "msgctl", .n = 50, .run = control, ALL_FORMS},
    {0},
};
