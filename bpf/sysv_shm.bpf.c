/* System V shared memory (ipc/shm.c). */
#include "include/mapping.h"

#define SHM_STAT     13 /* include/uapi/linux/shm.h */
#define SHM_STAT_ANY 15

static __always_inline bool sysv_shm_note_address(struct task_struct *task, struct thread *thread)
{
    struct mapping mapping = {};

    find_mapping(&mapping, thread->arguments[0]);
    if (mapping.mechanism == MECHANISM_SYSV_SHM)
        return note_ipc_id(task, thread, MECHANISM_SYSV_SHM, OPERATION_DETACH, IPC_SHM, mapping.inode);
    set_namespace(new_subject(thread, MECHANISM_SYSV_SHM, OPERATION_DETACH), task);
    thread->first = note_subject(thread);
    return thread->first != NO_FLOW;
}

SHARED int sysv_shm_enter(struct thread *thread)
{
    struct task_struct *task = current_task();
    u64 command;

    if (!thread)
        return 0;
    command = thread->arguments[1] & ~IPC_64;
    switch (thread->call) {
    case CALL_SHMGET:
        return true;
    case CALL_SHMDT:
        return sysv_shm_note_address(task, thread);
    case CALL_SHMAT:
        return note_ipc_id(task, thread, MECHANISM_SYSV_SHM, OPERATION_ATTACH, IPC_SHM, thread->arguments[0]);
    default:
        return note_ipc_control(task, thread, MECHANISM_SYSV_SHM, IPC_SHM,
                                command >= SHM_STAT && command <= SHM_STAT_ANY);
    }
}

static __always_inline u64 segment_size(struct task_struct *task, u32 id)
{
    struct ipc_namespace *ns = ipc_namespace_of(task);
    struct shmid_kernel *segment = ns ? ipc_object(ns, IPC_SHM, id) : 0;

    return segment ? BPF_CORE_READ(segment, shm_segsz) : 0;
}

SHARED int sysv_shm_exit(struct thread *thread)
{
    struct task_struct *task = current_task();
    struct outcome *outcome;

    if (!thread)
        return 0;
    outcome = &thread->outcome;
    switch (thread->call) {
    case CALL_SHMGET:
        note_ipc_get(task, thread, MECHANISM_SYSV_SHM, IPC_SHM);
        break;
    case CALL_SHMAT: /* the result is an address */
        if (!failed(outcome->result))
            outcome->result = segment_size(task, thread->arguments[0]);
        break;
    default:
        no_size(outcome);
    }
    return 0;
}
