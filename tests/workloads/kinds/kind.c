#include "kind.h"

#include <string.h>

#include "../core/require.h"

#define PIPE    .mechanism = MECHANISM_PIPE, .ends = true
#define FIFO    .mechanism = MECHANISM_FIFO, .ends = true
#define UNIX(t) .mechanism = MECHANISM_UNIX, .socket = true, .family = AF_UNIX, .type = t
#define TCP(f)  .mechanism = MECHANISM_TCP, .socket = true, .family = f, .type = SOCK_STREAM, .ends = true
#define UDP(f)                                                                                                         \
    .mechanism = MECHANISM_UDP, .socket = true, .family = f, .type = SOCK_DGRAM, .messages = true, .lossy = true

#define INHERITED  .receive = inherited_receive, .send = inherited_send
#define CONNECTION .prepare = connection_prepare, .send = connection_send
#define DATAGRAM   .prepare = datagram_prepare, .receive = inherited_receive, .send = datagram_send

/* Half of the connections are taken by accept, half by accept4. */
const struct kind kinds[KINDS] = {
    {"pipe", PIPE, .prepare = pipe_prepare, INHERITED},
    {"fifo", FIFO, .prepare = fifo_prepare, .receive = fifo_receive, .send = fifo_send},
    {"unix-stream", UNIX(SOCK_STREAM), .ends = true, CONNECTION, .receive = connection_receive},
    {"unix-abstract", UNIX(SOCK_STREAM), .ends = true, CONNECTION, .receive = connection_receive4},
    {"unix-dgram", UNIX(SOCK_DGRAM), .messages = true, DATAGRAM},
    {"unix-seqpacket", UNIX(SOCK_SEQPACKET), .messages = true, .ends = true, CONNECTION, .receive = connection_receive},
    {"pair-stream", UNIX(SOCK_STREAM), .ends = true, .prepare = socketpair_prepare, INHERITED},
    {"pair-dgram", UNIX(SOCK_DGRAM), .messages = true, .prepare = socketpair_prepare, INHERITED},
    {"tcp4", TCP(AF_INET), CONNECTION, .receive = connection_receive},
    {"tcp6", TCP(AF_INET6), CONNECTION, .receive = connection_receive4},
    {"udp4", UDP(AF_INET), DATAGRAM},
    {"udp6", UDP(AF_INET6), DATAGRAM},
};

const struct kind *kind_by_name(const char *name)
{
    for (int i = 0; i < KINDS; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    require(false, name);
    return NULL;
}

void link_close(struct link *link)
{
    end_close(&link->receiver);
    end_close(&link->sender);
}

void inherited_receive(const struct kind *kind, struct link *link)
{
    (void)kind;
    end_close(&link->sender);
}

void inherited_send(const struct kind *kind, struct link *link)
{
    (void)kind;
    end_close(&link->receiver);
}
