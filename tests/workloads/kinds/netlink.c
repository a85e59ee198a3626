#include "netlink.h"

#include "../core/require.h"

struct end netlink_new(int protocol)
{
    struct sockaddr_nl any = {.nl_family = AF_NETLINK};
    struct end end = end_new(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol), MECHANISM_NETLINK);

    require(bind(end.fd, (struct sockaddr *)&any, sizeof(any)) == 0, "bind");
    return end;
}

struct sockaddr_nl netlink_address(struct end end)
{
    struct sockaddr_nl address;
    socklen_t length = sizeof(address);

    require(getsockname(end.fd, (struct sockaddr *)&address, &length) == 0, "getsockname");
    return address;
}
