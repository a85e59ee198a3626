/* Reads smaller than the writes. */
#include <unistd.h>

#include "../calls/calls.h"
#include "../core/process.h"
#include "../core/require.h"
#include "families.h"

#define SMALLEST 5
#define LARGEST  100

static void write_all(const struct plan *plan, struct end end, const char *data)
{
    for (unsigned i = 0; i < plan->n; i++)
        for (size_t sent = 0; sent < plan->size;) {
            ssize_t done = t_write(end, data, plan->size - sent);

            require(done > 0, "write");
            sent += done;
        }
}

static void read_all(struct end end)
{
    char data[LARGEST];
    size_t size = SMALLEST;
    ssize_t got;

    do {
        got = t_read(end, data, size);
        require(got >= 0, "read");
        size = size == LARGEST ? SMALLEST : size + 1;
    } while (got > 0);
}

static void partial(const struct plan *plan)
{
    char data[plan->size];
    struct link link = {0};
    pid_t child;

    kind_open(plan->kind, &link);
    child = process_fork(0);
    if (child == 0) {
        end_close(&link.receiver);
        write_all(plan, link.sender, data);
        _exit(0);
    }
    end_close(&link.sender);
    read_all(link.receiver);
    process_join(child);
}

const struct scenario partial_scenarios[] = {
    {"partial", "writes of SIZE bytes, reads of 5 to 100", .n = 20, .size = 4096, .run = partial, .fits = fits_streams},
    {0},
};
