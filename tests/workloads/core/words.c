#include "words.h"

#include <stddef.h>

const char *const mechanism_words[MECHANISM_COUNT] = {
    "none", "pipe",     "fifo",     "unix",     "tcp", "udp",      "vsock", "netlink", "pty",        "eventfd",
    "mq",   "sysv_msg", "sysv_sem", "sysv_shm", "shm", "file_map", "futex", "signal",  "process_vm", "io_uring",
};

const char *const operation_words[OPERATION_COUNT] = {
    "none",   "read",   "write",  "send",  "receive",  "peek", "connect", "accept", "shutdown",
    "open",   "unlink", "notify", "get",   "control",  "wait", "post",    "wake",   "attach",
    "detach", "map",    "unmap",  "remap", "truncate", "sync", "pass",    "take",   "getfd",
};

const char *const via_words[VIA_COUNT] = {"syscall", "io_uring", "kernel"};

static const char *const fates[SIGNAL_FATES] = {NULL, "ignored", "coalesced", "overflow", "truncated"};

const char *detail_word(enum operation operation, unsigned detail)
{
    if (operation == OPERATION_PASS || operation == OPERATION_TAKE)
        return detail == MECHANISM_NONE ? "file" : mechanism_words[detail];
    return fates[detail];
}
