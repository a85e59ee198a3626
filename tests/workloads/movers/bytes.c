#include "mover.h"

#include "../calls/calls.h"

ssize_t send_write(struct side *side, size_t left)
{
    return t_write(side->end, side->data, least(side->size, left));
}

ssize_t receive_read(struct side *side, size_t left)
{
    (void)left;
    return t_read(side->end, side->data, side->size);
}

const struct mover bytes_mover = {send_write, receive_read, false, false};

#define PARTS 3

/* Two halves with nothing between them. */
static void cut(struct side *side, size_t size, struct iovec parts[PARTS])
{
    parts[0] = (struct iovec){side->data, size / 2};
    parts[1] = (struct iovec){side->data, 0};
    parts[2] = (struct iovec){side->data + size / 2, size - size / 2};
}

ssize_t send_writev(struct side *side, size_t left)
{
    struct iovec parts[PARTS];

    cut(side, least(side->size, left), parts);
    return t_writev(side->end, parts, PARTS);
}

static ssize_t receive_readv(struct side *side, size_t left)
{
    struct iovec parts[PARTS];

    (void)left;
    cut(side, side->size, parts);
    return t_readv(side->end, parts, PARTS);
}

const struct mover vector_mover = {send_writev, receive_readv, false, false};

static ssize_t send_pwritev2(struct side *side, size_t left)
{
    struct iovec parts[PARTS];

    cut(side, least(side->size, left), parts);
    return t_pwritev2(side->end, parts, PARTS, -1, 0);
}

static ssize_t receive_preadv2(struct side *side, size_t left)
{
    struct iovec parts[PARTS];

    (void)left;
    cut(side, side->size, parts);
    return t_preadv2(side->end, parts, PARTS, -1, 0);
}

const struct mover vector2_mover = {send_pwritev2, receive_preadv2, false, false};
