/* Event loops that wait for room, and clients that poll for an answer. */
#include "channels.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>

/* Fills what a descriptor leads to; it does not block any more. */
static void fill(int fd)
{
    static char data[1 << 16];

    check(!fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK));
    for (int quiet = 0; quiet < 5; quiet++, usleep(20000))
        for (size_t size = sizeof(data); size; size /= 2)
            while (write(fd, data, size) > 0)
                quiet = 0;
}

static void poll_for(int fd, short events)
{
    struct pollfd polled[] = {{.fd = -1, .events = POLLOUT}, {.fd = fd, .events = events}};

    about_to_wait();
    while (poll(polled, 2, -1) >= 0)
        ;
}

static void poll_by_epoll(int fd, unsigned int events)
{
    struct epoll_event event = {.events = events | EPOLLET};
    int epoll = epoll_create1(0);

    check(epoll >= 0 && !epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event));
    epoll_wait(epoll, &event, 1, 0); /* what is so already is told once */
    about_to_wait();
    while (epoll_wait(epoll, &event, 1, -1) >= 0)
        ;
}

static void pipe_poller(void)
{
    close(pipes[0][0]);
    fill(pipes[0][1]);
    poll_for(pipes[0][1], POLLOUT);
}

static void pipe_selector(void)
{
    fd_set set;

    close(pipes[0][0]);
    fill(pipes[0][1]);
    FD_ZERO(&set);
    FD_SET(pipes[0][1], &set);
    about_to_wait();
    select(pipes[0][1] + 1, 0, &set, 0, 0);
}

static void pipe_sleeper(void)
{
    close(pipes[0][1]);
    sleep_on();
}

static void socket_epoller(void)
{
    close(sockets[0][1]);
    fill(sockets[0][0]);
    poll_by_epoll(sockets[0][0], EPOLLIN | EPOLLOUT);
}

static void idle_epoller(void)
{
    close(sockets[0][1]);
    poll_by_epoll(sockets[0][0], EPOLLIN | EPOLLOUT);
}

static void receiver(void)
{
    close(sockets[0][0]);
    sleep_on();
}

/* Takes a little now and then: the writer has to wait, and goes on. */
static void slow_reader(void)
{
    static char data[1 << 16];

    close(pipes[0][1]);
    about_to_wait();
    while (read(pipes[0][0], data, sizeof(data)) > 0)
        usleep(20000);
}

static void busy_poller(void)
{
    static char data[1 << 16];
    struct pollfd polled = {.fd = pipes[0][1], .events = POLLOUT};

    close(pipes[0][0]);
    check(!fcntl(pipes[0][1], F_SETFL, O_NONBLOCK));
    about_to_wait();
    while (write(pipes[0][1], data, sizeof(data)) > 0 || (errno == EAGAIN && poll(&polled, 1, -1) > 0))
        ;
}

static void asker(void)
{
    close(sockets[0][1]);
    check(write(sockets[0][0], "question", 8) == 8);
    poll_for(sockets[0][0], POLLIN);
}

const struct scene polled[] = {
    {"polled-pipe", make_pipes, leave_pipes, 0, {{"writer", pipe_poller}, {"reader", pipe_sleeper}}},
    {"polled-select", make_pipes, leave_pipes, 0, {{"writer", pipe_selector}, {"reader", pipe_sleeper}}},
    {"polled-unix", make_unix, leave_sockets, 0, {{"writer", socket_epoller}, {"reader", receiver}}},
    {"polled-datagrams", make_datagrams, leave_sockets, 0, {{"writer", socket_epoller}, {"reader", receiver}}},
    {"polled-tcp", make_tcp, leave_sockets, 0, {{"writer", socket_epoller}, {"reader", receiver}}},
    {"polled-room", make_unix, leave_sockets, 0, {{"writer", idle_epoller}, {"reader", receiver}}},
    {"polled-slow", make_pipes, leave_pipes, 0, {{"writer", busy_poller}, {"reader", slow_reader}}},
    {"polled-answer", make_unix, leave_sockets, 0, {{"client", asker}, {"server", receiver}}},
    {0},
};
