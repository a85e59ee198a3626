/* Namespaces: what processes call themselves is not what others call them. */
#include <fcntl.h>
#include <mqueue.h>
#include <sched.h>
#include <unistd.h>

#include "../core/require.h"
#include "scene.h"

static int fds[2];

static void keep_reader(void *unused)
{
    (void)unused;
    require(getpid() == 1, "being number 1");
    close(fds[1]);
}

static pid_t contained(void (*body)(void *))
{
    require(unshare(CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWNS) == 0, "unshare");
    return stand(body, NULL);
}

static void keep_writer(void *unused)
{
    (void)unused;
    require(getpid() == 1, "being number 1");
    close(fds[0]);
}

static void run_container(void *body)
{
    board[0] = contained((void (*)(void *))body);
}

/* Two containers share a pipe that their parent made, and each thinks that it is number 1. */
static void shared_pipe(void)
{
    pid_t managers[2], numbers[2];

    require(pipe2(fds, O_CLOEXEC) == 0, "pipe2");
    say_channel("pipe", fds[0]);
    managers[0] = stand(run_container, keep_reader);
    numbers[0] = await(&board[0]);
    board[0] = 0;
    managers[1] = stand(run_container, keep_writer);
    numbers[1] = await(&board[0]);
    close(fds[0]);
    close(fds[1]);
    for (int i = 0; i < 2; i++) {
        say_exact("reader", "pipe", managers[i]);
        say_exact("writer", "pipe", managers[i]);
    }
    say_exact("reader", "pipe", numbers[0]);
    say_exact("writer", "pipe", numbers[1]);
}

const struct scene container_scenes[] = {{"containers", shared_pipe}, {0}};
