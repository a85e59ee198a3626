/* A workload is a loop that the harness times from outside: it is opened once and then run in batches. */
#pragma once

#define MESSAGE 64 /* bytes of every message */

struct workload {
    const char *name;
    unsigned int calls;  /* system calls of one round, all processes together */
    unsigned int rounds; /* of one batch: about a quarter of a millisecond untraced */
    void (*open)(void);
    void (*run)(unsigned int rounds);
};

extern const struct workload loops[]; /* one process; ends with a null name */
extern const struct workload pairs[]; /* two processes on one CPU; ends with a null name */

/* Ends the worker with what failed and why. */
_Noreturn void die(const char *what);

/* Real-time scheduling keeps other work on the machine out of a chunk. */
void real_time(int on);

/* The second process of a pair; 0 without one. */
extern int peer;
