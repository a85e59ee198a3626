/* Writers that wait, and readers that do something else. */
#include "channels.h"

#include <fcntl.h>
#include <mqueue.h>
#include <sys/msg.h>
#include <sys/socket.h>

static int queue;
static mqd_t posix;
static char name[32];

static void pipe_writer(void)
{
    close(pipes[0][0]);
    fill_and_block(pipes[0][1]);
}

static void pipe_sleeper(void)
{
    close(pipes[0][1]);
    sleep_on();
}

static void pipe_stopped(void)
{
    close(pipes[0][1]);
    about_to_wait();
    raise(SIGSTOP);
}

static void pipe_elsewhere(void)
{
    char byte;

    close(pipes[0][1]);
    close(pipes[1][1]);
    about_to_wait();
    (void)!read(pipes[1][0], &byte, 1);
}

/* Keeps the pipe open that the reader waits at. */
static void idle_writer(void)
{
    close(pipes[0][0]);
    close(pipes[0][1]);
    close(pipes[1][0]);
    sleep_on();
}

static void busy_reader(void)
{
    close(pipes[0][1]);
    about_to_wait();
    raise(SIGSTOP); /* until the test wants to see it run */
    for (;;)
        ;
}

static void sender(void)
{
    close(sockets[0][1]);
    fill_and_block(sockets[0][0]);
}

static void receiver(void)
{
    close(sockets[0][0]);
    sleep_on();
}

static void make_queue(void)
{
    queue = msgget(IPC_PRIVATE, 0600);
    check(queue >= 0);
}

static void remove_queue(void)
{
    msgctl(queue, IPC_RMID, 0);
}

static void queue_sender(void)
{
    static struct {
        long type;
        char text[4096];
    } message = {.type = 1};

    while (!msgsnd(queue, &message, sizeof(message.text), IPC_NOWAIT))
        ;
    about_to_wait();
    msgsnd(queue, &message, sizeof(message.text), 0);
}

static void make_mq(void)
{
    struct mq_attr attributes = {.mq_maxmsg = 4, .mq_msgsize = 64};

    snprintf(name, sizeof(name), "/scene-%d", getpid());
    posix = mq_open(name, O_CREAT | O_EXCL | O_RDWR, 0600, &attributes);
    check(posix >= 0);
}

static void leave_mq(void)
{
    mq_close(posix);
}

static void remove_mq(void)
{
    mq_unlink(name);
}

static void mq_sender(void)
{
    mqd_t own = mq_open(name, O_WRONLY);

    check(own >= 0);
    mq_close(posix);
    for (int i = 0; i < 4; i++)
        check(!mq_send(own, "text", 4, 0));
    about_to_wait();
    mq_send(own, "text", 4, 0);
}

const struct scene drains[] = {
    {"full-pipe", make_pipes, leave_pipes, 0, {{"writer", pipe_writer}, {"reader", pipe_sleeper}}},
    {"full-stopped", make_pipes, leave_pipes, 0, {{"writer", pipe_writer}, {"reader", pipe_stopped}}},
    {"full-busy", make_pipes, leave_pipes, 0, {{"writer", pipe_writer}, {"reader", busy_reader}}},
    {"full-elsewhere",
     make_pipes,
     leave_pipes,
     0,
     {{"writer", pipe_writer}, {"reader", pipe_elsewhere}, {"idle", idle_writer}}},
    {"full-unix", make_unix, leave_sockets, 0, {{"writer", sender}, {"reader", receiver}}},
    {"full-datagrams", make_datagrams, leave_sockets, 0, {{"writer", sender}, {"reader", receiver}}},
    {"full-tcp", make_tcp, leave_sockets, 0, {{"writer", sender}, {"reader", receiver}}},
    {"full-sysv-msg", make_queue, 0, remove_queue, {{"writer", queue_sender}}},
    {"full-mq", make_mq, leave_mq, remove_mq, {{"writer", mq_sender}, {"reader", sleep_on}}},
    {0},
};
