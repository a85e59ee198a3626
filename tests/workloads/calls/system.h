/* The system calls on sockets, each exactly one, by its own number or (32-bit) through socketcall(2).
 * Results and errno as by syscall(2). */
#pragma once

#include <stdbool.h>
#include <sys/socket.h>

/* 32-bit builds only: how the calls below are made. */
extern bool through_socketcall;

long sys_sendto(int fd, const void *data, size_t size, int flags, const struct sockaddr *to, socklen_t length);
long sys_recvfrom(int fd, void *data, size_t size, int flags, struct sockaddr *from, socklen_t *length);
/* send(2) and recv(2) exist in socketcall alone; elsewhere these are sendto and recvfrom without an address. */
long sys_send(int fd, const void *data, size_t size, int flags);
long sys_recv(int fd, void *data, size_t size, int flags);
long sys_sendmsg(int fd, const struct msghdr *message, int flags);
long sys_recvmsg(int fd, struct msghdr *message, int flags);
long sys_sendmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags);
long sys_recvmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags);
#ifdef __i386__
/* The same with a time of 64 bits; socketcall has no such call. */
long sys_recvmmsg_time64(int fd, struct mmsghdr *messages, unsigned count, int flags);
#endif
long sys_connect(int fd, const struct sockaddr *to, socklen_t length);
long sys_accept(int fd);
long sys_accept4(int fd, int flags);
long sys_shutdown(int fd, int how);
