/* Shared mappings of a file on a disk. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../calls/memory.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../core/tally.h"
#include "../kinds/memory.h"
#include "families.h"

#define BOTH (PROT_READ | PROT_WRITE)

static void change(struct memory *memory)
{
    struct end end = memory->end;
    char *place = memory->address;

    require_result(t_msync(end, place, 4 * PAGE, MS_SYNC), 0);
    require_result(t_msync(end, place + PAGE, PAGE, MS_ASYNC), 0);
    place = t_mremap(end, place, 8 * PAGE, 32 * PAGE, MREMAP_MAYMOVE, NULL);
    require(place != MAP_FAILED, "mremap");
    require_result(t_munmap(end, place + PAGE, PAGE), 0);
    require_error(t_msync(end, place, 4 * PAGE, MS_ASYNC), ENOMEM);
    require_error(t_munmap(end, place + 1, PAGE), EINVAL);
    require(t_mremap(end, place, 4 * PAGE, 8 * PAGE, MREMAP_MAYMOVE, NULL) == MAP_FAILED, "failing to mremap a hole");
    require_result(t_munmap(end, place, 32 * PAGE), 0);
}

static void map_again(struct end end)
{
    struct end reader = end;
    char path[64], *place;

    place = t_mmap(end, NULL, PAGE, PROT_READ, MAP_SHARED_VALIDATE, PAGE);
    require(place != MAP_FAILED, "mmap");
    require_result(t_munmap(end, place, PAGE), 0);
#ifdef __i386__
    place = t_mmap_old(end, NULL, PAGE, BOTH, MAP_SHARED, 2 * PAGE);
    require(place != MAP_FAILED, "mmap, the old call");
    require_result(t_munmap(end, place, PAGE), 0);
#endif
    require(t_mmap(end, NULL, 0, BOTH, MAP_SHARED, 0) == MAP_FAILED, "failing to mmap nothing");
    require(snprintf(path, sizeof(path), "/proc/self/fd/%d", end.fd) > 0, "snprintf");
    reader.fd = open(path, O_RDONLY | O_CLOEXEC);
    require(reader.fd >= 0, path);
    require(t_mmap(reader, NULL, PAGE, BOTH, MAP_SHARED, 0) == MAP_FAILED, "failing to mmap for writing");
    place = t_mmap(reader, NULL, PAGE, PROT_READ, MAP_SHARED, 0);
    require(place != MAP_FAILED, "mmap for reading");
    require_result(t_msync(reader, place, PAGE, MS_SYNC), 0);
    require_result(t_munmap(reader, place, PAGE), 0);
    end_close(&reader);
}

static void file_map(const struct plan *plan)
{
    for (unsigned i = 0; i < plan->n; i++) {
        struct memory memory = memory_open(SHARING_FILE, 8);

        require(ftruncate(memory.end.fd, 64 * PAGE) == 0, "ftruncate: of a file it is not counted");
        change(&memory);
        map_again(memory.end);
        end_close(&memory.end);
    }
}

/* Children write to and synchronise what they inherited. */
static void file_map_processes(const struct plan *plan)
{
    struct memory memory = memory_open(SHARING_FILE, 8);

    for (int child = 0; child < 4; child++) {
        pid_t pid = process_fork(0);

        if (pid == 0) {
            for (unsigned i = 0; i < plan->n; i++) {
                memory.address[PAGE * (i % 8)] = i;
                require_result(t_msync(memory.end, memory.address, 8 * PAGE, MS_ASYNC), 0);
            }
            memory_close(SHARING_FILE, &memory);
            _exit(0);
        }
        process_join(pid);
    }
    memory_close(SHARING_FILE, &memory);
}

const struct scenario file_map_scenarios[] = {
    {"file-map/one", "mmap, msync, mremap, munmap of a file on a disk, failing ones too", .n = 20, .run = file_map},
    {"file-map/processes", "4 processes that msync an inherited mapping N times", .n = 500, .run = file_map_processes},
    {0},
};
