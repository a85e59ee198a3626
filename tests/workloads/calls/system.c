#include "system.h"

#include <linux/net.h>
#include <sys/syscall.h>
#include <unistd.h>

bool through_socketcall;

#ifdef SYS_socketcall
#define BY_SOCKETCALL(call, ...)                                                                                       \
    if (through_socketcall)                                                                                            \
    return syscall(SYS_socketcall, call, (long[]){__VA_ARGS__})
#else
#define BY_SOCKETCALL(call, ...)
#endif

long sys_sendto(int fd, const void *data, size_t size, int flags, const struct sockaddr *to, socklen_t length)
{
    BY_SOCKETCALL(SYS_SENDTO, fd, (long)data, size, flags, (long)to, length);
    return syscall(SYS_sendto, fd, data, size, flags, to, length);
}

long sys_recvfrom(int fd, void *data, size_t size, int flags, struct sockaddr *from, socklen_t *length)
{
    BY_SOCKETCALL(SYS_RECVFROM, fd, (long)data, size, flags, (long)from, (long)length);
    return syscall(SYS_recvfrom, fd, data, size, flags, from, length);
}

long sys_send(int fd, const void *data, size_t size, int flags)
{
    BY_SOCKETCALL(SYS_SEND, fd, (long)data, size, flags);
    return sys_sendto(fd, data, size, flags, NULL, 0);
}

long sys_recv(int fd, void *data, size_t size, int flags)
{
    BY_SOCKETCALL(SYS_RECV, fd, (long)data, size, flags);
    return sys_recvfrom(fd, data, size, flags, NULL, NULL);
}

long sys_sendmsg(int fd, const struct msghdr *message, int flags)
{
    BY_SOCKETCALL(SYS_SENDMSG, fd, (long)message, flags);
    return syscall(SYS_sendmsg, fd, message, flags);
}

long sys_recvmsg(int fd, struct msghdr *message, int flags)
{
    BY_SOCKETCALL(SYS_RECVMSG, fd, (long)message, flags);
    return syscall(SYS_recvmsg, fd, message, flags);
}

long sys_sendmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags)
{
    BY_SOCKETCALL(SYS_SENDMMSG, fd, (long)messages, count, flags);
    return syscall(SYS_sendmmsg, fd, messages, count, flags);
}

long sys_recvmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags)
{
    BY_SOCKETCALL(SYS_RECVMMSG, fd, (long)messages, count, flags, 0);
    return syscall(SYS_recvmmsg, fd, messages, count, flags, NULL);
}

#ifdef __i386__
long sys_recvmmsg_time64(int fd, struct mmsghdr *messages, unsigned count, int flags)
{
    return syscall(SYS_recvmmsg_time64, fd, messages, count, flags, NULL);
}
#endif

long sys_connect(int fd, const struct sockaddr *to, socklen_t length)
{
    BY_SOCKETCALL(SYS_CONNECT, fd, (long)to, length);
    return syscall(SYS_connect, fd, to, length);
}

long sys_accept(int fd)
{
#ifdef SYS_accept
    return syscall(SYS_accept, fd, NULL, NULL);
#else /* i386 has it in socketcall alone */
    return syscall(SYS_socketcall, SYS_ACCEPT, (long[]){fd, 0, 0});
#endif
}

long sys_accept4(int fd, int flags)
{
    BY_SOCKETCALL(SYS_ACCEPT4, fd, 0, 0, flags);
    return syscall(SYS_accept4, fd, NULL, NULL, flags);
}

long sys_shutdown(int fd, int how)
{
    BY_SOCKETCALL(SYS_SHUTDOWN, fd, how);
    return syscall(SYS_shutdown, fd, how);
}
