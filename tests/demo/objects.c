/* Queues, shared memory, semaphores and locks. */
#define _GNU_SOURCE
#include "demo.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <mqueue.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MESSAGE = 256, DEPTH = 8, STUCK_MS = 75000, FREE_MS = 10000 };

static const char queue_name[] = "/ipcscope-demo";
static const char memory_name[] = "/ipcscope-demo";
static int queue_id;
static int semaphores;

static struct {
    atomic_int turn;
    pthread_mutex_t locks[2];
    char page[4096];
} * shared;

void prepare(void)
{
    pthread_mutexattr_t attributes;
    int file = shm_open(memory_name, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

    queue_id = msgget(IPC_PRIVATE, 0600);
    semaphores = semget(IPC_PRIVATE, 2, 0600);
    semctl(semaphores, 0, SETVAL, 1);
    (void)!ftruncate(file, sizeof(*shared));
    shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    for (int i = 0; i < 2; i++)
        pthread_mutex_init(&shared->locks[i], &attributes);
}

void leave(void)
{
    msgctl(queue_id, IPC_RMID, NULL);
    semctl(semaphores, 0, IPC_RMID);
    mq_unlink(queue_name);
    shm_unlink(memory_name);
}

static mqd_t open_queue(int how)
{
    struct mq_attr attributes = {.mq_maxmsg = DEPTH, .mq_msgsize = MESSAGE};

    return mq_open(queue_name, O_CREAT | O_CLOEXEC | how, 0600, &attributes);
}

static void post(void)
{
    char message[MESSAGE] = {0};
    mqd_t queue = open_queue(O_WRONLY);

    while (mq_send(queue, message, sizeof(message), 0) == 0)
        rest(5);
}

static void collect(void)
{
    char message[MESSAGE];
    mqd_t queue = open_queue(O_RDONLY);

    while (mq_receive(queue, message, sizeof(message), NULL) >= 0)
        rest(6); /* a little slower than they come: the queue is full most of the time */
}

static void put(void)
{
    struct {
        long type;
        char text[MESSAGE];
    } message = {.type = 1};

    while (msgsnd(queue_id, &message, sizeof(message.text), 0) == 0)
        rest(10);
}

static void get(void)
{
    struct {
        long type;
        char text[MESSAGE];
    } message;

    while (msgrcv(queue_id, &message, sizeof(message.text), 0, 0) >= 0)
        ;
}

void queues(void)
{
    begin("demo-post", post);
    begin("demo-collect", collect);
    begin("demo-put", put);
    begin("demo-get", get);
    pause();
}

/* Waits for its turn, touches the page, and hands over. */
static void hand_over(int own)
{
    for (;;) {
        while (atomic_load(&shared->turn) != own)
            syscall(SYS_futex, &shared->turn, FUTEX_WAIT, 1 - own, NULL, NULL, 0);
        shared->page[own]++;
        rest(5);
        atomic_store(&shared->turn, 1 - own);
        syscall(SYS_futex, &shared->turn, FUTEX_WAKE, 1, NULL, NULL, 0);
    }
}

static void ping(void)
{
    hand_over(0);
}

static void pong(void)
{
    hand_over(1);
}

void memory(void)
{
    begin("demo-ping", ping);
    begin("demo-pong", pong);
    pause();
}

static void take_turns(unsigned short own)
{
    struct sembuf take = {.sem_num = own, .sem_op = -1};
    struct sembuf give = {.sem_num = 1 - own, .sem_op = 1};

    while (semop(semaphores, &take, 1) == 0) {
        rest(20);
        semop(semaphores, &give, 1);
    }
}

static void left(void)
{
    take_turns(0);
}

static void right(void)
{
    take_turns(1);
}

void pair(void)
{
    begin("demo-left", left);
    begin("demo-right", right);
    pause();
}

static void lock(int which)
{
    if (pthread_mutex_lock(&shared->locks[which]) == EOWNERDEAD)
        pthread_mutex_consistent(&shared->locks[which]);
}

static void lock_both(int own)
{
    lock(own);
    rest(500); /* so that the other one has its own by now */
    lock(1 - own);
    pthread_mutex_unlock(&shared->locks[1 - own]);
    pthread_mutex_unlock(&shared->locks[own]);
}

static void one(void)
{
    lock_both(0);
}

static void other(void)
{
    lock_both(1);
}

void locks(void)
{
    for (;;) {
        pid_t victim = begin("demo-lock-one", one);

        begin("demo-lock-two", other);
        rest(STUCK_MS);
        kill(victim, SIGKILL);
        while (wait(NULL) > 0)
            ;
        rest(FREE_MS);
    }
}
