#include <fcntl.h>
#include <mqueue.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include "exchange.h"

static ssize_t send_bytes(const struct channel *channel, const void *data, size_t size, unsigned priority)
{
    (void)priority;
    return write(channel->out, data, size);
}

static ssize_t receive_bytes(const struct channel *channel, void *data, size_t size)
{
    return read(channel->in, data, size);
}

static ssize_t send_mq(const struct channel *channel, const void *data, size_t size, unsigned priority)
{
    return mq_send(channel->out, data, size, priority) ? -1 : (ssize_t)size;
}

static ssize_t receive_mq(const struct channel *channel, void *data, size_t size)
{
    unsigned priority;

    return mq_receive(channel->in, data, size, &priority);
}

struct message {
    long type;
    char data[4096];
};

static ssize_t send_sysv(const struct channel *channel, const void *data, size_t size, unsigned priority)
{
    struct message message = {.type = 1 + priority};

    memcpy(message.data, data, size);
    return msgsnd(channel->out, &message, size, channel->nonblocking ? IPC_NOWAIT : 0) ? -1 : (ssize_t)size;
}

static ssize_t receive_sysv(const struct channel *channel, void *data, size_t size)
{
    struct message message;
    ssize_t got = msgrcv(channel->in, &message, size, 0, 0);

    if (got > 0)
        memcpy(data, message.data, got);
    return got;
}

static struct channel pair_of(int type)
{
    int ends[2];

    require(!socketpair(AF_UNIX, type, 0, ends), "socketpair");
    return (struct channel){
        .out = ends[1], .in = ends[0], .messages = type != SOCK_STREAM, .send = send_bytes, .receive = receive_bytes};
}

/* The reader listens, the writer connects. */
static struct channel connected(struct sockaddr *address, socklen_t size, int type)
{
    int listener = socket(address->sa_family, type, 0), out = socket(address->sa_family, type, 0), in;

    require(!bind(listener, address, size) && !listen(listener, 1) && !getsockname(listener, address, &size), "listen");
    require(!connect(out, address, size), "connect");
    in = accept(listener, NULL, NULL);
    require(in >= 0, "accept");
    close(listener);
    return (struct channel){
        .out = out, .in = in, .messages = type != SOCK_STREAM, .send = send_bytes, .receive = receive_bytes};
}

static struct channel by_path(int type)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int in, out;

    snprintf(address.sun_path + 1, sizeof(address.sun_path) - 1, "ipcscope-exchange-%d", getpid());
    if (type != SOCK_DGRAM)
        return connected((struct sockaddr *)&address, sizeof(address), type);
    in = socket(AF_UNIX, type, 0);
    out = socket(AF_UNIX, type, 0);
    require(!bind(in, (struct sockaddr *)&address, sizeof(address)) &&
                !connect(out, (struct sockaddr *)&address, sizeof(address)),
            "connect");
    return (struct channel){.out = out, .in = in, .messages = true, .send = send_bytes, .receive = receive_bytes};
}

static struct channel by_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};

    return connected((struct sockaddr *)&address, sizeof(address), SOCK_STREAM);
}

static struct channel by_udp(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int in = socket(AF_INET, SOCK_DGRAM, 0), out = socket(AF_INET, SOCK_DGRAM, 0);
    socklen_t size = sizeof(address);

    require(!bind(in, (struct sockaddr *)&address, size) && !getsockname(in, (struct sockaddr *)&address, &size) &&
                !connect(out, (struct sockaddr *)&address, size),
            "connect");
    return (struct channel){.out = out, .in = in, .messages = true, .send = send_bytes, .receive = receive_bytes};
}

static struct channel queue_of(const struct plan *plan)
{
    struct mq_attr attributes = {.mq_maxmsg = 10, .mq_msgsize = plan->size};
    char name[64];
    int fd;

    snprintf(name, sizeof(name), "/ipcscope-exchange-%d", getpid());
    fd = mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, &attributes);
    require(fd >= 0, "mq_open");
    mq_unlink(name);
    return (struct channel){.out = fd, .in = fd, .messages = true, .send = send_mq, .receive = receive_mq};
}

/* What is written to `out` comes out at `in`; answers come back another way. */
static struct channel pipe_pair(void)
{
    int requests[2], answers[2];

    require(!pipe(requests) && !pipe(answers), "pipe");
    return (struct channel){
        .out = requests[1],
        .in = requests[0],
        .answer = answers[1],
        .hear = answers[0],
        .send = send_bytes,
        .receive = receive_bytes,
    };
}

static struct channel open_kind(const struct plan *plan)
{
    const char *kind = plan->kind;
    int ends[2], id;

    if (!strcmp(kind, "pipe")) {
        require(!pipe(ends), "pipe");
        return (struct channel){
            .out = ends[1], .in = ends[0], .messages = false, .send = send_bytes, .receive = receive_bytes};
    }
    if (!strcmp(kind, "pipes"))
        return pipe_pair();
    if (!strcmp(kind, "mq"))
        return queue_of(plan);
    if (!strcmp(kind, "sysv_msg")) {
        id = msgget(IPC_PRIVATE, 0600);
        require(id >= 0, "msgget");
        return (struct channel){.out = id, .in = id, .messages = true, .send = send_sysv, .receive = receive_sysv};
    }
    if (!strcmp(kind, "tcp"))
        return by_port();
    if (!strcmp(kind, "udp"))
        return by_udp();
    if (!strncmp(kind, "pair-", 5))
        return pair_of(!strcmp(kind + 5, "stream")  ? SOCK_STREAM
                       : !strcmp(kind + 5, "dgram") ? SOCK_DGRAM
                                                    : SOCK_SEQPACKET);
    require(!strncmp(kind, "unix-", 5), "a channel of this kind");
    return by_path(!strcmp(kind + 5, "stream")  ? SOCK_STREAM
                   : !strcmp(kind + 5, "dgram") ? SOCK_DGRAM
                                                : SOCK_SEQPACKET);
}

struct channel open_channel(const struct plan *plan)
{
    struct channel channel = open_kind(plan);

    channel.kind = plan->kind;
    if (!channel.answer) {
        channel.answer = channel.in;
        channel.hear = channel.out;
    }
    return channel;
}

/* Datagrams and queues tell no end. */
bool has_end(const struct channel *channel)
{
    return channel->out != channel->in && strcmp(channel->kind, "udp") && strcmp(channel->kind, "pair-dgram") &&
           strcmp(channel->kind, "unix-dgram");
}

void close_end(const struct channel *channel, int fd)
{
    if (channel->out != channel->in)
        close(fd);
}

void remove_channel(const struct channel *channel)
{
    if (channel->send == send_sysv)
        msgctl(channel->in, IPC_RMID, NULL);
}
