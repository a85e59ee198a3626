/* Pseudo-terminals in raw mode: what goes in at one side comes out at the other. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../kinds/pty.h"
#include "families.h"

static void read_whole(struct end end, size_t size)
{
    char data[size];

    while (size > 0) {
        ssize_t got = t_read(end, data, size);

        require(got > 0, "read of a terminal");
        size -= got;
    }
}

static void write_whole(struct end end, size_t size)
{
    char data[size];

    memset(data, 'x', size);
    require_result(t_write(end, data, size), (ssize_t)size);
}

static void both_ways(const struct plan *plan)
{
    struct pty pty = pty_new();
    pid_t child = process_fork(0);

    for (unsigned i = 0; i < plan->n; i++) {
        if (child == 0) {
            read_whole(pty.slave, plan->size);
            write_whole(pty.slave, plan->size);
        } else {
            write_whole(pty.master, plan->size);
            read_whole(pty.master, plan->size);
        }
    }
    if (child == 0)
        _exit(0);
    process_join(child);
    pty_close(&pty);
}

/* Reads of less than there is; vectors. */
static void partial(const struct plan *plan)
{
    struct pty pty = pty_new();
    char one[8] = "abcdefg", other[8] = "hijklmn";
    struct iovec parts[2] = {{one, 8}, {other, 8}};

    for (unsigned i = 0; i < plan->n; i++) {
        require_result(t_writev(pty.master, parts, 2), 16);
        for (int part = 0; part < 4; part++)
            read_whole(pty.slave, 3);
        /* The rest may come in two parts. */
        for (ssize_t left = 4, got; left > 0; left -= got) {
            got = t_readv(pty.slave, parts, 2);
            require(got > 0, "readv of a terminal");
        }
    }
    pty_close(&pty);
}

/* The terminal that a session has: /dev/tty is it. */
static void dev_tty(const struct plan *plan)
{
    struct pty pty = pty_new();
    pid_t child = process_fork(0);

    if (child == 0) {
        struct end tty;

        require(setsid() >= 0, "setsid");
        require(ioctl(pty.slave.fd, TIOCSCTTY, 0) == 0, "ioctl(TIOCSCTTY)");
        tty = end_alias(pty.master, open("/dev/tty", O_RDWR | O_CLOEXEC));
        for (unsigned i = 0; i < plan->n; i++) {
            read_whole(tty, plan->size);
            write_whole(tty, plan->size);
        }
        _exit(0);
    }
    for (unsigned i = 0; i < plan->n; i++) {
        write_whole(pty.master, plan->size);
        read_whole(pty.master, plan->size);
    }
    process_join(child);
    pty_close(&pty);
}

static void set_nonblocking(struct end end)
{
    require(fcntl(end.fd, F_SETFL, O_RDWR | O_NONBLOCK) == 0, "fcntl(F_SETFL)");
}

/* Nothing to read; too much to write; a peer that has gone. */
static void errors(const struct plan *plan)
{
    char data[4096] = "";

    for (unsigned i = 0; i < plan->n; i++) {
        struct pty pty = pty_new();
        ssize_t done;

        set_nonblocking(pty.master);
        set_nonblocking(pty.slave);
        require_error(t_read(pty.master, data, sizeof(data)), EAGAIN);
        require_error(t_read(pty.slave, data, sizeof(data)), EAGAIN);
        while ((done = t_write(pty.slave, data, sizeof(data))) > 0)
            ;
        require_error(done, EAGAIN);
        end_close(&pty.slave);
        while ((done = t_read(pty.master, data, sizeof(data))) > 0 || (done < 0 && errno == EAGAIN))
            ;
        require_error(done, EIO);
        end_close(&pty.master);
        pty = pty_new();
        end_close(&pty.master);
        require_result(t_read(pty.slave, data, sizeof(data)), 0);
        require_error(t_write(pty.slave, data, 1), EIO);
        end_close(&pty.slave);
    }
}

const struct scenario pty_scenarios[] = {
    {"pty/both-ways", "N times to a process and back", .n = 200, .size = 64, .run = both_ways},
    {"pty/partial", "writev, short reads, readv", .n = 50, .run = partial},
    {"pty/dev-tty", "the same by /dev/tty", .n = 200, .size = 64, .run = dev_tty},
    {"pty/errors", "empty, full, hung up", .n = 10, .run = errors},
    {0},
};
