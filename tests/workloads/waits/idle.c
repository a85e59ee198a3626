/* Servers that wait for work: nothing is wrong with them. */
#include "channels.h"

#include <fcntl.h>
#include <mqueue.h>
#include <semaphore.h>
#include <sys/epoll.h>
#include <sys/msg.h>
#include <sys/sem.h>

static int set, queue;
static sem_t *semaphore;
static struct {
    pthread_mutex_t mutex;
    pthread_cond_t condition;
} * monitor;

static void wait_for(int fd)
{
    char byte;

    about_to_wait();
    (void)!read(fd, &byte, 1);
}

/* Both wait for what the other will say. */
static void first_reads(void)
{
    close(sockets[0][1]);
    wait_for(sockets[0][0]);
}

static void second_reads(void)
{
    close(sockets[0][0]);
    wait_for(sockets[0][1]);
}

static void reads_pipe(void)
{
    close(pipes[0][1]);
    close(pipes[1][0]);
    wait_for(pipes[0][0]);
}

static void reads_other_pipe(void)
{
    close(pipes[0][0]);
    close(pipes[1][1]);
    wait_for(pipes[1][0]);
}

static void accepts(void)
{
    accept_as("scene");
}

static void polls(void)
{
    struct epoll_event event = {.events = EPOLLIN};
    int epoll = epoll_create1(0);

    close(sockets[0][0]);
    check(!epoll_ctl(epoll, EPOLL_CTL_ADD, sockets[0][1], &event));
    about_to_wait();
    epoll_wait(epoll, &event, 1, -1);
}

static void prepare_all(void)
{
    pthread_mutexattr_t shared_mutex;
    pthread_condattr_t shared_condition;

    make_pipes();
    make_unix();
    set = semget(IPC_PRIVATE, 2, 0600);
    queue = msgget(IPC_PRIVATE, 0600);
    semaphore = shared(sizeof(*semaphore));
    sem_init(semaphore, 1, 0);
    monitor = shared(sizeof(*monitor));
    pthread_mutexattr_init(&shared_mutex);
    pthread_mutexattr_setpshared(&shared_mutex, PTHREAD_PROCESS_SHARED);
    pthread_condattr_init(&shared_condition);
    pthread_condattr_setpshared(&shared_condition, PTHREAD_PROCESS_SHARED);
    check(!pthread_mutex_init(&monitor->mutex, &shared_mutex));
    check(!pthread_cond_init(&monitor->condition, &shared_condition));
}

static void leave_all(void)
{
    leave_pipes();
    leave_sockets();
}

static void clean_all(void)
{
    semctl(set, 0, IPC_RMID);
    msgctl(queue, IPC_RMID, 0);
}

/* A worker that has done one piece of work and waits for the next. */
static void works(void)
{
    struct sembuf more = {0, 1, 0}, less = {0, -1, 0};

    check(!semop(set, &more, 1));
    check(!semop(set, &less, 1));
    about_to_wait();
    semop(set, &less, 1);
}

/* Another one at the same semaphore. */
static void works_too(void)
{
    struct sembuf less = {0, -1, 0};

    await_role("one");
    about_to_wait();
    semop(set, &less, 1);
}

static void receives(void)
{
    char message[64];

    about_to_wait();
    msgrcv(queue, message, sizeof(message) - sizeof(long), 0, 0);
}

static void sem_waits(void)
{
    about_to_wait();
    sem_wait(semaphore);
}

static void condition_waits(void)
{
    pthread_mutex_lock(&monitor->mutex);
    about_to_wait();
    pthread_cond_wait(&monitor->condition, &monitor->mutex);
}

const struct scene idle[] = {
    {"idle-pair", make_unix, leave_sockets, 0, {{"first", first_reads}, {"second", second_reads}}},
    {"idle-pipes", make_pipes, leave_pipes, 0, {{"first", reads_pipe}, {"second", reads_other_pipe}}},
    {"idle-servers",
     prepare_all,
     leave_all,
     clean_all,
     {{"accepts", accepts}, {"polls", polls}, {"client", first_reads}, {"receives", receives}, {"works", works}}},
    {"idle-workers",
     prepare_all,
     leave_all,
     clean_all,
     {{"one", works},
      {"two", works_too},
      {"three", sem_waits},
      {"four", sem_waits},
      {"five", condition_waits},
      {"six", condition_waits}}},
    {0},
};
