#include "mover.h"

#include <fcntl.h>

#include "../calls/calls.h"
#include "../core/require.h"

static void splice_all(struct end in, struct end out, size_t size)
{
    while (size > 0) {
        ssize_t moved = t_splice(in, out, size, SPLICE_F_MOVE);

        require(moved > 0, "splice");
        size -= moved;
    }
}

static ssize_t send_file_to_pipe(struct side *side, size_t left)
{
    return t_splice(side->file, side->end, least(side->size, left), 0);
}

static ssize_t send_file_to_socket(struct side *side, size_t left)
{
    ssize_t size = t_splice(side->file, side->pipe_writer, least(side->size, left), 0);

    require(size > 0, "splice");
    splice_all(side->pipe_reader, side->end, size);
    return size;
}

static ssize_t receive_to_pipe_to_file(struct side *side, size_t left)
{
    ssize_t size = t_splice(side->end, side->pipe_writer, least(side->size, left), 0);

    if (size > 0)
        splice_all(side->pipe_reader, side->file, size);
    return size;
}

const struct mover splice_mover = {send_file_to_pipe, receive_to_pipe_to_file, false, true};
const struct mover splice_socket_mover = {send_file_to_socket, receive_to_pipe_to_file, true, true};

static void read_all(struct end end, char *data, size_t size)
{
    while (size > 0) {
        ssize_t got = t_read(end, data, size);

        require(got > 0, "read");
        size -= got;
    }
}

/* Copies into the pipe of its own, then takes original and copy. */
static ssize_t receive_tee(struct side *side, size_t left)
{
    ssize_t size = t_tee(side->end, side->pipe_writer, least(side->size, left == 0 ? 1 : left), 0);

    if (size > 0) {
        read_all(side->end, side->data, size);
        read_all(side->pipe_reader, side->data, size);
    }
    return size;
}

const struct mover tee_mover = {send_write, receive_tee, false, true};

static ssize_t send_vmsplice(struct side *side, size_t left)
{
    struct iovec part = {side->data, least(side->size, left)};

    return t_vmsplice_out(side->end, &part, 1, 0);
}

static ssize_t receive_vmsplice(struct side *side, size_t left)
{
    struct iovec part = {side->data, side->size};

    (void)left;
    return t_vmsplice_in(side->end, &part, 1, 0);
}

const struct mover vmsplice_mover = {send_vmsplice, receive_vmsplice, false, false};

static ssize_t send_sendfile(struct side *side, size_t left)
{
    return t_sendfile(side->end, side->file, least(side->size, left));
}

const struct mover sendfile_mover = {send_sendfile, receive_read, false, false};

#ifdef __i386__
static ssize_t send_sendfile_old(struct side *side, size_t left)
{
    return t_sendfile_old(side->end, side->file, least(side->size, left));
}

const struct mover sendfile_old_mover = {send_sendfile_old, receive_read, false, false};
#endif
