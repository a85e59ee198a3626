/* One call that waits, and what can become of it: a known wait, a signal handler, a stop, the death of its process. */
#pragma once

#include "scenario.h"

struct waiting {
    const struct plan *plan;
    struct end end;   /* what the waiting call is booked on */
    struct end other; /* what lets it go, where that is another descriptor or channel */
    int id;           /* of System V */
    const char *path; /* of a FIFO */
};

struct wait {
    enum operation operation;
    bool restarts; /* by the kernel, after a handler with SA_RESTART */
    bool resumes;  /* after SIGSTOP and SIGCONT, else the call fails with EINTR */
    bool unseen;   /* what fails or never returns is not counted: it has no channel yet */
    void (*open)(struct waiting *waiting);
    /* In the child: the call, booked. Once `open` or a `release` is done, it has to wait. */
    ssize_t (*call)(struct waiting *waiting);
    /* In the parent: lets the call succeed, and the next one wait. */
    void (*release)(struct waiting *waiting);
    void (*close)(struct waiting *waiting);
};

void wait_known(const struct plan *plan);
void wait_eintr(const struct plan *plan);
void wait_restart(const struct plan *plan);
void wait_stopped(const struct plan *plan);
void wait_killed(const struct plan *plan);
/* The queue or set is removed under those who wait: EIDRM. */
void wait_removed(const struct plan *plan);

#define WAITS(title, call, how)                                                                                        \
    {title "-known", "N times 20 ms in it", .n = 5, .size = 64, .run = wait_known, .wait = call, .forms = how},        \
        {title "-eintr", "ended by N signals", .n = 5, .size = 64, .run = wait_eintr, .wait = call, .forms = how},     \
        {title "-restart", "N signals with SA_RESTART", .n = 5, .size = 64, .run = wait_restart, .wait = call,         \
         .forms = how},                                                                                                \
        {title "-stopped", "stopped and continued N times", .n = 5, .size = 64, .run = wait_stopped, .wait = call,     \
         .forms = how},                                                                                                \
    {                                                                                                                  \
        title "-killed", "N processes killed in it", .n = 3, .size = 64, .run = wait_killed, .wait = call,             \
                                                     .forms = how                                                      \
    }

#define WAIT_REMOVED(title, call, how)                                                                                 \
    {                                                                                                                  \
        title "-removed", "N times removed meanwhile", .n = 5, .run = wait_removed, .wait = call, .forms = how         \
    }
