/* Descriptors that come to a process without being opened or inherited by it. */
#include <fcntl.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../core/require.h"
#include "scene.h"

static int fds[2], control[2];

static void open_pipe(void)
{
    require(pipe2(fds, O_CLOEXEC) == 0, "pipe2");
    require(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, control) == 0, "socketpair");
    say_channel("pipe", fds[0]);
}

union parcel {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int))];
};

static void give(int socket, int fd)
{
    char byte = 0;
    struct iovec data = {&byte, 1};
    union parcel parcel = {.header = {CMSG_LEN(sizeof(int)), SOL_SOCKET, SCM_RIGHTS}};
    struct msghdr message = {
        .msg_iov = &data, .msg_iovlen = 1, .msg_control = &parcel, .msg_controllen = sizeof(parcel)};

    memcpy(CMSG_DATA(&parcel.header), &fd, sizeof(fd));
    require(sendmsg(socket, &message, 0) == 1, "sendmsg");
}

static void take(void *unused)
{
    char byte;
    struct iovec data = {&byte, 1};
    union parcel parcel;
    struct msghdr message = {
        .msg_iov = &data, .msg_iovlen = 1, .msg_control = &parcel, .msg_controllen = sizeof(parcel)};

    (void)unused;
    close(fds[0]);
    close(fds[1]);
    give(control[1], STDIN_FILENO); /* now it has none */
    require(recvmsg(control[1], &message, MSG_CMSG_CLOEXEC) == 1, "recvmsg");
}

/* The write end goes to a child that had closed it; the parent closes its own. By creation or inheritance it is the
 * parent's. */
static void passed(void)
{
    pid_t child;

    open_pipe();
    give(control[0], fds[1]);
    child = stand(take, NULL);
    close(fds[1]);
    say_exact("reader", "pipe", getpid());
    say_exact("writer", "pipe", child);
}

/* It lies in a socket: no process has it, and the pipe is not at its end all the same. */
static void in_flight(void)
{
    open_pipe();
    give(control[0], fds[1]);
    close(fds[1]);
    say_exact("reader", "pipe", getpid());
}

static void fetch(void *parent)
{
    int pidfd = syscall(SYS_pidfd_open, *(pid_t *)parent, 0);

    close(fds[0]);
    close(fds[1]);
    require(pidfd >= 0 && syscall(SYS_pidfd_getfd, pidfd, fds[1], 0) >= 0, "pidfd_getfd");
}

/* Taken out of another's table, without that one's doing. */
static void fetched(void)
{
    pid_t self = getpid(), child;

    open_pipe();
    prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY);
    child = stand(fetch, &self);
    say_exact("reader", "pipe", self);
    say_exact("writer", "pipe", self);
    say_exact("writer", "pipe", child);
}

static void write_and_close(void *unused)
{
    (void)unused;
    require(write(fds[1], "x", 1) == 1, "write");
    close(fds[0]);
    close(fds[1]);
}

/* It has nothing of the pipe, but what lies in it is its own. */
static void left_behind(void)
{
    pid_t child;

    open_pipe();
    child = stand(write_and_close, NULL);
    close(fds[1]);
    say_exact("reader", "pipe", getpid());
    say("writer", "pipe", child, "observed");
}

const struct scene handed_scenes[] = {
    {"passed", passed}, {"in-flight", in_flight}, {"fetched", fetched}, {"left-behind", left_behind}, {0},
};
