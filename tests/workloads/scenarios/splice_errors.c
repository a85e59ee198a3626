/* splice, tee, vmsplice and sendfile that move nothing. Both ends are channels; a failure counts for both. */
#include <errno.h>
#include <fcntl.h>

#include "../calls/calls.h"
#include "../core/require.h"
#include "../core/scratch.h"
#include "families.h"

struct four_ends {
    struct end a_reader, a_writer, b_reader, b_writer;
};

static struct four_ends two_pipes(void)
{
    struct four_ends pipes;

    pipe_new(&pipes.a_reader, &pipes.a_writer, O_CLOEXEC);
    pipe_new(&pipes.b_reader, &pipes.b_writer, O_CLOEXEC);
    return pipes;
}

static void close_pipes(struct four_ends *pipes)
{
    end_close(&pipes->a_reader);
    end_close(&pipes->a_writer);
    end_close(&pipes->b_reader);
    end_close(&pipes->b_writer);
}

static void splice_would_block(const struct plan *plan)
{
    struct four_ends pipes = two_pipes();
    char data[plan->size];
    struct iovec part = {data, plan->size};
    ssize_t done;

    for (unsigned i = 0; i < plan->n; i++) {
        require_error(t_splice(pipes.a_reader, pipes.b_writer, plan->size, SPLICE_F_NONBLOCK), EAGAIN);
        require_error(t_tee(pipes.a_reader, pipes.b_writer, plan->size, SPLICE_F_NONBLOCK), EAGAIN);
        require_error(t_vmsplice_in(pipes.a_reader, &part, 1, SPLICE_F_NONBLOCK), EAGAIN);
    }
    while ((done = t_vmsplice_out(pipes.b_writer, &part, 1, SPLICE_F_NONBLOCK)) > 0)
        ;
    require_error(done, EAGAIN);
    require_result(t_write(pipes.a_writer, data, plan->size), (ssize_t)plan->size);
    require_error(t_splice(pipes.a_reader, pipes.b_writer, plan->size, SPLICE_F_NONBLOCK), EAGAIN);
    close_pipes(&pipes);
}

static void splice_einval(const struct plan *plan)
{
    struct four_ends pipes = two_pipes();
    struct end pair[2], other[2];

    socketpair_new(pair, SOCK_STREAM);
    socketpair_new(other, SOCK_STREAM);
    for (unsigned i = 0; i < plan->n; i++) {
        require_error(t_splice(pair[0], other[0], plan->size, 0), EINVAL); /* neither is a pipe */
        require_error(t_splice(pipes.a_reader, pipes.a_writer, plan->size, 0), EINVAL);
        require_error(t_tee(pipes.a_reader, pipes.a_writer, plan->size, 0), EINVAL);
        require_error(t_sendfile(pair[0], other[0], plan->size), EINVAL);
    }
    close_pipes(&pipes);
    for (int i = 0; i < 2; i++) {
        end_close(&pair[i]);
        end_close(&other[i]);
    }
}

static void splice_epipe(const struct plan *plan)
{
    struct four_ends pipes = two_pipes();
    struct end file = end_file(scratch_file(plan->size));
    char data[plan->size];
    struct iovec part = {data, plan->size};

    require_result(t_write(pipes.a_writer, data, plan->size), (ssize_t)plan->size);
    end_close(&pipes.b_reader);
    for (unsigned i = 0; i < plan->n; i++) {
        require_error(t_splice(pipes.a_reader, pipes.b_writer, plan->size, 0), EPIPE);
        require_error(t_tee(pipes.a_reader, pipes.b_writer, plan->size, 0), EPIPE);
        require_error(t_vmsplice_out(pipes.b_writer, &part, 1, 0), EPIPE);
        require_error(t_sendfile(pipes.b_writer, file, plan->size), EPIPE);
        require_error(t_splice(file, pipes.b_writer, plan->size, 0), EPIPE);
    }
    close_pipes(&pipes);
    end_close(&file);
}

static void splice_ebadf(const struct plan *plan)
{
    struct four_ends pipes = two_pipes();
    struct end file = end_file(scratch_file(plan->size));

    for (unsigned i = 0; i < plan->n; i++) {
        require_error(t_splice(pipes.a_writer, pipes.b_writer, plan->size, 0), EBADF);
        require_error(t_tee(pipes.a_reader, pipes.b_reader, plan->size, 0), EBADF);
        require_error(t_sendfile(pipes.b_reader, file, plan->size), EBADF);
    }
    close_pipes(&pipes);
    end_close(&file);
}

const struct scenario splice_error_scenarios[] = {
    {"splice-nonblock", "splice, tee, vmsplice with SPLICE_F_NONBLOCK: EAGAIN", .n = 50, .size = 4096,
     .run = splice_would_block},
    {"splice-einval", "splice, tee, sendfile between ends that cannot be joined", .n = 50, .size = 64,
     .run = splice_einval},
    {"splice-epipe", "splice, tee, vmsplice, sendfile into a pipe nobody reads", .n = 50, .size = 64,
     .run = splice_epipe},
    {"splice-ebadf", "splice, tee, sendfile against a pipe's direction", .n = 50, .size = 64, .run = splice_ebadf},
    {0},
};
