#include "process_vm.h"

#include <stdbool.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../core/require.h"
#include "../core/tally.h"

struct end process_end(pid_t target)
{
    return end_named(MECHANISM_PROCESS_VM, target);
}

ssize_t t_process_vm_readv(pid_t target, const struct iovec *local, unsigned long local_count,
                           const struct iovec *remote, unsigned long remote_count, unsigned long flags)
{
    return book(process_end(target), OPERATION_READ,
                syscall(SYS_process_vm_readv, target, local, local_count, remote, remote_count, flags));
}

ssize_t t_process_vm_writev(pid_t target, const struct iovec *local, unsigned long local_count,
                            const struct iovec *remote, unsigned long remote_count, unsigned long flags)
{
    return book(process_end(target), OPERATION_WRITE,
                syscall(SYS_process_vm_writev, target, local, local_count, remote, remote_count, flags));
}

int t_pidfd_getfd(pid_t target, int pidfd, int fd, unsigned flags)
{
    return book_empty(process_end(target), OPERATION_GETFD, syscall(SYS_pidfd_getfd, pidfd, fd, flags));
}

int t_ptrace(enum __ptrace_request request, pid_t target, const void *address, void *data)
{
    bool peek = request == PTRACE_PEEKTEXT || request == PTRACE_PEEKDATA || request == PTRACE_PEEKUSER;
    int result = syscall(SYS_ptrace, request, target, address, data);

    book(process_end(target), peek ? OPERATION_READ : OPERATION_WRITE, result < 0 ? result : (ssize_t)sizeof(long));
    return result;
}

int pidfd_new(pid_t target)
{
    int pidfd = syscall(SYS_pidfd_open, target, 0);

    require(pidfd >= 0, "pidfd_open");
    return pidfd;
}
