/* An io_uring, by its bare system calls. */
#pragma once

#include <linux/io_uring.h>
#include <stdbool.h>
#include <stddef.h>

struct ring {
    int fd;
    unsigned flags;   /* IORING_SETUP_* */
    unsigned entries; /* of the submission queue */
    unsigned queued;  /* entries filled and not submitted */
    unsigned *sq_tail, *sq_flags, *cq_head, *cq_tail;
    unsigned cq_mask;
    struct io_uring_sqe *sqes;
    struct io_uring_cqe *cqes;
    void *queues; /* mapping of both queues */
    size_t queues_length;
};

/* A power of two of entries; the completion queue has twice as many, or `completions` with IORING_SETUP_CQSIZE. */
void ring_open(struct ring *ring, unsigned entries, unsigned flags, unsigned completions);
void ring_close(struct ring *ring);
/* The next entry, all zero. It goes out with the next submission. */
struct io_uring_sqe *ring_entry(struct ring *ring);
/* Submits what is queued. SQPOLL: until the kernel's thread has taken it all. */
void ring_submit(struct ring *ring);
/* Takes the next completion, if there is one. */
bool ring_poll(struct ring *ring, struct io_uring_cqe *completion);
/* Submits what is queued, and waits for the next completion. */
struct io_uring_cqe ring_wait(struct ring *ring);
/* io_uring_register(2), which must succeed. */
void ring_register(struct ring *ring, unsigned opcode, const void *argument, unsigned count);
