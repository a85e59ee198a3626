/* Signals (kernel/signal.c): sent where the kernel generates them, received where it delivers them. */
#include "include/interrupted.h"
#include "include/target.h"

/* include/linux/signal.h */
#define SEND_SIG_PRIV 1 /* and SEND_SIG_NOINFO 0 */

/* include/uapi/asm-generic/siginfo.h: what processes send; the rest is the kernel's own */
#define SI_USER  0
#define SI_QUEUE -1
#define SI_TKILL -6

#define SIGKILL  9
#define SIGCHLD  17
#define SIGCONT  18
#define SIGURG   23
#define SIGWINCH 28
#define SIGRTMIN 32

/* A signal on its way. */
struct pending_signal {
    u64 generated; /* when the first of them was */
    u32 sender;    /* pid, 0: the kernel */
    u16 count;     /* queued and not yet delivered */
    u8 via;
    u8 pad;
};

struct pending_key {
    u32 pid; /* of the process, or of the thread that it was sent to */
    u16 number;
    u16 to_thread;
};

/* What is pending; a signal that nobody takes is forgotten when room is needed, and then received without its duration.
 */
struct {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __type(key, struct pending_key);
    __type(value, struct pending_signal);
    __uint(max_entries, 8192);
} pending SEC(".maps");

/* A debugger that stops its program at a signal has the kernel queue it again: the program then seems to send it to
 * itself (kernel/signal.c, ptrace_signal). Who really does is inside a call. */
static __always_inline bool put_back(struct task_struct *task, struct task_struct *receiver)
{
    struct thread *thread;

    if (FIELD(task, tgid) != FIELD(receiver, tgid))
        return false;
    thread = existing_thread(task);
    return !thread || !thread->begin || thread->call < CALL_KILL || thread->call > CALL_PIDFD_SIGNAL;
}

/* What is too large for the stack. A program never runs twice at once on a processor, but three may. */
struct signal_scratch {
    struct subject subject;
    struct cached_flow flow;
    struct outcome outcome;
    struct caller caller;
};

struct {
    __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
    __type(key, u32);
    __type(value, struct signal_scratch);
    __uint(max_entries, 3);
} signal_scratch SEC(".maps");

static __always_inline bool sent_by_kernel(const struct kernel_siginfo *info)
{
    int code;

    if ((u64)info <= SEND_SIG_PRIV)
        return true; /* calls give information, who calls send_sig does not */
    code = FIELD(kernel_cast(info, struct kernel_siginfo), si_code); /* to 6.12's verifier the argument is a number */
    return code != SI_USER && code != SI_QUEUE && code != SI_TKILL;
}

static __always_inline struct signal_scratch *new_scratch(u32 program, u8 operation, int number,
                                                          struct task_struct *receiver)
{
    struct signal_scratch *scratch = bpf_map_lookup_elem(&signal_scratch, &program);

    if (!scratch)
        return 0;
    __builtin_memset(scratch, 0, sizeof(*scratch));
    scratch->subject.mechanism = MECHANISM_SIGNAL;
    scratch->subject.operation = operation;
    scratch->subject.device = scratch->subject.id = number;
    set_process(&scratch->subject, receiver);
    return scratch;
}

static __always_inline void introduce_here(struct caller *caller, struct task_struct *task)
{
    introduce(caller, task);
    note_cgroup(caller->cgroup);
}

static __always_inline void book_signal(struct signal_scratch *scratch, u8 via)
{
    if (adopt_subject(&scratch->flow, &scratch->subject, via))
        book(&scratch->flow, &scratch->caller, &scratch->outcome);
}

/* Remembers when a signal was sent, for who receives it. */
static __always_inline void note_pending(const struct pending_key *key, u64 now, u32 sender, u8 via)
{
    struct pending_signal *known = bpf_map_lookup_elem(&pending, key);
    struct pending_signal signal = {.generated = now, .sender = sender, .count = 1, .via = via};

    if (known && known->count)
        known->count++;
    else
        bpf_map_update_elem(&pending, key, &signal, BPF_ANY);
}

SEC("?tp_btf/signal_generate")
int ipcscope_signal_send(u64 *context)
{
    int number = context[0], group = context[3], fate = context[4];
    struct kernel_siginfo *info = (void *)context[1];
    struct task_struct *receiver = (void *)context[2], *task = current_task();
    struct pending_key key = {.number = number, .to_thread = !group};
    u8 via = sent_by_kernel(info) ? VIA_KERNEL : VIA_SYSCALL;
    struct signal_scratch *scratch;

    if (via == VIA_SYSCALL && put_back(task, receiver))
        return 0;
    key.pid = group ? FIELD(receiver, tgid) : FIELD(receiver, pid);
    if (fate == SIGNAL_QUEUED || fate == SIGNAL_TRUNCATED)
        note_pending(&key, bpf_ktime_get_ns(), via == VIA_KERNEL ? 0 : FIELD(task, tgid), via);
    if (via == VIA_KERNEL ? settings.filter.by_process || settings.filter.comms : !process_wanted(task))
        return 0; /* the kernel is none of the processes that a filter names */
    scratch = new_scratch(0, OPERATION_SEND, number, receiver);
    if (!scratch)
        return 0;
    scratch->subject.detail = fate;
    scratch->outcome.begin = scratch->outcome.end = bpf_ktime_get_ns();
    scratch->outcome.marks = OPERATION_UNMEASURED;
    scratch->outcome.peer = FIELD(receiver, tgid);
    if (via == VIA_KERNEL)
        scratch->caller.process.start_time = 1; /* the kernel: pid 0 */
    else
        introduce_here(&scratch->caller, task);
    book_signal(scratch, via);
    return 0;
}

