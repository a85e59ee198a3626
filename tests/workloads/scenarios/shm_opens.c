/* Opening shared memory by every call, and failing to. */
#include <errno.h>
#include <fcntl.h>
#include <linux/memfd.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../calls/memory.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../core/scratch.h"
#include "../kinds/memory.h"
#include "families.h"

#define NOBODY 65534

static void shut(int fd)
{
    require(fd >= 0, "open");
    require(close(fd) == 0, "close");
}

static void open_each_way(struct end end, const char *path)
{
    struct open_how how = {.flags = O_RDWR | O_CLOEXEC};

    shut(t_open(end, path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    shut(t_openat(end, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0));
    shut(t_openat(end, 1 << 20, path, O_RDONLY | O_CLOEXEC, 0)); /* the directory does not matter */
    shut(t_openat2(end, path, &how, sizeof(how)));
    shut(t_creat(end, path, 0600));
}

static void opens(const struct plan *plan)
{
    struct end end = {0};
    const char *path = shm_path();

    for (unsigned i = 0; i < plan->n; i++) {
        end = memory_end(MECHANISM_SHM);
        open_each_way(end, path);
        require(unlink(path) == 0, path);
        end = memory_end(MECHANISM_SHM);
        shut(t_memfd_create(end, "one", 0));
        /* Not under /dev/shm. */
        shut(open("/dev/shm", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        shut(open("/dev/null", O_RDONLY | O_CLOEXEC));
    }
}

static void fail_at_paths(const char *path)
{
    struct end end = memory_end(MECHANISM_SHM), other = memory_end(MECHANISM_SHM);
    struct open_how how = {.flags = O_RDWR | O_CLOEXEC};
    const char *directory = shm_path(), *link = shm_path();
    char inside[512];

    shut(t_open(end, path, O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    require_error(t_open(end, path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600), EEXIST);
    require_error(t_openat(end, AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0), ENOTDIR);
    snprintf(inside, sizeof(inside), "%s/inside", path);
    require_error(t_creat(other, inside, 0600), ENOTDIR);
    require(symlink(path, link) == 0, "symlink");
    require_error(t_openat(other, AT_FDCWD, link, O_RDONLY | O_NOFOLLOW | O_CLOEXEC, 0), ELOOP);
    require(unlink(link) == 0, link);
    require_error(t_openat(other, AT_FDCWD, link, O_RDONLY | O_CLOEXEC, 0), ENOENT);
    require(mkdir(directory, 0700) == 0, "mkdir");
    require_error(t_open(other, directory, O_RDWR | O_CLOEXEC, 0), EISDIR);
    require(rmdir(directory) == 0, directory);
    memset(inside, 'x', sizeof(inside));
    memcpy(inside, "/dev/shm/", 9);
    inside[300] = 0;
    require_error(t_open(other, inside, O_RDWR | O_CREAT | O_CLOEXEC, 0600), ENAMETOOLONG);
    how.flags |= 1ull << 40;
    require_error(t_openat2(end, path, &how, sizeof(how)), EINVAL);
    require_error(t_openat2(end, path, &how, 8), EINVAL);
    require_error(t_openat2(end, path, NULL, sizeof(how)), EFAULT);
    require(unlink(path) == 0, path);
}

static void fail_at_memfds(void)
{
    struct end end = memory_end(MECHANISM_SHM);
    char name[300] = "";

    memset(name, 'n', sizeof(name) - 1);
    require_error(t_memfd_create(end, "flags", 1u << 30), EINVAL);
    require_error(t_memfd_create(end, name, 0), EINVAL);
    require_error(t_memfd_create(end, (const char *)(uintptr_t)1, 0), EFAULT);
}

static void fail_without_descriptors(const char *path)
{
    struct end end = memory_end(MECHANISM_SHM);
    struct rlimit none, old;

    require(getrlimit(RLIMIT_NOFILE, &old) == 0, "getrlimit");
    none = (struct rlimit){0, old.rlim_max};
    require(setrlimit(RLIMIT_NOFILE, &none) == 0, "setrlimit");
    require_error(t_memfd_create(end, "none", 0), EMFILE);
    require_error(t_open(end, path, O_RDWR | O_CLOEXEC, 0), EMFILE);
    require(setrlimit(RLIMIT_NOFILE, &old) == 0, "setrlimit");
}

static void fail_as_nobody(void *argument)
{
    struct end end = memory_end(MECHANISM_SHM);

    require(setuid(NOBODY) == 0, "setuid");
    require_error(t_open(end, argument, O_RDWR | O_CLOEXEC, 0), EACCES);
}

static void failing(const struct plan *plan)
{
    char *path = (char *)shm_path();

    for (unsigned i = 0; i < plan->n; i++) {
        fail_at_paths(path);
        fail_at_memfds();
        fail_without_descriptors(path);
        shut(t_open(memory_end(MECHANISM_SHM), path, O_RDWR | O_CREAT | O_CLOEXEC, 0600));
        process_join(process_run(fail_as_nobody, path));
        require(unlink(path) == 0, path);
    }
}

/* What is opened is known only once the kernel has brought the path in. */
static void open_untouched(const struct plan *plan)
{
    const char *path = shm_path();
    struct end end = memory_end(MECHANISM_SHM), none = memory_end(MECHANISM_SHM);

    shut(t_open(end, path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    for (unsigned i = 0; i < plan->n; i++) {
        char *there = untouched(path, strlen(path) + 1), *missing;

        shut(t_openat(end, AT_FDCWD, there, O_RDONLY | O_CLOEXEC, 0));
        untouched_end(there);
        missing = untouched("/dev/shm/ipcscope-none", sizeof("/dev/shm/ipcscope-none"));
        require_error(t_openat(none, AT_FDCWD, missing, O_RDONLY | O_CLOEXEC, 0), ENOENT);
        untouched_end(missing);
        there = untouched("/dev/null", sizeof("/dev/null"));
        shut(open(there, O_RDONLY | O_CLOEXEC));
        untouched_end(there);
    }
    require(unlink(path) == 0, path);
}

const struct scenario shm_open_scenarios[] = {
    {"shm/opens", "open, openat, openat2, creat under /dev/shm, memfd_create", .n = 100, .run = opens},
    {"shm/open-untouched", "openat of a path that is not in memory yet", .n = 50, .run = open_untouched},
    {"shm/open-errors", "the same in all the ways that fail", .n = 10, .run = failing},
    {0},
};
