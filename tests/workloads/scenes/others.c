/* Queues, eventfds, terminals: channels whose holders are those of descriptors, too. */
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "../core/require.h"
#include "scene.h"

static int master, slave;

static void close_fd(void *fd)
{
    close(*(int *)fd);
}

/* Opened for reading by the one, for writing by the other, and by name: nothing was inherited. */
static void open_for_writing(void *name)
{
    close(master);
    require(mq_open(name, O_WRONLY) >= 0, "mq_open");
}

static void queue(void)
{
    struct mq_attr limits = {.mq_maxmsg = 3, .mq_msgsize = 16};
    char name[] = "/ipcscope-scene";

    master = mq_open(name, O_RDONLY | O_CREAT | O_EXCL, 0600, &limits);
    require(master >= 0, "mq_open");
    say_channel("queue", master);
    say_exact("writer", "queue", stand(open_for_writing, name));
    say_exact("reader", "queue", getpid());
    require(mq_unlink(name) == 0, "mq_unlink");
}

/* One channel, two sides. */
static void terminal(void)
{
    char path[32];
    unsigned number;
    pid_t child;

    master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    require(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0, "posix_openpt");
    require(ioctl(master, TIOCGPTN, &number) == 0, "TIOCGPTN");
    snprintf(path, sizeof(path), "/dev/pts/%u", number);
    slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
    require(slave >= 0, path);
    child = stand(close_fd, &master);
    close(slave);
    say_inode("terminal", number);
    for (int i = 0; i < 2; i++) {
        say_exact("reader", "terminal", i ? child : getpid());
        say_exact("writer", "terminal", i ? child : getpid());
    }
}

const struct scene other_scenes[] = {{"queue", queue}, {"terminal", terminal}, {0}};
