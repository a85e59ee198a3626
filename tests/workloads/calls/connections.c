#include "../core/tally.h"
#include "calls.h"
#include "system.h"

int t_connect(struct end end, const struct sockaddr *to, socklen_t length)
{
    return book_empty(end, OPERATION_CONNECT, sys_connect(end.fd, to, length));
}

static struct end accepted(struct end listener, int fd)
{
    book_empty(listener, OPERATION_ACCEPT, fd);
    if (fd < 0)
        return (struct end){.fd = -1};
    return end_new(fd, listener.mechanism);
}

struct end t_accept(struct end listener)
{
    return accepted(listener, sys_accept(listener.fd));
}

struct end t_accept4(struct end listener, int flags)
{
    return accepted(listener, sys_accept4(listener.fd, flags));
}

int t_shutdown(struct end end, int how)
{
    return book_empty(end, OPERATION_SHUTDOWN, sys_shutdown(end.fd, how));
}
