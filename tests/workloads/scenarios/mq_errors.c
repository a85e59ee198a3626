/* Calls on POSIX queues that fail, and those that would have to wait. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "../core/require.h"
#include "families.h"
#include "queue.h"

static void opens(const struct plan *plan)
{
    struct mq_attr good = {.mq_maxmsg = 2, .mq_msgsize = 8}, bad = {.mq_maxmsg = 0, .mq_msgsize = 8};
    char name[64], long_name[300];
    struct end queue = {0};

    strcpy(name, queue_name("opened"));
    memset(long_name, 'x', sizeof(long_name) - 1);
    long_name[sizeof(long_name) - 1] = 0;
    for (unsigned i = 0; i < plan->n; i++) {
        struct end again, none = {0};

        require_error(t_mq_open(&none, name, O_RDWR | O_CLOEXEC, NULL), ENOENT);
        require_error(t_mq_unlink(name), ENOENT);
        require_error(t_mq_open(&none, name, O_RDWR | O_CREAT | O_CLOEXEC, &bad), EINVAL);
        require_error(t_mq_open(&none, "two/parts", O_RDWR | O_CREAT | O_CLOEXEC, &good), EACCES);
        require_error(t_mq_open(&none, long_name, O_RDWR | O_CREAT | O_CLOEXEC, &good), ENAMETOOLONG);
        queue.channel = 0;
        require(t_mq_open(&queue, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, &good) >= 0, "mq_open");
        require_error(t_mq_open(&none, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, &good), EEXIST);
        again = queue;
        require(t_mq_open(&again, name, O_RDONLY | O_CLOEXEC, NULL) >= 0, "mq_open");
        require_result(t_mq_unlink(name), 0);
        end_close(&again);
        end_close(&queue);
    }
}

static void would_block(const struct plan *plan)
{
    struct end queue = queue_new(plan->size, O_NONBLOCK);
    char data[plan->size];

    for (unsigned i = 0; i < plan->n; i++) {
        require_error(t_mq_receive(queue, data, plan->size, NULL, NULL), EAGAIN);
        for (int message = 0; message < MESSAGES; message++)
            require_result(t_mq_send(queue, data, plan->size, 0, NULL), 0);
        require_error(t_mq_send(queue, data, plan->size, 0, NULL), EAGAIN);
        for (int message = 0; message < MESSAGES; message++)
            require_result(t_mq_receive(queue, data, plan->size, NULL, NULL), (ssize_t)plan->size);
    }
    end_close(&queue);
}

static struct timespec in_2_ms(void)
{
    struct timespec time;

    clock_gettime(CLOCK_REALTIME, &time);
    time.tv_nsec += 2000000;
    if (time.tv_nsec >= 1000000000) {
        time.tv_nsec -= 1000000000;
        time.tv_sec++;
    }
    return time;
}

static void timeouts(const struct plan *plan)
{
    struct end queue = queue_new(plan->size, 0);
    struct timespec past = {1, 0}, wrong = {1, 1000000000}, soon;
    char data[plan->size];

    for (unsigned i = 0; i < plan->n; i++) {
        soon = in_2_ms();
        require_error(t_mq_receive(queue, data, plan->size, NULL, &soon), ETIMEDOUT);
        require_error(t_mq_receive(queue, data, plan->size, NULL, &past), ETIMEDOUT);
        require_error(t_mq_receive(queue, data, plan->size, NULL, &wrong), EINVAL);
        for (int message = 0; message < MESSAGES; message++)
            require_result(t_mq_send(queue, data, plan->size, 0, &past), 0);
        soon = in_2_ms();
        require_error(t_mq_send(queue, data, plan->size, 0, &soon), ETIMEDOUT);
        for (int message = 0; message < MESSAGES; message++)
            require_result(t_mq_receive(queue, data, plan->size, NULL, &past), (ssize_t)plan->size);
    }
    end_close(&queue);
}

#define NOWHERE ((void *)8)

static void errors(const struct plan *plan)
{
    struct mq_attr attributes = {.mq_maxmsg = 4, .mq_msgsize = plan->size}, odd = {.mq_flags = O_APPEND};
    char name[64], data[plan->size + 1];
    struct end reader = {0}, writer, file;

    strcpy(name, queue_name("errors"));
    require(t_mq_open(&reader, name, O_RDONLY | O_CREAT | O_CLOEXEC, &attributes) >= 0, "mq_open");
    writer = reader;
    require(t_mq_open(&writer, name, O_WRONLY | O_CLOEXEC, NULL) >= 0, "mq_open");
    require_result(t_mq_unlink(name), 0);
    file = end_file(open("/dev/null", O_RDWR | O_CLOEXEC));
    for (unsigned i = 0; i < plan->n; i++) {
        require_error(t_mq_send(reader, data, plan->size, 0, NULL), EBADF);
        require_error(t_mq_receive(writer, data, plan->size, NULL, NULL), EBADF);
        require_error(t_mq_send(writer, data, plan->size + 1, 0, NULL), EMSGSIZE);
        require_error(t_mq_receive(reader, data, plan->size - 1, NULL, NULL), EMSGSIZE);
        require_error(t_mq_send(writer, data, 1, 32768, NULL), EINVAL);
        require_error(t_mq_send(writer, NOWHERE, plan->size, 0, NULL), EFAULT);
        require_error(t_mq_getsetattr(reader, &odd, NULL), EINVAL);
        /* No queues: nothing is counted. */
        require_error(t_mq_send(file, data, plan->size, 0, NULL), EBADF);
        require_error(t_mq_receive(file, data, plan->size, NULL, NULL), EBADF);
        require_error(t_mq_getsetattr(file, NULL, &attributes), EBADF);
        require_error(t_mq_notify(file, NULL), EBADF);
        require_error(t_mq_send((struct end){.fd = -1}, data, plan->size, 0, NULL), EBADF);
        /* Text about the queue, not a message. */
        require(read(reader.fd, data, plan->size) >= 0, "read of a queue");
    }
    end_close(&file);
    end_close(&reader);
    end_close(&writer);
}

