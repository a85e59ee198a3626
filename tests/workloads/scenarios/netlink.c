/* Netlink to the kernel. */
#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include "../calls/calls.h"
#include "../core/require.h"
#include "../kinds/netlink.h"
#include "families.h"

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

#define BY_SOCKETCALL .forms = FORM_SOCKETCALL

const struct scenario netlink_scenarios[] = {
    {"netlink/dump", "N times all links from the kernel", .n = 50, .run = dump, .forms = FORM_SOCKETCALL | FORM_NEWNET},
    {"netlink/cut", "answers longer than the buffer", .n = 50, .run = cut, BY_SOCKETCALL},
    {"netlink/errors", "empty, nobody there, not for netlink", .n = 50, .run = errors, BY_SOCKETCALL},
    {0},
};
