#include "scene.h"

#include <fcntl.h>

static const struct scene *const families[] = {deadlocks, locks, drains, idle, held, polled, far};

/* Of each role: when it said that it is about to wait. */
struct board {
    _Atomic uint64_t said[ROLES];
};

char first_process[16];
static struct board *board;
static const struct scene *scene;
static int own_role = -1;
static pid_t pids[ROLES];

void fail(const char *what, const char *file, int line)
{
    fprintf(stderr, "ipcscope-waits: %s:%d: %s: %m\n", file, line, what);
    _exit(1);
}

static uint64_t now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000ULL + time.tv_nsec;
}

void about_to_wait(void)
{
    board->said[own_role] = now();
}

void await_role(const char *name)
{
    for (int i = 0; i < ROLES && scene->roles[i].name; i++)
        while (!strcmp(scene->roles[i].name, name) && !board->said[i])
            usleep(1000);
}

void sleep_on(void)
{
    about_to_wait();
    for (;;)
        pause();
}

void *shared(size_t size)
{
    void *memory = mmap(0, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    check(memory != MAP_FAILED);
    return memory;
}

void fill_and_block(int fd)
{
    static char data[1 << 16];
    int flags = fcntl(fd, F_GETFL);

    check(!fcntl(fd, F_SETFL, flags | O_NONBLOCK));
    /* TCP moves what it holds from one end to the other later. */
    for (int quiet = 0; quiet < 5; quiet++, usleep(20000))
        for (size_t size = sizeof(data); size; size /= 2)
            while (write(fd, data, size) > 0)
                quiet = 0;
    check(!fcntl(fd, F_SETFL, flags));
    about_to_wait();
    for (;;)
        (void)!write(fd, data, sizeof(data));
}

static const struct scene *find(const char *name)
{
    for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++)
        for (const struct scene *s = families[i]; s->name; s++)
            if (!strcmp(s->name, name))
                return s;
    return 0;
}

/* The letter of a process's state, proc(5): S sleeps, T stopped, Z ended. */
static char state_of(pid_t pid)
{
    char path[64], line[512], *behind;
    FILE *file;

    snprintf(path, sizeof(path), "/proc/%d/stat", pid);
    file = fopen(path, "r");
    if (!file || !fgets(line, sizeof(line), file))
        return '?';
    fclose(file);
    behind = strrchr(line, ')');
    return behind ? behind[2] : '?';
}

static void start(int role)
{
    pids[role] = fork();
    check(pids[role] >= 0);
    if (pids[role])
        return;
    own_role = role;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    close(0);
    scene->roles[role].run();
    _exit(0);
}

/* ROLE PID BEFORE AFTER: it began to wait between the two, CLOCK_MONOTONIC nanoseconds. */
static void tell(int role)
{
    while (!board->said[role])
        usleep(1000);
    for (int quiet = 0; quiet < 3; usleep(1000))
        quiet = strchr("STZ?", state_of(pids[role])) ? quiet + 1 : 0;
    printf("%s %d %llu %llu\n", scene->roles[role].name, pids[role], (unsigned long long)board->said[role],
           (unsigned long long)now());
}

int main(int count, char **words)
{
    char byte;

    if (count == 3 && !strcmp(words[1], "outlive")) {
        prctl(PR_SET_NAME, "scene-daemon");
        while (!kill(atoi(words[2]), 0))
            usleep(50000);
        return 0;
    }
    scene = count == 2 ? find(words[1]) : 0;
    if (!scene) {
        fprintf(stderr, "usage: ipcscope-waits NAME\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    snprintf(first_process, sizeof(first_process), "%d", getpid());
    board = shared(sizeof(*board));
    scene->prepare();
    for (int i = 0; i < ROLES && scene->roles[i].name; i++)
        start(i);
    if (scene->left)
        scene->left();
    for (int i = 0; i < ROLES && scene->roles[i].name; i++)
        tell(i);
    printf("ready\n");
    fflush(stdout);
    while (read(0, &byte, 1) > 0)
        ;
    for (int i = 0; i < ROLES && scene->roles[i].name; i++)
        kill(pids[i], SIGKILL);
    while (wait(0) > 0)
        ;
    if (scene->clean)
        scene->clean();
    return 0;
}
