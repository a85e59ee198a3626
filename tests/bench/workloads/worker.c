/* worker NAME CPU: opens a workload and obeys lines on standard input until it ends.
 *   chunk MS       runs batches for MS milliseconds; answers "MEDIAN MIN CALLS", ns per system call over the batches
 *   pace RATE MS   makes RATE system calls a second, or as many as it can; answers "CALLS NS" as they were
 * The first line it prints is "ready PID…". Nothing but the workload runs between a question and its answer. */
#define _GNU_SOURCE
#include "worker.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SECOND  1000000000ull
#define TICK    1000000ull /* of the paced loop, ns */
#define BATCHES 8192

int peer;

static double batch_ns[BATCHES];

_Noreturn void die(const char *what)
{
    fprintf(stderr, "worker: %s: %s\n", what, strerror(errno));
    exit(1);
}

void real_time(int on)
{
    struct sched_param param = {.sched_priority = on};

    if (sched_setscheduler(0, on ? SCHED_FIFO : SCHED_OTHER, &param))
        die("sched_setscheduler");
}

/* By the vDSO: no system call, so a tracer does not touch it. */
static unsigned long long now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * SECOND + t.tv_nsec;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void chunk(const struct workload *w, unsigned int ms)
{
    unsigned int n = 0;

    real_time(1);
    w->run(w->rounds); /* warms the caches and the tracer's maps up */
    unsigned long long start = now(), before = start;
    while (n < BATCHES && (n == 0 || before - start < ms * 1000000ull)) {
        w->run(w->rounds);
        unsigned long long after = now();
        batch_ns[n++] = (double)(after - before) / (w->rounds * w->calls);
        before = after;
    }
    real_time(0);
    qsort(batch_ns, n, sizeof(batch_ns[0]), ascending);
    printf("%.2f %.2f %llu\n", batch_ns[n / 2], batch_ns[0], 1ull * n * w->rounds * w->calls);
}

static void pace(const struct workload *w, unsigned int rate, unsigned int ms)
{
    unsigned long long start = now(), end = start + ms * 1000000ull, rounds = 0;

    for (unsigned long long next = start; next < end && now() < end; next += TICK) {
        unsigned long long due = (next - start + TICK) * rate / w->calls / SECOND;
        struct timespec t = {.tv_sec = (next + TICK) / SECOND, .tv_nsec = (next + TICK) % SECOND};

        w->run(due - rounds);
        rounds = due;
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
    }
    printf("%llu %llu\n", rounds * w->calls, now() - start);
}

static const struct workload *find(const char *name)
{
    for (const struct workload *w = loops; w->name; w++)
        if (!strcmp(w->name, name))
            return w;
    for (const struct workload *w = pairs; w->name; w++)
        if (!strcmp(w->name, name))
            return w;
    errno = EINVAL;
    die(name);
}

int main(int argc, char **argv)
{
    char line[64];
    unsigned int a, b;
    cpu_set_t cpus;

    if (argc != 3) {
        fprintf(stderr, "usage: worker NAME CPU\n");
        return 2;
    }
    CPU_ZERO(&cpus);
    CPU_SET(atoi(argv[2]), &cpus);
    if (sched_setaffinity(0, sizeof(cpus), &cpus))
        die("sched_setaffinity");
    const struct workload *w = find(argv[1]);
    setvbuf(stdout, NULL, _IOLBF, 0);
    w->open();
    w->run(w->rounds);
    printf(peer ? "ready %d %d\n" : "ready %d\n", getpid(), peer);
    while (fgets(line, sizeof(line), stdin)) {
        if (sscanf(line, "chunk %u", &a) == 1)
            chunk(w, a);
        else if (sscanf(line, "pace %u %u", &a, &b) == 2)
            pace(w, a, b);
    }
    return 0;
}
