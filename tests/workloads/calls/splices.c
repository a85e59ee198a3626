/* Calls with two ends: each end that is a channel has done an operation; a failure is the failure of both. */
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../core/tally.h"
#include "calls.h"

ssize_t t_splice(struct end in, struct end out, size_t size, unsigned flags)
{
    /* Files are always spliced from their beginning, so that they never end. */
    int64_t beginning = 0, *offset = in.mechanism == MECHANISM_NONE ? &beginning : NULL;
    ssize_t moved = syscall(SYS_splice, in.fd, offset, out.fd, NULL, size, flags);

    book(in, operation_in(in), moved);
    return book(out, operation_out(out), moved);
}

ssize_t t_tee(struct end in, struct end out, size_t size, unsigned flags)
{
    ssize_t copied = syscall(SYS_tee, in.fd, out.fd, size, flags);

    book_empty(in, OPERATION_PEEK, copied);
    return book(out, operation_out(out), copied);
}

ssize_t t_vmsplice_out(struct end end, const struct iovec *parts, int count, unsigned flags)
{
    return book(end, operation_out(end), syscall(SYS_vmsplice, end.fd, parts, (long)count, flags));
}

ssize_t t_vmsplice_in(struct end end, const struct iovec *parts, int count, unsigned flags)
{
    return book(end, operation_in(end), syscall(SYS_vmsplice, end.fd, parts, (long)count, flags));
}

static ssize_t book_sendfile(struct end out, struct end in, ssize_t moved)
{
    book(in, operation_in(in), moved);
    return book(out, operation_out(out), moved);
}

#ifdef __i386__ /* sendfile has offsets of 32 bits, sendfile64 of 64 */
#define SENDFILE SYS_sendfile64
#else
#define SENDFILE SYS_sendfile
#endif

ssize_t t_sendfile(struct end out, struct end in, size_t size)
{
    int64_t beginning = 0, *offset = in.mechanism == MECHANISM_NONE ? &beginning : NULL;

    return book_sendfile(out, in, syscall(SENDFILE, out.fd, in.fd, offset, size));
}

#ifdef __i386__
ssize_t t_sendfile_old(struct end out, struct end in, size_t size)
{
    int32_t beginning = 0, *offset = in.mechanism == MECHANISM_NONE ? &beginning : NULL;

    return book_sendfile(out, in, syscall(SYS_sendfile, out.fd, in.fd, offset, size));
}
#endif