static void notify(const struct plan *plan)
{
    struct sigevent quiet = {.sigev_notify = SIGEV_NONE}, wrong = {.sigev_notify = 77};
    struct end queue = queue_new(plan->size, O_NONBLOCK);
    struct mq_attr blocking = {0}, now;
    char data[plan->size];

    for (unsigned i = 0; i < plan->n; i++) {
        require_result(t_mq_notify(queue, &quiet), 0);
        require_error(t_mq_notify(queue, &quiet), EBUSY);
        require_error(t_mq_notify(queue, &wrong), EINVAL);
        require_result(t_mq_send(queue, data, plan->size, 0, NULL), 0);
        require_result(t_mq_notify(queue, &quiet), 0); /* the message has taken the first */
        require_result(t_mq_notify(queue, NULL), 0);
        require_result(t_mq_getsetattr(queue, NULL, &now), 0);
        require(now.mq_curmsgs == 1 && now.mq_flags == O_NONBLOCK, "mq_getattr");
        require_result(t_mq_getsetattr(queue, &blocking, &now), 0);
        now.mq_flags = O_NONBLOCK;
        require_result(t_mq_getsetattr(queue, &now, NULL), 0);
        require_result(t_mq_receive(queue, data, plan->size, NULL, NULL), (ssize_t)plan->size);
    }
    end_close(&queue);
}

#define FAILING .n = 20, .size = 64

const struct scenario mq_error_scenarios[] = {
    {"mq/open", "opened, created, unlinked, and all of that in vain", FAILING, .run = opens, .forms = FORM_NEWIPC},
    {"mq/nonblock", "O_NONBLOCK: full and empty", FAILING, .run = would_block},
    {"mq/timeouts", "times that run out", .n = 5, .size = 64, .run = timeouts},
    {"mq/errors", "wrong modes, sizes, descriptors", .n = 20, .size = 200, .run = errors, .forms = FORM_NEWIPC},
    {"mq/notify", "mq_notify, mq_getattr, mq_setattr", FAILING, .run = notify},
    {0},
};
