#include "mover.h"

#include "../calls/calls.h"
#include "../core/require.h"

static ssize_t send_send(struct side *side, size_t left)
{
    return t_send(side->end, side->data, least(side->size, left), MSG_NOSIGNAL);
}

static ssize_t receive_recv(struct side *side, size_t left)
{
    (void)left;
    return t_recv(side->end, side->data, side->size, 0);
}

const struct mover send_mover = {send_send, receive_recv, false, false};

/* With the address, where the kind allows it. */
static ssize_t send_sendto(struct side *side, size_t left)
{
    bool addressed = side->kind->type == SOCK_DGRAM && side->link->address_length != 0;

    return t_sendto(side->end, side->data, least(side->size, left), 0,
                    addressed ? (const struct sockaddr *)&side->link->address : NULL,
                    addressed ? side->link->address_length : 0);
}

static ssize_t receive_recvfrom(struct side *side, size_t left)
{
    struct sockaddr_storage from;
    socklen_t length = sizeof(from);

    (void)left;
    return t_recvfrom(side->end, side->data, side->size, 0, (struct sockaddr *)&from, &length);
}

const struct mover sendto_mover = {send_sendto, receive_recvfrom, false, false};

static struct msghdr two_parts(char *data, size_t size, struct iovec parts[2])
{
    parts[0] = (struct iovec){data, size / 2};
    parts[1] = (struct iovec){data + size / 2, size - size / 2};
    return (struct msghdr){.msg_iov = parts, .msg_iovlen = 2};
}

static ssize_t send_sendmsg(struct side *side, size_t left)
{
    struct iovec parts[2];
    struct msghdr message = two_parts(side->data, least(side->size, left), parts);

    return t_sendmsg(side->end, &message, 0);
}

static ssize_t receive_recvmsg(struct side *side, size_t left)
{
    struct iovec parts[2];
    struct msghdr message = two_parts(side->data, side->size, parts);

    (void)left;
    return t_recvmsg(side->end, &message, 0);
}

const struct mover sendmsg_mover = {send_sendmsg, receive_recvmsg, false, false};

static void fill_batch(struct side *side, size_t size, unsigned count, struct mmsghdr *messages, struct iovec *parts)
{
    for (unsigned i = 0; i < count; i++)
        messages[i] = (struct mmsghdr){.msg_hdr = two_parts(side->data + i * side->size, size, parts + 2 * i)};
}

static ssize_t batch_bytes(const struct mmsghdr *messages, int count)
{
    ssize_t bytes = 0;

    require(count >= 0, "sendmmsg or recvmmsg");
    for (int i = 0; i < count; i++)
        bytes += messages[i].msg_len;
    return bytes;
}

static ssize_t send_sendmmsg(struct side *side, size_t left)
{
    struct mmsghdr messages[BATCH];
    struct iovec parts[2 * BATCH];
    size_t whole = left / side->size;
    unsigned count = whole == 0 ? 1 : least(whole, BATCH);

    fill_batch(side, least(side->size, left), count, messages, parts);
    return batch_bytes(messages, t_sendmmsg(side->end, messages, count, 0));
}

typedef int (*batch_receiver)(struct end end, struct mmsghdr *messages, unsigned count, int flags);

/* Waits for one message and takes what else is there. */
static ssize_t receive_batch(struct side *side, batch_receiver receive)
{
    struct mmsghdr messages[BATCH];
    struct iovec parts[2 * BATCH];

    fill_batch(side, side->size, BATCH, messages, parts);
    return batch_bytes(messages, receive(side->end, messages, BATCH, MSG_WAITFORONE));
}

static ssize_t receive_recvmmsg(struct side *side, size_t left)
{
    (void)left;
    return receive_batch(side, t_recvmmsg);
}

const struct mover sendmmsg_mover = {send_sendmmsg, receive_recvmmsg, false, false};

#ifdef __i386__
static ssize_t receive_recvmmsg_time64(struct side *side, size_t left)
{
    (void)left;
    return receive_batch(side, t_recvmmsg_time64);
}

const struct mover sendmmsg_time64_mover = {send_sendmmsg, receive_recvmmsg_time64, false, false};
#endif
