// flows N: N processes (an even number) with names of their own, p0 to pN-1, in pairs: each writes a byte to a pipe of
// its own and reads one from the other's. Two flows each. For each line "FIRST STEP" on standard input pairs from FIRST
// on do it again, every STEP-th, and a line tells that they have. Ends with its input. Orders go by signals and
// progress by shared memory, so that with only pipes observed there are no other flows.
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

static void child(int number, int to, int from, const sigset_t *orders, atomic_long *done)
{
    char name[16], byte = 'x';

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    snprintf(name, sizeof(name), "p%d", number);
    prctl(PR_SET_NAME, name);
    for (;;) {
        if (write(to, &byte, 1) != 1 || read(from, &byte, 1) != 1)
            _exit(1);
        atomic_fetch_add(done, 1);
        sigwaitinfo(orders, NULL);
    }
}

static void await(const atomic_long *done, long count)
{
    while (atomic_load(done) < count)
        usleep(100);
}

int main(int argc, char **argv)
{
    int count = argc == 2 ? atoi(argv[1]) : 0;
    pid_t *pids = calloc((size_t)count + 1, sizeof(*pids));
    atomic_long *done = mmap(NULL, sizeof(*done), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int pipes[2][2], first, step;
    sigset_t orders;
    char line[64];
    long all = 0;

    if (count < 2 || count % 2 || !pids || done == MAP_FAILED)
        errx(1, "usage: flows N");
    sigemptyset(&orders);
    sigaddset(&orders, SIGUSR1);
    sigprocmask(SIG_BLOCK, &orders, NULL);
    for (int i = 0; i < count; i++) {
        int half = i % 2;

        if (half == 0 && (pipe2(pipes[0], O_CLOEXEC) || pipe2(pipes[1], O_CLOEXEC)))
            err(1, "pipe2");
        pids[i] = fork();
        if (pids[i] == 0)
            child(i, pipes[half][1], pipes[!half][0], &orders, done);
        if (pids[i] < 0)
            err(1, "fork");
        if (half == 1) {
            await(done, all += 2);
            for (int end = 0; end < 4; end++)
                close(pipes[end / 2][end % 2]);
        }
    }
    puts("done");
    fflush(stdout);
    while (fgets(line, sizeof(line), stdin) && sscanf(line, "%d %d", &first, &step) == 2) {
        for (int pair = first; pair < count / 2; pair += step) {
            kill(pids[2 * pair], SIGUSR1);
            kill(pids[2 * pair + 1], SIGUSR1);
            all += 2;
        }
        await(done, all);
        puts("done");
        fflush(stdout);
    }
    for (int i = 0; i < count; i++)
        kill(pids[i], SIGKILL);
    return 0;
}
