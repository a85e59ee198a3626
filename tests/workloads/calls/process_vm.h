/* Another process's memory and descriptors: each call booked by what it returned. */
#pragma once

#include <sys/ptrace.h>
#include <sys/types.h>
#include <sys/uio.h>

#include "../core/end.h"

/* The channel is the target. */
struct end process_end(pid_t target);

ssize_t t_process_vm_readv(pid_t target, const struct iovec *local, unsigned long local_count,
                           const struct iovec *remote, unsigned long remote_count, unsigned long flags);
ssize_t t_process_vm_writev(pid_t target, const struct iovec *local, unsigned long local_count,
                            const struct iovec *remote, unsigned long remote_count, unsigned long flags);
/* Gives the new descriptor. */
int t_pidfd_getfd(pid_t target, int pidfd, int fd, unsigned flags);
/* ptrace(2) itself, not the C library's: a word that is peeked at is written to *data. `request` is PTRACE_PEEK… or
 * PTRACE_POKE… */
int t_ptrace(enum __ptrace_request request, pid_t target, const void *address, void *data);

int pidfd_new(pid_t target);
