/* The system calls on shared memory, each booked by what it returned. `memory` is what they work on; its fd is used
 * where the call takes one. Mechanism NONE: a call that is not counted. */
#pragma once

#include <linux/openat2.h>
#include <sys/types.h>

#include "../core/end.h"

/* A new object; it has no descriptor yet. */
struct end memory_end(enum mechanism mechanism);

/* These give the new descriptor. */
int t_open(struct end memory, const char *path, int flags, mode_t mode);
int t_openat(struct end memory, int directory, const char *path, int flags, mode_t mode);
int t_openat2(struct end memory, const char *path, const struct open_how *how, size_t size);
int t_creat(struct end memory, const char *path, mode_t mode);
int t_memfd_create(struct end memory, const char *name, unsigned flags);

void *t_mmap(struct end memory, void *wanted, size_t length, int protection, int flags, long offset);
#ifdef __i386__
/* mmap(2) as it was before mmap2: its arguments are in memory. */
void *t_mmap_old(struct end memory, void *wanted, size_t length, int protection, int flags, long offset);
#endif
int t_munmap(struct end memory, void *address, size_t length);
void *t_mremap(struct end memory, void *address, size_t length, size_t new_length, int flags, void *wanted);
int t_msync(struct end memory, void *address, size_t length, int flags);
int t_ftruncate(struct end memory, long length);
#ifdef __i386__
int t_ftruncate64(struct end memory, long long length);
#endif
