#include "futexes.h"

#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../core/tally.h"
#include "memory.h"

/* The same numbers everywhere; the C library may not know them yet. */
#define NR_FUTEX_WAITV   449
#define NR_FUTEX_WAKE    454
#define NR_FUTEX_WAIT    455
#define NR_FUTEX_REQUEUE 456

/* What the kernel calls __kernel_timespec: of 64 bits everywhere. */
struct time64 {
    int64_t seconds, nanoseconds;
};

struct word word_in(const struct memory *memory, unsigned index)
{
    return (struct word){(_Atomic uint32_t *)memory->address + index, memory_end(MECHANISM_FUTEX)};
}

struct word word_uncounted(_Atomic uint32_t *at)
{
    return (struct word){at, {.fd = -1}};
}

static const struct time64 *widen(const struct timespec *time, struct time64 *wide)
{
    if (time == NULL)
        return NULL;
    *wide = (struct time64){time->tv_sec, time->tv_nsec};
    return wide;
}

static enum operation operation_of(int operation)
{
    switch (operation & FUTEX_CMD_MASK) {
    case FUTEX_WAIT:
    case FUTEX_WAIT_BITSET:
    case FUTEX_LOCK_PI:
    case FUTEX_LOCK_PI2:
    case FUTEX_TRYLOCK_PI:
    case FUTEX_WAIT_REQUEUE_PI:
        return OPERATION_WAIT;
    default:
        return OPERATION_WAKE;
    }
}

static long futex(_Atomic uint32_t *at, int operation, uint32_t value, const struct timespec *timeout,
                  _Atomic uint32_t *other, uint32_t value3)
{
#ifdef __i386__
    static _Thread_local unsigned calls;
    struct time64 wide;

    if (calls++ % 2 != 0)
        return syscall(SYS_futex_time64, at, operation, value, widen(timeout, &wide), other, value3);
#endif
    return syscall(SYS_futex, at, operation, value, timeout, other, value3);
}

long t_futex(struct word word, int operation, uint32_t value, const struct timespec *timeout, uint32_t value3)
{
    return book_empty(word.end, operation_of(operation), futex(word.at, operation, value, timeout, NULL, value3));
}

long t_futex_two(struct word word, int operation, uint32_t value, unsigned long value2, struct word other,
                 uint32_t value3)
{
    return book_empty(word.end, operation_of(operation),
                      syscall(SYS_futex, word.at, operation, value, value2, other.at, value3));
}

long t_futex_wait_requeue_pi(struct word word, uint32_t expected, const struct timespec *until, struct word other)
{
    return book_empty(word.end, OPERATION_WAIT,
                      futex(word.at, FUTEX_WAIT_REQUEUE_PI, expected, until, other.at, FUTEX_BITSET_MATCH_ANY));
}

long t_futex_waitv(struct end first_shared, struct futex_waitv *waiters, unsigned count, const struct timespec *until)
{
    struct time64 wide;

    return book_empty(first_shared, OPERATION_WAIT,
                      syscall(NR_FUTEX_WAITV, waiters, count, 0, widen(until, &wide), CLOCK_MONOTONIC));
}

long t_futex_wake(struct word word, unsigned long mask, int count, unsigned flags)
{
    return book_empty(word.end, OPERATION_WAKE, syscall(NR_FUTEX_WAKE, word.at, mask, count, flags));
}

long t_futex_wait(struct word word, unsigned long expected, unsigned long mask, unsigned flags,
                  const struct timespec *until)
{
    struct time64 wide;

    return book_empty(word.end, OPERATION_WAIT,
                      syscall(NR_FUTEX_WAIT, word.at, expected, mask, flags, widen(until, &wide), CLOCK_MONOTONIC));
}

long t_futex_requeue(struct word from, uint32_t expected, struct word to, int wake, int requeue, unsigned flags)
{
    struct futex_waitv words[2] = {
        {.val = expected, .uaddr = (uintptr_t)from.at, .flags = flags},
        {.uaddr = (uintptr_t)to.at, .flags = flags},
    };

    return book_empty(from.end, OPERATION_WAKE, syscall(NR_FUTEX_REQUEUE, words, 0, wake, requeue));
}

struct timespec moment(clockid_t clock, unsigned ms)
{
    struct timespec time;

    clock_gettime(clock, &time);
    time.tv_nsec += ms % 1000 * 1000000L;
    time.tv_sec += ms / 1000 + time.tv_nsec / 1000000000L;
    time.tv_nsec %= 1000000000L;
    return time;
}
