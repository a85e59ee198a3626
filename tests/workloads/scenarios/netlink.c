/* Netlink: to the kernel and between processes. */
#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../core/process.h"
#include "../core/require.h"
#include "families.h"
#include "waits.h"

static struct end netlink_new(int protocol)
{
    struct sockaddr_nl any = {.nl_family = AF_NETLINK};
    struct end end = end_new(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol), MECHANISM_NETLINK);

    require(bind(end.fd, (struct sockaddr *)&any, sizeof(any)) == 0, "bind");
    return end;
}

static struct sockaddr_nl address_of(struct end end)
{
    struct sockaddr_nl address;
    socklen_t length = sizeof(address);

    require(getsockname(end.fd, (struct sockaddr *)&address, &length) == 0, "getsockname");
    return address;
}

struct question {
    struct nlmsghdr header;
    struct ifinfomsg link;
};

static void ask(struct end end, struct question *question, int type, int flags)
{
    struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
    ssize_t size = sizeof(*question);

    *question = (struct question){.header = {.nlmsg_len = size, .nlmsg_type = type, .nlmsg_flags = flags}};
    require_result(t_sendto(end, question, size, 0, (struct sockaddr *)&kernel, sizeof(kernel)), size);
}

static bool is_last(const char *data, ssize_t size)
{
    const struct nlmsghdr *header = (const struct nlmsghdr *)data;

    for (unsigned left = size; NLMSG_OK(header, left); header = NLMSG_NEXT(header, left))
        if (header->nlmsg_type == NLMSG_DONE || header->nlmsg_type == NLMSG_ERROR)
            return true;
    return false;
}

/* How long the answer is, then the answer, until all links are told. */
static void dump(const struct plan *plan)
{
    struct end end = netlink_new(NETLINK_ROUTE);
    struct question question;
    char data[32768];

    for (unsigned i = 0; i < plan->n; i++) {
        struct iovec part = {data, sizeof(data)};
        struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
        ssize_t size;

        ask(end, &question, RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP);
        do {
            size = t_recv(end, data, 16, MSG_PEEK | MSG_TRUNC);
            require(size > 16, "peeking at an answer");
            require_result(t_recvmsg(end, &message, 0), size);
        } while (!is_last(data, size));
    }
    end_close(&end);
}

/* Answers that are cut to the buffer. */
static void cut(const struct plan *plan)
{
    struct end end = netlink_new(NETLINK_ROUTE);
    struct question question;
    char data[20];

    for (unsigned i = 0; i < plan->n; i++) {
        struct iovec part = {data, sizeof(data)};
        struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

        ask(end, &question, 9999, NLM_F_REQUEST | NLM_F_ACK);
        require(t_recv(end, data, sizeof(data), MSG_TRUNC) > (ssize_t)sizeof(data), "recv with MSG_TRUNC");
        ask(end, &question, 9999, NLM_F_REQUEST | NLM_F_ACK);
        require_result(t_recvmsg(end, &message, 0), sizeof(data));
        require((message.msg_flags & MSG_TRUNC) != 0, "cutting an answer");
        ask(end, &question, 9999, NLM_F_REQUEST | NLM_F_ACK);
        require_result(t_read(end, data, sizeof(data)), sizeof(data));
    }
    end_close(&end);
}

static void errors(const struct plan *plan)
{
    struct end end = netlink_new(NETLINK_ROUTE);
    struct sockaddr_nl nobody = {.nl_family = AF_NETLINK, .nl_pid = 4000000001u}, wrong = {.nl_family = AF_UNIX};
    char data[64] = "";

    for (unsigned i = 0; i < plan->n; i++) {
        require_error(t_recv(end, data, sizeof(data), MSG_DONTWAIT), EAGAIN);
        require_error(t_send(end, data, sizeof(data), MSG_OOB), EOPNOTSUPP);
        require_error(t_recv(end, data, sizeof(data), MSG_OOB), EOPNOTSUPP);
        require_error(t_sendto(end, data, sizeof(data), 0, (struct sockaddr *)&wrong, sizeof(wrong)), EINVAL);
        require_error(t_sendto(end, data, sizeof(data), 0, (struct sockaddr *)&nobody, sizeof(nobody)), ECONNREFUSED);
        require_error(t_connect(end, (struct sockaddr *)&wrong, sizeof(wrong)), EINVAL);
        require_error(t_shutdown(end, SHUT_WR), EOPNOTSUPP);
        require_error(t_accept(end).fd, EOPNOTSUPP);
    }
    end_close(&end);
}