/* Takes one signal off those that are on their way to a task; its begin and sender go into the outcome.
 * `via` is what the signal itself says, if nothing is known. */
static __always_inline u8 take_pending(struct outcome *outcome, struct task_struct *task, int number, u8 via)
{
    struct pending_key key = {.pid = FIELD(task, pid), .number = number, .to_thread = 1};
    struct pending_signal *signal = bpf_map_lookup_elem(&pending, &key);

    if (!signal || !signal->count) {
        key.pid = FIELD(task, tgid);
        key.to_thread = 0;
        signal = bpf_map_lookup_elem(&pending, &key);
    }
    outcome->result = 0;
    if (!signal || !signal->count) {
        outcome->begin = outcome->end;
        outcome->marks = OPERATION_UNTIMED;
        return via;
    }
    via = signal->via;
    outcome->peer = signal->sender;
    outcome->begin = signal->generated ? signal->generated : outcome->end;
    outcome->marks = signal->generated ? 0 : OPERATION_UNTIMED;
    if (signal->count > 1) { /* only when the first of several was sent is remembered */
        signal->count--;
        signal->generated = 0;
    } else {
        bpf_map_delete_elem(&pending, &key);
    }
    return via;
}

/* Ends without an effect: ignored by choice, or by default (include/linux/signal.h, SIG_KERNEL_IGNORE_MASK). */
static __always_inline bool is_ignored(int number, struct k_sigaction *action)
{
    u64 handler = (u64)FIELD(action, sa.sa_handler);

    if (handler > 1)
        return false;
    return handler == 1 || number == SIGCHLD || number == SIGCONT || number == SIGURG || number == SIGWINCH;
}

SEC("?tp_btf/signal_deliver")
int ipcscope_signal_receive(u64 *context)
{
    int number = context[0];
    struct kernel_siginfo *info = (void *)context[1];
    struct task_struct *task = current_task();
    struct signal_scratch *scratch;
    u8 via;

    /* Whatever ends a process, its threads are told SIGKILL; the signal is noted for all (complete_signal). */
    if (number == SIGKILL)
        number = FIELD(task, signal, group_exit_code) & 0x7f;
    if (!number)
        return 0; /* exit_group */
    scratch = new_scratch(1, OPERATION_RECEIVE, number, task);
    if (!scratch)
        return 0;
    scratch->outcome.end = bpf_ktime_get_ns();
    via = take_pending(&scratch->outcome, task, number, sent_by_kernel(info) ? VIA_KERNEL : VIA_SYSCALL);
    /* One of the threads has received it already. */
    if (context[0] == SIGKILL && !scratch->outcome.peer && scratch->outcome.marks & OPERATION_UNTIMED)
        return 0;
    if (is_ignored(number, (void *)context[2]) || !process_wanted(task))
        return 0;
    introduce_here(&scratch->caller, task);
    book_signal(scratch, via);
    return 0;
}

/* A thread ends. A process that was already on its way to its end when it was killed takes the signal's number for its
 * exit code and never comes to where signals are delivered (kernel/exit.c, do_group_exit): then the signal is still on
 * its way. Of numbers that queue, others may be. */
SHARED int signal_of_end(void)
{
    struct task_struct *task = current_task();
    int number = FIELD(task, signal, group_exit_code) & 0x7f;
    struct signal_scratch *scratch;
    u8 via;

    if (!number || number >= SIGRTMIN || !is_dying(task))
        return 0;
    scratch = new_scratch(2, OPERATION_RECEIVE, number, task);
    if (!scratch)
        return 0;
    scratch->outcome.end = bpf_ktime_get_ns();
    via = take_pending(&scratch->outcome, task, number, VIA_SYSCALL);
    if (scratch->outcome.marks & OPERATION_UNTIMED || !process_wanted(task))
        return 0;
    introduce_here(&scratch->caller, task);
    book_signal(scratch, via);
    return 0;
}

/* The signal that a call would send; 0: it is only asked whether it could. */
static __always_inline u32 signal_of_call(const struct request *request)
{
    return request->arguments[request->call == CALL_TGKILL ? 2 : 1];
}

/* What was sent is booked where it is generated; what failed, here. rt_sigtimedwait takes a signal that is not
 * delivered. */
SHARED int signal_exit(struct thread *thread)
{
    struct task_struct *task = current_task();
    struct outcome *outcome;
    struct subject *subject;

    if (!thread)
        return 0;
    outcome = &thread->outcome;
    if (thread->call == CALL_SIGWAIT) {
        u32 number = outcome->result;
        u8 via;

        if (outcome->result <= 0)
            return 0;
        subject = new_subject(thread, MECHANISM_SIGNAL, OPERATION_RECEIVE);
        subject->device = subject->id = number;
        set_process(subject, task);
        via = take_pending(outcome, task, number, VIA_SYSCALL);
        thread->first = note_subject_via(thread, via);
        return 0;
    }
    if (!failed(outcome->result))
        return 0;
    subject = new_subject(thread, MECHANISM_SIGNAL, OPERATION_SEND);
    subject->device = subject->id = thread->call == CALL_TGKILL ? thread->arguments[2] : thread->arguments[1];
    if (thread->call == CALL_PIDFD_SIGNAL)
        set_pidfd(subject, task, thread->fd);
    else
        subject->number = subject->target = (u32)thread->arguments[0];
    thread->first = note_subject(thread);
    return 0;
}
