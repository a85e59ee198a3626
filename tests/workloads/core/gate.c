#include "gate.h"

#include <sched.h>
#include <stdatomic.h>
#include <time.h>

#include "tally.h"

#define LOOKS  64    /* before the first nap */
#define NAP_NS 50000 /* between looks */

void gate_add(unsigned gate, unsigned amount)
{
    atomic_fetch_add(&ledger->gates[gate], amount);
}

void gate_wait(unsigned gate, unsigned at_least)
{
    struct timespec nap = {0, NAP_NS};

    for (unsigned looks = 0; (int)(atomic_load(&ledger->gates[gate]) - at_least) < 0; looks++) {
        if (looks < LOOKS)
            sched_yield();
        else
            nanosleep(&nap, NULL);
    }
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
