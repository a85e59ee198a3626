/* The ledger of what the scenario's calls returned: shared by all its processes, kept across execve. */
#pragma once

#include <stdint.h>
#include <sys/types.h>

#include "end.h"

#define TALLY_ENTRIES (1u << 17)
#define TALLY_ERRNOS  8
#define TALLY_GATES   32
#define TALLY_NAMES   (1u << 14)

/* What one process did to one channel by one operation. */
struct entry {
    _Atomic uint64_t key; /* 0: free; see tally_key() */
    _Atomic uint64_t operations;
    _Atomic uint64_t bytes;
    _Atomic uint64_t would_block;
    _Atomic uint64_t truncated;
    _Atomic uint64_t interrupted;
    _Atomic uint64_t shortest_ns; /* bounds of the summed duration, where the scenario measures it */
    _Atomic uint64_t longest_ns;
    struct {
        _Atomic int number;
        _Atomic unsigned count;
    } errors[TALLY_ERRNOS];
    char comm[16];
};

struct ledger {
    _Atomic unsigned channels;
    _Atomic unsigned gates[TALLY_GATES]; /* see core/gate.h */
    _Atomic unsigned words[TALLY_GATES]; /* whatever a scenario's processes tell one another */
    _Atomic uint64_t names[TALLY_NAMES]; /* see tally_channel() */
    char tag_name[16];                   /* field that tells apart lines of one pid; empty: none */
    struct entry entries[TALLY_ENTRIES];
};

extern struct ledger *ledger;

/* `inherited`: the descriptor of the ledger handed through execve, or -1 for a new one. After tally_self(): the ledger
 * is shared memory, and books its own making. */
void tally_open(int inherited);
int tally_descriptor(void);
/* Call in a new process; `tag` is 0 or the number of the incarnation or image. */
void tally_self(unsigned tag);
/* The pid in the first pid namespace, by which this process books. */
pid_t tally_pid(void);

/* Books one call by what it returned; returns `result` and keeps errno. */
ssize_t book(struct end end, enum operation operation, ssize_t result);
/* The same for calls that move nothing, whatever they return. */
ssize_t book_empty(struct end end, enum operation operation, ssize_t result);
/* The same for another process. `tag` as for tally_self(). */
ssize_t book_for(pid_t pid, unsigned tag, struct end end, enum operation operation, ssize_t result, uint64_t bytes);
void book_many(struct end end, enum operation operation, uint64_t operations, uint64_t bytes);
void book_truncated(struct end end, enum operation operation);
/* For a process that cannot book itself any more. */
void book_interrupted(pid_t pid, unsigned tag, struct end end, enum operation operation);
/* Adds to the bounds of how long the process's calls took. */
void book_time(pid_t pid, struct end end, enum operation operation, uint64_t shortest_ns, uint64_t longest_ns);

/* The number of the channel that has this name. */
unsigned tally_channel(uint64_t name);

/* Orders by process, tag, mechanism, operation, via, detail, channel. */
uint64_t tally_key(pid_t pid, unsigned tag, struct end end, enum operation operation);
#define TALLY_KEY_CHANNEL_BITS   20
#define TALLY_KEY_DETAIL_BITS    5
#define TALLY_KEY_VIA_BITS       2
#define TALLY_KEY_OPERATION_BITS 5
#define TALLY_KEY_MECHANISM_BITS 5
#define TALLY_KEY_TAG_BITS       4
#define TALLY_CHANNELS           (1u << TALLY_KEY_CHANNEL_BITS)
