/* The descriptors that scenarios work on. */
#pragma once

enum mechanism { MECHANISM_NONE, MECHANISM_PIPE, MECHANISM_FIFO, MECHANISM_UNIX, MECHANISM_TCP, MECHANISM_UDP };

enum operation {
    OPERATION_NONE,
    OPERATION_READ,
    OPERATION_WRITE,
    OPERATION_SEND,
    OPERATION_RECEIVE,
    OPERATION_PEEK,
    OPERATION_CONNECT,
    OPERATION_ACCEPT,
    OPERATION_SHUTDOWN,
};

/* A descriptor and what it is. `channel` numbers inodes: both ends of a pipe share one, every socket has its own.
 * Mechanism NONE: a file, whose calls are not counted. */
struct end {
    int fd;
    enum mechanism mechanism;
    unsigned channel;
};

struct end end_new(int fd, enum mechanism mechanism);
/* The same channel by another descriptor. */
struct end end_alias(struct end end, int fd);
struct end end_file(int fd);
void end_close(struct end *end);

enum operation operation_in(struct end end);
enum operation operation_out(struct end end);
