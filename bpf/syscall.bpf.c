/* The two programs that see every system call: they leave at once what is not IPC, time the rest and book it. */
#include "include/decode.h"
#include "include/interrupted.h"
#include "include/mmsg.h"
#include "include/named_calls.h"

static __always_inline struct file *channel_file(struct task_struct *task, u32 fd)
{
    struct file *file = file_of(task, fd);

    return file && is_channel(file, FIELD(file, f_inode)) ? file : 0;
}

static __always_inline u8 direction_of(const struct request *request, struct file *file)
{
    switch (request->call) {
    case CALL_RECVFROM:
    case CALL_RECVMSG:
    case CALL_RECVMMSG:
        return request->flags & MSG_PEEK ? DIRECTION_PEEK : DIRECTION_IN;
    case CALL_READ:
    case CALL_SPLICE:
    case CALL_SENDFILE:
        return DIRECTION_IN;
    case CALL_TEE:
        return DIRECTION_PEEK;
    case CALL_CONNECT:
        return DIRECTION_CONNECT;
    case CALL_ACCEPT:
        return DIRECTION_ACCEPT;
    case CALL_SHUTDOWN:
        return DIRECTION_SHUTDOWN;
    case CALL_VMSPLICE:
        return FIELD(file, f_mode) & FMODE_WRITE ? DIRECTION_OUT : DIRECTION_IN;
    default:
        return DIRECTION_OUT;
    }
}

static __always_inline bool has_two(u8 call)
{
    return call == CALL_SPLICE || call == CALL_TEE || call == CALL_SENDFILE;
}

/* Calls on a channel's descriptor: notes their flows in the thread's slot; null if it is not IPC or not wanted. */
static __always_inline struct thread *note_call(struct task_struct *task, const struct request *request)
{
    struct file *file = channel_file(task, request->fd), *other = 0;
    struct thread *thread;

    if (has_two(request->call))
        other = channel_file(task, request->other);
    if (!file) {
        barrier(); /* else both pointers are ORed, which the verifier forbids */
        if (!other)
            return 0;
    }
    thread = begin_call(task, request);
    if (!thread)
        return 0;
    if (file)
        thread->first = note_descriptor(thread, file, direction_of(request, file), NO_FLOW);
    if (other)
        thread->second = note_descriptor(thread, other, DIRECTION_OUT, thread->first);
    if (thread->first == NO_FLOW && thread->second == NO_FLOW)
        return 0;
    thread->length = request->length;
    thread->flags = request->flags;
    return thread;
}

static __always_inline struct thread *note(struct task_struct *task, const struct request *request)
{
    return request->call < CALL_DESCRIPTORS ? note_call(task, request) : note_named(task, request);
}

/* The classes of a number in both tables, 0 for what nobody asked for. Comes first: most calls end here. */
static __always_inline u16 classes_of(u64 nr)
{
    return nr < CALL_TABLE_SIZE ? calls[nr] : 0;
}

/* A call that the kernel restarts after a signal is the same operation still. */
static __always_inline bool goes_on(const struct thread *thread, u64 nr, u64 message)
{
    const struct interrupted_call *call = &thread->interrupted;

    return call->begin && call->call.nr == (u16)nr && call->fd == thread->fd && call->message == message;
}

/* io_uring_enter has one number everywhere, in both tables. */
static __always_inline bool is_uring_enter(u16 classes)
{
    return classes == (CALL_URING_ENTER << 8 | CALL_URING_ENTER);
}

static __always_inline int arrive(struct pt_regs *regs, u64 nr)
{
    u16 classes = classes_of(nr);
    struct request request;
    struct task_struct *task;
    struct thread *thread;

    if (!classes || is_uring_enter(classes))
        return 0;
    task = current_task();
    if (is_restart_call(classes, abi_of(task))) {
        nr = interrupted_number(task);
        classes = classes_of(nr);
        if (!classes)
            return 0;
    }
    if (!decode(&request, regs, classes, abi_of(task)))
        return 0;
    thread = note(task, &request);
    if (!thread)
        return 0;
    thread->caller.call.nr = nr;
    if (goes_on(thread, nr, argument(regs, request.abi, 1))) {
        thread->begin = thread->interrupted.begin;
        thread->interrupted.begin = 0;
        thread->switches = ~0UL; /* it has slept: only a wait is interrupted */
        return 0;
    }
    thread->switches = FIELD(task, nvcsw);
    thread->begin = bpf_ktime_get_ns();
    return 0;
}

