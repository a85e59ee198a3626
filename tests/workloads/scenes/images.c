/* What becomes of descriptors when a process has a new image, a new parent, or its number a new process. */
#include <fcntl.h>
#include <linux/sched.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../core/gate.h"
#include "../core/process.h"
#include "../core/require.h"
#include "scene.h"

static int kept[2], lost[2];

static void await_image(pid_t pid)
{
    char path[64], name[32] = "";

    snprintf(path, sizeof(path), "/proc/%d/comm", pid);
    while (strncmp(name, STAY_NAME, strlen(STAY_NAME)) != 0) {
        int fd = open(path, O_RDONLY | O_CLOEXEC);

        require(fd >= 0 && read(fd, name, sizeof(name) - 1) > 0, path);
        close(fd);
        nap_ms(1);
    }
}

static void open_pipes(void)
{
    require(pipe(kept) == 0 && pipe2(lost, O_CLOEXEC) == 0, "pipe");
    say_channel("kept", kept[0]);
    say_channel("lost", lost[0]);
}

static void say_parent(void)
{
    for (int i = 0; i < 2; i++) {
        say_exact("reader", i ? "kept" : "lost", getpid());
        say_exact("writer", i ? "kept" : "lost", getpid());
    }
}

/* Before the exec it writes: that was another image. It has one pipe under another name, and the other not at all. */
static void exec(void)
{
    pid_t child;

    open_pipes();
    say_parent();
    child = fork();
    require(child >= 0, "fork");
    if (child == 0) {
        require(write(lost[1], "x", 1) == 1 && write(kept[1], "x", 1) == 1, "write");
        execl("/proc/self/exe", "ipcscope-workload", STAY_OPTION, NULL);
        _exit(1);
    }
    await_image(child);
    say_exact("reader", "kept", child);
    say_exact("writer", "kept", child);
    say_name(child, STAY_NAME);
    say("former", "kept", child, "observed");
    say("former", "lost", child, "observed");
}

/* The child of vfork has the memory of its parent, not its descriptors: it closes its own. */
static void vforked(void)
{
    pid_t child;

    open_pipes();
    say_parent();
    child = vfork();
    require(child >= 0, "vfork");
    if (child == 0) {
        close(kept[0]);
        execl("/proc/self/exe", "ipcscope-workload", STAY_OPTION, NULL);
        _exit(1);
    }
    await_image(child);
    say_exact("writer", "kept", child);
}

/* A daemon that forks twice still has what its first parent had: nobody's descriptor was passed, and its parent is
 * another. */
static void daemonized(void)
{
    pid_t child, daemon;

    open_pipes();
    child = fork();
    require(child >= 0, "fork");
    if (child == 0) {
        setsid();
        daemon = fork();
        require(daemon >= 0, "fork");
        if (daemon != 0)
            _exit(0);
        close(kept[0]);
        board[0] = getpid();
        stay();
    }
    require(waitpid(child, NULL, 0) == child, "waitpid");
    daemon = await(&board[0]);
    end_later(daemon);
    nap_ms(1);
    close(kept[1]);
    close(lost[0]);
    close(lost[1]);
    say_exact("reader", "kept", getpid());
    say_exact("writer", "kept", daemon);
    say_exact("reader", "lost", daemon);
    say_exact("writer", "lost", daemon);
}

/* $(daemon &): the shell's pipe is kept open by what it started in the background, of which the shell knows nothing. */
static void forgotten(void)
{
    pid_t child;

    open_pipes();
    close(lost[0]);
    close(lost[1]);
    child = fork();
    require(child >= 0, "fork");
    if (child == 0) {
        require(dup2(kept[1], STDOUT_FILENO) == STDOUT_FILENO, "dup2");
        close(kept[0]);
        close(kept[1]);
        execl("/bin/sh", "sh", "-c", "sleep 1000 & echo $!", NULL);
        _exit(1);
    }
    close(kept[1]);
    require(waitpid(child, NULL, 0) == child, "waitpid");
    {
        char text[16] = "";
        int pid;

        require(read(kept[0], text, sizeof(text) - 1) > 0 && sscanf(text, "%d", &pid) == 1, "the pid of sleep");
        end_later(pid);
        process_wait_state(pid, pid, 'S');
        say_exact("writer", "kept", pid);
        say("former", "kept", child, "observed");
    }
    say_exact("reader", "kept", getpid());
}

static pid_t fork_as(pid_t wanted)
{
    struct clone_args arguments = {.exit_signal = SIGCHLD, .set_tid = (uintptr_t)&wanted, .set_tid_size = 1};

    return syscall(SYS_clone3, &arguments, sizeof(arguments));
}

/* The number of a process that used the pipe belongs to one that has closed it. */
static void pid_reused(void)
{
    pid_t first, second;

    open_pipes();
    say_parent();
    first = fork();
    require(first >= 0, "fork");
    if (first == 0)
        _exit(write(kept[1], "x", 1) != 1);
    process_join(first);
    second = fork_as(first);
    require(second == first || second == 0, "clone3 with a chosen pid");
    if (second == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        close(kept[0]);
        close(kept[1]);
        close(lost[0]);
        close(lost[1]);
        board[0] = 1;
        for (;;)
            pause();
    }
    await(&board[0]);
    say("former", "kept", first, "observed");
}

/* Killed inside a call: its end is gone with it, and so is its place in the queue of writers. */
static void killed(void)
{
    static char full[65536];
    pid_t child;

    open_pipes();
    say_parent();
    child = fork();
    require(child >= 0, "fork");
    if (child == 0) {
        board[0] = 1;
        require(write(kept[1], full, sizeof(full)) > 0 && write(kept[1], full, 1) < 0, "ending in a write");
    }
    await(&board[0]);
    process_wait_asleep(child, child);
    kill(child, SIGKILL);
    process_join_killed(child, SIGKILL);
    say("former", "kept", child, "observed");
}

static void *go_on(void *unused)
{
    (void)unused;
    process_wait_state(getpid(), getpid(), 'Z');
    stay();
}

static void end_leader(void *unused)
{
    pthread_t thread;

    (void)unused;
    pthread_create(&thread, NULL, go_on, NULL);
    syscall(SYS_exit, 0);
}

/* The first thread has ended, and /proc/PID/fd with it; the others still have all descriptors. */
static void leaderless(void)
{
    pid_t child;

    open_pipes();
    say_parent();
    child = stand(end_leader, NULL);
    for (int i = 0; i < 2; i++) {
        say_exact("reader", i ? "kept" : "lost", child);
        say_exact("writer", i ? "kept" : "lost", child);
    }
}

const struct scene image_scenes[] = {
    {"exec", exec},
    {"vfork", vforked},
    {"daemon", daemonized},
    {"forgotten", forgotten},
    {"pid-reused", pid_reused},
    {"killed", killed},
    {"leaderless", leaderless},
    {0},
};
