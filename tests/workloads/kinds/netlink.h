/* Netlink sockets. */
#pragma once

#include <sys/socket.h>

#include <linux/netlink.h>

#include "../core/end.h"

/* Bound to a port of its own. */
struct end netlink_new(int protocol);
struct sockaddr_nl netlink_address(struct end end);
