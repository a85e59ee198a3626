#include "gate.h"

#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "tally.h"

void gate_add(unsigned gate, unsigned amount)
{
    atomic_fetch_add(&ledger->gates[gate], amount);
    syscall(SYS_futex, &ledger->gates[gate], FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

void gate_wait(unsigned gate, unsigned at_least)
{
    unsigned seen;

    while ((int)((seen = atomic_load(&ledger->gates[gate])) - at_least) < 0)
        syscall(SYS_futex, &ledger->gates[gate], FUTEX_WAIT, seen, NULL, NULL, 0);
}

void nap_ms(unsigned ms)
{
    struct timespec left = {ms / 1000, ms % 1000 * 1000000L};

    while (nanosleep(&left, &left) != 0)
        ;
}

uint64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000ull + now.tv_nsec;
}
