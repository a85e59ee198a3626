#include "things.h"

#include <fcntl.h>
#include <linux/netlink.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../core/require.h"
#include "../core/scratch.h"
#include "../core/tally.h"
#include "../kinds/kind.h"
#include "queue.h"

static struct end fifo(void)
{
    const char *path = scratch_path("passed");
    struct end end = channel_new(MECHANISM_FIFO);

    unlink(path);
    require(mkfifo(path, 0600) == 0, "mkfifo");
    require(t_open_fifo(&end, path, O_RDWR | O_CLOEXEC) >= 0, "open the FIFO");
    return end;
}

static struct end memory(void)
{
    struct end end = end_new(memfd_create("passed", MFD_CLOEXEC), MECHANISM_SHM);

    book_empty(end, OPERATION_OPEN, 0);
    return end;
}

static struct end a_socket(int family, int type, enum mechanism mechanism)
{
    return end_new(socket(family, type | SOCK_CLOEXEC, 0), mechanism);
}

void things_open(struct things *things)
{
    struct end *next = things->ends, writer;

    pipe_new(next++, &writer, O_CLOEXEC);
    *next++ = writer;
    *next++ = fifo();
    *next++ = a_socket(AF_UNIX, SOCK_STREAM, MECHANISM_UNIX);
    *next++ = a_socket(AF_INET, SOCK_STREAM, MECHANISM_TCP);
    *next++ = a_socket(AF_INET6, SOCK_DGRAM, MECHANISM_UDP);
    *next++ = a_socket(AF_NETLINK, SOCK_RAW, MECHANISM_NETLINK);
    *next++ = end_new(eventfd(0, EFD_CLOEXEC), MECHANISM_EVENTFD);
    *next++ = memory();
    *next++ = end_file(scratch_file(10));
    *next++ = end_file(open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    *next++ = end_file(epoll_create1(EPOLL_CLOEXEC));
    *next++ = queue_new(64, 0);
    *next++ = end_new(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC), MECHANISM_PTY);
    require(next == things->ends + THINGS, "opening things of all kinds");
}

void things_close(struct things *things)
{
    for (int i = 0; i < THINGS; i++)
        end_close(&things->ends[i]);
}
