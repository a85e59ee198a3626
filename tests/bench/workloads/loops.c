/* Workloads of one process. */
#define _GNU_SOURCE
#include "worker.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

static char message[MESSAGE];
static int ends[2];
static int zero;

static void open_pipe(void)
{
    if (pipe(ends))
        die("pipe");
}

static void run_pipe(unsigned int rounds)
{
    while (rounds--)
        if (write(ends[1], message, MESSAGE) != MESSAGE || read(ends[0], message, MESSAGE) != MESSAGE)
            die("pipe64");
}

static void open_nothing(void) {}

static void run_getppid(unsigned int rounds)
{
    while (rounds--)
        syscall(SYS_getppid);
}

static void open_zero(void)
{
    zero = open("/dev/zero", O_RDONLY);
    if (zero < 0)
        die("/dev/zero");
}

static void run_zero(unsigned int rounds)
{
    while (rounds--)
        if (read(zero, message, MESSAGE) != MESSAGE)
            die("/dev/zero");
}

const struct workload loops[] = {
    {"pipe64", 2, 256, open_pipe, run_pipe},
    {"getppid", 1, 1024, open_nothing, run_getppid},
    {"zero", 1, 1024, open_zero, run_zero},
    {0},
};
