/* Calls whose arguments do not name a channel: a path, or memory, does. */
#include "channels.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <sys/stat.h>
#include <sys/syscall.h>

static char folder[64], to_read[80];
static uint32_t *words;

/* include/uapi/linux/futex.h, as of 5.16. */
struct vector_entry {
    uint64_t value;
    uint64_t address;
    uint32_t flags;
    uint32_t reserved;
};

static void prepare(void)
{
    strcpy(folder, "/tmp/ipcscope-waits-XXXXXX");
    check(mkdtemp(folder));
    check(!chdir(folder));
    snprintf(to_read, sizeof(to_read), "%s/to-read", folder);
    check(!mkfifo(to_read, 0600) && !mkfifo("to-write", 0600));
    words = shared(sizeof(*words) * 4);
}

static void clean(void)
{
    unlink("to-read");
    unlink("to-write");
    rmdir(folder);
}

static void opens_to_read(void)
{
    about_to_wait();
    open(to_read, O_RDONLY);
}

static void opens_to_write(void)
{
    int directory = open(folder, O_PATH);

    check(directory >= 0 && !chdir("/"));
    about_to_wait();
    openat(directory, "to-write", O_WRONLY | O_CLOEXEC);
}

static void waits_for_one_of_many(void)
{
    static uint32_t own;
    struct vector_entry vector[] = {
        {.address = (uintptr_t)&own, .flags = FUTEX_32 | FUTEX_PRIVATE_FLAG},
        {.address = (uintptr_t)(words + 3), .flags = FUTEX_32},
        {.address = (uintptr_t)words, .flags = FUTEX_32},
    };

    about_to_wait();
    syscall(SYS_futex_waitv, vector, 3, 0, 0, 0);
}

/* glibc for i386 makes it by socketcall(2). */
static void accepts(void)
{
    accept_as("scene-far");
}

const struct scene far[] = {
    {"far-calls",
     prepare,
     0,
     clean,
     {{"reader", opens_to_read}, {"writer", opens_to_write}, {"vector", waits_for_one_of_many}, {"server", accepts}}},
    {0},
};
