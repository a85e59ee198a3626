/* System V semaphores (ipc/sem.c). */
#include "include/sysv.h"

#define SEM_STAT     18 /* include/uapi/linux/sem.h */
#define SEM_STAT_ANY 20

struct sembuf {
    u16 sem_num;
    __s16 sem_op;
    __s16 sem_flg;
};

#define LOOKED_AT 16 /* operations of one call; SEMOPM allows 500 */

/* Operations that only add never wait. OPERATION_NONE: they are not in memory yet; the kernel brings them in. */
static __always_inline u8 semop_operation(u64 pointer, u64 count)
{
    struct sembuf operations[LOOKED_AT] = {}; /* to 6.1's verifier the whole of it is read */
    u32 looked_at = count > LOOKED_AT ? LOOKED_AT : count;

    if (!looked_at || bpf_probe_read_user(operations, looked_at * sizeof(operations[0]), (void *)pointer))
        return looked_at ? OPERATION_NONE : OPERATION_WAIT;
    for (u32 i = 0; i < LOOKED_AT; i++)
        if (i < looked_at && operations[i].sem_op <= 0)
            return OPERATION_WAIT;
    return OPERATION_POST;
}

SHARED int sysv_sem_enter(struct thread *thread)
{
    struct task_struct *task = current_task();
    u64 *arguments;
    u64 command;
    u8 operation;

    if (!thread)
        return 0;
    arguments = thread->arguments;
    command = arguments[1] & ~IPC_64;
    switch (thread->call) {
    case CALL_SEMGET:
        return true;
    case CALL_SEMCTL:
        return note_ipc_control(task, thread, MECHANISM_SYSV_SEM, IPC_SEM,
                                command >= SEM_STAT && command <= SEM_STAT_ANY);
    default:
        operation = semop_operation(arguments[1], (u32)arguments[2]);
        thread->flags = operation == OPERATION_NONE;
        return note_ipc_id(task, thread, MECHANISM_SYSV_SEM, thread->flags ? OPERATION_WAIT : operation, IPC_SEM,
                           arguments[0]);
    }
}

/* What could not be read when the call began was taken for a wait. */
static __always_inline void correct_operation(struct thread *thread)
{
    if (semop_operation(thread->arguments[1], (u32)thread->arguments[2]) != OPERATION_POST)
        return;
    thread->subject.operation = OPERATION_POST;
    thread->first = note_subject(thread);
}

SHARED int sysv_sem_exit(struct thread *thread)
{
    struct task_struct *task = current_task();

    if (!thread)
        return 0;
    if (thread->call == CALL_SEMGET)
        note_ipc_get(task, thread, MECHANISM_SYSV_SEM, IPC_SEM);
    else
        no_size(&thread->outcome);
    if (thread->call == CALL_SEMOP && thread->flags)
        correct_operation(thread);
    return 0;
}
