/* From a descriptor to the channel behind it, and what can be told of that channel. */
#pragma once

#include "thread.h"

enum direction {
    DIRECTION_IN, /* data comes to the caller */
    DIRECTION_OUT,
    DIRECTION_PEEK,
    DIRECTION_CONNECT,
    DIRECTION_ACCEPT,
    DIRECTION_SHUTDOWN,
    DIRECTION_OPEN,
};

/* The open file behind a descriptor of the current task, or null. The table is an array of pointers, of which the
 * verifier knows no type: an entry is read as a struct kiocb, whose first field is a pointer to a file. */
static __always_inline struct file *file_of(struct task_struct *task, u32 fd)
{
    struct files_struct *files = FIELD(task, files);
    struct fdtable *table;

    if (!files)
        return 0;
    table = FIELD(files, fdt);
    if (fd >= FIELD(table, max_fds))
        return 0;
    return kernel_cast(FIELD(kernel_cast(FIELD(table, fd) + fd, struct kiocb), ki_filp), struct file);
}

static __always_inline bool observed(u8 mechanism)
{
    return settings.filter.mechanisms >> mechanism & 1;
}

/* Pipes and sockets have an inode each; a terminal or eventfd is known by what its file refers to. */
static __always_inline bool has_own_inode(u16 mode)
{
    u16 format = mode & S_IFMT;

    return format == S_IFIFO || format == S_IFSOCK;
}

#include "eventfd.h"
#include "pty.h"

static __always_inline bool is_channel(struct file *file, struct inode *inode)
{
    if (has_own_inode(FIELD(inode, i_mode)))
        return true;
    if ((FIELD(inode, i_mode) & S_IFMT) == S_IFCHR)
        return observed(MECHANISM_PTY) && is_terminal(inode);
    return observed(MECHANISM_EVENTFD) && is_eventfd(file, inode);
}

static __always_inline bool is_socket(struct inode *inode)
{
    return (FIELD(inode, i_mode) & S_IFMT) == S_IFSOCK;
}

static __always_inline struct sock *sock_of(struct file *file)
{
    return kernel_cast(FIELD(kernel_cast(FIELD(file, private_data), struct socket), sk), struct sock);
}

static __always_inline u8 socket_mechanism(struct sock *sk)
{
    if (!sk)
        return MECHANISM_NONE;
    switch (FIELD(sk, __sk_common.skc_family)) {
    case AF_UNIX:
        return MECHANISM_UNIX;
    case AF_NETLINK:
        return MECHANISM_NETLINK;
    case AF_VSOCK:
        return MECHANISM_VSOCK;
    case AF_INET:
    case AF_INET6:
        switch (FIELD(sk, sk_protocol)) {
        case IPPROTO_TCP:
        case IPPROTO_MPTCP & 0xffff:
            return MECHANISM_TCP;
        case IPPROTO_UDP:
            return MECHANISM_UDP;
        }
    }
    return MECHANISM_NONE;
}

static __always_inline u8 mechanism_of(struct file *file, struct inode *inode)
{
    switch (FIELD(inode, i_mode) & S_IFMT) {
    case S_IFSOCK:
        return socket_mechanism(sock_of(file));
    case S_IFIFO:
        return FIELD(inode, i_sb, s_magic) == PIPEFS_MAGIC ? MECHANISM_PIPE : MECHANISM_FIFO;
    case S_IFCHR:
        return is_pty(file) ? MECHANISM_PTY : MECHANISM_NONE;
    default:
        return MECHANISM_EVENTFD;
    }
}

static __always_inline u8 operation_of(u8 mechanism, u8 direction)
{
    bool pipe = mechanism == MECHANISM_PIPE || mechanism == MECHANISM_FIFO || mechanism == MECHANISM_PTY ||
                mechanism == MECHANISM_EVENTFD;

    switch (direction) {
    case DIRECTION_IN:
        return pipe ? OPERATION_READ : OPERATION_RECEIVE;
    case DIRECTION_OUT:
        return pipe ? OPERATION_WRITE : OPERATION_SEND;
    case DIRECTION_PEEK:
        return OPERATION_PEEK;
    case DIRECTION_CONNECT:
        return OPERATION_CONNECT;
    case DIRECTION_ACCEPT:
        return OPERATION_ACCEPT;
    case DIRECTION_OPEN:
        return OPERATION_OPEN;
    default:
        return OPERATION_SHUTDOWN;
    }
}
