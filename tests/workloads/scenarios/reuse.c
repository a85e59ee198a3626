/* Descriptor numbers that mean something else every time. */
#include <fcntl.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../core/require.h"
#include "../core/scratch.h"
#include "families.h"

enum thing { PIPE, PAIR, FILE_ONCE, EVENT };

/* Writes to one descriptor come out of the other. */
static void open_thing(enum thing thing, const char *path, struct end *reader, struct end *writer)
{
    struct end pair[2];

    switch (thing) {
    case PIPE:
        pipe_new(reader, writer, O_CLOEXEC);
        break;
    case PAIR:
        socketpair_new(pair, SOCK_STREAM);
        *reader = pair[0];
        *writer = pair[1];
        break;
    case FILE_ONCE:
        *reader = end_file(open(path, O_RDONLY | O_CLOEXEC));
        *writer = end_file(open(path, O_WRONLY | O_CLOEXEC));
        break;
    case EVENT:
        *reader = end_new(eventfd(0, EFD_CLOEXEC), MECHANISM_EVENTFD);
        *writer = end_alias(*reader, dup(reader->fd));
        break;
    }
}

/* Every kind follows every kind, itself too. */
static const enum thing order[] = {PIPE, PIPE,      PAIR, PAIR,  FILE_ONCE, FILE_ONCE, EVENT, EVENT,
                                   PIPE, FILE_ONCE, PIPE, EVENT, FILE_ONCE, PAIR,      EVENT, PAIR};

static void fd_reuse(const struct plan *plan)
{
    const char *path = scratch_path("reused");
    struct end reader, writer;
    int first = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    uint64_t data = 1;

    require(first >= 0, path);
    require(write(first, &data, sizeof(data)) == sizeof(data), "write to a file");
    close(first);
    for (unsigned i = 0; i < plan->n; i++) {
        open_thing(order[i % (sizeof(order) / sizeof(order[0]))], path, &reader, &writer);
        require(reader.fd == first && writer.fd == first + 1, "getting the same descriptors again");
        require_result(t_write(writer, &data, sizeof(data)), sizeof(data));
        require_result(t_read(reader, &data, sizeof(data)), sizeof(data));
        end_close(&reader);
        end_close(&writer);
    }
}

const struct scenario reuse_scenarios[] = {
    {"fd-reuse", "N times a pipe, socket pair, file or eventfd at the same two descriptors", .n = 4000,
     .run = fd_reuse},
    {0},
};
