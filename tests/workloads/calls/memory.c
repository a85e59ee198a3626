#include "memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../core/tally.h"

struct end memory_end(enum mechanism mechanism)
{
    return (struct end){.fd = -1, .mechanism = mechanism, .channel = ++ledger->channels};
}

int t_open(struct end memory, const char *path, int flags, mode_t mode)
{
#ifdef SYS_open
    return book_empty(memory, OPERATION_OPEN, syscall(SYS_open, path, flags, mode));
#else /* arm64 */
    return t_openat(memory, AT_FDCWD, path, flags, mode);
#endif
}

int t_openat(struct end memory, int directory, const char *path, int flags, mode_t mode)
{
    return book_empty(memory, OPERATION_OPEN, syscall(SYS_openat, directory, path, flags, mode));
}

int t_openat2(struct end memory, const char *path, const struct open_how *how, size_t size)
{
    return book_empty(memory, OPERATION_OPEN, syscall(SYS_openat2, AT_FDCWD, path, how, size));
}

int t_creat(struct end memory, const char *path, mode_t mode)
{
#ifdef SYS_creat
    return book_empty(memory, OPERATION_OPEN, syscall(SYS_creat, path, mode));
#else
    return t_openat(memory, AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
#endif
}

int t_memfd_create(struct end memory, const char *name, unsigned flags)
{
    return book_empty(memory, OPERATION_OPEN, syscall(SYS_memfd_create, name, flags));
}

/* An address of a 32-bit process may look negative; only -1 is a failure. */
static void *book_address(struct end memory, enum operation operation, long address)
{
    book_empty(memory, operation, address == -1 ? -1 : 0);
    return (void *)address;
}

void *t_mmap(struct end memory, void *wanted, size_t length, int protection, int flags, long offset)
{
#ifdef __i386__
    long address = syscall(SYS_mmap2, wanted, length, protection, flags, memory.fd, (unsigned long)offset >> 12);
#else
    long address = syscall(SYS_mmap, wanted, length, protection, flags, memory.fd, offset);
#endif

    return book_address(memory, OPERATION_MAP, address);
}

#ifdef __i386__
void *t_mmap_old(struct end memory, void *wanted, size_t length, int protection, int flags, long offset)
{
    long arguments[] = {(long)wanted, length, protection, flags, memory.fd, offset};

    return book_address(memory, OPERATION_MAP, syscall(SYS_mmap, arguments));
}
#endif

int t_munmap(struct end memory, void *address, size_t length)
{
    return book_empty(memory, OPERATION_UNMAP, syscall(SYS_munmap, address, length));
}

void *t_mremap(struct end memory, void *address, size_t length, size_t new_length, int flags, void *wanted)
{
    return book_address(memory, OPERATION_REMAP, syscall(SYS_mremap, address, length, new_length, flags, wanted));
}

int t_msync(struct end memory, void *address, size_t length, int flags)
{
    int result = syscall(SYS_msync, address, length, flags);

    book(memory, OPERATION_SYNC, result < 0 ? result : (ssize_t)length);
    return result;
}

int t_ftruncate(struct end memory, long length)
{
    return book_empty(memory, OPERATION_TRUNCATE, syscall(SYS_ftruncate, memory.fd, length));
}

#ifdef __i386__
int t_ftruncate64(struct end memory, long long length)
{
    return book_empty(memory, OPERATION_TRUNCATE,
                      syscall(SYS_ftruncate64, memory.fd, (long)length, (long)(length >> 32)));
}
#endif
