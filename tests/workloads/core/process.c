#include "process.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gate.h"
#include "require.h"
#include "tally.h"

pid_t process_fork(unsigned tag)
{
    pid_t pid = fork();

    require(pid >= 0, "fork");
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        tally_self(tag);
    }
    return pid;
}

pid_t process_run(void (*body)(void *), void *argument)
{
    pid_t pid = process_fork(0);

    if (pid == 0) {
        body(argument);
        _exit(0);
    }
    return pid;
}

void process_join(pid_t pid)
{
    int status;

    require(waitpid(pid, &status, 0) == pid, "waitpid");
    require(WIFEXITED(status) && WEXITSTATUS(status) == 0, "a child process");
}

void process_join_killed(pid_t pid, int signal)
{
    int status;

    require(waitpid(pid, &status, 0) == pid, "waitpid");
    require(WIFSIGNALED(status) && WTERMSIG(status) == signal, "ending a child process");
}

static char thread_state(pid_t pid, pid_t tid)
{
    char path[64], text[256];
    const char *end;
    ssize_t length;
    int fd;

    snprintf(path, sizeof(path), "/proc/%d/task/%d/stat", pid, tid);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    require(fd >= 0, path);
    length = read(fd, text, sizeof(text) - 1);
    require(length > 0, path);
    close(fd);
    text[length] = 0;
    end = strrchr(text, ')');
    require(end != NULL, path);
    return end[2];
}

void process_wait_state(pid_t pid, pid_t tid, char state)
{
    while (thread_state(pid, tid) != state)
        nap_ms(1);
}

void process_wait_asleep(pid_t pid, pid_t tid)
{
    process_wait_state(pid, tid, 'S');
}
