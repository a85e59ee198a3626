/* Waiting for a semaphore to be above 0, and to be 0. */
#include "../calls/sysv.h"
#include "../core/require.h"
#include "families.h"
#include "waits.h"

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

static const struct wait down_wait = {
    OPERATION_WAIT, .open = open_set, .call = down, .release = release_down, .close = close_set,
};

static const struct wait zero_wait = {
    OPERATION_WAIT, .open = open_set_at_one, .call = wait_for_zero, .release = release_zero, .close = close_set,
};

const struct scenario sysv_sem_wait_scenarios[] = {
    WAITS("sysv_sem/down", &down_wait, FORM_IPC | FORM_NEWIPC),
    WAIT_REMOVED("sysv_sem/down", &down_wait, FORM_IPC),
    WAITS("sysv_sem/zero", &zero_wait, FORM_IPC),
    {0},
};
