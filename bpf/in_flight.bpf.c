/* Who is inside a call now: every thread whose slot says so, and those that sleep in a call since before the programs
 * were attached, which their registers tell. */
#include "include/blocked.h"

static __always_inline void note_known_channel(void)
{
    struct channel_info *info = bpf_map_lookup_elem(&channels, &in_flight.flow.channel);

    if (info)
        in_flight.info = *info;
    else
        in_flight.info.mechanism = in_flight.flow.mechanism;
}

/* The descriptor may mean another channel by now. */
static __always_inline void note_limit_of(struct task_struct *task, u32 fd, u64 object)
{
    struct file *file = file_of(task, fd);

    if (!file || !is_socket(FIELD(file, f_inode)))
        return;
    if (address_of(&in_flight_address, FIELD(file, f_inode)) == object)
        note_socket_limit(file);
}

/* A call whose slot tells all. The thread may leave it meanwhile and enter another one: then its begin is another one,
 * too. */
static __always_inline void write_flow(struct bpf_iter__task *context, struct task_struct *task, struct thread *thread,
                                       const struct cached_flow *flow, const u64 *begin, u64 began)
{
    u8 call = thread->call;

    flow_key_of(&in_flight.flow, &thread->caller, flow);
    in_flight.begin = began;
    in_flight.nr = thread->caller.call.nr;
    in_flight.abi = thread->caller.call.abi;
    if (call > CALL_DESCRIPTORS)
        note_details(task, call, thread->arguments, thread->message);
    else
        note_limit_of(task, thread->fd, flow->object);
    note_known_channel();
    barrier();
    if (*(volatile const u64 *)begin == began)
        write_record(context->meta->seq);
}

static __always_inline bool write_slot(struct bpf_iter__task *context, struct task_struct *task, struct thread *thread,
                                       u64 state)
{
    u64 began = *(volatile u64 *)&thread->begin;
    u8 first, second;

    if (!began)
        return false;
    barrier();
    first = thread->first;
    second = thread->second;
    begin_record(task, state);
    if (first != NO_FLOW)
        write_flow(context, task, thread, &thread->cache[first & (CACHED_FLOWS - 1)], &thread->begin, began);
    if (second != NO_FLOW)
        write_flow(context, task, thread, &thread->cache[second & (CACHED_FLOWS - 1)], &thread->begin, began);
    return true;
}

/* A stop ends the call that it interrupts, but for the program: that one is restarted, and is one operation. */
static __always_inline bool write_interrupted(struct bpf_iter__task *context, struct task_struct *task,
                                              struct thread *thread, u64 state)
{
    struct interrupted_call *call = &thread->interrupted;
    u64 began = call->begin;

    if (!began || !(state & TASK_STOPPED_OR_TRACED))
        return false;
    begin_record(task, state);
    if (call->first.object)
        write_flow(context, task, thread, &call->first, &call->begin, began);
    if (call->second.object)
        write_flow(context, task, thread, &call->second, &call->begin, began);
    return true;
}

SEC("iter/task")
int ipcscope_in_flight(struct bpf_iter__task *context)
{
    struct task_struct *task = context->task;
    struct thread *thread;
    u64 state;

    if (!task)
        return 0;
    state = task_state(task);
    thread = existing_thread(task);
    if (thread && (write_slot(context, task, thread, state) || write_interrupted(context, task, thread, state)))
        return 0;
    write_blocked(context, task, state);
    return 0;
}
