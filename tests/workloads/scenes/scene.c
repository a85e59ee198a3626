#include "scene.h"

#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../core/gate.h"
#include "../core/require.h"

#define ENDED_LATER 16

static const struct scene *const families_of_scenes[] = {descriptor_scenes, image_scenes, handed_scenes,
                                                         unix_scenes,       inet_scenes,  other_scenes,
                                                         container_scenes,  crowd_scenes, NULL};
volatile int *board;
static volatile int *standing; /* the last number of the board */
static pid_t ended_later[ENDED_LATER];
static int ending;

void say(const char *role, const char *channel, pid_t pid, const char *certainty)
{
    printf("%s %s %d %s\n", role, channel, pid, certainty);
}

void say_exact(const char *role, const char *channel, pid_t pid)
{
    say(role, channel, pid, "exact");
}

unsigned long inode_of(int fd)
{
    struct stat file;

    require(fstat(fd, &file) == 0, "fstat");
    return file.st_ino;
}

void say_inode(const char *channel, unsigned long inode)
{
    printf("channel %s %lu\n", channel, inode);
}

void say_channel(const char *channel, int fd)
{
    say_inode(channel, inode_of(fd));
}

void say_peer(const char *channel, const char *peer)
{
    printf("peer %s %s\n", channel, peer);
}

void say_name(pid_t pid, const char *name)
{
    printf("name %d %s\n", pid, name);
}

void end_later(pid_t pid)
{
    require(ending < ENDED_LATER, "few processes without a parent");
    ended_later[ending++] = pid;
}

_Noreturn void stay(void)
{
    __atomic_add_fetch(standing, 1, __ATOMIC_SEQ_CST);
    for (;;)
        pause();
}

int await(volatile int *number)
{
    while (__atomic_load_n(number, __ATOMIC_SEQ_CST) == 0)
        nap_ms(1);
    return *number;
}

pid_t stand_cloned(unsigned long flags, void (*body)(void *), void *argument)
{
    int before = __atomic_load_n(standing, __ATOMIC_SEQ_CST);
    pid_t pid = syscall(SYS_clone, flags | SIGCHLD, 0, 0, 0, 0);

    require(pid >= 0, "clone");
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (body != NULL)
            body(argument);
        stay();
    }
    while (__atomic_load_n(standing, __ATOMIC_SEQ_CST) == before)
        nap_ms(1);
    return pid;
}

pid_t stand(void (*body)(void *), void *argument)
{
    return stand_cloned(0, body, argument);
}

/* What runs after an exec: shows that it does by its name. */
int scene_stay(void)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NAME, STAY_NAME);
    for (;;)
        pause();
}

static const struct scene *scene_of(const char *name)
{
    for (int f = 0; families_of_scenes[f] != NULL; f++)
        for (const struct scene *scene = families_of_scenes[f]; scene->name != NULL; scene++)
            if (strcmp(scene->name, name) == 0)
                return scene;
    return NULL;
}

/* Sets the scene, tells the truth, and keeps it until standard input ends. */
int scene_run(const char *name)
{
    const struct scene *scene = scene_of(name);
    char byte;

    require(scene != NULL, name);
    signal(SIGPIPE, SIG_IGN);
    board = mmap(NULL, BOARD_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    require(board != MAP_FAILED, "mmap");
    standing = board + BOARD_SIZE / sizeof(int) - 1;
    scene->set();
    printf("ready\n");
    fflush(stdout);
    while (read(STDIN_FILENO, &byte, 1) > 0)
        ;
    for (int i = 0; i < ending; i++)
        kill(ended_later[i], SIGKILL);
    return 0;
}
