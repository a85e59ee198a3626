/* ipcscope-pressure WORK COUNT [PER_SECOND]: much of one kind. What it does is known by its name; should a call fail,
 * it says so and ends with 1. move       COUNT writes of 64 bytes, and as many reads, through one pipe, by one thread
 *   flows      COUNT pipes that stay open: three times a write and a read of one byte through each
 *   channels   COUNT pipes, one after the other: a write and a read of one byte, closed again
 *   processes  COUNT children, one after the other: each writes one byte into a pipe that its parent reads
 *   errors     COUNT pipes that stay open: two writes into each, which fail in two ways
 *   vectors    COUNT calls of futex_waitv, each with a vector that is not in memory yet
 * PER_SECOND is how many of COUNT it begins in a second; without it, as many as it can. */
#include <errno.h>
#include <linux/futex.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SECOND 1000000000LL
#define ROUNDS 3
#define PAGE   4096

static long count, per_second;

static void check(int good, const char *call)
{
    if (good)
        return;
    perror(call);
    _exit(1);
}

static long long now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * SECOND + time.tv_nsec;
}

/* Sleeps while more have been begun than should have been by now. */
static void pace(long begun)
{
    static long long start;
    long long due;

    if (!per_second || begun % (per_second / 100 + 1))
        return;
    start = start ? start : now();
    due = start + begun * SECOND / per_second;
    if (due > now()) {
        struct timespec until = {due / SECOND, due % SECOND};

        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, 0);
    }
}

static void pass(const int *fds, size_t size)
{
    char data[64] = "";

    check(write(fds[1], data, size) == (ssize_t)size, "write");
    check(read(fds[0], data, size) == (ssize_t)size, "read");
}

static void move(void)
{
    int fds[2];

    check(!pipe(fds), "pipe");
    for (long i = 0; i < count; i++) {
        pace(i);
        pass(fds, 64);
    }
}

static void flows(void)
{
    struct rlimit files;
    int(*fds)[2] = calloc(count, sizeof(*fds));

    check(fds && !getrlimit(RLIMIT_NOFILE, &files), "getrlimit");
    files.rlim_cur = files.rlim_max; /* at most fs.nr_open */
    check(!setrlimit(RLIMIT_NOFILE, &files), "setrlimit");
    for (long i = 0; i < count; i++)
        check(!pipe(fds[i]), "pipe");
    for (int round = 0; round < ROUNDS; round++)
        for (long i = 0; i < count; i++) {
            pace(round * count + i);
            pass(fds[i], 1);
        }
}

static void channels(void)
{
    for (long i = 0; i < count; i++) {
        int fds[2];

        pace(i);
        check(!pipe(fds), "pipe");
        pass(fds, 1);
        close(fds[0]);
        close(fds[1]);
    }
}

static void processes(void)
{
    char byte;
    int fds[2];

    check(!pipe(fds), "pipe");
    for (long i = 0; i < count; i++) {
        pid_t child;
        int status;

        pace(i);
        child = fork();
        check(child >= 0, "fork");
        if (!child)
            _exit(write(fds[1], "", 1) != 1);
        check(read(fds[0], &byte, 1) == 1, "read");
        check(waitpid(child, &status, 0) == child && !status, "waitpid");
    }
}

static void errors(void)
{
    char *nowhere = mmap(NULL, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    check(nowhere != MAP_FAILED && signal(SIGPIPE, SIG_IGN) != SIG_ERR, "mmap");
    for (long i = 0; i < count; i++) {
        int fds[2];

        check(!pipe(fds), "pipe");
        check(write(fds[1], nowhere, 1) < 0 && errno == EFAULT, "write of nothing");
        close(fds[0]);
        check(write(fds[1], "", 1) < 0 && errno == EPIPE, "write to nobody");
    }
}

static void vectors(void)
{
    uint32_t *word = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    struct futex_waitv waiter = {.val = 1, .uaddr = (uintptr_t)word, .flags = FUTEX_32}; /* the word is 0 */
    FILE *file = tmpfile();

    check(word != MAP_FAILED && file, "tmpfile");
    check(write(fileno(file), &waiter, sizeof(waiter)) == sizeof(waiter), "write");
    for (long i = 0; i < count; i++) {
        void *vector = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, fileno(file), 0);

        check(vector != MAP_FAILED, "mmap");
        check(syscall(SYS_futex_waitv, vector, 1, 0, NULL, CLOCK_MONOTONIC) < 0 && errno == EAGAIN, "futex_waitv");
        check(!munmap(vector, PAGE), "munmap");
    }
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*work)(void);
    } works[] = {{"move", move},           {"flows", flows},   {"channels", channels},
                 {"processes", processes}, {"errors", errors}, {"vectors", vectors}};

    count = argc > 2 ? atol(argv[2]) : 0;
    per_second = argc > 3 ? atol(argv[3]) : 0;
    for (size_t i = 0; count > 0 && i < sizeof(works) / sizeof(*works); i++)
        if (!strcmp(argv[1], works[i].name)) {
            works[i].work();
            return 0;
        }
    fprintf(stderr, "usage: %s move|flows|channels|processes|errors|vectors COUNT [PER_SECOND]\n", argv[0]);
    return 2;
}
