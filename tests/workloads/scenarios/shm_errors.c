/* Calls on shared memory that fail. */
#include <errno.h>
#include <fcntl.h>
#include <linux/memfd.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "../calls/memory.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../kinds/memory.h"
#include "families.h"

#define BOTH         (PROT_READ | PROT_WRITE)
#define HUGE         ((size_t)2 << 20)
#define NOBODY       65534
#define TOO_LONG     ((size_t)-PAGE) /* more than there are addresses */
#define UNKNOWN_FLAG 0x1000000

static int result_of(void *address)
{
    return address == MAP_FAILED ? -1 : 0;
}

static void failing_maps(struct end end)
{
    struct end none = {.fd = -1}, closed = {.fd = 1 << 20};
    char *place = t_mmap(end, NULL, PAGE, BOTH, MAP_SHARED, 0);

    require(place != MAP_FAILED, "mmap");
    require_error(result_of(t_mmap(end, NULL, 0, BOTH, MAP_SHARED, 0)), EINVAL);
    require_error(result_of(t_mmap(end, NULL, TOO_LONG, BOTH, MAP_SHARED, 0)), ENOMEM);
    require_error(result_of(t_mmap(end, place, PAGE, BOTH, MAP_SHARED | MAP_FIXED_NOREPLACE, 0)), EEXIST);
    require_error(result_of(t_mmap(end, NULL, PAGE, BOTH, MAP_SHARED_VALIDATE | UNKNOWN_FLAG, 0)), EOPNOTSUPP);
    require_error(result_of(t_mmap(end, place + 1, PAGE, BOTH, MAP_SHARED | MAP_FIXED, 0)), EINVAL);
#ifdef __i386__
    require_error(result_of(t_mmap_old(end, NULL, PAGE, BOTH, MAP_SHARED, 1)), EINVAL);
#else
    require_error(result_of(t_mmap(end, NULL, PAGE, BOTH, MAP_SHARED, 1)), EINVAL);
#endif
    require_error(result_of(t_mmap(none, NULL, PAGE, BOTH, MAP_SHARED, 0)), EBADF);
    require_error(result_of(t_mmap(closed, NULL, PAGE, BOTH, MAP_SHARED, 0)), EBADF);
    require_result(t_munmap(end, place, PAGE), 0);
}

/* By what lies at the address; nothing does at the end. */
static void failing_changes(struct end end)
{
    struct end none = {.fd = -1};
    char *place = t_mmap(end, NULL, 4 * PAGE, BOTH, MAP_SHARED, 0);

    require(place != MAP_FAILED, "mmap");
    require_error(t_munmap(end, place + 1, PAGE), EINVAL);
    require_error(t_munmap(end, place, 0), EINVAL);
    require_error(t_msync(end, place + 1, PAGE, MS_SYNC), EINVAL);
    require_error(t_msync(end, place, PAGE, MS_SYNC | MS_ASYNC), EINVAL);
    require_error(result_of(t_mremap(end, place + 1, PAGE, PAGE, 0, NULL)), EINVAL);
    require_error(result_of(t_mremap(end, place, PAGE, PAGE, UNKNOWN_FLAG, NULL)), EINVAL);
    require_error(result_of(t_mremap(end, place, PAGE, 2 * PAGE, 0, NULL)), ENOMEM);
    require_result(t_munmap(end, place + 3 * PAGE, PAGE), 0);
    require_error(t_msync(end, place, 4 * PAGE, MS_SYNC), ENOMEM);
    require_error(result_of(t_mremap(end, place, 4 * PAGE, 8 * PAGE, MREMAP_MAYMOVE, NULL)), EFAULT);
    require_result(t_munmap(end, place, 3 * PAGE), 0);
    require_result(t_munmap(none, place, PAGE), 0);
    require_error(t_msync(none, place, PAGE, MS_SYNC), ENOMEM);
    require_error(result_of(t_mremap(none, place, PAGE, PAGE, 0, NULL)), EFAULT);
}

