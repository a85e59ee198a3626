/* Processes that come and go. */
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../core/gate.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../core/tally.h"
#include "../core/thread.h"
#include "families.h"

/* `count` messages through a pipe of the process's own. */
static void use_pipe(size_t size, unsigned count)
{
    char data[size];
    struct end reader, writer;

    pipe_new(&reader, &writer, O_CLOEXEC);
    for (unsigned i = 0; i < count; i++)
        require_result(t_write(writer, data, size), (ssize_t)size);
    for (unsigned i = 0; i < count; i++)
        require_result(t_read(reader, data, size), (ssize_t)size);
    end_close(&reader);
    end_close(&writer);
}

#define AT_ONCE 4

static void process_storm(const struct plan *plan)
{
    for (unsigned started = 0; started < plan->n;) {
        pid_t children[AT_ONCE];
        unsigned count = 0;

        for (; count < AT_ONCE && started < plan->n; count++, started++) {
            children[count] = process_fork(0);
            if (children[count] == 0) {
                use_pipe(plan->size, 3);
                _exit(0);
            }
        }
        while (count > 0)
            process_join(children[--count]);
    }
}

/* fork(2) of a child with a pid that was used before. */
static pid_t fork_as(pid_t wanted, unsigned incarnation)
{
    struct clone_args arguments = {.exit_signal = SIGCHLD, .set_tid = (uintptr_t)&wanted, .set_tid_size = 1};
    pid_t pid = syscall(SYS_clone3, &arguments, sizeof(arguments));

    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        tally_self(incarnation);
    }
    return pid;
}

static void pid_reuse(const struct plan *plan)
{
    strcpy(ledger->tag_name, "incarnation");
    for (unsigned i = 0; i < plan->n; i++) {
        pid_t first = process_fork(1), second;

        if (first == 0) {
            use_pipe(plan->size, 3);
            _exit(0);
        }
        process_join(first);
        second = fork_as(first, 2);
        require(second >= 0, "clone3 with a chosen pid (it needs CAP_CHECKPOINT_RESTORE or CAP_SYS_ADMIN)");
        if (second == 0) {
            use_pipe(plan->size, 5);
            _exit(0);
        }
        require(second == first, "reusing a pid");
        process_join(second);
    }
}

#define GATE_READING 0

struct waiting {
    const struct plan *plan;
    struct end reader;
};

static void *read_each(void *argument)
{
    struct waiting *waiting = argument;
    char data[waiting->plan->size];

    ledger->words[0] = gettid();
    for (unsigned i = 0; i < waiting->plan->n; i++) {
        gate_add(GATE_READING, 1);
        require_result(t_read(waiting->reader, data, sizeof(data)), (ssize_t)sizeof(data));
    }
    return NULL;
}

/* One thread is inside read while another forks; the child's write ends that read. */
static void fork_mid_operation(const struct plan *plan)
{
    struct waiting waiting = {.plan = plan};
    char data[plan->size];
    struct end writer;
    pthread_t thread;

    pipe_new(&waiting.reader, &writer, O_CLOEXEC);
    thread = thread_run(read_each, &waiting);
    for (unsigned i = 0; i < plan->n; i++) {
        pid_t child;

        gate_wait(GATE_READING, i + 1);
        process_wait_asleep(getpid(), ledger->words[0]);
        child = process_fork(0);
        use_pipe(plan->size, child == 0 ? 2 : 3);
        if (child == 0) {
            require_result(t_write(writer, data, sizeof(data)), (ssize_t)sizeof(data));
            _exit(0);
        }
        process_join(child);
    }
    thread_join(thread);
    end_close(&waiting.reader);
    end_close(&writer);
}

const struct scenario process_scenarios[] = {
    {"process-storm", "N short-lived processes, 3 writes and 3 reads each", .n = 5000, .size = 64,
     .run = process_storm},
    {"pid-reuse", "N times two processes in turn with the same pid", .n = 10, .size = 64, .run = pid_reuse},
    {"fork-mid-operation", "a thread waits in read while another forks", .n = 50, .size = 64,
     .run = fork_mid_operation},
    {0},
};
