/* Netlink between processes. */
#include <linux/netlink.h>
#include <string.h>
#include <unistd.h>

#include "../calls/calls.h"
#include "../core/process.h"
#include "../core/require.h"
#include "../kinds/netlink.h"
#include "families.h"
#include "waits.h"

/* Two processes, by write after connect and by sendmmsg. */
static void unicast(const struct plan *plan)
{
    struct end receiver = netlink_new(NETLINK_USERSOCK);
    struct sockaddr_nl to = netlink_address(receiver);
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
    group.nl_pid = netlink_address(members[0]).nl_pid;
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
    struct sockaddr_nl to = netlink_address(waiting->end);
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

const struct scenario netlink_pair_scenarios[] = {
    {"netlink/unicast", "3 N messages to another process", .n = 200, .size = 64, .run = unicast, BY_SOCKETCALL},
    {"netlink/multicast", "N messages to two members of a group", .n = 100, .size = 64, .run = multicast,
     BY_SOCKETCALL},
    WAITS("netlink/receive", &receive_wait, FORM_SOCKETCALL),
    {0},
};
