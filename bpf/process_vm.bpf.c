/* Reaching into another process: process_vm_readv, process_vm_writev, ptrace, pidfd_getfd. */
#include "include/target.h"

#define PTRACE_PEEKTEXT 1 /* include/uapi/linux/ptrace.h */
#define PTRACE_PEEKUSR  3
#define PTRACE_POKETEXT 4
#define PTRACE_POKEUSR  6

static __always_inline bool ptrace_peeks(u32 request)
{
    return request >= PTRACE_PEEKTEXT && request <= PTRACE_PEEKUSR;
}

static __always_inline bool ptrace_pokes(u32 request)
{
    return request >= PTRACE_POKETEXT && request <= PTRACE_POKEUSR;
}

static __always_inline bool process_vm_note(struct task_struct *task, struct thread *thread, u8 operation, u32 pid)
{
    set_target(new_subject(thread, MECHANISM_PROCESS_VM, operation), task, pid);
    thread->first = note_subject(thread);
    return thread->first != NO_FLOW;
}

static __always_inline bool process_vm_note_pidfd(struct task_struct *task, struct thread *thread)
{
    if (!set_pidfd(new_subject(thread, MECHANISM_PROCESS_VM, OPERATION_GETFD), task, thread->fd))
        return false;
    thread->first = note_subject(thread);
    return thread->first != NO_FLOW;
}

SHARED int process_vm_enter(struct thread *thread)
{
    struct task_struct *task = current_task();
    u64 *arguments;
    u32 request;

    if (!thread)
        return 0;
    arguments = thread->arguments;
    request = arguments[0];
    switch (thread->call) {
    case CALL_VM_READ:
        return process_vm_note(task, thread, OPERATION_READ, arguments[0]);
    case CALL_VM_WRITE:
        return process_vm_note(task, thread, OPERATION_WRITE, arguments[0]);
    case CALL_GETFD:
        return process_vm_note_pidfd(task, thread);
    default:
        if (!ptrace_peeks(request) && !ptrace_pokes(request))
            return false;
        return process_vm_note(task, thread, ptrace_peeks(request) ? OPERATION_READ : OPERATION_WRITE, arguments[1]);
    }
}

SHARED int process_vm_exit(struct thread *thread)
{
    struct outcome *outcome;

    if (!thread)
        return 0;
    outcome = &thread->outcome;
    outcome->peer = first_flow(thread)->number;
    if (failed(outcome->result))
        return 0;
    if (thread->call == CALL_PTRACE) /* one word */
        outcome->result = thread->caller.call.abi == ABI_COMPAT ? 4 : 8;
    else if (thread->call == CALL_GETFD)
        outcome->result = 0;
    return 0;
}
