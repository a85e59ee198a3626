/* Signals, futexes and memory between processes whose pids are others to the rest of the machine. */
#include <errno.h>
#include <sched.h>
#include <unistd.h>

#include "../calls/process_vm.h"
#include "../calls/signals.h"
#include "../core/gate.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../core/tally.h"
#include "families.h"
#include "waiter.h"

#define GATE_PREPARED 0
#define GATE_WOKEN    1
#define NUMBER        (SIGRTMIN + 6)

static char memory_of_child[64];

static void be_child(const struct plan *plan, struct word word)
{
    ledger->words[0] = tally_pid();
    signal_handle(NUMBER, SA_RESTART, VIA_SYSCALL);
    gate_add(GATE_PREPARED, 1);
    for (unsigned i = 0; i < plan->n; i++)
        require_result(t_kill(getppid(), NUMBER, SIGNAL_QUEUED), 0);
    while (*word.at == 0) {
        if (t_futex(word, FUTEX_WAIT, 0, NULL, 0) < 0)
            require(errno == EAGAIN || errno == EINTR, "waiting on a futex");
    }
    gate_add(GATE_WOKEN, 1);
    for (;;)
        pause();
}

/* The first process of the namespace, whose number is 1, and its child, whose number is 2. */
static void live_inside(const struct plan *plan)
{
    struct memory memory = memory_open(SHARING_MEMFD, 1);
    struct word word = word_in(&memory, 0);
    char data[sizeof(memory_of_child)];
    struct iovec local = {data, sizeof(data)}, remote = {memory_of_child, sizeof(data)};
    int pidfd;
    pid_t child;

    signal_handle(NUMBER, SA_RESTART, VIA_SYSCALL);
    child = process_fork(0);
    if (child == 0)
        be_child(plan, word);
    require(getpid() == 1 && child == 2, "having a namespace of one's own");
    gate_wait(GATE_PREPARED, 1);
    pidfd = pidfd_new(child);
    for (unsigned i = 0; i < plan->n; i++) {
        require_result(t_kill(child, NUMBER, SIGNAL_QUEUED), 0);
        require_result(t_process_vm_readv(child, &local, 1, &remote, 1, 0), (ssize_t)sizeof(data));
        require_result(t_process_vm_writev(child, &local, 1, &remote, 1, 0), (ssize_t)sizeof(data));
        require_error(t_pidfd_getfd(child, pidfd, 1 << 20, 0), EBADF);
        require_error(t_kill(3, NUMBER, 0), ESRCH); /* outside there may be a process of this number */
    }
    signal_wait_handled(2 * plan->n);
    *word.at = 1;
    t_futex(word, FUTEX_WAKE, 1, NULL, 0);
    gate_wait(GATE_WOKEN, 1);
    require(close(pidfd) == 0, "close");
    require_result(t_kill(child, SIGKILL, SIGNAL_QUEUED), 0);
    book_delivered(ledger->words[0], SIGKILL);
    process_join_killed(child, SIGKILL);
    memory_close(SHARING_MEMFD, &memory);
    _exit(0);
}

static void pid_namespace(const struct plan *plan)
{
    pid_t outer = process_fork(0), first;

    if (outer != 0) {
        process_join(outer);
        return;
    }
    require(unshare(CLONE_NEWPID) == 0, "unshare(CLONE_NEWPID)");
    first = process_fork(0);
    if (first == 0) {
        live_inside(plan);
    }
    process_join(first);
    _exit(0);
}

const struct scenario newpid_signal_scenarios[] = {
    {"newpid-signals", "signals, futexes, process_vm and pidfds of processes 1 and 2 of a namespace", .n = 50,
     .run = pid_namespace},
    {0},
};
