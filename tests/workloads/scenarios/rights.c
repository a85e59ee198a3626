/* Descriptors passed over unix sockets. */
#include <errno.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../calls/rights.h"
#include "../core/process.h"
#include "../core/require.h"
#include "families.h"
#include "things.h"

/* What one test has: a socket pair of the kind, and things. */
struct passing {
    struct link link;
    struct things things;
};

static void passing_open(struct passing *passing, const struct plan *plan)
{
    kind_open(plan->kind, &passing->link);
    things_open(&passing->things);
}

static void passing_close(struct passing *passing)
{
    things_close(&passing->things);
    link_close(&passing->link);
}

/* To another process: each thing alone, then all together. */
static void pass(const struct plan *plan)
{
    struct passing passing = {0};
    const struct end *things = passing.things.ends;
    pid_t child;

    passing_open(&passing, plan);
    child = process_fork(0);
    for (unsigned i = 0; i < plan->n; i++) {
        if (child == 0) {
            for (int thing = 0; thing < THINGS; thing++)
                require_result(t_pass(passing.link.sender, (struct parcel){&things[thing], 1, false}, 0), 1);
            require_result(t_pass(passing.link.sender, (struct parcel){things, THINGS, true}, 0), 1);
            continue;
        }
        for (int thing = 0; thing < THINGS; thing++)
            require_result(t_take(passing.link.receiver, (struct parcel){&things[thing], 1, false}, 0), 1);
        require_result(t_take(passing.link.receiver, (struct parcel){things, THINGS, false}, 0), THINGS);
    }
    if (child == 0)
        _exit(0);
    process_join(child);
    passing_close(&passing);
}

static void pass_many(const struct plan *plan)
{
    struct passing passing = {0};
    const struct end *things = passing.things.ends;
    struct parcel parcels[] = {{things, 5, false}, {things + 5, 1, true}, {things + 6, 8, false}};

    passing_open(&passing, plan);
    for (unsigned i = 0; i < plan->n; i++) {
        require_result(t_pass_many(passing.link.sender, parcels, 3), 3);
        require_result(t_take_many(passing.link.receiver, parcels, 3), 14);
    }
    passing_close(&passing);
}

/* As many as go in one message, and one more. */
static void pass_most(const struct plan *plan)
{
    struct end all[RIGHTS_MOST + 1];
    struct passing passing = {0};

    passing_open(&passing, plan);
    for (int i = 0; i < RIGHTS_MOST + 1; i++)
        all[i] = passing.things.ends[i % THINGS];
    for (unsigned i = 0; i < plan->n; i++) {
        struct end gone[2] = {passing.things.ends[0], {.fd = -1}};

        require_error(t_pass(passing.link.sender, (struct parcel){all, RIGHTS_MOST + 1, false}, 0), EINVAL);
        require_error(t_pass(passing.link.sender, (struct parcel){gone, 2, false}, 0), EBADF);
        require_result(t_pass(passing.link.sender, (struct parcel){all, RIGHTS_MOST, false}, 0), 1);
        require_result(t_take(passing.link.receiver, (struct parcel){all, RIGHTS_MOST, false}, 0), RIGHTS_MOST);
    }
    passing_close(&passing);
}

/* A peek takes copies; room for fewer takes the first; no room and read take none. */
static void take_some(const struct plan *plan)
{
    struct passing passing = {0};
    struct parcel all = {passing.things.ends, THINGS, false}, some = {passing.things.ends, 3, false}, none = {0};
    char byte;

    passing_open(&passing, plan);
    for (unsigned i = 0; i < plan->n; i++) {
        require_result(t_pass(passing.link.sender, all, 0), 1);
        require_result(t_take(passing.link.receiver, all, MSG_PEEK), THINGS);
        require_result(t_take(passing.link.receiver, some, MSG_PEEK), 3);
        require_result(t_take(passing.link.receiver, some, 0), 3);
        require_result(t_pass(passing.link.sender, all, 0), 1);
        require_result(t_take(passing.link.receiver, none, 0), 0);
        require_result(t_pass(passing.link.sender, all, 0), 1);
        require_result(t_read(passing.link.receiver, &byte, 1), 1);
        require_result(t_pass(passing.link.sender, none, 0), 1);
        require_result(t_take(passing.link.receiver, all, 0), 0);
        require_result(t_pass(passing.link.sender, all, 0), 1);
        require_result(t_take(passing.link.receiver, all, MSG_CMSG_CLOEXEC), THINGS);
    }
    passing_close(&passing);
}

static bool fits_unix(const struct kind *kind)
{
    return kind->mechanism == MECHANISM_UNIX;
}

const struct scenario rights_scenarios[] = {
    {"rights", "N times descriptors of 14 kinds to another process", .n = 20, .fits = fits_unix, .run = pass},
    {"rights-mmsg", "the same by sendmmsg and recvmmsg", .n = 20, .fits = fits_unix, .run = pass_many},
    {"rights-most", "253 in one message; 254, a closed one", .n = 5, .fits = fits_unix, .run = pass_most},
    {"rights-some", "a peek, no room for all, no room", .n = 20, .fits = fits_unix, .run = take_some},
    {0},
};
