/* Processes that change their image between operations on one pipe. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../core/gate.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../core/tally.h"
#include "../core/thread.h"
#include "families.h"
#include "image.h"

#define GATE_WAITING 0
#define SIZE         64
#define BEFORE       5
#define AFTER        7

struct own {
    struct end reader, writer; /* stay open across execve */
    struct end silent_reader, silent_writer;
};

static void use(const struct own *own, int count)
{
    char data[SIZE];

    for (int i = 0; i < count; i++) {
        require_result(t_write(own->writer, data, SIZE), SIZE);
        require_result(t_read(own->reader, data, SIZE), SIZE);
    }
}

static void become_image(const struct own *own)
{
    char ledger_fd[16], reader[16], writer[16], channel[16];
    char *arguments[] = {program_invocation_name, IMAGE_OPTION, ledger_fd, reader, writer, channel, NULL};

    sprintf(ledger_fd, "%d", tally_descriptor());
    sprintf(reader, "%d", own->reader.fd);
    sprintf(writer, "%d", own->writer.fd);
    sprintf(channel, "%u", own->reader.channel);
    /* By the same path: a process is named by the last part of it. */
    execvp(program_invocation_name, arguments);
    require(false, "execvp");
}

int image_run(int count, char **arguments)
{
    struct own own;

    require(count == 6, "starting a second image");
    tally_self(2);
    tally_open(atoi(arguments[2]));
    own.reader = (struct end){.fd = atoi(arguments[3]), .mechanism = MECHANISM_PIPE, .channel = atoi(arguments[5])};
    own.writer = end_alias(own.reader, atoi(arguments[4]));
    use(&own, AFTER);
    return 0;
}

static void *use_and_become(void *argument)
{
    const struct own *own = argument;

    use(own, BEFORE);
    gate_wait(GATE_WAITING, 1);
    process_wait_asleep(getpid(), getpid());
    become_image(own);
    return NULL;
}

static void exec_leader(struct own *own)
{
    use(own, BEFORE);
    become_image(own);
}

static void exec_other(struct own *own)
{
    thread_run(use_and_become, own);
    gate_add(GATE_WAITING, 1);
    pause();
}

static void exec_other_while_reading(struct own *own)
{
    char data[SIZE];

    thread_run(use_and_become, own);
    gate_add(GATE_WAITING, 1);
    t_read(own->silent_reader, data, SIZE);
}

/* Returns the pid of the process that had two images. */
static pid_t two_images(struct own *own, void (*first_image)(struct own *))
{
    pid_t child;

    strcpy(ledger->tag_name, "image");
    pipe_new(&own->reader, &own->writer, 0);
    pipe_new(&own->silent_reader, &own->silent_writer, O_CLOEXEC);
    child = process_fork(1);
    if (child == 0) {
        first_image(own);
        _exit(1);
    }
    process_join(child);
    return child;
}

static void run_leader(const struct plan *plan)
{
    struct own own;

    (void)plan;
    two_images(&own, exec_leader);
}

static void run_other(const struct plan *plan)
{
    struct own own;

    (void)plan;
    two_images(&own, exec_other);
}

static void run_other_while_reading(const struct plan *plan)
{
    struct own own;
    pid_t pid;

    (void)plan;
    pid = two_images(&own, exec_other_while_reading);
    book_interrupted(pid, 1, own.silent_reader, OPERATION_READ);
}

const struct scenario image_scenarios[] = {
    {"exec-leader", "operations before and after an execve", .run = run_leader},
    {"exec-non-leader", "operations before and after an execve by a thread that is not the leader", .run = run_other},
    {"exec-blocked-leader", "the same, and the leader is inside read when it happens", .run = run_other_while_reading},
    {0},
};
