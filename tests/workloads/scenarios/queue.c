#include "queue.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "../core/require.h"

const char *queue_name(const char *what)
{
    static char name[64];

    snprintf(name, sizeof(name), "ipcscope-%d-%s", getpid(), what);
    return name;
}

struct end queue_new(size_t size, int flags)
{
    struct mq_attr attributes = {.mq_maxmsg = MESSAGES, .mq_msgsize = size};
    const char *name = queue_name("queue");
    struct end queue = {0};

    require(t_mq_open(&queue, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | flags, &attributes) >= 0, "mq_open");
    require_result(t_mq_unlink(name), 0);
    return queue;
}
