/* Calls that threads sleep in since before the programs were attached: told by their registers and descriptors. */
#pragma once

#include "in_flight_details.h"

/* Only a call has no result yet; of a page fault the registers are the program's own, and its error code is where a
 * call's number would be. A call that a stop has interrupted is restarted. */
static __always_inline bool is_in_call(struct pt_regs *regs, u64 state)
{
#if defined(__TARGET_ARCH_x86)
    s64 result = regs->ax;

    return state & TASK_STOPPED_OR_TRACED ? is_restart(result) : result == -ENOSYS;
#else
    return regs->syscallno >= 0;
#endif
}

/* The subject of a call without a descriptor: identified as the mechanisms' own files do it. */
static __always_inline void name_channel(u64 number, u32 device, u32 guard, u8 mechanism, u8 operation)
{
    struct flow_key *flow = &in_flight.flow;

    flow->channel.inode = number;
    flow->channel.device = device;
    flow->channel.guard = guard;
    flow->mechanism = in_flight.info.mechanism = mechanism;
    flow->operation = operation;
}

static __always_inline void note_path(u64 name)
{
    long length = bpf_probe_read_kernel_str(in_flight.info.path, SOCKET_PATH_LENGTH, (void *)name);

    in_flight.info.path_length = length > 0 ? length - 1 : 0;
}

static __always_inline void name_sysv(struct task_struct *task, const struct request *request, u8 mechanism,
                                      u8 operation, enum ipc_kind kind)
{
    struct ipc_namespace *ns = ipc_namespace_of(task);
    u32 id = request->arguments[0], number = ipc_namespace_number(task);
    void *object = ns ? ipc_object(ns, kind, id) : 0;

    if (!object)
        return;
    name_channel(id, number, mechanism, mechanism, operation);
    in_flight.info.id = id;
    in_flight.info.ns = number;
    in_flight.info.key = (u32)BPF_CORE_READ((struct kern_ipc_perm *)object, key);
}

static __always_inline void name_queue(struct task_struct *task, const struct request *request, u8 operation)
{
    struct file *file = regular_file(task, request->fd);
    struct inode *inode;

    if (!file)
        return;
    inode = FIELD(file, f_inode);
    if (FIELD(inode, i_sb, s_magic) != MQUEUE_MAGIC)
        return;
    name_channel(FIELD(inode, i_ino), FIELD(inode, i_sb, s_dev), address_of(&in_flight_address, inode) >> 6,
                 MECHANISM_MQ, operation);
    in_flight.info.ns = ipc_namespace_number(task);
    note_path((u64)FIELD(file, f_path.dentry, d_name.name));
}

static __always_inline bool is_futex_wait(const struct request *request)
{
    if (request->call == CALL_FUTEX_WAIT)
        return true;
    switch ((u32)request->arguments[1] & ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME)) {
    case FUTEX_WAIT:
    case FUTEX_WAIT_BITSET:
    case FUTEX_LOCK_PI:
    case FUTEX_LOCK_PI2:
    case FUTEX_WAIT_REQUEUE_PI:
        return true;
    }
    return false;
}

static __always_inline void name_word(struct task_struct *task, const struct request *request)
{
    u64 address = request->arguments[0];
    struct mapping mapping = {};

    if (!is_futex_wait(request) || futex_is_private(request))
        return;
    describe_mapping(&mapping, vma_at(task, address), address);
    if (!mapping.mechanism)
        return;
    name_channel(mapping.inode, mapping.device, mapping.offset >> 2, MECHANISM_FUTEX, OPERATION_WAIT);
    in_flight.info.id = mapping.offset;
    note_path(mapping.name);
}

static __always_inline void name_subject(struct task_struct *task, const struct request *request)
{
    switch (request->call) {
    case CALL_MQ_SEND:
        name_queue(task, request, OPERATION_SEND);
        break;
    case CALL_MQ_RECEIVE:
        name_queue(task, request, OPERATION_RECEIVE);
        break;
    case CALL_MSGSND:
        name_sysv(task, request, MECHANISM_SYSV_MSG, OPERATION_SEND, IPC_MSG);
        break;
    case CALL_MSGRCV:
        name_sysv(task, request, MECHANISM_SYSV_MSG, OPERATION_RECEIVE, IPC_MSG);
        break;
    case CALL_SEMOP: /* what only adds does not sleep */
        name_sysv(task, request, MECHANISM_SYSV_SEM, OPERATION_WAIT, IPC_SEM);
        break;
    case CALL_FUTEX:
    case CALL_FUTEX_WAIT:
        name_word(task, request);
        break;
    }
}

static __always_inline void name_descriptor(struct task_struct *task, const struct request *request, struct file *file,
                                            u8 direction)
{
    struct inode *inode = FIELD(file, f_inode);
    struct flow_key *flow = &in_flight.flow;
    u64 number = 0;

    flow->mechanism = in_flight.info.mechanism = mechanism_of(file, inode);
    flow->operation = operation_of(flow->mechanism, direction);
    flow->channel.guard = object_of(&in_flight_address, file, inode, &number) >> 6;
    flow->channel.inode = number;
    flow->channel.device = device_of(inode);
    describe_file(&in_flight.info, file);
    if (is_socket(inode))
        note_socket_limit(file);
}

static __always_inline void write_wanted(struct bpf_iter__task *context, struct task_struct *task,
                                         const struct request *request, u64 nr)
{
    if (!in_flight.flow.mechanism || !flow_wanted(in_flight.flow.mechanism, in_flight.flow.operation))
        return;
    identify(&in_flight.flow.process, task);
    in_flight.nr = nr;
    in_flight.abi = request->abi;
    in_flight.marks |= CALL_BEFORE;
    in_flight.begin = bpf_ktime_get_ns() - slept_at_least(task);
    if (request->call > CALL_DESCRIPTORS)
        note_details(task, request->call, request->arguments, request->arguments[0]);
    write_record(context->meta->seq);
}

/* Splice and sendfile may sleep on either of their channels. */
static __always_inline void write_descriptors(struct bpf_iter__task *context, struct task_struct *task,
                                              const struct request *request, u64 nr, u64 state)
{
    struct file *file = channel_file(task, request->fd), *other = 0;

    if (file) {
        begin_record(task, state);
        name_descriptor(task, request, file, direction_of(request, file));
        write_wanted(context, task, request, nr);
    }
    if (has_two(request->call))
        other = channel_file(task, request->other);
    if (other) {
        begin_record(task, state);
        name_descriptor(task, request, other, DIRECTION_OUT);
        write_wanted(context, task, request, nr);
    }
}

static __always_inline void write_blocked(struct bpf_iter__task *context, struct task_struct *task, u64 state)
{
    struct pt_regs *regs;
    struct request request = {}; /* to 6.1's verifier all of it may be read */
    u16 classes;
    u8 class;
    u64 nr;

    if (!state || !bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_task_pt_regs))
        return;
    regs = (void *)bpf_task_pt_regs((void *)task);
    nr = call_number(regs);
    classes = classes_of(nr);
    class = abi_of(task) == ABI_COMPAT ? classes >> 8 : classes & 0xff;
    /* What lies in the caller's memory cannot be read from here. */
    if (!class || class == CALL_SOCKETCALL || class == CALL_MMAP_BLOCK || !is_in_call(regs, state) ||
        !process_wanted(task))
        return;
    if (!decode(&request, regs, classes, abi_of(task)))
        return;
    if (request.call < CALL_DESCRIPTORS) {
        write_descriptors(context, task, &request, nr, state);
        return;
    }
    begin_record(task, state);
    name_subject(task, &request);
    write_wanted(context, task, &request, nr);
}
