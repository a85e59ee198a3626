/* The same by io_uring: each process has a ring of its own, and one request under way. */
#include "mover.h"

#include <fcntl.h>
#include <unistd.h>

#include "../calls/uring.h"
#include "../core/require.h"

static struct uring *own_ring(unsigned flags)
{
    static struct uring *ring;
    static pid_t owner;

    if (owner != getpid()) {
        owner = getpid();
        ring = uring_new(8, flags);
    }
    return ring;
}

/* How a request is made: over which ring, and with which flags. */
struct way {
    unsigned setup;        /* IORING_SETUP_* */
    unsigned char request; /* IOSQE_* */
};

static struct uring *ring_for(struct way way)
{
    struct uring *ring = own_ring(way.setup);

    ring->flags = way.request;
    return ring;
}

static ssize_t result_of(struct uring *ring)
{
    int result = answer(ring);

    require(result >= 0, "a request");
    return result;
}

static ssize_t do_write(struct side *side, size_t left, struct way way)
{
    struct uring *ring = ring_for(way);

    ask(ring, IORING_OP_WRITE, side->end, operation_out(side->end), side->data, least(side->size, left));
    return result_of(ring);
}

static ssize_t do_read(struct side *side, struct way way)
{
    struct uring *ring = ring_for(way);

    ask(ring, IORING_OP_READ, side->end, operation_in(side->end), side->data, side->size);
    return result_of(ring);
}

static const struct way plain = {0, 0}, async = {0, IOSQE_ASYNC}, polled = {IORING_SETUP_SQPOLL, 0};
static const struct way deferred = {IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN, 0};

#define BYTES_MOVER(name)                                                                                              \
    static ssize_t name##_send(struct side *side, size_t left)                                                         \
    {                                                                                                                  \
        return do_write(side, left, name);                                                                             \
    }                                                                                                                  \
    static ssize_t name##_receive(struct side *side, size_t left)                                                      \
    {                                                                                                                  \
        (void)left;                                                                                                    \
        return do_read(side, name);                                                                                    \
    }                                                                                                                  \
    const struct mover uring_##name##_mover = {name##_send, name##_receive, false, false}

BYTES_MOVER(plain);
BYTES_MOVER(async);
BYTES_MOVER(polled);
BYTES_MOVER(deferred);

#define PARTS 2

static ssize_t move_vector(struct side *side, int opcode, enum operation operation, size_t size)
{
    struct iovec parts[PARTS] = {{side->data, size / 2}, {side->data + size / 2, size - size / 2}};
    struct uring *ring = ring_for(plain);

    ask(ring, opcode, side->end, operation, parts, PARTS);
    return result_of(ring);
}

static ssize_t send_writev(struct side *side, size_t left)
{
    return move_vector(side, IORING_OP_WRITEV, operation_out(side->end), least(side->size, left));
}

static ssize_t receive_readv(struct side *side, size_t left)
{
    (void)left;
    return move_vector(side, IORING_OP_READV, operation_in(side->end), side->size);
}

const struct mover uring_vector_mover = {send_writev, receive_readv, false, false};

/* A registered buffer, and a registered file. */
static ssize_t move_fixed(struct side *side, int opcode, enum operation operation, size_t size)
{
    struct iovec buffer = {side->data, side->size};
    struct uring *ring = ring_for(plain);
    static pid_t registered;

    if (registered != getpid()) {
        registered = getpid();
        ring_register(&ring->ring, IORING_REGISTER_BUFFERS, &buffer, 1);
        ring_register(&ring->ring, IORING_REGISTER_FILES, &side->end.fd, 1);
    }
    ring->flags = IOSQE_FIXED_FILE;
    ask(ring, opcode, side->end, operation, side->data, size)->fd = 0;
    return result_of(ring);
}

static ssize_t send_fixed(struct side *side, size_t left)
{
    return move_fixed(side, IORING_OP_WRITE_FIXED, operation_out(side->end), least(side->size, left));
}

static ssize_t receive_fixed(struct side *side, size_t left)
{
    (void)left;
    return move_fixed(side, IORING_OP_READ_FIXED, operation_in(side->end), side->size);
}

const struct mover uring_fixed_mover = {send_fixed, receive_fixed, false, false};

static ssize_t send_send(struct side *side, size_t left)
{
    struct uring *ring = ring_for(plain);

    ask(ring, IORING_OP_SEND, side->end, OPERATION_SEND, side->data, least(side->size, left));
    return result_of(ring);
}

static ssize_t receive_recv(struct side *side, size_t left)
{
    struct uring *ring = ring_for(plain);

    (void)left;
    ask(ring, IORING_OP_RECV, side->end, OPERATION_RECEIVE, side->data, side->size);
    return result_of(ring);
}

const struct mover uring_send_mover = {send_send, receive_recv, false, false};

static ssize_t move_message(struct side *side, int opcode, enum operation operation, size_t size)
{
    struct iovec part = {side->data, size};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    struct uring *ring = ring_for(plain);

    ask(ring, opcode, side->end, operation, &message, 1);
    return result_of(ring);
}

static ssize_t send_sendmsg(struct side *side, size_t left)
{
    return move_message(side, IORING_OP_SENDMSG, OPERATION_SEND, least(side->size, left));
}

static ssize_t receive_recvmsg(struct side *side, size_t left)
{
    (void)left;
    return move_message(side, IORING_OP_RECVMSG, OPERATION_RECEIVE, side->size);
}

const struct mover uring_sendmsg_mover = {send_sendmsg, receive_recvmsg, false, false};
