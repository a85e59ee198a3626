/* The system calls that are counted, each booked by what it returned. Arguments and results as by the calls themselves,
 * with an end in the place of a descriptor. */
#pragma once

#include <sys/socket.h>
#include <sys/uio.h>

#include "../core/end.h"

ssize_t t_read(struct end end, void *data, size_t size);
ssize_t t_write(struct end end, const void *data, size_t size);
ssize_t t_readv(struct end end, const struct iovec *parts, int count);
ssize_t t_writev(struct end end, const struct iovec *parts, int count);
ssize_t t_preadv2(struct end end, const struct iovec *parts, int count, long position, int flags);
ssize_t t_pwritev2(struct end end, const struct iovec *parts, int count, long position, int flags);

ssize_t t_send(struct end end, const void *data, size_t size, int flags);
ssize_t t_recv(struct end end, void *data, size_t size, int flags);
ssize_t t_sendto(struct end end, const void *data, size_t size, int flags, const struct sockaddr *to, socklen_t length);
ssize_t t_recvfrom(struct end end, void *data, size_t size, int flags, struct sockaddr *from, socklen_t *length);
ssize_t t_sendmsg(struct end end, const struct msghdr *message, int flags);
ssize_t t_recvmsg(struct end end, struct msghdr *message, int flags);
int t_sendmmsg(struct end end, struct mmsghdr *messages, unsigned count, int flags);
int t_recvmmsg(struct end end, struct mmsghdr *messages, unsigned count, int flags);
#ifdef __i386__
int t_recvmmsg_time64(struct end end, struct mmsghdr *messages, unsigned count, int flags);
#endif

int t_connect(struct end end, const struct sockaddr *to, socklen_t length);
/* The accepted socket is a channel of its own; its fd is -1 if the call failed. */
struct end t_accept(struct end listener);
struct end t_accept4(struct end listener, int flags);
int t_shutdown(struct end end, int how);

/* open(2) of a FIFO's path, which becomes `end`'s descriptor. A failed open has only a path and is not counted. */
int t_open_fifo(struct end *end, const char *path, int flags);

/* Files may be ends too (end_file()), and are read from their beginning. */
ssize_t t_splice(struct end in, struct end out, size_t size, unsigned flags);
ssize_t t_tee(struct end in, struct end out, size_t size, unsigned flags);
ssize_t t_vmsplice_out(struct end end, const struct iovec *parts, int count, unsigned flags);
ssize_t t_vmsplice_in(struct end end, const struct iovec *parts, int count, unsigned flags);
ssize_t t_sendfile(struct end out, struct end in, size_t size);
#ifdef __i386__
ssize_t t_sendfile_old(struct end out, struct end in, size_t size);
#endif
