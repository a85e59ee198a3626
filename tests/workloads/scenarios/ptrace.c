/* Words of another process's memory, by ptrace(2). */
#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../calls/process_vm.h"
#include "../calls/signals.h"
#include "../core/process.h"
#include "../core/require.h"
#include "families.h"

static long place = 42;

/* Of no word: not counted. No signal is sent either, as it would be by PTRACE_ATTACH. */
static void control(enum __ptrace_request request, pid_t pid)
{
    require(ptrace(request, pid, NULL, NULL) == 0, "ptrace");
}

static pid_t start(void)
{
    pid_t pid = process_fork(0);
    int status;

    if (pid == 0)
        for (;;)
            pause();
    control(PTRACE_SEIZE, pid);
    control(PTRACE_INTERRUPT, pid);
    require(waitpid(pid, &status, 0) == pid && WIFSTOPPED(status), "stopping a traced child");
    return pid;
}

static void words(const struct plan *plan)
{
    pid_t pid = start();
    long word = 0;

    for (unsigned i = 0; i < plan->n; i++) {
        require_result(t_ptrace(PTRACE_PEEKDATA, pid, &place, &word), 0);
        require_result(word, i == 0 ? 42 : i);
        require_result(t_ptrace(PTRACE_PEEKTEXT, pid, &place, &word), 0);
#ifndef __aarch64__ /* has registers by sets only */
        void *in_user = (void *)offsetof(struct user, regs);

        require_result(t_ptrace(PTRACE_PEEKUSER, pid, in_user, &word), 0);
        require_result(t_ptrace(PTRACE_POKEUSER, pid, in_user, (void *)word), 0);
#endif
        require_result(t_ptrace(PTRACE_POKETEXT, pid, &place, (void *)7), 0);
        require_result(t_ptrace(PTRACE_POKEDATA, pid, &place, (void *)(uintptr_t)(i + 1)), 0);
        /* What fails. */
        require_error(t_ptrace(PTRACE_PEEKDATA, pid, (void *)64, &word), EIO);
        require_error(t_ptrace(PTRACE_POKEDATA, pid, (void *)64, NULL), EIO);
        require_error(t_ptrace(PTRACE_PEEKUSER, pid, (void *)1, &word), EIO);
        require_error(t_ptrace(PTRACE_PEEKDATA, pid, &place, (void *)64), EFAULT);
        require_error(t_ptrace(PTRACE_PEEKDATA, getppid(), &place, &word), ESRCH); /* not traced */
        require_error(t_ptrace(PTRACE_POKEDATA, 0x7ffffff0, &place, NULL), ESRCH); /* not there */
    }
    control(PTRACE_DETACH, pid);
    require_result(t_kill(pid, SIGKILL, SIGNAL_QUEUED), 0);
    book_delivered(pid, SIGKILL);
    process_join_killed(pid, SIGKILL);
}

const struct scenario ptrace_scenarios[] = {
    {"process-vm/ptrace", "PTRACE_PEEK… and POKE… of a word, N times each", .n = 200, .run = words},
    {0},
};
