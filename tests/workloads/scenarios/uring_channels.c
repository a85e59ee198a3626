/* Requests to an io_uring that connect two channels, and on those that are neither pipes nor sockets. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../calls/uring.h"
#include "../core/require.h"
#include "../core/scratch.h"
#include "families.h"

static struct io_uring_sqe *ask_splice(struct uring *uring, int opcode, struct end in, struct end out, size_t size)
{
    bool tee = opcode == IORING_OP_TEE;
    struct io_uring_sqe *entry = ask(uring, opcode, in, tee ? OPERATION_PEEK : operation_in(in), NULL, size);
    struct asked *asked = last_asked(uring);

    entry->fd = out.fd;
    entry->splice_fd_in = in.fd;
    entry->splice_off_in = -1;
    entry->off = -1;
    if (tee)
        entry->splice_off_in = entry->off = 0;
    asked->second = end_via(out, VIA_IO_URING);
    asked->second_operation = operation_out(out);
    return entry;
}

/* splice and tee from pipe to pipe, and to a file. */
static void splices(const struct plan *plan)
{
    struct end file = end_file(open("/dev/null", O_WRONLY | O_CLOEXEC)), from[2], to[2];
    struct uring *uring = uring_new(8, 0);
    char data[64];

    memset(data, 0, sizeof(data));
    pipe_new(&from[0], &from[1], O_CLOEXEC);
    pipe_new(&to[0], &to[1], O_CLOEXEC);
    for (unsigned i = 0; i < plan->n; i++) {
        require_result(t_write(from[1], data, sizeof(data)), (ssize_t)sizeof(data));
        ask_splice(uring, IORING_OP_TEE, from[0], to[1], sizeof(data));
        answers(uring, 1, sizeof(data));
        ask_splice(uring, IORING_OP_SPLICE, from[0], to[1], sizeof(data));
        answers(uring, 1, sizeof(data));
        ask_splice(uring, IORING_OP_SPLICE, to[0], file, 2 * sizeof(data));
        answers(uring, 1, 2 * sizeof(data));
    }
    uring_free(uring);
    for (int i = 0; i < 2; i++) {
        end_close(&from[i]);
        end_close(&to[i]);
    }
    end_close(&file);
}

static void counters(const struct plan *plan)
{
    struct end event = end_new(eventfd(0, EFD_CLOEXEC), MECHANISM_EVENTFD);
    struct uring *uring = uring_new(8, 0);
    uint64_t one = 1, sum;

    for (unsigned i = 0; i < plan->n; i++) {
        ask(uring, IORING_OP_READ, event, OPERATION_READ, &sum, sizeof(sum));
        ask(uring, IORING_OP_WRITE, event, OPERATION_WRITE, &one, sizeof(one));
        answers(uring, 2, sizeof(one));
    }
    uring_free(uring);
    end_close(&event);
}

static void terminals(const struct plan *plan)
{
    int master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
    struct end outer = end_new(master, MECHANISM_PTY), inner;
    struct uring *uring = uring_new(8, 0);
    char line[] = "a line\n", read[64];

    require(grantpt(master) == 0 && unlockpt(master) == 0, "preparing the pty");
    inner = end_alias(outer, open(ptsname(master), O_RDWR | O_NOCTTY | O_CLOEXEC));
    for (unsigned i = 0; i < plan->n; i++) {
        ask(uring, IORING_OP_WRITE, outer, OPERATION_WRITE, line, sizeof(line) - 1);
        answers(uring, 1, sizeof(line) - 1);
        ask(uring, IORING_OP_READ, inner, OPERATION_READ, read, sizeof(read));
        answers(uring, 1, sizeof(line) - 1);
        ask(uring, IORING_OP_READ, outer, OPERATION_READ, read, sizeof(read)); /* the echo, with a carriage return */
        answers(uring, 1, sizeof(line));
    }
    uring_free(uring);
    end_close(&inner);
    end_close(&outer);
}

/* Messages from ring to ring. */
static void messages(const struct plan *plan)
{
    struct uring *from = uring_new(8, 0), *to = uring_new(8, 0);
    struct end target = end_new(to->ring.fd, MECHANISM_IO_URING);
    struct io_uring_cqe got;

    for (unsigned i = 0; i < plan->n; i++) {
        struct io_uring_sqe *entry = ask_empty(from, IORING_OP_MSG_RING, target, OPERATION_SEND);

        entry->off = 0x1234;
        entry->len = i;
        answers(from, 1, 0);
        got = ring_wait(&to->ring);
        require(got.user_data == 0x1234 && got.res == (int)i, "receiving a message");
    }
    uring_free(from);
    uring_free(to);
}

/* Requests of which nothing may be counted. */
static void not_ipc(const struct plan *plan)
{
    struct end file = end_file(scratch_file(4096));
    struct uring *uring = uring_new(8, 0);
    char data[64];

    for (unsigned i = 0; i < plan->n; i++) {
        ask(uring, IORING_OP_WRITE, file, OPERATION_WRITE, data, sizeof(data));
        answers(uring, 1, sizeof(data));
        ask(uring, IORING_OP_READ, file, OPERATION_READ, data, sizeof(data));
        answers(uring, 1, sizeof(data));
        ask_nothing(uring, IORING_OP_FSYNC, file.fd);
        ask_nothing(uring, IORING_OP_NOP, -1);
        answers(uring, 2, 0);
        ask_nothing(uring, IORING_OP_READ, -1);
        answers(uring, 1, -EBADF);
    }
    uring_free(uring);
    end_close(&file);
}

const struct scenario uring_channel_scenarios[] = {
    {"uring/splice", "splice and tee", .n = 100, .run = splices},
    {"uring/eventfd", "an eventfd read and written", .n = 100, .run = counters},
    {"uring/pty", "a terminal read and written", .n = 100, .run = terminals},
    {"uring/message", "messages from ring to ring", .n = 100, .run = messages},
    {"uring/not-ipc", "files and nothing", .n = 20, .run = not_ipc},
    {0},
};
