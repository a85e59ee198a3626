/* Semaphores and mutexes: crossed, held, and held by one who is gone. */
#include "scene.h"

#include <fcntl.h>
#include <semaphore.h>
#include <sys/sem.h>

static int set;
static sem_t *semaphores[2];
static pthread_mutex_t *mutexes;
static char names[2][32];

static void change(int number, int by)
{
    struct sembuf change = {number, by, 0};

    semop(set, &change, 1);
}

static void make_set(void)
{
    unsigned short ones[2] = {1, 1};

    set = semget(IPC_PRIVATE, 2, 0600);
    check(set >= 0);
    check(!semctl(set, 0, SETALL, ones));
}

static void remove_set(void)
{
    semctl(set, 0, IPC_RMID);
}

/* Takes one, waits until the other role has taken the other, and then wants that. */
static void cross_set(int own, const char *other)
{
    change(own, -1);
    about_to_wait();
    await_role(other);
    change(!own, -1);
}

static void set_first(void)
{
    cross_set(0, "second");
}

static void set_second(void)
{
    cross_set(1, "first");
}

static void set_holder(void)
{
    change(0, -1);
    sleep_on();
}

static void set_waiter(void)
{
    await_role("holder");
    about_to_wait();
    change(0, -1);
}

static void make_unnamed(void)
{
    semaphores[0] = shared(2 * sizeof(sem_t));
    semaphores[1] = semaphores[0] + 1;
    check(!sem_init(semaphores[0], 1, 1) && !sem_init(semaphores[1], 1, 1));
}

static void make_named(void)
{
    for (int i = 0; i < 2; i++) {
        snprintf(names[i], sizeof(names[i]), "/scene-%d-%d", getpid(), i);
        semaphores[i] = sem_open(names[i], O_CREAT | O_EXCL, 0600, 1);
        check(semaphores[i] != SEM_FAILED);
    }
}

/* The first process would be one that can post. */
static void leave_unnamed(void)
{
    munmap(semaphores[0], 2 * sizeof(sem_t));
}

static void leave_named(void)
{
    sem_close(semaphores[0]);
    sem_close(semaphores[1]);
}

static void remove_named(void)
{
    sem_unlink(names[0]);
    sem_unlink(names[1]);
}

static void cross_posix(int own, const char *other)
{
    sem_wait(semaphores[own]);
    about_to_wait();
    await_role(other);
    sem_wait(semaphores[!own]);
}

static void posix_first(void)
{
    cross_posix(0, "second");
}

static void posix_second(void)
{
    cross_posix(1, "first");
}

static void make_mutexes(void)
{
    pthread_mutexattr_t attributes;

    mutexes = shared(2 * sizeof(*mutexes));
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    check(!pthread_mutex_init(&mutexes[0], &attributes) && !pthread_mutex_init(&mutexes[1], &attributes));
}

static void make_robust_mutexes(void)
{
    pthread_mutexattr_t attributes;

    mutexes = shared(2 * sizeof(*mutexes));
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    check(!pthread_mutex_init(&mutexes[0], &attributes) && !pthread_mutex_init(&mutexes[1], &attributes));
}

static void make_inheriting_mutexes(void)
{
    pthread_mutexattr_t attributes;

    mutexes = shared(2 * sizeof(*mutexes));
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setprotocol(&attributes, PTHREAD_PRIO_INHERIT);
    check(!pthread_mutex_init(&mutexes[0], &attributes) && !pthread_mutex_init(&mutexes[1], &attributes));
}

static void cross_mutexes(int own, const char *other)
{
    pthread_mutex_lock(&mutexes[own]);
    about_to_wait();
    await_role(other);
    pthread_mutex_lock(&mutexes[!own]);
}

static void mutex_first(void)
{
    cross_mutexes(0, "second");
}

static void mutex_second(void)
{
    cross_mutexes(1, "first");
}

static void mutex_holder(void)
{
    pthread_mutex_lock(&mutexes[0]);
    sleep_on();
}

/* Ends while others wait for what it holds. */
static void mutex_deserter(void)
{
    pthread_mutex_lock(&mutexes[0]);
    about_to_wait();
}

static void mutex_waiter(void)
{
    await_role("holder");
    about_to_wait();
    pthread_mutex_lock(&mutexes[0]);
}

const struct scene locks[] = {
    {"deadlock-sysv", make_set, 0, remove_set, {{"first", set_first}, {"second", set_second}}},
    {"deadlock-posix", make_unnamed, leave_unnamed, 0, {{"first", posix_first}, {"second", posix_second}}},
    {"deadlock-named", make_named, leave_named, remove_named, {{"first", posix_first}, {"second", posix_second}}},
    {"deadlock-mutexes", make_mutexes, 0, 0, {{"first", mutex_first}, {"second", mutex_second}}},
    {"deadlock-robust", make_robust_mutexes, 0, 0, {{"first", mutex_first}, {"second", mutex_second}}},
    {"held-set", make_set, 0, remove_set, {{"holder", set_holder}, {"waiter", set_waiter}}},
    {"held-mutex", make_mutexes, 0, 0, {{"holder", mutex_holder}, {"waiter", mutex_waiter}}},
    {"held-robust", make_robust_mutexes, 0, 0, {{"holder", mutex_holder}, {"waiter", mutex_waiter}}},
    {"held-inheriting", make_inheriting_mutexes, 0, 0, {{"holder", mutex_holder}, {"waiter", mutex_waiter}}},
    {"gone-mutex", make_mutexes, 0, 0, {{"holder", mutex_deserter}, {"waiter", mutex_waiter}}},
    {0},
};
