#include "require.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "scratch.h"

static pid_t first;

static void end_by_signal(int signal)
{
    (void)signal;
    scratch_abandon();
    _exit(1);
}

void require_prepare(void)
{
    first = getpid();
    signal(SIGTERM, end_by_signal);
    signal(SIGINT, end_by_signal);
}

static _Noreturn void end_here(void)
{
    /* The first process may be waiting for something that will not come any more. */
    if (first != 0 && getpid() != first)
        kill(first, SIGTERM);
    scratch_abandon();
    _exit(1);
}

_Noreturn void give_up(const char *what, const char *file, int line)
{
    fprintf(stderr, "ipcscope-workload[%d]: %s failed: %s (%s:%d)\n", getpid(), what, strerror(errno), file, line);
    end_here();
}

static const char *outcome(ssize_t result)
{
    return result < 0 ? strerrorname_np(errno) : "no error";
}

void require_error_at(ssize_t result, int number, const char *call, const char *file, int line)
{
    if (result < 0 && errno == number)
        return;
    fprintf(stderr, "ipcscope-workload[%d]: %s returned %zd, %s; expected %s (%s:%d)\n", getpid(), call, result,
            outcome(result), strerrorname_np(number), file, line);
    end_here();
}

void require_result_at(ssize_t result, ssize_t expected, const char *call, const char *file, int line)
{
    if (result == expected)
        return;
    fprintf(stderr, "ipcscope-workload[%d]: %s returned %zd, %s; expected %zd (%s:%d)\n", getpid(), call, result,
            outcome(result), expected, file, line);
    end_here();
}
