#include "mq.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../core/scratch.h"
#include "../core/tally.h"

/* What has no queue yet, or not any more. */
static struct end namespace_end(void)
{
    return end_named(MECHANISM_MQ, 0);
}

static char created[64];

static void undo_mq(void)
{
    syscall(SYS_mq_unlink, created);
}

static void unlink_if_abandoned(const char *name)
{
    strncpy(created, name, sizeof(created) - 1);
    scratch_undo(undo_mq);
}

int t_mq_open(struct end *queue, const char *name, int flags, const struct mq_attr *attributes)
{
    int fd = syscall(SYS_mq_open, name, flags, 0600, attributes);

    if (fd < 0)
        return book_empty(namespace_end(), OPERATION_OPEN, fd);
    if (flags & O_CREAT)
        unlink_if_abandoned(name);
    *queue = queue->channel == 0 ? end_new(fd, MECHANISM_MQ) : end_alias(*queue, fd);
    return book_empty(*queue, OPERATION_OPEN, fd);
}

int t_mq_unlink(const char *name)
{
    return book_empty(namespace_end(), OPERATION_UNLINK, syscall(SYS_mq_unlink, name));
}

#ifdef __i386__
static bool turn_of_64(void)
{
    static _Atomic unsigned turn;

    return turn++ % 2 == 1;
}

static long call_timed(long number, long number64, const long *arguments, const struct timespec *time)
{
    int64_t wide[2];

    if (!turn_of_64())
        return syscall(number, arguments[0], arguments[1], arguments[2], arguments[3], time);
    if (time != NULL) {
        wide[0] = time->tv_sec;
        wide[1] = time->tv_nsec;
    }
    return syscall(number64, arguments[0], arguments[1], arguments[2], arguments[3], time == NULL ? NULL : wide);
}
#else
#define SYS_mq_timedsend_time64    0
#define SYS_mq_timedreceive_time64 0

static long call_timed(long number, long number64, const long *arguments, const struct timespec *time)
{
    (void)number64;
    return syscall(number, arguments[0], arguments[1], arguments[2], arguments[3], time);
}
#endif

int t_mq_send(struct end queue, const void *data, size_t size, unsigned priority, const struct timespec *time)
{
    long arguments[] = {queue.fd, (long)data, size, priority};
    int result = call_timed(SYS_mq_timedsend, SYS_mq_timedsend_time64, arguments, time);

    book(queue, OPERATION_SEND, result < 0 ? result : (ssize_t)size);
    return result;
}

ssize_t t_mq_receive(struct end queue, void *data, size_t size, unsigned *priority, const struct timespec *time)
{
    long arguments[] = {queue.fd, (long)data, size, (long)priority};

    return book(queue, OPERATION_RECEIVE, call_timed(SYS_mq_timedreceive, SYS_mq_timedreceive_time64, arguments, time));
}

int t_mq_notify(struct end queue, const struct sigevent *event)
{
    return book_empty(queue, OPERATION_NOTIFY, syscall(SYS_mq_notify, queue.fd, event));
}

int t_mq_getsetattr(struct end queue, const struct mq_attr *wanted, struct mq_attr *was)
{
    return book_empty(queue, OPERATION_CONTROL, syscall(SYS_mq_getsetattr, queue.fd, wanted, was));
}
