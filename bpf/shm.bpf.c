/* Memory that processes share by mapping it: shm_open, memfd, shared anonymous, hugetlb, and files (mm/mmap.c). */
#include "include/mapping.h"

#define MAP_TYPE            0x0f /* include/uapi/linux/mman.h, asm-generic/mman-common.h */
#define MAP_SHARED          1
#define MAP_SHARED_VALIDATE 3
#define MAP_ANONYMOUS       0x20

/* Shared memory that has no inode yet, or never got one. */
static __always_inline bool shm_note_nameless(struct thread *thread, u8 operation)
{
    new_subject(thread, MECHANISM_SHM, operation);
    thread->first = note_subject(thread);
    return thread->first != NO_FLOW;
}

static __always_inline bool shm_note_file(struct thread *thread, struct file *file, u8 mechanism, u8 operation)
{
    set_inode(new_subject(thread, mechanism, operation), file, file->f_inode);
    thread->first = note_subject(thread);
    return thread->first != NO_FLOW;
}

/* Before mmap: what it will map, if it shares anything. Anonymous memory is known when it is there. */
static __always_inline bool shm_enter_mmap(struct task_struct *task, struct thread *thread)
{
    u32 flags = thread->arguments[3], type = flags & MAP_TYPE;
    struct file *file;

    if (type != MAP_SHARED && type != MAP_SHARED_VALIDATE)
        return false;
    if (flags & MAP_ANONYMOUS)
        return observed(MECHANISM_SHM);
    file = regular_file(task, thread->arguments[4]);
    return file &&
           shm_note_file(thread, file, is_memory(file->f_inode) ? MECHANISM_SHM : MECHANISM_FILE_MAP, OPERATION_MAP);
}

static __always_inline bool shm_note_address(struct task_struct *task, struct thread *thread, u8 operation)
{
    struct mapping mapping = {};

    find_mapping(&mapping, task, thread->arguments[0]);
    return note_mapping(task, thread, &mapping, operation);
}

static __noinline bool shm_enter(struct task_struct *task, struct thread *thread)
{
    struct file *file;

    switch (thread->call) {
    case CALL_MEMFD:
        return true;
    case CALL_MMAP:
        return shm_enter_mmap(task, thread);
    case CALL_MUNMAP:
        return shm_note_address(task, thread, OPERATION_UNMAP);
    case CALL_MREMAP:
        return shm_note_address(task, thread, OPERATION_REMAP);
    case CALL_MSYNC:
        return shm_note_address(task, thread, OPERATION_SYNC);
    default: /* ftruncate */
        file = regular_file(task, thread->fd);
        return file && is_memory(file->f_inode) && shm_note_file(thread, file, MECHANISM_SHM, OPERATION_TRUNCATE);
    }
}

static __always_inline void shm_exit_memfd(struct task_struct *task, struct thread *thread)
{
    struct file *file = failed(thread->outcome.result) ? 0 : regular_file(task, thread->outcome.result);

    if (file)
        shm_note_file(thread, file, MECHANISM_SHM, OPERATION_OPEN);
    else
        shm_note_nameless(thread, OPERATION_OPEN);
    no_size(&thread->outcome);
}

static __always_inline void shm_exit_anonymous(struct task_struct *task, struct thread *thread)
{
    struct mapping mapping = {};

    if (!failed(thread->outcome.result))
        find_mapping(&mapping, task, thread->outcome.result);
    if (!note_mapping(task, thread, &mapping, OPERATION_MAP))
        shm_note_nameless(thread, OPERATION_MAP);
}

static __noinline void shm_exit(struct task_struct *task, struct thread *thread)
{
    struct outcome *outcome = &thread->outcome;

    if (thread->call == CALL_MEMFD) {
        shm_exit_memfd(task, thread);
        return;
    }
    if (thread->call == CALL_MMAP && thread->first == NO_FLOW)
        shm_exit_anonymous(task, thread);
    if (failed(outcome->result))
        return;
    /* The length that was asked for; mremap: the new one. */
    outcome->result = thread->call == CALL_MREMAP ? thread->arguments[2] : thread->arguments[1];
}
