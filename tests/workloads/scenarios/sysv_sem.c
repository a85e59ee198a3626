/* System V semaphores. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "../calls/sysv.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../core/scratch.h"
#include "families.h"

#define COUNT 4 /* of semaphores in a set */

static int set_private(void)
{
    int id = t_semget(IPC_PRIVATE, COUNT, 0600);

    require(id >= 0, "semget");
    return id;
}

static void remove_set(int id)
{
    require_result(t_semctl(id, 0, IPC_RMID, 0), 0);
}

static int change(int id, int number, int by, int flags)
{
    struct sembuf operation = {number, by, flags};

    return t_semop(id, &operation, 1);
}

static void operations(const struct plan *plan)
{
    struct sembuf both_up[] = {{0, 1, 0}, {1, 2, SEM_UNDO}}, mixed[] = {{0, -1, 0}, {2, 1, 0}},
                  zero_and_up[] = {{3, 0, 0}, {3, 1, 0}}, long_up[20], late_down[20];
    struct timespec soon = {0, 2000000}, wrong = {0, -1};
    int id = set_private();

    for (int i = 0; i < 20; i++)
        long_up[i] = late_down[i] = (struct sembuf){0, 1, 0};
    late_down[17].sem_op = -1; /* beyond what is looked at: a post */
    for (unsigned i = 0; i < plan->n; i++) {
        require_result(t_semop(id, both_up, 2), 0);
        require_result(t_semop(id, mixed, 2), 0);
        require_result(t_semop(id, zero_and_up, 2), 0);
        require_result(t_semop(id, long_up, 20), 0);
        require_result(t_semop(id, late_down, 20), 0);
        require_result(change(id, 1, -2, SEM_UNDO), 0);
        require_result(change(id, 2, -1, 0), 0);
        require_error(change(id, 3, 0, IPC_NOWAIT), EAGAIN);
        require_result(t_semtimedop(id, &(struct sembuf){3, -1, 0}, 1, &soon), 0);
        require_error(t_semtimedop(id, &(struct sembuf){3, -1, 0}, 1, &soon), EAGAIN);
        require_error(t_semtimedop(id, &(struct sembuf){3, -1, 0}, 1, &wrong), EINVAL);
        require_error(change(id, 3, -1, IPC_NOWAIT), EAGAIN);
        require_result(t_semctl(id, 0, SETVAL, 0), 0);
    }
    remove_set(id);
}

/* Whether it waits or posts is known only once the kernel has brought the operations in. */
static void untouched_operations(const struct plan *plan)
{
    const struct sembuf up = {0, 1, 0}, down = {0, -1, 0};
    int id = set_private();

    for (unsigned i = 0; i < plan->n; i++) {
        struct sembuf *there = untouched(&up, sizeof(up));

        require_result(t_semop(id, there, 1), 0);
        untouched_end(there);
        there = untouched(&down, sizeof(down));
        require_result(t_semop(id, there, 1), 0);
        untouched_end(there);
    }
    remove_set(id);
}

static void gets(const struct plan *plan)
{
    key_t key = 0x1bc00000 + getpid();

    for (unsigned i = 0; i < plan->n; i++) {
        int id;

        require_error(t_semget(key, COUNT, 0), ENOENT);
        require_error(t_semget(key, 0, IPC_CREAT | 0600), EINVAL);
        id = t_semget(key, COUNT, IPC_CREAT | IPC_EXCL | 0600);
        require(id >= 0, "semget");
        require_error(t_semget(key, COUNT, IPC_CREAT | IPC_EXCL | 0600), EEXIST);
        require_error(t_semget(key, COUNT + 1, 0), EINVAL);
        require_result(t_semget(key, 0, 0), id);
        remove_set(id);
        remove_set(set_private());
    }
}

#define TOO_MANY 501   /* one above SEMOPM */
#define HIGHEST  32767 /* SEMVMX */

