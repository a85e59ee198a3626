/* System V shared memory. */
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <unistd.h>

#include "../calls/sysv.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../core/tally.h"
#include "families.h"

#define PAGE 4096

static int memory_private(size_t size)
{
    int id = t_shmget(IPC_PRIVATE, size, 0600);

    require(id >= 0, "shmget");
    return id;
}

static void remove_memory(int id)
{
    require_result(t_shmctl(id, IPC_RMID, NULL), 0);
}

static char *attach(int id, int flags)
{
    char *place = t_shmat(id, NULL, flags);

    require(place != (void *)-1, "shmat");
    return place;
}

/* Attached twice at once by two processes. */
static void attaches(const struct plan *plan)
{
    int id = memory_private(plan->size);
    pid_t child = process_fork(0);

    for (unsigned i = 0; i < plan->n; i++) {
        char *one = attach(id, 0), *other = attach(id, SHM_RDONLY);

        one[0] = other[0] + 1;
        require_result(t_shmdt(id, one), 0);
        require_result(t_shmdt(id, other), 0);
    }
    if (child == 0)
        _exit(0);
    process_join(child);
    remove_memory(id);
}

/* Removed while it is attached: it stays until the last has gone. */
static void removed(const struct plan *plan)
{
    for (unsigned i = 0; i < plan->n; i++) {
        int id = memory_private(plan->size);
        char *place = attach(id, 0);

        remove_memory(id);
        place[0] = 1;
        require_result(t_shmdt(id, place), 0);
        require_error((intptr_t)t_shmat(id, NULL, 0), EINVAL);
    }
}

static void errors(const struct plan *plan)
{
    key_t key = 0x1bc00000 + getpid();
    char *unmapped = mmap(NULL, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    require(unmapped != MAP_FAILED && munmap(unmapped, PAGE) == 0, "finding room");
    for (unsigned i = 0; i < plan->n; i++) {
        int id;
        char *place;

        require_error(t_shmget(key, plan->size, 0), ENOENT);
        require_error(t_shmget(key, 0, IPC_CREAT | 0600), EINVAL);
        id = t_shmget(key, plan->size, IPC_CREAT | IPC_EXCL | 0600);
        require(id >= 0, "shmget");
        require_error(t_shmget(key, plan->size, IPC_CREAT | IPC_EXCL | 0600), EEXIST);
        require_error(t_shmget(key, plan->size + 1, 0), EINVAL);
        require_result(t_shmget(key, plan->size, 0), id);
        require_error((intptr_t)t_shmat(id, (void *)(PAGE * 1000 + 1), 0), EINVAL);
        place = attach(id, 0);
        require_error((intptr_t)t_shmat(id, place, 0), EINVAL);
        require_error(t_shmdt(-1, unmapped), EINVAL);
        require_error(t_shmdt(-1, place + 1), EINVAL);
        require_result(t_shmdt(id, place), 0);
        require_error(t_shmdt(-1, place), EINVAL);
        require_error(t_shmctl(id, 77, NULL), EINVAL);
        remove_memory(id);
        require_error(t_shmctl(id, IPC_RMID, NULL), EINVAL);
        require_error((intptr_t)t_shmat(-1, NULL, 0), EINVAL);
    }
}

static void control(const struct plan *plan)
{
    union { /* room for what any of the two kinds of program gets */
        struct shmid_ds memory;
        char room[512];
    } data;
    int id = memory_private(plan->size);

    for (unsigned i = 0; i < plan->n; i++) {
        require_result(t_shmctl(id, IPC_STAT, &data), 0);
        require_result(t_shmctl(id, IPC_SET, &data), 0);
        require_result(t_shmctl(id, SHM_LOCK, NULL), 0);
        require_result(t_shmctl(id, SHM_UNLOCK, NULL), 0);
        require(t_shmctl(0, IPC_INFO, &data) >= 0, "shmctl(IPC_INFO)");
        require(t_shmctl(0, SHM_INFO, &data) >= 0, "shmctl(SHM_INFO)");
    }
    remove_memory(id);
}

/* What mmap's family does to attached memory. */
static void mapping(const struct plan *plan)
{
    int id = memory_private(2 * PAGE);
    struct end memory = sysv_end(MECHANISM_SYSV_SHM, id);

    for (unsigned i = 0; i < plan->n; i++) {
        char *place = attach(id, 0), *moved;
        int result = msync(place, 2 * PAGE, MS_SYNC);

        require_result(result, 0);
        book(memory, OPERATION_SYNC, 2 * PAGE);
        require_result(book_empty(memory, OPERATION_UNMAP, munmap(place + PAGE, PAGE)), 0);
        moved = mremap(place, PAGE, 2 * PAGE, MREMAP_MAYMOVE);
        require(moved != MAP_FAILED, "mremap");
        book_empty(memory, OPERATION_REMAP, 0);
        require_result(book_empty(memory, OPERATION_UNMAP, munmap(moved, 2 * PAGE)), 0);
    }
    remove_memory(id);
}

#define ALL_FORMS .forms = FORM_IPC | FORM_NEWIPC

const struct scenario sysv_shm_scenarios[] = {
    {"sysv_shm/attach", "two processes attach and detach N times", .n = 100, .size = 10000, .run = attaches, ALL_FORMS},
    {"sysv_shm/removed", "removed while attached", .n = 50, .size = 10000, .run = removed, ALL_FORMS},
    {"sysv_shm/errors", "wrong keys, sizes, ids, addresses", .n = 50, .size = 10000, .run = errors, ALL_FORMS},
    {"sysv_shm/control", "shmctl", .n = 50, .size = 10000, .run = control, ALL_FORMS},
    {"sysv_shm/mapping", "msync, munmap, mremap of what is attached", .n = 50, .run = mapping, ALL_FORMS},
    {0},
};
