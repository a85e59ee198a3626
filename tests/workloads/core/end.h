/* The descriptors that scenarios work on. */
#pragma once

#include <stdint.h>

#include "words.h"

/* A descriptor and what it is. `channel` numbers inodes: both ends of a pipe share one, every socket has its own.
 * Mechanism NONE: a file, whose calls are not counted. Via and detail are those of the operations booked on it. */
struct end {
    int fd;
    enum mechanism mechanism;
    unsigned channel;
    enum via via;
    unsigned detail;
};

struct end end_new(int fd, enum mechanism mechanism);
/* A channel that has no descriptor yet. */
struct end channel_new(enum mechanism mechanism);
/* The same channel by another descriptor. */
struct end end_alias(struct end end, int fd);
struct end end_file(int fd);
void end_close(struct end *end);

/* A channel without a descriptor. `name` is whatever tells it apart from others of its mechanism: all processes of the
 * scenario get the same channel by the same name. Safe in a signal handler. */
struct end end_named(enum mechanism mechanism, uint64_t name);
struct end end_via(struct end end, enum via via);
struct end end_detail(struct end end, unsigned detail);

enum operation operation_in(struct end end);
enum operation operation_out(struct end end);
