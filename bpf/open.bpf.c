/* open(2) of what processes share by name: FIFOs, and files under /dev/shm as shm_open(3) makes them. */
#include "include/subject.h"

#define SHM_DIRECTORY "/dev/shm/"

enum place {
    PLACE_OTHER,
    PLACE_SHM,
    PLACE_UNREAD, /* not in memory: so is a literal before its first use. The kernel brings it in */
};

static __always_inline enum place place_of(const struct thread *thread)
{
    u64 path = thread->arguments[thread->call == CALL_OPENAT ? 1 : 0];
    char begin[sizeof(SHM_DIRECTORY) - 1];

    if (bpf_probe_read_user(begin, sizeof(begin), (void *)path))
        return PLACE_UNREAD;
    return same_text(begin, SHM_DIRECTORY, sizeof(begin)) ? PLACE_SHM : PLACE_OTHER;
}

/* Nobody knows yet what it will open, and a FIFO may wait for its other end. */
static __always_inline bool open_enter(struct thread *thread)
{
    thread->flags = observed(MECHANISM_SHM) ? place_of(thread) : PLACE_OTHER;
    return thread->flags != PLACE_OTHER || observed(MECHANISM_FIFO);
}

SHARED int open_exit(struct thread *thread)
{
    struct task_struct *task = current_task();
    struct outcome *outcome;
    struct inode *inode;
    struct file *file;

    if (!thread)
        return 0;
    outcome = &thread->outcome;
    file = failed(outcome->result) ? 0 : file_of(task, outcome->result);
    inode = file ? FIELD(file, f_inode) : 0;
    outcome->result = file ? 0 : outcome->result;
    if (inode && (FIELD(inode, i_mode) & S_IFMT) == S_IFIFO) {
        thread->first = note_descriptor(thread, file, DIRECTION_OPEN, NO_FLOW);
        return 0;
    }
    if (thread->flags == PLACE_UNREAD)
        thread->flags = place_of(thread);
    if (thread->flags == PLACE_OTHER || (inode && !is_memory(inode)))
        return 0;
    if (thread->flags == PLACE_UNREAD) { /* unmapped meanwhile; or never there, and the call failed */
        if (inode)
            count_loss(LOSS_UNREADABLE);
        return 0;
    }
    new_subject(thread, MECHANISM_SHM, OPERATION_OPEN);
    if (inode)
        set_inode(&thread->subject, file, inode);
    thread->first = note_subject(thread);
    return 0;
}
