/* Shared memory with other users, and what is mapped at the same time but is not shared. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../calls/memory.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../core/thread.h"
#include "../kinds/memory.h"
#include "families.h"

#define BOTH (PROT_READ | PROT_WRITE)

static void use_private(int fd)
{
    char *place = mmap(NULL, 2 * PAGE, BOTH, MAP_PRIVATE, fd, 0);

    require(place != MAP_FAILED, "mmap of a private copy");
    place[0] = 1;
    require(msync(place, PAGE, MS_SYNC) == 0, "msync of a private copy");
    place = mremap(place, 2 * PAGE, 8 * PAGE, MREMAP_MAYMOVE);
    require(place != MAP_FAILED, "mremap of a private copy");
    require(munmap(place, 8 * PAGE) == 0, "munmap of a private copy");
}

/* Only the objects are counted; whatever is done with private mappings of them is not. */
static void private_copies(const struct plan *plan)
{
    struct memory memfd = memory_open(SHARING_MEMFD, 2), file = memory_open(SHARING_FILE, 2);

    for (unsigned i = 0; i < plan->n; i++) {
        use_private(memfd.end.fd);
        use_private(file.end.fd);
        require(ftruncate(file.end.fd, 2 * PAGE) == 0, "ftruncate of a file on a disk");
    }
    memory_close(SHARING_MEMFD, &memfd);
    memory_close(SHARING_FILE, &file);
}

/* A page of the parent's memory is seen by the child that inherits it and by the one that opens it by name. */
static void by_name(const struct plan *plan)
{
    const char *path = shm_path();
    struct end end = memory_end(MECHANISM_SHM);
    char *place;

    end.fd = t_open(end, path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    require(end.fd >= 0, path);
    require_result(t_ftruncate(end, PAGE), 0);
    place = t_mmap(end, NULL, PAGE, BOTH, MAP_SHARED, 0);
    require(place != MAP_FAILED, "mmap");
    for (unsigned i = 0; i < plan->n; i++) {
        pid_t child = process_fork(0);

        if (child == 0) {
            struct end mine = end;
            char *other;

            require_result(t_munmap(end, place, PAGE), 0);
            mine.fd = t_openat(mine, AT_FDCWD, path, O_RDWR | O_CLOEXEC, 0);
            require(mine.fd >= 0, path);
            other = t_mmap(mine, NULL, PAGE, BOTH, MAP_SHARED, 0);
            require(other != MAP_FAILED, "mmap");
            other[0]++;
            _exit(0); /* the kernel unmaps, which is no operation */
        }
        process_join(child);
    }
    require_result(place[0], (char)plan->n);
    require(unlink(path) == 0, path);
    require_result(t_munmap(end, place, PAGE), 0);
    end_close(&end);
}

static void *churn_private(void *argument)
{
    const struct plan *plan = argument;

    for (unsigned i = 0; i < plan->n; i++) {
        char *place = mmap(NULL, 4 * PAGE, BOTH, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

        require(place != MAP_FAILED, "mmap of private memory");
        place = mremap(place, 4 * PAGE, 8 * PAGE, MREMAP_MAYMOVE);
        require(place != MAP_FAILED, "mremap of private memory");
        require(munmap(place, 8 * PAGE) == 0, "munmap of private memory");
    }
    return NULL;
}

static void *churn_shared(void *argument)
{
    const struct plan *plan = argument;
    struct memory memory = memory_open(SHARING_MEMFD, 4);

    for (unsigned i = 0; i < plan->n; i++) {
        char *place = t_mmap(memory.end, NULL, 2 * PAGE, BOTH, MAP_SHARED, 0);

        require(place != MAP_FAILED, "mmap");
        place = t_mremap(memory.end, place, 2 * PAGE, 4 * PAGE, MREMAP_MAYMOVE, NULL);
        require(place != MAP_FAILED, "mremap");
        require_result(t_msync(memory.end, place, PAGE, MS_ASYNC), 0);
        require_result(t_munmap(memory.end, place, 4 * PAGE), 0);
        require_result(t_ftruncate(memory.end, (4 + i % 4) * PAGE), 0);
    }
    memory_close(SHARING_MEMFD, &memory);
    return NULL;
}

#define THREADS   4
#define PROCESSES 3

static void churn(void *argument)
{
    pthread_t threads[2 * THREADS];

    for (int i = 0; i < 2 * THREADS; i++)
        threads[i] = thread_run(i % 2 == 0 ? churn_private : churn_shared, argument);
    for (int i = 0; i < 2 * THREADS; i++)
        thread_join(threads[i]);
}

static void storm(const struct plan *plan)
{
    struct plan copy = *plan;
    pid_t children[PROCESSES];

    for (int i = 0; i < PROCESSES; i++)
        children[i] = process_run(churn, &copy);
    for (int i = 0; i < PROCESSES; i++)
        process_join(children[i]);
}

const struct scenario shm_user_scenarios[] = {
    {"shm/private", "private mappings of a memfd and a file: not counted", .n = 50, .run = private_copies},
    {"shm/by-name", "N processes open and map one object that they inherited, too", .n = 20, .run = by_name},
    {"shm/storm", "3 processes of 4 threads that map shared memory N times and 4 that map private memory", .n = 500,
     .run = storm},
    {0},
};
