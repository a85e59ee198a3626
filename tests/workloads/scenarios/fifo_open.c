/* Opening a FIFO waits for the other side. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../core/require.h"
#include "../core/scratch.h"
#include "families.h"
#include "waits.h"

static struct end fifo_new(const char **path)
{
    *path = scratch_path("opened");
    unlink(*path);
    require(mkfifo(*path, 0600) == 0, "mkfifo");
    return channel_new(MECHANISM_FIFO);
}

static void opens(const struct plan *plan)
{
    const char *path;
    struct end fifo = fifo_new(&path);

    for (unsigned i = 0; i < plan->n; i++) {
        struct end reader = fifo, writer = fifo, both = fifo, own = fifo;
        char name[64];

        require_error(t_open_fifo(&writer, path, O_WRONLY | O_NONBLOCK | O_CLOEXEC), ENXIO);
        require_error(t_open_fifo(&writer, path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC), EEXIST);
        require(t_open_fifo(&both, path, O_RDWR | O_CLOEXEC) >= 0, "open for both");
        require(t_open_fifo(&reader, path, O_RDONLY | O_CLOEXEC) >= 0, "open to read");
        require(t_open_fifo(&writer, path, O_WRONLY | O_CLOEXEC) >= 0, "open to write");
        snprintf(name, sizeof(name), "/proc/self/fd/%d", both.fd);
        require(t_open_fifo(&own, name, O_RDWR | O_CLOEXEC) >= 0, "open by /proc");
        require_result(t_write(writer, name, 10), 10);
        require_result(t_read(both, name, 4), 4);
        require_result(t_read(reader, name, 10), 6);
        end_close(&both);
        end_close(&reader);
        end_close(&writer);
        end_close(&own);
    }
}

static void open_fifo(struct waiting *waiting)
{
    waiting->end = waiting->other = fifo_new(&waiting->path);
}

/* Both ends close before the next call: it waits again. */
static ssize_t open_and_close(struct waiting *waiting, struct end end, int flags)
{
    int fd = t_open_fifo(&end, waiting->path, flags | O_CLOEXEC);

    if (fd >= 0)
        end_close(&end);
    return fd;
}

static ssize_t open_to_read(struct waiting *waiting)
{
    return open_and_close(waiting, waiting->end, O_RDONLY);
}

static ssize_t open_to_write(struct waiting *waiting)
{
    return open_and_close(waiting, waiting->end, O_WRONLY);
}

static void release_reader(struct waiting *waiting)
{
    require(open_to_write(waiting) >= 0, "open to write");
}

static void release_writer(struct waiting *waiting)
{
    require(open_to_read(waiting) >= 0, "open to read");
}

static const struct wait reader_wait = {OPERATION_OPEN,           .restarts = true,  .resumes = true,
                                        .unseen = true,           .open = open_fifo, .call = open_to_read,
                                        .release = release_reader};
static const struct wait writer_wait = {OPERATION_OPEN,           .restarts = true,  .resumes = true,
                                        .unseen = true,           .open = open_fifo, .call = open_to_write,
                                        .release = release_writer};

const struct scenario fifo_open_scenarios[] = {
    {"fifo-open/modes", "to read, to write, for both, by /proc; in vain", .n = 50, .run = opens},
    WAITS("fifo-open/read", &reader_wait, 0),
    WAITS("fifo-open/write", &writer_wait, 0),
    {0},
};
