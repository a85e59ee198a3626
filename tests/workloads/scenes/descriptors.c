/* Copies of descriptors in one process and in its children. */
#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../core/require.h"
#include "scene.h"

static int fds[2];

static void open_pipe(void)
{
    require(pipe2(fds, O_CLOEXEC) == 0, "pipe2");
    say_channel("pipe", fds[0]);
}

static void both(pid_t pid)
{
    say_exact("reader", "pipe", pid);
    say_exact("writer", "pipe", pid);
}

static void close_fd(void *fd)
{
    close(*(int *)fd);
}

/* A child has all of its parent's descriptors, though it never opened one. */
static void inherited(void)
{
    open_pipe();
    both(getpid());
    both(stand(NULL, NULL));
}

/* The usual use: each keeps one end. Counting opens and closes by descriptor number alone mixes up who closed what. */
static void divided(void)
{
    open_pipe();
    say_exact("reader", "pipe", stand(close_fd, &fds[1]));
    close(fds[0]);
    say_exact("writer", "pipe", getpid());
}

/* The write end has three numbers; closing the first of them closes no end. */
static void copies(void)
{
    open_pipe();
    require(dup(fds[1]) >= 0 && fcntl(fds[1], F_DUPFD_CLOEXEC, 100) >= 100, "dup");
    close(fds[1]);
    both(getpid());
}

/* dup2 closes what was there before, and no close is seen. */
static void replaced(void)
{
    open_pipe();
    require(dup2(fds[1], fds[0]) == fds[0], "dup2");
    say_exact("writer", "pipe", getpid());
}

static void close_all(void *unused)
{
    (void)unused;
    require(syscall(SYS_close_range, 3, ~0U, 0) == 0, "close_range");
}

/* One call closes all: whoever looks at close only still sees the child. */
static void closed_range(void)
{
    open_pipe();
    both(getpid());
    stand(close_all, NULL);
}

static void close_unshared(void *unused)
{
    (void)unused;
    require(syscall(SYS_close_range, 3, ~0U, CLOSE_RANGE_UNSHARE) == 0, "close_range");
}

/* A table that both had is copied first: the parent keeps its own. */
static void closed_range_unshared(void)
{
    open_pipe();
    both(getpid());
    stand_cloned(0x400 /* CLONE_FILES */, close_unshared, NULL);
}

static void open_and_close(void *unused)
{
    (void)unused;
    close(fds[1]);
    require(pipe2((int *)board, O_CLOEXEC) == 0, "pipe2");
}

/* Two processes with one table: the one has what the other opens, and loses what the other closes. */
static void shared_table(void)
{
    pid_t child;

    open_pipe();
    child = stand_cloned(0x400, open_and_close, NULL);
    say_exact("reader", "pipe", getpid());
    say_exact("reader", "pipe", child);
    say_channel("second", board[0]);
    say_exact("reader", "second", getpid());
    say_exact("writer", "second", getpid());
    say_exact("reader", "second", child);
    say_exact("writer", "second", child);
}

/* The write end is open once more through /proc: another open file of the same pipe. */
static void reopened(void)
{
    open_pipe();
    close(fds[1]);
    require(open("/proc/self/fd/3", O_WRONLY | O_CLOEXEC) >= 0 || fds[0] != 3, "open /proc/self/fd/3");
    both(getpid());
}

const struct scene descriptor_scenes[] = {
    {"inherited", inherited},       {"divided", divided},           {"copies", copies},
    {"replaced", replaced},         {"closed-range", closed_range}, {"closed-range-unshared", closed_range_unshared},
    {"shared-table", shared_table}, {"reopened", reopened},         {0},
};
