/* Futexes that processes share (kernel/futex/): known by the object that the word lies in, and where. */
#include "include/mapping.h"

#define FUTEX_FD             2 /* include/uapi/linux/futex.h */
#define FUTEX_WAKE           1
#define FUTEX_REQUEUE        3
#define FUTEX_CMP_REQUEUE    4
#define FUTEX_WAKE_OP        5
#define FUTEX_LOCK_PI        6
#define FUTEX_UNLOCK_PI      7
#define FUTEX_TRYLOCK_PI     8
#define FUTEX_WAKE_BITSET    10
#define FUTEX_CMP_REQUEUE_PI 12
#define FUTEX_LOCK_PI2       13
#define FUTEX_PRIVATE_FLAG   128 /* FUTEX2_PRIVATE, too */
#define FUTEX_CLOCK_REALTIME 256
#define FUTEX_TID_MASK       0x3fffffff
#define FUTEX_WAITERS_LIMIT  128 /* FUTEX_WAITV_MAX */

struct futex_waiter { /* struct futex_waitv */
    u64 value;
    u64 address;
    u32 flags;
    u32 reserved;
};

static __always_inline u32 futex_command(const struct thread *thread)
{
    return thread->call == CALL_FUTEX ? (u32)thread->arguments[1] & ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME) : 0;
}

static __always_inline u8 futex_operation(const struct thread *thread)
{
    switch (thread->call) {
    case CALL_FUTEX_WAKE:
    case CALL_FUTEX_REQUEUE:
        return OPERATION_WAKE;
    case CALL_FUTEX:
        switch (futex_command(thread)) {
        case FUTEX_WAKE:
        case FUTEX_REQUEUE:
        case FUTEX_CMP_REQUEUE:
        case FUTEX_WAKE_OP:
        case FUTEX_UNLOCK_PI:
        case FUTEX_WAKE_BITSET:
        case FUTEX_CMP_REQUEUE_PI:
            return OPERATION_WAKE;
        }
    }
    return OPERATION_WAIT;
}

/* Whether the call says that the futex is the process's own: most do, and end here. */
static __always_inline bool futex_is_private(const struct request *request)
{
    switch (request->call) {
    case CALL_FUTEX:
        return request->arguments[1] & FUTEX_PRIVATE_FLAG;
    case CALL_FUTEX_WAIT:
    case CALL_FUTEX_WAKE:
        return request->arguments[3] & FUTEX_PRIVATE_FLAG;
    default:
        return false; /* each word says it for itself */
    }
}

static __always_inline bool futex_note_private(struct task_struct *task, struct thread *thread, u64 address)
{
    struct subject *subject = new_subject(thread, MECHANISM_FUTEX, futex_operation(thread));

    subject->number = subject->id = address;
    subject->guard = FIELD(task, tgid);
    thread->first = note_subject(thread);
    return thread->first != NO_FLOW;
}

/* The futex at an address; false if it is the process's own, and nobody wants those. */
static __noinline bool futex_note_word(struct task_struct *task, struct thread *thread, u64 address, bool is_private)
{
    struct mapping mapping = {};
    struct subject *subject;

    if (!is_private)
        find_mapping(&mapping, address);
    if (!mapping.mechanism)
        return settings.private_futexes && (is_private || mapping.found) && futex_note_private(task, thread, address);
    subject = new_subject(thread, MECHANISM_FUTEX, futex_operation(thread));
    subject->number = mapping.inode;
    subject->device = mapping.device;
    subject->guard = mapping.offset >> 2;
    subject->id = mapping.offset;
    subject->name = mapping.name;
    thread->message = address; /* where the word is */
    thread->first = note_subject(thread);
    return thread->first != NO_FLOW;
}

/* One word of a vector; 1 ends the walk. */
STEP(futex_note_waiter, u64, none)
{
    struct task_struct *task = current_task();
    struct thread *thread = existing_thread(task);
    struct futex_waiter waiter;

    if (!thread || index >= thread->length)
        return 1;
    if (bpf_probe_read_user(&waiter, sizeof(waiter), (void *)(thread->arguments[0] + index * sizeof(waiter)))) {
        count_loss(LOSS_UNREADABLE);
        return 1;
    }
    return futex_note_word(task, thread, waiter.address, waiter.flags & FUTEX_PRIVATE_FLAG);
}

/* The tid that a word names as its owner: of priority-inheriting futexes in the word itself (futex(2)), of glibc's
 * other mutexes in the second word behind it (pthread_mutex_t.__owner). Whether it is one, the host decides. */
static __always_inline u32 futex_owner(const struct thread *thread)
{
    u32 command = futex_command(thread), owner = 0;
    bool in_word = command == FUTEX_LOCK_PI || command == FUTEX_LOCK_PI2 || command == FUTEX_TRYLOCK_PI;

    bpf_probe_read_user(&owner, sizeof(owner), (void *)(thread->message + (in_word ? 0 : 8)));
    return owner & FUTEX_TID_MASK;
}

static __always_inline struct channel_info *futex_info(struct thread *thread)
{
    struct channel_key key = {};

    channel_key_of(&key, first_flow(thread));
    return bpf_map_lookup_elem(&channels, &key);
}

static __always_inline bool futex_waits(struct thread *thread)
{
    return thread->first != NO_FLOW && first_flow(thread)->operation == OPERATION_WAIT;
}

SHARED int futex_enter(struct thread *thread, u32 is_private)
{
    struct task_struct *task = current_task();
    struct channel_info *info;

    if (!thread)
        return 0;
    thread->message = thread->arguments[0];
    if (futex_command(thread) == FUTEX_FD || futex_command(thread) > FUTEX_LOCK_PI2)
        return false; /* neither waits nor wakes */
    if (thread->call == CALL_FUTEX_WAITV || thread->call == CALL_FUTEX_REQUEUE) {
        thread->length = thread->call == CALL_FUTEX_WAITV ? thread->arguments[1] : 1;
        REPEAT(FUTEX_WAITERS_LIMIT, futex_note_waiter, (u64 *)0);
    } else {
        futex_note_word(task, thread, thread->arguments[0], is_private);
    }
    if (futex_waits(thread)) {
        info = futex_info(thread);
        if (info) {
            info->owner = futex_owner(thread);
            __sync_fetch_and_add(&info->waiters, 1);
        }
    }
    return thread->first != NO_FLOW;
}

/* Both for a call that has ended and for one that will be restarted: it does not wait now. */
SHARED int futex_leave(struct thread *thread)
{
    struct task_struct *task = current_task();
    struct channel_info *info;

    if (!thread)
        return 0;
    info = thread->first != NO_FLOW ? futex_info(thread) : 0;
    if (!info)
        return 0;
    if (futex_waits(thread)) {
        __sync_fetch_and_add(&info->waiters, -1);
        if (thread->outcome.result >= 0)
            thread->outcome.peer = info->waker;
    } else if (thread->outcome.result > 0) {
        info->waker = FIELD(task, tgid);
    }
    return 0;
}
