/* Requests to an io_uring, each booked by the results of its completions. */
#pragma once

#include "../core/end.h"
#include "../core/ring.h"

#define ASKED 4096 /* requests that may be under way */

/* Operations that newer headers know */
#define OP_READ_MULTISHOT 49
#define OP_FUTEX_WAIT     51
#define OP_FUTEX_WAKE     52
#define OP_FUTEX_WAITV    53

/* What a completion will be booked as. */
struct asked {
    struct end end;
    struct end second; /* where splice and tee put it; mechanism NONE: nowhere */
    enum operation operation;
    enum operation second_operation;
    bool empty; /* the result is not a number of bytes */
    bool busy;
};

struct uring {
    struct ring ring;
    struct asked asked[ASKED];
    unsigned last;
    unsigned char flags; /* IOSQE_* of every request */
};

struct uring *uring_new(unsigned entries, unsigned flags);
void uring_free(struct uring *uring);
/* The next entry, to be submitted later: `operation` on `end`, with a buffer. */
struct io_uring_sqe *ask(struct uring *uring, int opcode, struct end end, enum operation operation, const void *data,
                         size_t size);
/* For operations whose result is no number of bytes. */
struct io_uring_sqe *ask_empty(struct uring *uring, int opcode, struct end end, enum operation operation);
/* The request that was asked for last. */
struct asked *last_asked(struct uring *uring);
/* Submits, waits for the next completion and books it. Result or -errno. */
int answer(struct uring *uring);
/* The same, with all that the completion says. */
struct io_uring_cqe answer_whole(struct uring *uring);
/* Answers of `count` requests, which all must have this result. */
void answers(struct uring *uring, unsigned count, int result);
/* Books the last request without a completion: it will have none. */
void book_unanswered(struct uring *uring, int result);
/* A request that is nothing to count. */
struct io_uring_sqe *ask_nothing(struct uring *uring, int opcode, int fd);
