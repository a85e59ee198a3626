/* The life of processes: names at first hand, children of watched processes, calls that end by death. */
#include "include/interrupted.h"

static __always_inline void emit_process(u32 kind, struct task_struct *task, u32 other)
{
    struct process_record *record = reserve(sizeof(*record), LOSS_RING_FULL_PROCESS);

    if (!record)
        return;
    record->kind = kind;
    record->other = other;
    identify(&record->process, task);
    record->time = bpf_ktime_get_ns();
    record->cgroup = current_cgroup(task);
    copy_leader_name(record->comm, task);
    submit(record);
}

static __always_inline int forked(struct task_struct *parent, struct task_struct *child)
{
    u32 pid = FIELD(child, tgid), one = 1;

    if (FIELD(child, pid) != FIELD(child, tgid) || !process_wanted(parent))
        return 0;
    if (settings.filter.by_process && settings.filter.follow_children)
        bpf_map_update_elem(&watched, &pid, &one, BPF_ANY);
    emit_process(RECORD_FORK, parent, pid);
    return 0;
}

static __always_inline int executed(struct task_struct *task)
{
    if (process_wanted(task))
        emit_process(RECORD_EXEC, task, 0);
    return 0;
}

/* Happens to every thread, after its last call has ended with ERESTARTSYS if it was killed inside. */
static __always_inline int thread_ended(struct task_struct *task)
{
    struct thread *thread = existing_thread(task);

    if (thread && thread->interrupted.begin)
        settle(thread, -EINTR, OPERATION_INTERRUPTED);
    if (FIELD(task, signal, group_exit_code) & 0x7f)
        signal_of_end();
    drop_slot_of_task(&threads, task);
    if (FIELD(task, signal, live.counter) || !process_wanted(task))
        return 0;
    emit_process(RECORD_EXIT, task, 0);
    if (settings.filter.by_process) {
        u32 pid = FIELD(task, tgid);

        bpf_map_delete_elem(&watched, &pid);
    }
    return 0;
}

SEC("?tp_btf/sched_process_fork")
int ipcscope_fork(u64 *context)
{
    return forked((void *)context[0], (void *)context[1]);
}

SEC("?tp_btf/sched_process_exec")
int ipcscope_exec(u64 *context)
{
    return executed((void *)context[0]);
}

SEC("?tp_btf/sched_process_exit")
int ipcscope_thread_exit(u64 *context)
{
    return thread_ended((void *)context[0]);
}

/* Where raw tracepoints are preempted (syscall.bpf.c). The event of a fork tells too little; this raw tracepoint is not
 * preempted: the kernel holds the lock of a run queue (kernel/sched/core.c, wake_up_new_task). */
SEC("?tp_btf/sched_wakeup_new")
int ipcscope_wakeup(u64 *context)
{
    return forked(bpf_get_current_task_btf(), (void *)context[0]);
}

SEC("?tracepoint/sched/sched_process_exec")
int ipcscope_exec_event(void *event)
{
    return executed(bpf_get_current_task_btf());
}

SEC("?tracepoint/sched/sched_process_exit")
int ipcscope_thread_exit_event(void *event)
{
    return thread_ended(bpf_get_current_task_btf());
}
