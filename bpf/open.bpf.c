/* open(2) of what processes share by name: FIFOs, and files under /dev/shm as shm_open(3) makes them. */
#include "include/subject.h"

#define SHM_DIRECTORY "/dev/shm/"

static __always_inline bool is_shm_path(u64 path)
{
    char begin[sizeof(SHM_DIRECTORY) - 1];

    return !bpf_probe_read_user(begin, sizeof(begin), (void *)path) && same_text(begin, SHM_DIRECTORY, sizeof(begin));
}

/* Nobody knows yet what it will open, and a FIFO may wait for its other end. */
static __always_inline bool open_enter(struct thread *thread)
{
    u64 path = thread->arguments[thread->call == CALL_OPENAT ? 1 : 0];

    thread->flags = observed(MECHANISM_SHM) && is_shm_path(path);
    return thread->flags || observed(MECHANISM_FIFO);
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
    if (!thread->flags || (inode && !is_memory(inode)))
        return 0;
    new_subject(thread, MECHANISM_SHM, OPERATION_OPEN);
    if (inode)
        set_inode(&thread->subject, file, inode);
    thread->first = note_subject(thread);
    return 0;
}
