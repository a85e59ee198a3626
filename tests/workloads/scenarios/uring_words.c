/* Requests to an io_uring that wait for a futex and wake it, and that pass descriptors. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../calls/futexes.h"
#include "../calls/uring.h"
#include "../core/require.h"
#include "../core/tally.h"
#include "families.h"

#define ALL 0xffffffff /* of the bits that a waiter has */

static struct io_uring_sqe *ask_word(struct uring *uring, int opcode, struct word word, uint64_t value)
{
    struct io_uring_sqe *entry =
        ask_empty(uring, opcode, word.end, opcode == OP_FUTEX_WAKE ? OPERATION_WAKE : OPERATION_WAIT);

    entry->fd = WORD_32;
    entry->addr = (uintptr_t)word.at;
    entry->off = value;
    entry->addr3 = ALL;
    return entry;
}

static void wait_and_wake(struct uring *uring, struct word word)
{
    ask_word(uring, OP_FUTEX_WAIT, word, 0);
    ring_submit(&uring->ring);
    ask_word(uring, OP_FUTEX_WAKE, word, 1);
    require(answer(uring) + answer(uring) == 1, "waiting and waking");
    ask_word(uring, OP_FUTEX_WAIT, word, 1);
    answers(uring, 1, -EAGAIN);
}

/* A vector of two words, of which the second is not shared: the first counts. */
static void wait_for_any(struct uring *uring, struct word word)
{
    static _Atomic uint32_t own;
    struct futex_waitv waiters[] = {{.uaddr = (uintptr_t)&own, .flags = WORD_32_PRIVATE},
                                    {.uaddr = (uintptr_t)word.at, .flags = WORD_32}};
    struct io_uring_sqe *entry = ask_empty(uring, OP_FUTEX_WAITV, word.end, OPERATION_WAIT);

    entry->fd = 0;
    entry->addr = (uintptr_t)waiters;
    entry->len = 2;
    ring_submit(&uring->ring);
    ask_word(uring, OP_FUTEX_WAKE, word, 1);
    require(answer(uring) + answer(uring) == 2, "waiting for any"); /* the number of the word, and of those woken */
}

/* A word of the process's own is not counted. */
static void wait_alone(struct uring *uring)
{
    static _Atomic uint32_t own;
    struct word word = word_uncounted(&own);

    ask_word(uring, OP_FUTEX_WAIT, word, 1)->fd = WORD_32_PRIVATE;
    answers(uring, 1, -EAGAIN);
}

static void futexes(const struct plan *plan)
{
    struct memory memory = memory_open(SHARING_ANONYMOUS, 1);
    struct word word = word_in(&memory, 3);
    struct uring *uring = uring_new(8, 0);

    for (unsigned i = 0; i < plan->n; i++) {
        wait_and_wake(uring, word);
        wait_for_any(uring, word);
        wait_alone(uring);
    }
    uring_free(uring);
    memory_close(SHARING_ANONYMOUS, &memory);
}

static void add_rights(struct msghdr *message, const int *fds, unsigned count)
{
    struct cmsghdr *header = message->msg_control;

    *header =
        (struct cmsghdr){.cmsg_len = CMSG_LEN(count * sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
    memcpy(CMSG_DATA(header), fds, count * sizeof(int));
}

/* Both ends of a pipe go over a socket pair. */
static void rights(const struct plan *plan)
{
    _Alignas(struct cmsghdr) char control[CMSG_SPACE(2 * sizeof(int))];
    struct uring *uring = uring_new(8, 0);
    struct end ends[2], reader, writer;
    char byte = 0;
    struct iovec part = {&byte, 1};

    socketpair_new(ends, SOCK_STREAM);
    pipe_new(&reader, &writer, O_CLOEXEC);
    for (unsigned i = 0; i < plan->n; i++) {
        struct msghdr message = {
            .msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof(control)};
        int fds[2] = {reader.fd, writer.fd};

        add_rights(&message, fds, 2);
        ask(uring, IORING_OP_SENDMSG, ends[0], OPERATION_SEND, &message, 1);
        answers(uring, 1, 1);
        ask(uring, IORING_OP_RECVMSG, ends[1], OPERATION_RECEIVE, &message, 1);
        answers(uring, 1, 1);
        memcpy(fds, CMSG_DATA((struct cmsghdr *)control), sizeof(fds));
        for (int j = 0; j < 2; j++) {
            book_empty(end_detail(end_via(ends[0], VIA_IO_URING), MECHANISM_PIPE), OPERATION_PASS, 0);
            book_empty(end_detail(end_via(ends[1], VIA_IO_URING), MECHANISM_PIPE), OPERATION_TAKE, 0);
            close(fds[j]);
        }
    }
    uring_free(uring);
    for (int i = 0; i < 2; i++)
        end_close(&ends[i]);
    end_close(&reader);
    end_close(&writer);
}

const struct scenario uring_word_scenarios[] = {
    {"uring/futex", "a futex waited for and woken", .n = 50, .run = futexes},
    {"uring/rights", "descriptors passed by sendmsg and recvmsg", .n = 50, .run = rights},
    {0},
};