/* Two processes, by write after connect and by sendmmsg. */
static void unicast(const struct plan *plan)
{
    struct end receiver = netlink_new(NETLINK_USERSOCK);
    struct sockaddr_nl to = address_of(receiver);
    pid_t child = process_fork(0);
    char data[plan->size];

    memset(data, 0, plan->size);
    if (child == 0) {
        struct iovec part = {data, plan->size};
        struct mmsghdr pair[2] = {{.msg_hdr = {.msg_iov = &part, .msg_iovlen = 1}},
                                  {.msg_hdr = {.msg_iov = &part, .msg_iovlen = 1}}};
        struct end sender = netlink_new(NETLINK_USERSOCK);

        require_result(t_connect(sender, (struct sockaddr *)&to, sizeof(to)), 0);
        for (unsigned i = 0; i < plan->n; i++) {
            require_result(t_write(sender, data, plan->size), (ssize_t)plan->size);
            require_result(t_sendmmsg(sender, pair, 2, 0), 2);
        }
        _exit(0);
    }
    for (unsigned i = 0; i < 3 * plan->n; i++)
        require_result(t_read(receiver, data, plan->size), (ssize_t)plan->size);
    process_join(child);
    end_close(&receiver);
}

#define GROUP 3

/* One send, which two others get. */
static void multicast(const struct plan *plan)
{
    struct sockaddr_nl group = {.nl_family = AF_NETLINK, .nl_groups = 1 << (GROUP - 1)};
    struct end sender = netlink_new(NETLINK_USERSOCK), members[2];
    char data[plan->size];
    int number = GROUP;

    memset(data, 0, plan->size);
    for (int i = 0; i < 2; i++) {
        members[i] = netlink_new(NETLINK_USERSOCK);
        require(setsockopt(members[i].fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &number, sizeof(number)) == 0,
                "setsockopt(NETLINK_ADD_MEMBERSHIP)");
    }
    /* One of them by name: without a name it would go to the kernel, too, which does not listen here. */
    group.nl_pid = address_of(members[0]).nl_pid;
    for (unsigned i = 0; i < plan->n; i++) {
        ssize_t sent = t_sendto(sender, data, plan->size, 0, (struct sockaddr *)&group, sizeof(group));

        require_result(sent, (ssize_t)plan->size);
        for (int member = 0; member < 2; member++)
            require_result(t_recv(members[member], data, plan->size, 0), (ssize_t)plan->size);
    }
    end_close(&sender);
    end_close(&members[0]);
    end_close(&members[1]);
}

static void open_pair(struct waiting *waiting)
{
    waiting->end = netlink_new(NETLINK_USERSOCK);
    waiting->other = netlink_new(NETLINK_USERSOCK);
}

static ssize_t receive(struct waiting *waiting)
{
    char data[64];

    return t_recv(waiting->end, data, sizeof(data), 0);
}

static void release(struct waiting *waiting)
{
    struct sockaddr_nl to = address_of(waiting->end);
    char data[32] = "";

    require_result(t_sendto(waiting->other, data, sizeof(data), 0, (struct sockaddr *)&to, sizeof(to)), sizeof(data));
}

static void close_pair(struct waiting *waiting)
{
    end_close(&waiting->end);
    end_close(&waiting->other);
}

static const struct wait receive_wait = {OPERATION_RECEIVE, .restarts = true,   .resumes = true,    .open = open_pair,
                                         .call = receive,   .release = release, .close = close_pair};

#define BY_SOCKETCALL .forms = FORM_SOCKETCALL

const struct scenario netlink_scenarios[] = {
    {"netlink/dump", "N times all links from the kernel", .n = 50, .run = dump, BY_SOCKETCALL},
    {"netlink/cut", "answers longer than the buffer", .n = 50, .run = cut, BY_SOCKETCALL},
    {"netlink/errors", "empty, nobody there, not for netlink", .n = 50, .run = errors, BY_SOCKETCALL},
    {"netlink/unicast", "3 N messages to another process", .n = 200, .size = 64, .run = unicast, BY_SOCKETCALL},
    {"netlink/multicast", "N messages to two members of a group", .n = 100, .size = 64, .run = multicast,
     BY_SOCKETCALL},
    WAITS("netlink/receive", &receive_wait, FORM_SOCKETCALL),
    {0},
};