/* What the descriptor does not allow: it is open for reading, or sealed. */
static void forbidden(struct end end)
{
    struct end reader = end;
    char path[64];

    require(snprintf(path, sizeof(path), "/proc/self/fd/%d", end.fd) > 0, "snprintf");
    reader.fd = open(path, O_RDONLY | O_CLOEXEC);
    require(reader.fd >= 0, path);
    require_error(result_of(t_mmap(reader, NULL, PAGE, BOTH, MAP_SHARED, 0)), EACCES);
    require_error(t_ftruncate(reader, PAGE), EINVAL);
    end_close(&reader);
    require_error(t_ftruncate(end, -1), EINVAL);
    require(fcntl(end.fd, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_WRITE) == 0, "seal a memfd");
    require_error(t_ftruncate(end, 64 * PAGE), EPERM);
    require_error(t_ftruncate(end, 0), EPERM);
    require_error(result_of(t_mmap(end, NULL, PAGE, BOTH, MAP_SHARED, 0)), EPERM);
}

static void failing(const struct plan *plan)
{
    for (unsigned i = 0; i < plan->n; i++) {
        struct end end = memory_end(MECHANISM_SHM);

        end.fd = t_memfd_create(end, "errors", MFD_ALLOW_SEALING);
        require(end.fd >= 0, "memfd_create");
        require_result(t_ftruncate(end, 4 * PAGE), 0);
        failing_maps(end);
        failing_changes(end);
        forbidden(end);
        end_close(&end);
    }
}

static void failing_anonymous(const struct plan *plan)
{
    struct rlimit little = {PAGE, PAGE};
    struct end end = memory_end(MECHANISM_SHM);
    int flags = MAP_SHARED | MAP_ANONYMOUS;

    for (unsigned i = 0; i < plan->n; i++) {
        require_error(result_of(t_mmap(end, NULL, 0, BOTH, flags, 0)), EINVAL);
        require_error(result_of(t_mmap(end, NULL, TOO_LONG, BOTH, flags, 0)), ENOMEM);
        require_error(result_of(mmap(NULL, 0, BOTH, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)), EINVAL);
        require_error(result_of(mmap(NULL, PAGE, BOTH, MAP_ANONYMOUS, -1, 0)), EINVAL); /* neither */
    }
    /* Memory that is locked; EAGAIN, so it would block. */
    require(setrlimit(RLIMIT_MEMLOCK, &little) == 0, "setrlimit");
    require(setuid(NOBODY) == 0, "setuid");
    require_error(result_of(t_mmap(end, NULL, 2 * PAGE, BOTH, flags | MAP_LOCKED, 0)), EAGAIN);
}

static void failing_anonymous_child(void *argument)
{
    failing_anonymous(argument);
}

/* In a process of its own: it gives its rights away. */
static void anonymous(const struct plan *plan)
{
    struct plan copy = *plan;

    process_join(process_run(failing_anonymous_child, &copy));
}

/* Whether the machine has huge pages or not: the truth is what the calls return. */
static void hugetlb(const struct plan *plan)
{
    for (unsigned i = 0; i < plan->n; i++) {
        struct end end = memory_end(MECHANISM_SHM), shared = memory_end(MECHANISM_SHM);
        int flags = MAP_SHARED | MAP_ANONYMOUS | MAP_HUGETLB;
        void *place;

        end.fd = t_memfd_create(end, "huge", MFD_HUGETLB | MFD_HUGE_2MB);
        require(end.fd >= 0, "memfd_create with MFD_HUGETLB");
        require_result(t_ftruncate(end, HUGE), 0);
        place = t_mmap(end, NULL, HUGE, BOTH, MAP_SHARED, 0);
        if (place != MAP_FAILED)
            require_result(t_munmap(end, place, HUGE), 0);
        place = t_mmap(shared, NULL, HUGE, BOTH, flags, 0);
        if (place != MAP_FAILED)
            require_result(t_munmap(shared, place, HUGE), 0);
        end_close(&end);
    }
}

const struct scenario shm_error_scenarios[] = {
    {"shm/errors", "mmap, munmap, mremap, msync and ftruncate of a memfd in all the ways that fail", .n = 20,
     .run = failing},
    {"shm/errors-anonymous", "mmap of shared anonymous memory that fails", .n = 20, .run = anonymous},
    {"shm/hugetlb", "N memfds of huge pages, mapped where there are any", .n = 10, .run = hugetlb},
    {0},
};