SEC("?tp_btf/sys_enter")
int ipcscope_enter(u64 *context)
{
    return arrive((void *)context[0], context[1]);
}

/* include/trace/events/syscalls.h, TRACE_EVENT_FN(sys_enter) and (sys_exit) */
struct call_event {
    u64 common;
    s64 nr;
    s64 result; /* of an exit */
};

/* Where raw tracepoints are preemptible (7.2) the kernel skips a program that another task on the same processor is
 * inside of. Programs of events run without preemption. */
SEC("?tracepoint/raw_syscalls/sys_enter")
int ipcscope_enter_event(struct call_event *event)
{
    if (!classes_of(event->nr))
        return 0;
    return arrive((void *)bpf_task_pt_regs(bpf_get_current_task_btf()), event->nr);
}

/* By the functions that call them (arch/x86/entry/syscall_64.c, syscall_32.c): calls then do not take the way of traced
 * ones, and only these pay. Runs are skipped as above wherever the kernel is preempted. */
SEC("?fentry/x64_sys_call")
int ipcscope_enter_function(u64 *context)
{
    return arrive((void *)context[0], context[1]);
}

SEC("?fentry/ia32_sys_call")
int ipcscope_ia32_enter(u64 *context)
{
    return arrive((void *)context[0], context[1]);
}

/* The kernel clears the number when a handler returns. If the interrupted call is to be restarted, the register
 * now holds its number; if not, -EINTR (arch/ARCH/kernel/signal.c). */
#define NO_CALL (~0ULL)

static __always_inline void after_handler(struct task_struct *task, s64 result)
{
    struct thread *thread = existing_thread(task);

    /* The registers of a 32-bit program come back without their sign. */
    if (thread && thread->interrupted.begin && (s32)result == -EINTR)
        settle(thread, -EINTR, 0);
}

/* An exit whose entry was not seen: entered before the probes were there, or the program was skipped. */
static __noinline struct thread *missed_entry(struct task_struct *task, struct pt_regs *regs, u64 nr, u16 classes,
                                              s64 result)
{
    struct request request;
    struct thread *thread;

    /* -ENOSYS: the caller was killed while a tracer held it before the call, which was never made. */
    if (is_restart(result) || result == -ENOSYS || !decode(&request, regs, classes, abi_of(task)))
        return 0;
    /* What lay at an address can not be told any more. */
    if (request.call >= CALL_MUNMAP && request.call <= CALL_MSYNC)
        return 0;
    thread = note(task, &request);
    if (!thread)
        return 0;
    thread->caller.call.nr = nr;
    count_loss(LOSS_MISSED_ENTRY);
    return thread;
}

/* Only now does the socket know its peer. */
static __always_inline void describe_connected(struct task_struct *task, struct thread *thread)
{
    struct cached_flow *flow = &thread->cache[thread->first & (CACHED_FLOWS - 1)];
    struct file *file = channel_file(task, thread->fd);
    struct channel_key key = {};

    if (!file || address_of(&thread->address, FIELD(file, f_inode)) != flow->object)
        return;
    channel_key_of(&key, flow);
    describe_channel(&key, flow->mechanism, file);
    note_client(flow, address_of(&thread->address, file));
}

static __always_inline bool is_datagram(struct thread *thread)
{
    u8 kind = thread->cache[thread->first & (CACHED_FLOWS - 1)].kind;

    return kind > CHANNEL_STREAM; /* netlink sockets may be raw, too */
}

