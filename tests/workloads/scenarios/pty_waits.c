/* Waiting for something to come in at a terminal. */
#include "../calls/calls.h"
#include "../core/require.h"
#include "../kinds/pty.h"
#include "families.h"
#include "waits.h"

static void open_pty(struct waiting *waiting)
{
    struct pty pty = pty_new();

    waiting->end = pty.slave;
    waiting->other = pty.master;
}

static ssize_t read_line(struct waiting *waiting)
{
    char data[64];

    return t_read(waiting->end, data, sizeof(data));
}

static void release_reader(struct waiting *waiting)
{
    require_result(t_write(waiting->other, "0123456789", 10), 10);
}

static void close_pty(struct waiting *waiting)
{
    end_close(&waiting->end);
    end_close(&waiting->other);
}

static const struct wait read_wait = {OPERATION_READ,    .restarts = true,          .resumes = true,   .open = open_pty,
                                      .call = read_line, .release = release_reader, .close = close_pty};

const struct scenario pty_wait_scenarios[] = {
    WAITS("pty/read", &read_wait, 0),
    {0},
};
