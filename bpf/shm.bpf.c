/* Memory that processes share by mapping it: shm_open, memfd, shared anonymous, hugetlb, and files (mm/mmap.c). */
#include "include/mapping.h"

#define MAP_TYPE            0x0f /* include/uapi/linux/mman.h, asm-generic/mman-common.h */
#define MAP_SHARED          1
#define MAP_SHARED_VALIDATE 3
#define MAP_ANONYMOUS       0x20

#define ZERO_DEVICE (1 << 20 | 5) /* Documentation/admin-guide/devices.txt */

/* Shared memory that has no inode yet, or never got one. */
static __always_inline bool shm_note_nameless(struct thread *thread, u8 operation)
{
    new_subject(thread, MECHANISM_SHM, operation);
    thread->first = note_subject(thread);
    return thread->first != NO_FLOW;
}

static __always_inline bool shm_note_file(struct thread *thread, struct file *file, u8 mechanism, u8 operation)
{
    set_inode(new_subject(thread, mechanism, operation), file, FIELD(file, f_inode));
    thread->first = note_subject(thread);
    return thread->first != NO_FLOW;
}

/* A mapping of /dev/zero is anonymous memory (drivers/char/mem.c, mmap_zero). */
static __always_inline bool is_zero_device(struct inode *inode)
{
    return (FIELD(inode, i_mode) & S_IFMT) == S_IFCHR && FIELD(inode, i_rdev) == ZERO_DEVICE;
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
    file = file_of(task, thread->arguments[4]);
    if (!file)
        return false;
    if (is_zero_device(FIELD(file, f_inode)))
        return observed(MECHANISM_SHM);
    if ((FIELD(file, f_inode, i_mode) & S_IFMT) != S_IFREG)
        return false;
    return shm_note_file(thread, file, is_memory(FIELD(file, f_inode)) ? MECHANISM_SHM : MECHANISM_FILE_MAP,
                         OPERATION_MAP);
}

static __always_inline bool shm_note_address(struct task_struct *task, struct thread *thread, u8 operation)
{
    struct mapping mapping = {};

    find_mapping(&mapping, thread->arguments[0]);
    return note_mapping(task, thread, &mapping, operation);
}

SHARED int shm_enter(struct thread *thread)
{
    struct task_struct *task = current_task();
    struct file *file;

    if (!thread)
        return 0;
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
        return file && is_memory(FIELD(file, f_inode)) &&
               shm_note_file(thread, file, MECHANISM_SHM, OPERATION_TRUNCATE);
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
        find_mapping(&mapping, thread->outcome.result);
    if (!note_mapping(task, thread, &mapping, OPERATION_MAP))
        shm_note_nameless(thread, OPERATION_MAP);
}

SHARED int shm_exit(struct thread *thread)
{
    struct task_struct *task = current_task();
    struct outcome *outcome;

    if (!thread)
        return 0;
    outcome = &thread->outcome;
    if (thread->call == CALL_MEMFD) {
        shm_exit_memfd(task, thread);
        return 0;
    }
    if (thread->call == CALL_MMAP && thread->first == NO_FLOW)
        shm_exit_anonymous(task, thread);
    if (failed(outcome->result))
        return 0;
    /* The length that was asked for; mremap: the new one. */
    outcome->result = thread->call == CALL_MREMAP ? thread->arguments[2] : thread->arguments[1];
    return 0;
}
