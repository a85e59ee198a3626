/* What the iterator over calls in progress writes. src/Agent/Decode/CallRecord.cs mirrors it as Contract.cs does
 * contract.h. */
#pragma once

#include "contract.h"

enum call_mark {
    CALL_ASLEEP = 1,  /* the thread sleeps in it */
    CALL_STOPPED = 2, /* by a signal or a tracer: it goes on with the call after that */
    CALL_BEFORE = 4,  /* it began before the programs were attached: when, is not known */
};

/* A thread that is inside a call now, as `in_flight` writes it: one record for each channel of the call. */
struct call_record {
    struct flow_key flow;
    __u64 begin; /* with CALL_BEFORE: no later than this */
    __u64 word;  /* futex: where it lies in the caller's memory */
    __u64 limit; /* not 0: the call has a time limit (of semop(2), which has none, garbage) */
    __u32 tid;
    __u32 expected;         /* futex: what the word had to be for the call to wait */
    __u32 command;          /* futex: FUTEX_*, without flags */
    __u32 changer;          /* pid of who changed the semaphore last that the call waits for; 0: not known */
    __u32 semaphore;        /* its number in the set; ~0: not known */
    __u16 nr;               /* system call number */
    __u8 abi;               /* enum abi */
    __u8 marks;             /* enum call_mark */
    char comm[COMM_LENGTH]; /* of the thread-group leader */
    struct channel_info info;
};
