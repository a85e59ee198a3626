/* System V message queues (ipc/msg.c). */
#include "include/sysv.h"

#define MSG_STAT     11 /* include/uapi/linux/msg.h */
#define MSG_STAT_ANY 13
#define MSG_COPY     040000

SHARED int sysv_msg_enter(struct thread *thread)
{
    struct task_struct *task = current_task();
    u64 command;
    u8 operation;

    if (!thread)
        return 0;
    command = thread->arguments[1] & ~IPC_64;
    switch (thread->call) {
    case CALL_MSGGET:
        return true;
    case CALL_MSGCTL:
        return note_ipc_control(task, thread, MECHANISM_SYSV_MSG, IPC_MSG,
                                command >= MSG_STAT && command <= MSG_STAT_ANY);
    case CALL_MSGSND:
        operation = OPERATION_SEND;
        break;
    default:
        operation = thread->arguments[4] & MSG_COPY ? OPERATION_PEEK : OPERATION_RECEIVE;
    }
    return note_ipc_id(task, thread, MECHANISM_SYSV_MSG, operation, IPC_MSG, thread->arguments[0]);
}

SHARED int sysv_msg_exit(struct thread *thread)
{
    struct task_struct *task = current_task();
    struct outcome *outcome;

    if (!thread)
        return 0;
    outcome = &thread->outcome;
    switch (thread->call) {
    case CALL_MSGGET:
        note_ipc_get(task, thread, MECHANISM_SYSV_MSG, IPC_MSG);
        break;
    case CALL_MSGCTL:
        no_size(outcome);
        break;
    case CALL_MSGSND:
        if (!outcome->result)
            outcome->result = thread->arguments[2];
        break;
    }
    return 0;
}
