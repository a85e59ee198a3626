/* futex(2) and its successors, each booked by what it returned. */
#pragma once

#include <linux/futex.h>
#include <stdint.h>
#include <time.h>

#include "../core/end.h"
#include "../kinds/memory.h"

/* A word that processes wait on; mechanism NONE: one whose calls are not counted. */
struct word {
    _Atomic uint32_t *at;
    struct end end;
};

/* The word number `index` of the memory. Call before the fork: each call makes a channel. */
struct word word_in(const struct memory *memory, unsigned index);
/* A word whose calls are not counted. */
struct word word_uncounted(_Atomic uint32_t *at);

/* In 32-bit programs by futex and by futex_time64, in turn. */
long t_futex(struct word word, int operation, uint32_t value, const struct timespec *timeout, uint32_t value3);
/* Of two words, of which the first counts. `value2` is in the timeout's place. */
long t_futex_two(struct word word, int operation, uint32_t value, unsigned long value2, struct word other,
                 uint32_t value3);
/* FUTEX_WAIT_REQUEUE_PI, which has a timeout beside the second word. */
long t_futex_wait_requeue_pi(struct word word, uint32_t expected, const struct timespec *until, struct word other);

long t_futex_waitv(struct end first_shared, struct futex_waitv *waiters, unsigned count, const struct timespec *until);
/* `flags`: FUTEX2_SIZE_U32 and FUTEX2_PRIVATE of linux/futex.h. */
long t_futex_wake(struct word word, unsigned long mask, int count, unsigned flags);
long t_futex_wait(struct word word, unsigned long expected, unsigned long mask, unsigned flags,
                  const struct timespec *until);
long t_futex_requeue(struct word from, uint32_t expected, struct word to, int wake, int requeue, unsigned flags);

#define WORD_32         2
#define WORD_32_PRIVATE (2 | FUTEX_PRIVATE_FLAG)

/* The time in `ms` from now by a clock; for the calls that want a moment. */
struct timespec moment(clockid_t clock, unsigned ms);
