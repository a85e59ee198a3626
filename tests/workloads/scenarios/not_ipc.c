/* Calls of which ipcscope must count nothing: the truth is empty. */
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <unistd.h>

#include "../core/require.h"
#include "../core/scratch.h"
#include "families.h"

static void use_file(void)
{
    char data[4096] = {0};
    struct iovec part = {data, sizeof(data)};
    int file = scratch_file(sizeof(data)), other = scratch_file(sizeof(data));
    off_t from = 0;
    char *mapping;

    require(write(file, data, sizeof(data)) == sizeof(data), "write");
    require(pwritev2(file, &part, 1, 0, 0) == sizeof(data), "pwritev2");
    require(preadv2(file, &part, 1, 0, 0) == sizeof(data), "preadv2");
    require(read(file, data, sizeof(data)) == 0, "read at the end");
    require(sendfile(other, file, &from, sizeof(data)) == sizeof(data), "sendfile");
    mapping = mmap(NULL, sizeof(data), PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
    require(mapping != MAP_FAILED, "mmap");
    mapping[0] = 1;
    munmap(mapping, sizeof(data));
    close(file);
    close(other);
}

static void use_timer(void)
{
    struct itimerspec soon = {.it_value = {.tv_nsec = 1}};
    uint64_t value = 1;
    int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);

    require(timerfd_settime(timer, 0, &soon, NULL) == 0, "timerfd_settime");
    require(read(timer, &value, sizeof(value)) == sizeof(value), "read of a timerfd");
    close(timer);
}

/* A signal that this process does not send. */
static void alarm_now(int number)
{
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = number};
    struct itimerspec soon = {.it_value = {.tv_nsec = 1}};
    timer_t timer;

    require(timer_create(CLOCK_MONOTONIC, &event, &timer) == 0, "timer_create");
    require(timer_settime(timer, 0, &soon, NULL) == 0, "timer_settime");
}

static void use_notifications(void)
{
    struct epoll_event ready = {.events = EPOLLIN};
    struct signalfd_siginfo information;
    char change[512];
    sigset_t user;
    int epoll = epoll_create1(EPOLL_CLOEXEC), watch = inotify_init1(IN_CLOEXEC), signals;

    sigemptyset(&user);
    sigaddset(&user, SIGUSR1);
    sigprocmask(SIG_BLOCK, &user, NULL);
    signals = signalfd(-1, &user, SFD_CLOEXEC);
    alarm_now(SIGUSR1);
    require(epoll_ctl(epoll, EPOLL_CTL_ADD, signals, &ready) == 0, "epoll_ctl");
    require(epoll_wait(epoll, &ready, 1, -1) == 1, "epoll_wait");
    require(read(signals, &information, sizeof(information)) == sizeof(information), "read of a signalfd");
    require(read(epoll, change, sizeof(change)) < 0, "failing to read an epoll");
    require(inotify_add_watch(watch, "/dev/null", IN_OPEN) >= 0, "inotify_add_watch");
    close(open("/dev/null", O_RDONLY | O_CLOEXEC));
    require(read(watch, change, sizeof(change)) > 0, "read of an inotify");
    close(epoll);
    close(watch);
    close(signals);
}

static void use_devices(void)
{
    char data[256];
    int null = open("/dev/null", O_RDWR | O_CLOEXEC), zero = open("/dev/zero", O_RDONLY | O_CLOEXEC);
    int directory = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC), proc = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);

    require(write(null, data, sizeof(data)) == sizeof(data), "write to /dev/null");
    require(read(zero, data, sizeof(data)) == sizeof(data), "read of /dev/zero");
    require(read(directory, data, sizeof(data)) < 0, "failing to read a directory");
    require(read(proc, data, sizeof(data)) > 0, "read of /proc/self/stat");
    close(null);
    close(zero);
    close(directory);
    close(proc);
}

/* Descriptors of nothing: once closed, never open, negative. */
static void use_nothing(void)
{
    char data[16] = {0};
    int closed[2];

    require(pipe2(closed, O_CLOEXEC) == 0, "pipe2");
    close(closed[0]);
    close(closed[1]);
    require(read(closed[0], data, sizeof(data)) < 0, "failing to read a closed pipe");
    require(write(closed[1], data, sizeof(data)) < 0, "failing to write a closed pipe");
    require(send(-1, data, sizeof(data), 0) < 0, "failing to send to nothing");
    require(recv(1 << 20, data, sizeof(data), 0) < 0, "failing to receive from nothing");
}

static void not_ipc(const struct plan *plan)
{
    for (unsigned i = 0; i < plan->n; i++) {
        use_file();
        use_timer();
        use_notifications();
        use_devices();
        use_nothing();
    }
}

const struct scenario not_ipc_scenarios[] = {
    {"not-ipc", "files, timerfd, signalfd, inotify, epoll, devices: nothing", .n = 3, .run = not_ipc},
    {0},
};
