/* Who is inside a call now: every thread whose slot says so, and those that sleep in a call since before the programs
 * were attached, which their registers tell. */
#include "include/in_flight.h"

#define FUTEX_WAIT            0 /* include/uapi/linux/futex.h */
#define FUTEX_WAIT_BITSET     9
#define FUTEX_WAIT_REQUEUE_PI 11

static __always_inline void begin_record(struct task_struct *task, u64 state)
{
    __builtin_memset(&in_flight, 0, sizeof(in_flight));
    in_flight.semaphore = NO_SEMAPHORE;
    in_flight.tid = FIELD(task, pid);
    in_flight.cgroup = cgroup_of(task);
    bpf_probe_read_kernel_str(in_flight.comm, sizeof(in_flight.comm), FIELD(task, group_leader)->comm);
    mark_state(state);
}

static __always_inline void write_record(struct seq_file *seq)
{
    bpf_seq_write(seq, &in_flight, sizeof(in_flight));
}

/* What a futex call waits for, from its arguments. */
static __always_inline void note_word(u8 call, const u64 *arguments, u64 word)
{
    in_flight.word = word;
    if (call == CALL_FUTEX) {
        in_flight.command = arguments[1] & ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME);
        in_flight.expected = arguments[2];
        in_flight.limit = arguments[3];
    } else if (call == CALL_FUTEX_WAIT) {
        in_flight.expected = arguments[1];
        in_flight.limit = arguments[4];
    } else {
        in_flight.limit = arguments[3]; /* futex_waitv: any of its words ends it, so nothing is told of the first */
        in_flight.command = FUTEX_WAIT_REQUEUE_PI;
    }
}

struct semaphore_search {
    u64 set;
    u64 first;
    u64 sleeper;
    u64 head;
    u64 at;
    u32 number;
    u32 pad;
};

static long waiter_step(u32 i, void *data)
{
    struct semaphore_search *search = data;
    struct sem_queue *waiter;

    bpf_probe_read_kernel(&search->at, sizeof(search->at), (void *)search->at);
    if (!search->at || search->at == search->head)
        return 1;
    waiter = (void *)(search->at - bpf_core_field_offset(struct sem_queue, list));
    if ((u64)BPF_CORE_READ(waiter, sleeper) != search->sleeper)
        return 0;
    search->number = BPF_CORE_READ(waiter, blocking, sem_num);
    return 1;
}

static __always_inline bool search_list(struct semaphore_search *search, u64 head)
{
    search->head = search->at = head;
    bpf_loop(SETS_WALKED, waiter_step, search, 0);
    return search->number != NO_SEMAPHORE;
}

static long semaphore_search_step(u32 i, void *data)
{
    struct semaphore_search *search = data;
    u64 semaphore = search->first + i * (u64)bpf_core_type_size(struct sem);

    return search_list(search, semaphore + bpf_core_field_offset(struct sem, pending_alter)) ||
           search_list(search, semaphore + bpf_core_field_offset(struct sem, pending_const));
}

/* Which semaphore of a set a task waits for, and who changed that one last. Calls of several operations wait in the
 * lists of the set, others in those of their semaphore. */
__noinline int find_semaphore(u64 set, u64 sleeper)
{
    struct semaphore_search search = {.set = set, .sleeper = sleeper, .number = NO_SEMAPHORE};
    struct sem_array *array = (void *)set;
    struct sem *semaphore;
    u32 count;

    if (!bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_loop))
        return 0;
    count = BPF_CORE_READ(array, sem_nsems);
    search.first = set + bpf_core_field_offset(struct sem_array, sems);
    if (!search_list(&search, set + bpf_core_field_offset(struct sem_array, pending_alter)) &&
        !search_list(&search, set + bpf_core_field_offset(struct sem_array, pending_const)))
        bpf_loop(count > SETS_WALKED ? SETS_WALKED : count, semaphore_search_step, &search, 0);
    if (search.number == NO_SEMAPHORE)
        return 0;
    semaphore = (void *)(search.first + search.number * (u64)bpf_core_type_size(struct sem));
    in_flight.semaphore = search.number;
    in_flight.changer = BPF_CORE_READ(semaphore, sempid, numbers[0].nr);
    return 0;
}

static __always_inline void note_semaphore(struct task_struct *task, u32 id)
{
    struct ipc_namespace *ns = ipc_namespace_of(task);
    void *set = ns ? ipc_object(ns, IPC_SEM, id) : 0;

    if (set)
        find_semaphore((u64)set, address_of(&in_flight_address, task));
}

/* What more is told of a call whose flow is known. */
static __always_inline void note_details(struct task_struct *task, u8 call, const u64 *arguments, u64 word)
{
    switch (call) {
    case CALL_FUTEX ... CALL_FUTEX_WAITV:
        note_word(call, arguments, word);
        break;
    case CALL_SEMOP:
        in_flight.limit = arguments[3];
        note_semaphore(task, arguments[0]);
        break;
    case CALL_MQ_SEND:
    case CALL_MQ_RECEIVE:
        in_flight.limit = arguments[4];
        break;
    }
}

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
    name_channel(FIELD(inode, i_ino), FIELD(inode, i_sb, s_dev), address_of(&in_flight_address, inode) >> 6, MECHANISM_MQ, operation);
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
    struct request request;
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
