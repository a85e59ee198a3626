/* Ways to move data: each is a pair of calls, one for either process of a transfer. */
#pragma once

#include <stddef.h>
#include <sys/types.h>

#include "../kinds/kind.h"

/* One process's side of a transfer. */
struct side {
    const struct kind *kind;
    const struct link *link;
    struct end end;
    struct end pipe_reader, pipe_writer; /* a pipe of its own, for movers that ask for it */
    struct end file;                     /* to splice from (sender) or to throw data into (receiver) */
    char *data;                          /* BATCH messages long */
    size_t size;
};

#define BATCH 4 /* messages of one sendmmsg or recvmmsg */

struct mover {
    /* Each moves something, at most `left` bytes, and returns how many bytes: receive 0 at the end. */
    ssize_t (*send)(struct side *side, size_t left);
    ssize_t (*receive)(struct side *side, size_t left);
    bool sender_pipe, receiver_pipe;
};

extern const struct mover bytes_mover, vector_mover, vector2_mover;
extern const struct mover send_mover, sendto_mover, sendmsg_mover, sendmmsg_mover;
extern const struct mover splice_mover, splice_socket_mover, tee_mover, vmsplice_mover, sendfile_mover;
extern const struct mover uring_plain_mover, uring_async_mover, uring_polled_mover, uring_deferred_mover;
extern const struct mover uring_vector_mover, uring_fixed_mover, uring_send_mover, uring_sendmsg_mover;
#ifdef __i386__ /* calls that only 32-bit programs have */
extern const struct mover sendmmsg_time64_mover, sendfile_old_mover;
#endif

static inline size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

ssize_t send_write(struct side *side, size_t left);
ssize_t receive_read(struct side *side, size_t left);
