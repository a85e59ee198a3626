/* Pipes that somebody keeps open who will never write. */
#include "channels.h"

#include <fcntl.h>

static void wait_for_end(int fd)
{
    char byte;

    about_to_wait();
    while (read(fd, &byte, 1) > 0)
        ;
}

/* What a shell does for $(daemon &): the daemon has the write end as its standard output, and outlives who started it.
 */
static void shell(void)
{
    pid_t starter = fork();

    check(starter >= 0);
    if (!starter) {
        prctl(PR_SET_PDEATHSIG, 0);
        check(dup2(pipes[0][1], 1) == 1);
        leave_pipes();
        if (fork())
            _exit(0);
        setsid();
        execl("/proc/self/exe", "ipcscope-waits", "outlive", first_process, (char *)0);
        _exit(1);
    }
    waitpid(starter, 0, 0);
    close(pipes[0][1]);
    wait_for_end(pipes[0][0]);
}

static void own_end(void)
{
    wait_for_end(pipes[0][0]);
}

/* A child that will write later: nothing is wrong. */
static void patient(void)
{
    pid_t child = fork();

    check(child >= 0);
    if (!child) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        check(dup2(pipes[0][1], 1) == 1);
        leave_pipes();
        for (;;)
            pause();
    }
    leave_pipes_but_first_read();
    wait_for_end(pipes[0][0]);
}

/* One child has ended; another one, another program, has the first one's pipe without knowing. */
static void supervisor(void)
{
    pid_t worker = fork();

    check(worker >= 0);
    if (!worker) {
        check(write(pipes[0][1], "x", 1) == 1);
        _exit(0);
    }
    if (!fork()) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        execl("/bin/sleep", "scene-other", "1000", (char *)0);
        _exit(1);
    }
    waitpid(worker, 0, 0);
    leave_pipes_but_first_read();
    wait_for_end(pipes[0][0]);
}

const struct scene held[] = {
    {"open-daemon", make_pipes, leave_pipes, 0, {{"shell", shell}}},
    {"open-own", make_pipes, leave_pipes, 0, {{"reader", own_end}}},
    {"open-patient", make_pipes, leave_pipes, 0, {{"reader", patient}}},
    {"open-supervisor", make_pipes, leave_pipes, 0, {{"supervisor", supervisor}}},
    {0},
};
