#include "memory.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "../calls/memory.h"
#include "../calls/sysv.h"
#include "../core/require.h"

const char *shm_path(void)
{
    static unsigned made;
    char *path;

    require(asprintf(&path, "/dev/shm/ipcscope-workload-%d-%u", getpid(), ++made) > 0, "asprintf");
    return path;
}

int disk_file(unsigned pages)
{
    char path[] = "/var/tmp/ipcscope-workload-XXXXXX";
    struct statfs where;
    int fd = mkostemp(path, O_CLOEXEC);

    require(fd >= 0, "make a file in /var/tmp");
    require(unlink(path) == 0, "unlink a file in /var/tmp");
    require(fstatfs(fd, &where) == 0, "fstatfs");
    require(where.f_type != TMPFS_MAGIC, "/var/tmp must be on a disk: on tmpfs its files are shared memory. The check");
    require(ftruncate(fd, pages * PAGE) == 0, "ftruncate of a file");
    return fd;
}

static int open_shm(struct end end)
{
    const char *path = shm_path();
    /* Kernels refuse to make another file of a 32-bit program longer than 2 GiB, even by ftruncate64. */
    int fd = t_open(end, path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_LARGEFILE, 0600);

    require(fd >= 0, "open a file under /dev/shm");
    require(unlink(path) == 0, "unlink a file under /dev/shm");
    return fd;
}

static struct memory attach_sysv(unsigned pages)
{
    struct memory memory = {.length = pages * PAGE};

    memory.id = t_shmget(IPC_PRIVATE, memory.length, IPC_CREAT | 0600);
    require(memory.id >= 0, "shmget");
    memory.end = sysv_end(MECHANISM_SYSV_SHM, memory.id);
    memory.address = t_shmat(memory.id, NULL, 0);
    require(memory.address != MAP_FAILED, "shmat");
    require_result(t_shmctl(memory.id, IPC_RMID, NULL), 0);
    return memory;
}

struct memory memory_open(enum sharing sharing, unsigned pages)
{
    struct memory memory = {.length = pages * PAGE};
    int flags = MAP_SHARED;

    if (sharing == SHARING_SYSV)
        return attach_sysv(pages);
    memory.end = memory_end(sharing == SHARING_FILE ? MECHANISM_FILE_MAP : MECHANISM_SHM);
    switch (sharing) {
    case SHARING_MEMFD:
        memory.end.fd = t_memfd_create(memory.end, "workload", 0);
        break;
    case SHARING_SHM:
        memory.end.fd = open_shm(memory.end);
        break;
    case SHARING_FILE:
        memory.end.fd = disk_file(pages);
        break;
    default:
        flags |= MAP_ANONYMOUS;
    }
    if (sharing == SHARING_MEMFD || sharing == SHARING_SHM)
        require_result(t_ftruncate(memory.end, memory.length), 0);
    memory.address = t_mmap(memory.end, NULL, memory.length, PROT_READ | PROT_WRITE, flags, 0);
    require(memory.address != MAP_FAILED, "mmap");
    return memory;
}

void memory_close(enum sharing sharing, struct memory *memory)
{
    if (sharing == SHARING_SYSV)
        require_result(t_shmdt(memory->id, memory->address), 0);
    else
        require_result(t_munmap(memory->end, memory->address, memory->length), 0);
    end_close(&memory->end);
}
