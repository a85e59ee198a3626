/* One process reads and writes another's memory, and takes its descriptors. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../calls/process_vm.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../core/thread.h"
#include "../kinds/memory.h"
#include "families.h"
#include "receiver.h"

#define NOBODY  65534
#define NO_PID  (INT_MAX - 1)
#define CLOSED  (1 << 20) /* a number that no descriptor has */
#define THREADS 4
#define ROUNDS  2

static char page[2 * PAGE] __attribute__((aligned(PAGE)));
static const void *const nowhere = (void *)64;

static void nothing(void) {}

/* The second page is not there in the target. */
static void lose_page(void)
{
    require(munmap(page + PAGE, PAGE) == 0, "munmap of private memory");
}

static void move(pid_t pid, size_t size)
{
    char data[size];
    struct iovec local = {data, size}, remote = {page, size}, none = {data, 0};
    struct iovec halves[] = {{data, size / 2}, {data + size / 2, size - size / 2}};

    require_result(t_process_vm_readv(pid, &local, 1, &remote, 1, 0), (ssize_t)size);
    require_result(t_process_vm_writev(pid, halves, 2, &remote, 1, 0), (ssize_t)size);
    require_result(t_process_vm_readv(pid, halves, 2, &remote, 1, 0), (ssize_t)size);
    require_result(t_process_vm_readv(pid, &none, 1, &remote, 1, 0), 0);
}

static void memory(const struct plan *plan)
{
    pid_t pid = receiver_start(nothing, NULL);

    for (unsigned i = 0; i < plan->n; i++) {
        move(pid, plan->size);
        move(getpid(), plan->size);
    }
    receiver_join(pid);
}

static void fail_at_memory(pid_t pid)
{
    char data[2 * PAGE];
    struct iovec local = {data, sizeof(data)}, remote = {page, sizeof(data)}, bad = {(void *)nowhere, 16};

    require_result(t_process_vm_readv(pid, &local, 1, &remote, 1, 0), PAGE); /* a part */
    require_result(t_process_vm_writev(pid, &local, 1, &remote, 1, 0), PAGE);
    require_error(t_process_vm_readv(pid, &local, 1, &bad, 1, 0), EFAULT);
    require_error(t_process_vm_writev(pid, &local, 1, &bad, 1, 0), EFAULT);
    require_error(t_process_vm_writev(pid, &bad, 1, &remote, 1, 0), EFAULT);
    require_error(t_process_vm_readv(NO_PID, &local, 1, &remote, 1, 0), ESRCH);
    require_error(t_process_vm_writev(NO_PID, &local, 1, &remote, 1, 0), ESRCH);
    require_error(t_process_vm_readv(pid, &local, 1, &remote, 1, 1), EINVAL);
    require_error(t_process_vm_readv(pid, &local, 1, &remote, 5000, 0), EINVAL);
    require_error(t_process_vm_readv(pid, nowhere, 1, &remote, 1, 0), EFAULT);
}

static void fail_at_descriptors(pid_t pid)
{
    int pidfd = pidfd_new(pid), late, null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    pid_t gone = process_fork(0);

    if (gone == 0)
        _exit(0);
    late = pidfd_new(gone);
    process_join(gone);
    require_error(t_pidfd_getfd(pid, pidfd, CLOSED, 0), EBADF);
    require_error(t_pidfd_getfd(pid, pidfd, 0, 1), EINVAL);
    require_error(t_pidfd_getfd(gone, late, 0, 0), ESRCH);
    /* No process, no channel. */
    require_error(syscall(SYS_pidfd_getfd, CLOSED, 0, 0), EBADF);
    require_error(syscall(SYS_pidfd_getfd, null, 0, 0), EBADF);
    require(close(late) == 0 && close(pidfd) == 0 && close(null) == 0, "close");
}

static void fail_as_nobody(void *argument)
{
    pid_t pid = *(pid_t *)argument;
    int pidfd = pidfd_new(pid);
    struct iovec part = {page, 16};

    require(setuid(NOBODY) == 0, "setuid");
    require_error(t_process_vm_readv(pid, &part, 1, &part, 1, 0), EPERM);
    require_error(t_process_vm_writev(pid, &part, 1, &part, 1, 0), EPERM);
    require_error(t_pidfd_getfd(pid, pidfd, 0, 0), EPERM);
}

static void errors(const struct plan *plan)
{
    pid_t pid = receiver_start(lose_page, NULL);

    for (unsigned i = 0; i < plan->n; i++) {
        fail_at_memory(pid);
        fail_at_descriptors(pid);
        process_join(process_run(fail_as_nobody, &pid));
    }
    receiver_join(pid);
}

static void getfd(const struct plan *plan)
{
    pid_t pid = receiver_start(nothing, NULL);
    int pidfd = pidfd_new(pid);

    for (unsigned i = 0; i < plan->n; i++) {
        int fd = t_pidfd_getfd(pid, pidfd, STDERR_FILENO, 0);

        require(fd >= 0, "pidfd_getfd");
        require(close(fd) == 0, "close");
    }
    require(close(pidfd) == 0, "close");
    receiver_join(pid);
}

struct storm {
    const struct plan *plan;
    pid_t pid;
};

static void *move_each(void *argument)
{
    struct storm *storm = argument;

    for (unsigned i = 0; i < storm->plan->n; i++)
        move(storm->pid, storm->plan->size);
    return NULL;
}

static void storm(const struct plan *plan)
{
    struct storm storm = {plan, receiver_start(nothing, NULL)};

    for (int round = 0; round < ROUNDS; round++) {
        pthread_t threads[THREADS];

        for (int i = 0; i < THREADS; i++)
            threads[i] = thread_run(move_each, &storm);
        for (int i = 0; i < THREADS; i++)
            thread_join(threads[i]);
    }
    receiver_join(storm.pid);
}

const struct scenario process_vm_scenarios[] = {
    {"process-vm/memory", "process_vm_readv and _writev of another process and of itself", .n = 100, .size = 300,
     .run = memory},
    {"process-vm/errors", "the same and pidfd_getfd, failing or in part", .n = 10, .run = errors},
    {"process-vm/getfd", "N descriptors taken by pidfd_getfd", .n = 50, .run = getfd},
    {"process-vm/storm", "8 threads that read and write another process's memory N times each", .n = 1000, .size = 64,
     .run = storm},
    {0},
};
