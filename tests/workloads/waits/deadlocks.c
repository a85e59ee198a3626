/* Processes that will never go on. */
#include "channels.h"

static void first_writes(void)
{
    close(pipes[0][0]);
    close(pipes[1][1]);
    fill_and_block(pipes[0][1]);
}

static void second_writes(void)
{
    close(pipes[0][1]);
    close(pipes[1][0]);
    fill_and_block(pipes[1][1]);
}

static void second_reads(void)
{
    char byte;

    close(pipes[0][1]);
    close(pipes[1][0]);
    close(pipes[1][1]);
    about_to_wait();
    (void)!read(sockets[0][1], &byte, 1);
}

static void first_writes_and_answers(void)
{
    close(sockets[0][1]);
    close(pipes[0][0]);
    close(pipes[1][0]);
    close(pipes[1][1]);
    fill_and_block(pipes[0][1]);
}

static void make_pipes_and_sockets(void)
{
    make_pipes();
    make_unix();
}

static void leave_both(void)
{
    leave_pipes();
    leave_sockets();
}

static void ring(int own)
{
    for (int i = 0; i < 3; i++) {
        if (i != own)
            close(pipes[i][1]);
        if (i != (own + 2) % 3)
            close(pipes[i][0]);
    }
    fill_and_block(pipes[own][1]);
}

static void ring_first(void)
{
    ring(0);
}

static void ring_second(void)
{
    ring(1);
}

static void ring_third(void)
{
    ring(2);
}

static void own_pipe(void)
{
    fill_and_block(pipes[0][1]);
}

static void first_sends(void)
{
    close(sockets[0][1]);
    fill_and_block(sockets[0][0]);
}

static void second_sends(void)
{
    close(sockets[0][0]);
    fill_and_block(sockets[0][1]);
}

static void *write_on(void *nothing)
{
    fill_and_block(pipes[0][1]);
    return nothing;
}

/* Its first thread waits for its second one, which is stuck. */
static void first_joins(void)
{
    pthread_t thread;

    close(pipes[0][0]);
    close(pipes[1][1]);
    check(!pthread_create(&thread, 0, write_on, 0));
    pthread_join(thread, 0);
}

/* Its first thread may well read in the end. */
static void first_sleeps(void)
{
    pthread_t thread;

    close(pipes[0][0]);
    close(pipes[1][1]);
    check(!pthread_create(&thread, 0, write_on, 0));
    for (;;)
        pause();
}

const struct scene deadlocks[] = {
    {"deadlock-pipes", make_pipes, leave_pipes, 0, {{"first", first_writes}, {"second", second_writes}}},
    {"deadlock-ring",
     make_pipes,
     leave_pipes,
     0,
     {{"first", ring_first}, {"second", ring_second}, {"third", ring_third}}},
    {"deadlock-own", make_pipes, leave_pipes, 0, {{"first", own_pipe}}},
    {"deadlock-unix", make_unix, leave_sockets, 0, {{"first", first_sends}, {"second", second_sends}}},
    {"deadlock-tcp", make_tcp, leave_sockets, 0, {{"first", first_sends}, {"second", second_sends}}},
    {"deadlock-answer",
     make_pipes_and_sockets,
     leave_both,
     0,
     {{"first", first_writes_and_answers}, {"second", second_reads}}},
    {"deadlock-join", make_pipes, leave_pipes, 0, {{"first", first_joins}, {"second", second_writes}}},
    {"threads-free", make_pipes, leave_pipes, 0, {{"first", first_sleeps}, {"second", second_writes}}},
    {0},
};
