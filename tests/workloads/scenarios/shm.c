/* Shared memory that is mapped, resized, synchronised and unmapped. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../calls/memory.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../core/thread.h"
#include "../kinds/memory.h"
#include "families.h"

#define BOTH (PROT_READ | PROT_WRITE)

/* Parts of a mapping; what counts is where a range begins. */
static void unmap_parts(struct memory *memory)
{
    struct end end = memory->end, none = {.fd = -1};
    char *place = memory->address;

    require_result(t_munmap(end, place + PAGE, PAGE), 0);
    require_result(t_munmap(none, place + PAGE, PAGE), 0);     /* nothing there any more */
    require_result(t_munmap(none, place + PAGE, 2 * PAGE), 0); /* a hole at the start */
    require_result(t_munmap(end, place + 3 * PAGE, 2 * PAGE), 0);
    require_result(t_munmap(end, place, 8 * PAGE), 0); /* holes inside */
}

static void remap_parts(struct memory *memory)
{
    char *place = memory->address, *free = mmap(NULL, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    require(free != MAP_FAILED, "reserve a place");
    place = t_mremap(memory->end, place, 8 * PAGE, 4 * PAGE, 0, NULL);
    require(place != MAP_FAILED, "mremap to less");
    place = t_mremap(memory->end, place, 4 * PAGE, 64 * PAGE, MREMAP_MAYMOVE, NULL);
    require(place != MAP_FAILED, "mremap to more");
    place = t_mremap(memory->end, place, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, free);
    require(place != MAP_FAILED, "mremap to a place");
    place = t_mremap(memory->end, place, 0, 2 * PAGE, MREMAP_MAYMOVE, NULL);
    require(place != MAP_FAILED, "mremap of nothing, a second mapping");
    require_result(t_munmap(memory->end, place, 2 * PAGE), 0);
    require_result(t_munmap(memory->end, free, PAGE), 0);
}

static void resize(struct end end)
{
    for (int pages = 1; pages <= 16; pages++)
        require_result(t_ftruncate(end, pages * PAGE), 0);
#ifdef __i386__
    require_result(t_ftruncate64(end, 5ll << 32), 0);
#endif
    require_result(t_ftruncate(end, 8 * PAGE), 0);
}

static void synchronise(const struct memory *memory)
{
    require_result(t_msync(memory->end, memory->address, memory->length, MS_SYNC), 0);
    require_result(t_msync(memory->end, memory->address + PAGE, 100, MS_ASYNC), 0);
    require_result(t_msync(memory->end, memory->address, PAGE, MS_INVALIDATE), 0);
    require_result(t_msync(memory->end, memory->address, 0, MS_SYNC), 0);
}

/* Mappings of other flags than the first one. */
static void map_variants(const struct end end)
{
    char *place = t_mmap(end, NULL, 4 * PAGE, PROT_READ, MAP_SHARED_VALIDATE, 0);

    require(place != MAP_FAILED, "mmap with MAP_SHARED_VALIDATE");
    place = t_mmap(end, place, 4 * PAGE, BOTH, MAP_SHARED | MAP_FIXED, 2 * PAGE);
    require(place != MAP_FAILED, "mmap over another mapping");
    require_result(t_munmap(end, place, 4 * PAGE), 0);
    place = t_mmap(end, NULL, 100, PROT_NONE, MAP_SHARED | MAP_NORESERVE, 0);
    require(place != MAP_FAILED, "mmap of a part of a page");
    require_result(t_munmap(end, place, 100), 0);
#ifdef __i386__
    place = t_mmap_old(end, NULL, 2 * PAGE, BOTH, MAP_SHARED, PAGE);
    require(place != MAP_FAILED, "mmap, the old call");
    require_result(t_munmap(end, place, 2 * PAGE), 0);
#endif
}

static void whole_life(const struct plan *plan, enum sharing sharing)
{
    for (unsigned i = 0; i < plan->n; i++) {
        struct memory memory = memory_open(sharing, 8);

        synchronise(&memory);
        if (memory.end.fd >= 0) {
            resize(memory.end);
            map_variants(memory.end);
        }
        unmap_parts(&memory);
        end_close(&memory.end);
        memory = memory_open(sharing, 8);
        remap_parts(&memory);
        end_close(&memory.end);
    }
}

static void memfd(const struct plan *plan)
{
    whole_life(plan, SHARING_MEMFD);
}

static void shm(const struct plan *plan)
{
    whole_life(plan, SHARING_SHM);
}

static void anonymous(const struct plan *plan)
{
    whole_life(plan, SHARING_ANONYMOUS);
}

/* Of System V: attached by shmat, but unmapped, moved and synchronised by the calls of all mappings. */
static void sysv(const struct plan *plan)
{
    for (unsigned i = 0; i < plan->n; i++) {
        struct memory memory = memory_open(SHARING_SYSV, 8);

        synchronise(&memory);
        unmap_parts(&memory);
        memory = memory_open(SHARING_SYSV, 8);
        require(t_mremap(memory.end, memory.address, 8 * PAGE, 4 * PAGE, 0, NULL) != MAP_FAILED, "mremap to less");
        require_result(t_munmap(memory.end, memory.address, 4 * PAGE), 0);
    }
}

/* Shared though it cannot be written: the kernel marks it VM_MAYSHARE without VM_SHARED. */
static void read_only(const struct plan *plan)
{
    struct memory memory = memory_open(SHARING_MEMFD, 2);
    char path[64];
    struct end reader = memory.end;

    require(snprintf(path, sizeof(path), "/proc/self/fd/%d", memory.end.fd) > 0, "snprintf");
    reader.fd = open(path, O_RDONLY | O_CLOEXEC);
    require(reader.fd >= 0, path);
    for (unsigned i = 0; i < plan->n; i++) {
        char *place = t_mmap(reader, NULL, 2 * PAGE, PROT_READ, MAP_SHARED, 0);

        require(place != MAP_FAILED, "mmap of a file that is open for reading");
        require_result(t_msync(reader, place, PAGE, MS_SYNC), 0);
        require_result(t_munmap(reader, place, 2 * PAGE), 0);
    }
    end_close(&reader);
    memory_close(SHARING_MEMFD, &memory);
}

/* Shared memory without a file, by another way to ask for it. */
static void zero_device(const struct plan *plan)
{
    struct end end = memory_end(MECHANISM_SHM);

    end.fd = open("/dev/zero", O_RDWR | O_CLOEXEC);
    require(end.fd >= 0, "open /dev/zero");
    for (unsigned i = 0; i < plan->n; i++) {
        char *place = t_mmap(end, NULL, 2 * PAGE, BOTH, MAP_SHARED, 0);

        require(place != MAP_FAILED, "mmap of /dev/zero");
        require_result(t_msync(end, place, PAGE, MS_SYNC), 0);
        require_result(t_munmap(end, place, 2 * PAGE), 0);
    }
    end_close(&end);
}

const struct scenario shm_scenarios[] = {
    {"shm/memfd", "memfd_create, ftruncate, mmap, msync, mremap, munmap of wholes and parts", .n = 50, .run = memfd},
    {"shm/posix", "the same of a file under /dev/shm", .n = 50, .run = shm},
    {"shm/anonymous", "the same of shared anonymous memory", .n = 50, .run = anonymous},
    {"shm/sysv", "munmap, mremap and msync of attached System V memory", .n = 50, .run = sysv},
    {"shm/read-only", "N mappings of a memfd that is open for reading only", .n = 50, .run = read_only},
    {"shm/dev-zero", "N shared mappings of /dev/zero: shared anonymous memory", .n = 50, .run = zero_device},
    {0},
};
