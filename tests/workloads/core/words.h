/* What operations are called, as in bpf/include/contract.h: the same order, the same words. */
#pragma once

enum mechanism {
    MECHANISM_NONE,
    MECHANISM_PIPE,
    MECHANISM_FIFO,
    MECHANISM_UNIX,
    MECHANISM_TCP,
    MECHANISM_UDP,
    MECHANISM_VSOCK,
    MECHANISM_NETLINK,
    MECHANISM_PTY,
    MECHANISM_EVENTFD,
    MECHANISM_MQ,
    MECHANISM_SYSV_MSG,
    MECHANISM_SYSV_SEM,
    MECHANISM_SYSV_SHM,
    MECHANISM_SHM,
    MECHANISM_FILE_MAP,
    MECHANISM_FUTEX,
    MECHANISM_SIGNAL,
    MECHANISM_PROCESS_VM,
    MECHANISM_IO_URING,
    MECHANISM_COUNT,
};

enum operation {
    OPERATION_NONE,
    OPERATION_READ,
    OPERATION_WRITE,
    OPERATION_SEND,
    OPERATION_RECEIVE,
    OPERATION_PEEK,
    OPERATION_CONNECT,
    OPERATION_ACCEPT,
    OPERATION_SHUTDOWN,
    OPERATION_OPEN,
    OPERATION_UNLINK,
    OPERATION_NOTIFY,
    OPERATION_GET,
    OPERATION_CONTROL,
    OPERATION_WAIT,
    OPERATION_POST,
    OPERATION_WAKE,
    OPERATION_ATTACH,
    OPERATION_DETACH,
    OPERATION_MAP,
    OPERATION_UNMAP,
    OPERATION_REMAP,
    OPERATION_TRUNCATE,
    OPERATION_SYNC,
    OPERATION_PASS,
    OPERATION_TAKE,
    OPERATION_GETFD,
    OPERATION_COUNT,
};

/* How an operation was asked for. */
enum via { VIA_SYSCALL, VIA_IO_URING, VIA_KERNEL, VIA_COUNT };

/* The detail of a signal sent: what became of it. */
enum signal_fate { SIGNAL_QUEUED, SIGNAL_IGNORED, SIGNAL_COALESCED, SIGNAL_OVERFLOW, SIGNAL_TRUNCATED, SIGNAL_FATES };

extern const char *const mechanism_words[MECHANISM_COUNT];
extern const char *const operation_words[OPERATION_COUNT];
extern const char *const via_words[VIA_COUNT];
/* The word of an operation's detail, or NULL where there is none to tell. */
const char *detail_word(enum operation operation, unsigned detail);