/* What the call did, beside its result. */
static __always_inline void refine(struct task_struct *task, struct thread *thread)
{
    struct outcome *outcome = &thread->outcome;

    switch (thread->call) {
    case CALL_ACCEPT: /* the result is a descriptor */
        if (outcome->result > 0)
            outcome->result = 0;
        break;
    case CALL_CONNECT:
        describe_connected(task, thread);
        break;
    case CALL_RECVFROM:
        if (thread->flags & MSG_TRUNC && is_datagram(thread) && outcome->result > (s64)thread->length) {
            outcome->result = thread->length;
            mark_truncated(thread);
        }
        break;
    case CALL_RECVMSG:
        if (outcome->result >= 0 && is_datagram(thread))
            note_truncation(thread, thread->message);
        break;
    default:
        if (thread->call > CALL_DESCRIPTORS)
            exit_call(task, thread);
    }
}

static __always_inline void refine_descriptors(struct thread *thread, s64 result)
{
    if (result >= 0 && (thread->call == CALL_SENDMSG || thread->call == CALL_RECVMSG))
        book_descriptors(thread, thread->message, thread->call == CALL_SENDMSG);
}

static __always_inline bool is_mmsg(u8 call)
{
    return call == CALL_SENDMMSG || call == CALL_RECVMMSG;
}

/* Gives the outcome to each flow of the call. */
static __always_inline void book_call(struct task_struct *task, struct thread *thread)
{
    struct outcome *outcome = &thread->outcome;

    if (is_mmsg(thread->call) && outcome->result >= 0) {
        book_messages(outcome->result);
        return;
    }
    refine(task, thread);
    if (thread->first != NO_FLOW)
        book_move(first_flow(thread), &thread->caller, outcome);
    if (thread->second != NO_FLOW)
        book_move(&thread->cache[thread->second & (CACHED_FLOWS - 1)], &thread->caller, outcome);
    refine_descriptors(thread, outcome->result);
}

static __always_inline int leave(struct pt_regs *regs, s64 result)
{
    u64 nr = call_number(regs);
    u16 classes = classes_of(nr);
    struct task_struct *task;
    struct outcome *outcome;
    struct thread *thread;

    if (!classes && nr != NO_CALL)
        return 0;
    task = current_task();
    if (nr == NO_CALL) {
        after_handler(task, result);
        return 0;
    }
    if (is_uring_enter(classes)) {
        settle_silent(task, false);
        return 0;
    }
    thread = existing_thread(task);
    if (!thread || !thread->begin)
        thread = missed_entry(task, regs, nr, classes, result);
    if (!thread)
        return 0;
    outcome = &thread->outcome;
    outcome->end = bpf_ktime_get_ns();
    outcome->marks = thread->begin ? 0 : OPERATION_UNTIMED;
    outcome->begin = thread->begin ? thread->begin : outcome->end;
    outcome->result = result;
    if (thread->begin && FIELD(task, nvcsw) != thread->switches)
        outcome->marks |= OPERATION_WAITED;
    if (result == -EINTR && is_dying(task))
        outcome->marks |= OPERATION_INTERRUPTED;
    thread->begin = 0;
    if (thread->call >= CALL_FUTEX && thread->call <= CALL_FUTEX_WAITV)
        futex_leave(thread);
    if (is_restart(result))
        remember(thread, argument(regs, thread->caller.call.abi, 1));
    else
        book_call(task, thread);
    return 0;
}

SEC("?tp_btf/sys_exit")
int ipcscope_exit(u64 *context)
{
    return leave((void *)context[0], context[1]);
}

SEC("?tracepoint/raw_syscalls/sys_exit")
int ipcscope_exit_event(struct call_event *event)
{
    u64 nr = event->nr;

    if (nr != NO_CALL && !classes_of(nr))
        return 0;
    return leave((void *)bpf_task_pt_regs(current_task()), event->result);
}

SEC("?fexit/x64_sys_call")
int ipcscope_exit_function(u64 *context)
{
    return leave((void *)context[0], context[2]);
}

SEC("?fexit/ia32_sys_call")
int ipcscope_ia32_exit(u64 *context)
{
    return leave((void *)context[0], context[2]);
}
