#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../core/require.h"
#include "../core/scratch.h"
#include "kind.h"

void pipe_new(struct end *reader, struct end *writer, int flags)
{
    int fds[2];

    require(pipe2(fds, flags) == 0, "pipe2");
    *reader = end_new(fds[0], MECHANISM_PIPE);
    *writer = end_alias(*reader, fds[1]);
}

void pipe_prepare(const struct kind *kind, struct link *link)
{
    (void)kind;
    pipe_new(&link->receiver, &link->sender, O_CLOEXEC);
}

/* The channel exists once before the fork, so that both processes call it by the same number. */
void fifo_prepare(const struct kind *kind, struct link *link)
{
    link->path = scratch_path("fifo");
    unlink(link->path);
    require(mkfifo(link->path, 0600) == 0, "mkfifo");
    link->receiver = channel_new(kind->mechanism);
    require(t_open_fifo(&link->receiver, link->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) >= 0, "open the FIFO");
    link->sender = link->receiver;
    link->sender.fd = -1;
}

void fifo_receive(const struct kind *kind, struct link *link)
{
    int waiting = link->receiver.fd;

    (void)kind;
    /* Waits for the writer; without it the first read would find the end. */
    require(t_open_fifo(&link->receiver, link->path, O_RDONLY | O_CLOEXEC) >= 0, "open the FIFO");
    close(waiting);
}

void fifo_send(const struct kind *kind, struct link *link)
{
    (void)kind;
    end_close(&link->receiver);
    require(t_open_fifo(&link->sender, link->path, O_WRONLY | O_CLOEXEC) >= 0, "open the FIFO");
}
