#include "sysv_system.h"

#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sysv.h"

bool through_ipc;

#ifdef __i386__
/* include/uapi/linux/ipc.h, which does not go with sys/ipc.h */
enum { SEMOP = 1, SEMGET, SEMCTL, SEMTIMEDOP, MSGSND = 11, MSGRCV, MSGGET, MSGCTL, SHMAT = 21, SHMDT, SHMGET, SHMCTL };
#define NEW_MSGRCV (1 << 16 | MSGRCV) /* with the type as an argument */
#define IPC_64     0x100

/* ipc(2): a number, three integers, a pointer, one more. */
#define BY_IPC(call, ...)                                                                                              \
    if (through_ipc)                                                                                                   \
    return syscall(SYS_ipc, call, __VA_ARGS__)
/* The calls' own numbers take the new structures only; ipc(2) takes them if told to. */
#define NEW(command) (through_ipc ? (command) | IPC_64 : (command))
#else
#define BY_IPC(call, ...)
#define NEW(command) (command)
#endif

long sys_msgget(key_t key, int flags)
{
    BY_IPC(MSGGET, key, flags, 0, 0, 0);
    return syscall(SYS_msgget, key, flags);
}

long sys_msgsnd(int id, const void *message, size_t size, int flags)
{
    BY_IPC(MSGSND, id, size, flags, message, 0);
    return syscall(SYS_msgsnd, id, message, size, flags);
}

long sys_msgrcv(int id, void *message, size_t size, long type, int flags)
{
    BY_IPC(NEW_MSGRCV, id, size, flags, message, type);
    return syscall(SYS_msgrcv, id, message, size, type, flags);
}

long sys_msgctl(int id, int command, void *data)
{
    BY_IPC(MSGCTL, id, NEW(command), 0, data, 0);
    return syscall(SYS_msgctl, id, command, data);
}

long sys_semget(key_t key, int count, int flags)
{
    BY_IPC(SEMGET, key, count, flags, 0, 0);
    return syscall(SYS_semget, key, count, flags);
}

#ifdef __i386__ /* has semop in ipc(2) alone, and semtimedop with a time of 64 bits */
long sys_semop(int id, const struct sembuf *operations, size_t count)
{
    BY_IPC(SEMOP, id, count, 0, operations, 0);
    return syscall(SYS_semtimedop_time64, id, operations, count, NULL);
}

long sys_semtimedop(int id, const struct sembuf *operations, size_t count, const struct timespec *time)
{
    int64_t wide[2] = {time->tv_sec, time->tv_nsec};

    BY_IPC(SEMTIMEDOP, id, count, 0, operations, time);
    return syscall(SYS_semtimedop_time64, id, operations, count, wide);
}
#else
long sys_semop(int id, const struct sembuf *operations, size_t count)
{
    return syscall(SYS_semop, id, operations, count);
}

long sys_semtimedop(int id, const struct sembuf *operations, size_t count, const struct timespec *time)
{
    return syscall(SYS_semtimedop, id, operations, count, time);
}
#endif

long sys_semctl(int id, int number, int command, unsigned long argument)
{
    BY_IPC(SEMCTL, id, number, NEW(command), &argument, 0);
    return syscall(SYS_semctl, id, number, command, argument);
}

long sys_shmget(key_t key, size_t size, int flags)
{
    BY_IPC(SHMGET, key, size, flags, 0, 0);
    return syscall(SYS_shmget, key, size, flags);
}

void *sys_shmat(int id, const void *place, int flags)
{
#ifdef __i386__
    uintptr_t found;

    if (through_ipc)
        return syscall(SYS_ipc, SHMAT, id, flags, &found, place, 0) < 0 ? (void *)-1 : (void *)found;
#endif
    return (void *)syscall(SYS_shmat, id, place, flags);
}

long sys_shmdt(const void *place)
{
    BY_IPC(SHMDT, 0, 0, 0, place, 0);
    return syscall(SYS_shmdt, place);
}

long sys_shmctl(int id, int command, void *data)
{
    BY_IPC(SHMCTL, id, NEW(command), 0, data, 0);
    return syscall(SYS_shmctl, id, command, data);
}
