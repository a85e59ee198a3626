#include "uring.h"

#include <errno.h>
#include <stdlib.h>

#include "../core/require.h"
#include "../core/tally.h"

#ifndef IORING_CQE_F_NOTIF
#error "headers older than Linux 6.0"
#endif

struct uring *uring_new(unsigned entries, unsigned flags)
{
    struct uring *uring = calloc(1, sizeof(*uring));

    require(uring != NULL, "calloc");
    ring_open(&uring->ring, entries, flags, 0);
    return uring;
}

void uring_free(struct uring *uring)
{
    ring_close(&uring->ring);
    free(uring);
}

static struct io_uring_sqe *take_entry(struct uring *uring, int opcode, const struct asked *asked)
{
    struct io_uring_sqe *entry = ring_entry(&uring->ring);

    do
        uring->last = (uring->last + 1) % ASKED;
    while (uring->asked[uring->last].busy);
    uring->asked[uring->last] = *asked;
    entry->opcode = opcode;
    entry->flags = uring->flags;
    entry->fd = asked->end.fd;
    entry->user_data = uring->last;
    return entry;
}

struct io_uring_sqe *ask(struct uring *uring, int opcode, struct end end, enum operation operation, const void *data,
                         size_t size)
{
    struct asked asked = {.end = end_via(end, VIA_IO_URING), .operation = operation, .busy = true};
    struct io_uring_sqe *entry = take_entry(uring, opcode, &asked);

    entry->addr = (uintptr_t)data;
    entry->len = size;
    return entry;
}

struct io_uring_sqe *ask_empty(struct uring *uring, int opcode, struct end end, enum operation operation)
{
    struct asked asked = {.end = end_via(end, VIA_IO_URING), .operation = operation, .empty = true, .busy = true};

    return take_entry(uring, opcode, &asked);
}

struct io_uring_sqe *ask_nothing(struct uring *uring, int opcode, int fd)
{
    struct asked asked = {.end = {.fd = fd}, .empty = true, .busy = true};

    return take_entry(uring, opcode, &asked);
}

struct asked *last_asked(struct uring *uring)
{
    return &uring->asked[uring->last];
}

static void settle(const struct asked *asked, int result)
{
    ssize_t returned = result < 0 ? -1 : result;

    errno = result < 0 ? -result : 0;
    if (asked->empty)
        book_empty(asked->end, asked->operation, returned);
    else if (asked->operation == OPERATION_PEEK)
        book_empty(asked->end, asked->operation, returned);
    else
        book(asked->end, asked->operation, returned);
    book(asked->second, asked->second_operation, returned);
}

struct io_uring_cqe answer_whole(struct uring *uring)
{
    struct io_uring_cqe completion = ring_wait(&uring->ring);
    struct asked *asked = &uring->asked[completion.user_data];

    require(completion.user_data < ASKED && asked->busy, "knowing what a completion belongs to");
    if (!(completion.flags & IORING_CQE_F_NOTIF))
        settle(asked, completion.res);
    asked->busy = completion.flags & IORING_CQE_F_MORE;
    return completion;
}

int answer(struct uring *uring)
{
    return answer_whole(uring).res;
}

void answers(struct uring *uring, unsigned count, int result)
{
    for (unsigned i = 0; i < count; i++)
        require_result(answer(uring), result);
}

void book_unanswered(struct uring *uring, int result)
{
    struct asked *asked = last_asked(uring);

    settle(asked, result);
    asked->busy = false;
}
