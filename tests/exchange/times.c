#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include "exchange.h"

uint64_t now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000ULL + time.tv_nsec;
}

void pause_us(int us)
{
    struct timespec time = {us / 1000000, us % 1000000 * 1000L};

    if (us)
        nanosleep(&time, NULL);
}

void require(bool well, const char *what)
{
    if (well)
        return;
    perror(what);
    exit(1);
}

void note(struct times *times, uint64_t ns, uint64_t weight)
{
    int bucket = 0;

    while (bucket < BUCKETS - 1 && ns > (1000000000ULL << bucket) >> 24)
        bucket++;
    __atomic_fetch_add(&times->count, weight, __ATOMIC_RELAXED);
    __atomic_fetch_add(&times->buckets[bucket], weight, __ATOMIC_RELAXED);
    __atomic_fetch_add(&times->ns, ns * weight, __ATOMIC_RELAXED);
}

void print_times(const char *name, const struct times *times)
{
    printf("%s %lu %lu", name, times->count, times->ns);
    for (int i = 0; i < BUCKETS; i++)
        printf(" %lu", times->buckets[i]);
    printf("\n");
}
