#include <sys/syscall.h>
#include <unistd.h>

#include "../core/tally.h"
#include "calls.h"

ssize_t t_read(struct end end, void *data, size_t size)
{
    return book(end, operation_in(end), syscall(SYS_read, end.fd, data, size));
}

ssize_t t_write(struct end end, const void *data, size_t size)
{
    return book(end, operation_out(end), syscall(SYS_write, end.fd, data, size));
}

ssize_t t_readv(struct end end, const struct iovec *parts, int count)
{
    return book(end, operation_in(end), syscall(SYS_readv, end.fd, parts, count));
}

ssize_t t_writev(struct end end, const struct iovec *parts, int count)
{
    return book(end, operation_out(end), syscall(SYS_writev, end.fd, parts, count));
}

/* The kernel takes the position in two halves; -1 in both means the current one. */
ssize_t t_preadv2(struct end end, const struct iovec *parts, int count, long position, int flags)
{
    long high = position < 0 ? -1 : 0;

    return book(end, operation_in(end), syscall(SYS_preadv2, end.fd, parts, count, position, high, flags));
}

ssize_t t_pwritev2(struct end end, const struct iovec *parts, int count, long position, int flags)
{
    long high = position < 0 ? -1 : 0;

    return book(end, operation_out(end), syscall(SYS_pwritev2, end.fd, parts, count, position, high, flags));
}
