/* Which bucket of a histogram a number belongs to. */
#pragma once

#include "maps.h"

/* How many bits v needs: 0 for 0, n for 2^(n-1) … 2^n - 1. */
static __always_inline u32 bit_length(u64 v)
{
    u32 n = 0;

    if (v >> 32) {
        v >>= 32;
        n += 32;
    }
    if (v >> 16) {
        v >>= 16;
        n += 16;
    }
    if (v >> 8) {
        v >>= 8;
        n += 8;
    }
    if (v >> 4) {
        v >>= 4;
        n += 4;
    }
    if (v >> 2) {
        v >>= 2;
        n += 2;
    }
    return n + (v > 1 ? 2 : v);
}

/* Bucket i ends at 2^(i-24) s = (10^9 << i) >> 24 ns; 2^(i+6) ns is 7 % more, so the bucket is one of two. */
static __always_inline u32 duration_bucket(u64 ns)
{
    u32 bits = bit_length(ns), bucket;

    if (bits < 6)
        return 0;
    bucket = bits - 6;
    if (bucket > DURATION_BUCKETS - 1)
        return DURATION_BUCKETS - 1;
    if (ns > (1000000000ULL << bucket) >> DURATION_SHIFT)
        bucket++;
    return bucket > DURATION_BUCKETS - 1 ? DURATION_BUCKETS - 1 : bucket;
}

static __always_inline u32 size_bucket(u64 bytes)
{
    u32 bucket = bytes > 1 ? bit_length(bytes - 1) : 0;

    return bucket > SIZE_BUCKETS - 1 ? SIZE_BUCKETS - 1 : bucket;
}

static __always_inline void add(u64 *counter, u64 value)
{
    __sync_fetch_and_add(counter, value);
}
