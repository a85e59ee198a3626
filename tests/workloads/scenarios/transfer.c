/* Two processes, one channel, n messages by one pair of calls. The child sends, the parent receives. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../core/gate.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../core/scratch.h"
#include "../movers/mover.h"
#include "families.h"

#define GATE_OPEN     0
#define GATE_RECEIVED 1 /* messages, for kinds that lose what the receiver has no room for */

static size_t total(const struct plan *plan)
{
    return (size_t)plan->n * plan->size;
}

static void prepare_side(const struct plan *plan, const struct link *link, struct side *side, bool own_pipe)
{
    *side = (struct side){.kind = plan->kind, .link = link, .size = plan->size};
    side->data = calloc(BATCH, plan->size);
    require(side->data != NULL, "calloc");
    if (own_pipe)
        pipe_new(&side->pipe_reader, &side->pipe_writer, O_CLOEXEC);
}

/* As many messages as surely fit in the receiver's buffer: at least 400,000 bytes, and a message is charged as up to
 * twice its size and a kilobyte. */
static unsigned window(const struct plan *plan)
{
    return 400000 / (2 * plan->size + 1024) + 1;
}

static void send_all(const struct plan *plan, struct link *link, int file)
{
    const struct mover *mover = plan->scenario->mover;
    struct side side;

    plan->kind->send(plan->kind, link);
    gate_wait(GATE_OPEN, 1);
    prepare_side(plan, link, &side, mover->sender_pipe);
    side.end = link->sender;
    side.file = end_file(file);
    for (size_t left = total(plan); left > 0;) {
        ssize_t sent = mover->send(&side, left);

        require(sent > 0, "sending");
        left -= sent;
        if (plan->kind->lossy)
            gate_wait(GATE_RECEIVED, (total(plan) - left) / plan->size - window(plan));
    }
    if (plan->kind->socket && plan->kind->ends)
        require_result(t_shutdown(side.end, SHUT_WR), 0);
}

static void receive_all(const struct plan *plan, struct link *link)
{
    const struct mover *mover = plan->scenario->mover;
    struct side side;

    plan->kind->receive(plan->kind, link);
    gate_add(GATE_OPEN, 1);
    prepare_side(plan, link, &side, mover->receiver_pipe);
    side.end = link->receiver;
    side.file = end_file(open("/dev/null", O_WRONLY | O_CLOEXEC));
    for (size_t left = total(plan); left > 0;) {
        ssize_t received = mover->receive(&side, left);

        require(received > 0, "receiving");
        left -= received;
        if (plan->kind->lossy)
            gate_add(GATE_RECEIVED, received / plan->size);
    }
    if (plan->kind->ends)
        require_result(mover->receive(&side, plan->size), 0);
}

static void transfer(const struct plan *plan)
{
    int file = scratch_file(plan->size);
    struct link link = {0};
    pid_t child;

    plan->kind->prepare(plan->kind, &link);
    child = process_fork(0);
    if (child == 0) {
        send_all(plan, &link, file);
        _exit(0);
    }
    receive_all(plan, &link);
    process_join(child);
}

/* Over named unix datagrams the kernel sends nothing, but says well, when it first had to wait for room. */
static bool fits_uring_send(const struct kind *kind)
{
    return kind->socket && (kind->mechanism != MECHANISM_UNIX || kind->prepare != datagram_prepare);
}

#define TRANSFER .n = 1000, .size = 64, .run = transfer

const struct scenario transfer_scenarios[] = {
    {"readwrite", "write, read", TRANSFER, .fits = fits_any, .mover = &bytes_mover, .forms = FORM_NEWNET},
    {"vector", "writev, readv", TRANSFER, .fits = fits_any, .mover = &vector_mover},
    {"vector2", "pwritev2, preadv2 at the current position", TRANSFER, .fits = fits_any, .mover = &vector2_mover},
    {"send", "send, recv (sendto, recvfrom without an address)", TRANSFER, .fits = fits_sockets, .mover = &send_mover},
    {"sendto", "sendto, recvfrom with an address", TRANSFER, .fits = fits_sockets, .mover = &sendto_mover},
    {"sendmsg", "sendmsg, recvmsg", TRANSFER, .fits = fits_sockets, .mover = &sendmsg_mover},
    {"sendmmsg", "sendmmsg, recvmmsg", TRANSFER, .fits = fits_sockets, .mover = &sendmmsg_mover, .forms = FORM_NEWNET},
    {"splice", "splice from a file; then to a pipe and on to /dev/null", TRANSFER, .fits = fits_pipes,
     .mover = &splice_mover},
    {"splice", "splice from a file by a pipe; then to a pipe and on to /dev/null", TRANSFER, .fits = fits_sockets,
     .mover = &splice_socket_mover},
    {"tee", "write; tee to a pipe, read of both", TRANSFER, .fits = fits_pipes, .mover = &tee_mover},
    {"vmsplice", "vmsplice in both directions", TRANSFER, .fits = fits_pipes, .mover = &vmsplice_mover},
    {"sendfile", "sendfile from a file, read", TRANSFER, .fits = fits_any, .mover = &sendfile_mover},
    {"uring", "io_uring: write, read", TRANSFER, .fits = fits_any, .mover = &uring_plain_mover},
    {"uring-async", "io_uring: write, read by worker threads", TRANSFER, .fits = fits_any, .mover = &uring_async_mover},
    {"uring-polled", "io_uring: write, read, submitted by the kernel's thread", .n = 200, .size = 64, .run = transfer,
     .fits = fits_any, .mover = &uring_polled_mover},
    {"uring-deferred", "io_uring: write, read, completed when waited for", TRANSFER, .fits = fits_any,
     .mover = &uring_deferred_mover},
    {"uring-vector", "io_uring: writev, readv", TRANSFER, .fits = fits_any, .mover = &uring_vector_mover},
    {"uring-fixed", "io_uring: write, read, with registered buffers and files", TRANSFER, .fits = fits_any,
     .mover = &uring_fixed_mover},
    {"uring-send", "io_uring: send, recv", TRANSFER, .fits = fits_uring_send, .mover = &uring_send_mover},
    {"uring-sendmsg", "io_uring: sendmsg, recvmsg", TRANSFER, .fits = fits_uring_send, .mover = &uring_sendmsg_mover},
#ifdef __i386__
    {"sendmmsg-time64", "sendmmsg, recvmmsg_time64", TRANSFER, .fits = fits_sockets, .mover = &sendmmsg_time64_mover},
    {"sendfile-old", "sendfile with an offset of 32 bits, read", TRANSFER, .fits = fits_any,
     .mover = &sendfile_old_mover},
#endif
    {0},
};
