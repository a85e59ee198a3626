#include "sysv.h"

#include <errno.h>
#include <sys/msg.h>
#include <sys/shm.h>

#include "../core/scratch.h"
#include "../core/tally.h"
#include "sysv_system.h"

#define KEYS    (1ull << 32) /* beside the ids */
#define NOTHING (2ull << 32)

struct end sysv_end(enum mechanism mechanism, int id)
{
    return end_named(mechanism, (unsigned)id);
}

#define IDS 64

static struct {
    enum mechanism mechanism;
    int id;
} got[IDS];

static void undo_sysv(void)
{
    for (int i = 0; i < IDS && got[i].mechanism != MECHANISM_NONE; i++) {
        if (got[i].mechanism == MECHANISM_SYSV_MSG)
            sys_msgctl(got[i].id, IPC_RMID, NULL);
        else if (got[i].mechanism == MECHANISM_SYSV_SEM)
            sys_semctl(got[i].id, 0, IPC_RMID, 0);
        else
            sys_shmctl(got[i].id, IPC_RMID, NULL);
    }
}

static void remove_if_abandoned(enum mechanism mechanism, int id)
{
    static int next;

    got[next].id = id;
    got[next].mechanism = mechanism;
    next = (next + 1) % IDS;
    scratch_undo(undo_sysv);
}

static int book_get(enum mechanism mechanism, key_t key, int id)
{
    struct end end;

    if (id >= 0)
        remove_if_abandoned(mechanism, id);
    end = id < 0 ? end_named(mechanism, KEYS | (unsigned)key) : sysv_end(mechanism, id);

    return book_empty(end, OPERATION_GET, id);
}

int t_msgget(key_t key, int flags)
{
    return book_get(MECHANISM_SYSV_MSG, key, sys_msgget(key, flags));
}

int t_msgsnd(int id, const void *message, size_t size, int flags)
{
    int result = sys_msgsnd(id, message, size, flags);

    book(sysv_end(MECHANISM_SYSV_MSG, id), OPERATION_SEND, result < 0 ? result : (ssize_t)size);
    return result;
}

ssize_t t_msgrcv(int id, void *message, size_t size, long type, int flags)
{
    ssize_t result = sys_msgrcv(id, message, size, type, flags);

    if (flags & MSG_COPY)
        return book_empty(sysv_end(MECHANISM_SYSV_MSG, id), OPERATION_PEEK, result);
    return book(sysv_end(MECHANISM_SYSV_MSG, id), OPERATION_RECEIVE, result);
}

int t_msgctl(int id, int command, void *data)
{
    return book_empty(sysv_end(MECHANISM_SYSV_MSG, id), OPERATION_CONTROL, sys_msgctl(id, command, data));
}

int t_semget(key_t key, int count, int flags)
{
    return book_get(MECHANISM_SYSV_SEM, key, sys_semget(key, count, flags));
}

#define LOOKED_AT 16 /* of the operations of one call */

static int book_semop(int id, const struct sembuf *operations, size_t count, int result)
{
    enum operation operation = OPERATION_POST;

    for (size_t i = 0; i < count && i < LOOKED_AT; i++)
        if (operations[i].sem_op <= 0)
            operation = OPERATION_WAIT;
    return book_empty(sysv_end(MECHANISM_SYSV_SEM, id), operation, result);
}

int t_semop(int id, const struct sembuf *operations, size_t count)
{
    return book_semop(id, operations, count, sys_semop(id, operations, count));
}

int t_semtimedop(int id, const struct sembuf *operations, size_t count, const struct timespec *time)
{
    return book_semop(id, operations, count, sys_semtimedop(id, operations, count, time));
}

int t_semctl(int id, int number, int command, unsigned long argument)
{
    return book_empty(sysv_end(MECHANISM_SYSV_SEM, id), OPERATION_CONTROL, sys_semctl(id, number, command, argument));
}

int t_shmget(key_t key, size_t size, int flags)
{
    return book_get(MECHANISM_SYSV_SHM, key, sys_shmget(key, size, flags));
}

void *t_shmat(int id, const void *place, int flags)
{
    void *result = sys_shmat(id, place, flags);

    book_empty(sysv_end(MECHANISM_SYSV_SHM, id), OPERATION_ATTACH, result == (void *)-1 ? -1 : 0);
    return result;
}

int t_shmdt(int id, const void *place)
{
    struct end end = id < 0 ? end_named(MECHANISM_SYSV_SHM, NOTHING) : sysv_end(MECHANISM_SYSV_SHM, id);

    return book_empty(end, OPERATION_DETACH, sys_shmdt(place));
}

int t_shmctl(int id, int command, void *data)
{
    return book_empty(sysv_end(MECHANISM_SYSV_SHM, id), OPERATION_CONTROL, sys_shmctl(id, command, data));
}