static void errors(const struct plan *plan)
{
    static struct sembuf many[TOO_MANY];

    for (unsigned i = 0; i < TOO_MANY; i++)
        many[i].sem_op = 1;
    for (unsigned i = 0; i < plan->n; i++) {
        int id = set_private();

        require_error(t_semop(id, many, TOO_MANY), E2BIG);
        require_error(change(id, COUNT, 1, 0), EFBIG);
        require_error(change(id, COUNT, -1, 0), EFBIG);
        require_result(change(id, 0, HIGHEST, 0), 0);
        require_error(change(id, 0, 1, 0), ERANGE);
        require_error(t_semctl(id, COUNT, GETVAL, 0), EINVAL);
        require_error(t_semctl(id, 0, SETVAL, 40000), ERANGE);
        require_error(t_semctl(id, 0, 77, 0), EINVAL);
        remove_set(id);
        require_error(change(id, 0, 1, 0), EINVAL);
        require_error(change(id, 0, -1, 0), EINVAL);
        require_error(t_semctl(id, 0, IPC_RMID, 0), EINVAL);
    }
}

static void control(const struct plan *plan)
{
    unsigned short values[COUNT] = {1, 2, 3, 4};
    int id = set_private();
    char data[512];

    for (unsigned i = 0; i < plan->n; i++) {
        require_result(t_semctl(id, 0, SETALL, (unsigned long)values), 0);
        require_result(t_semctl(id, 0, GETALL, (unsigned long)values), 0);
        require_result(t_semctl(id, 1, SETVAL, 7), 0);
        require_result(t_semctl(id, 1, GETVAL, 0), 7);
        require_result(t_semctl(id, 2, GETNCNT, 0), 0);
        require_result(t_semctl(id, 2, GETZCNT, 0), 0);
        require(t_semctl(id, 1, GETPID, 0) >= 0, "semctl(GETPID)");
        require_result(t_semctl(id, 0, IPC_STAT, (unsigned long)data), 0);
        require_result(t_semctl(id, 0, IPC_SET, (unsigned long)data), 0);
        require(t_semctl(0, 0, IPC_INFO, (unsigned long)data) >= 0, "semctl(IPC_INFO)");
    }
    remove_set(id);
}

#define PROCESSES 6

/* One semaphore as a lock that all want. */
static void mutex(const struct plan *plan)
{
    int id = set_private();
    pid_t children[PROCESSES];

    require_result(change(id, 0, 1, 0), 0);
    for (int i = 0; i < PROCESSES; i++) {
        children[i] = process_fork(0);
        if (children[i] == 0) {
            for (unsigned turn = 0; turn < plan->n; turn++) {
                require_result(change(id, 0, -1, SEM_UNDO), 0);
                require_result(change(id, 0, 1, SEM_UNDO), 0);
            }
            _exit(0);
        }
    }
    for (int i = 0; i < PROCESSES; i++)
        process_join(children[i]);
    require_result(t_semctl(id, 0, GETVAL, 0), 1);
    remove_set(id);
}

#define ALL_FORMS .forms = FORM_IPC | FORM_NEWIPC

const struct scenario sysv_sem_scenarios[] = {
    {"sysv_sem/operations", "semop, semtimedop: up, down, zero, several at once", .n = 20, .run = operations,
     ALL_FORMS},
    {"sysv_sem/untouched", "semop of operations that are not in memory yet", .n = 50, .run = untouched_operations,
     ALL_FORMS},
    {"sysv_sem/get", "semget by key and without, in vain too", .n = 50, .run = gets, ALL_FORMS},
    {"sysv_sem/errors", "too many, too large, not there any more", .n = 50, .run = errors, ALL_FORMS},
    {"sysv_sem/control", "semctl", .n = 50, .run = control, ALL_FORMS},
    {"sysv_sem/mutex", "6 processes take one semaphore N times each", .n = 500, .run = mutex, ALL_FORMS},
    {0},
};
