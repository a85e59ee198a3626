#include "end.h"

#include <stdbool.h>
#include <unistd.h>

#include "require.h"
#include "tally.h"

struct end channel_new(enum mechanism mechanism)
{
    unsigned channel = ++ledger->channels;

    require(channel < TALLY_CHANNELS - TALLY_NAMES, "too many channels for the ledger");
    return (struct end){.fd = -1, .mechanism = mechanism, .channel = channel};
}

struct end end_new(int fd, enum mechanism mechanism)
{
    return end_alias(channel_new(mechanism), fd);
}

struct end end_alias(struct end end, int fd)
{
    require(fd >= 0, "open a channel");
    end.fd = fd;
    return end;
}

struct end end_file(int fd)
{
    require(fd >= 0, "open a file");
    return (struct end){.fd = fd};
}

struct end end_named(enum mechanism mechanism, uint64_t name)
{
    return (struct end){.fd = -1, .mechanism = mechanism, .channel = tally_channel((uint64_t)mechanism << 58 ^ name)};
}

struct end end_via(struct end end, enum via via)
{
    end.via = via;
    return end;
}

struct end end_detail(struct end end, unsigned detail)
{
    end.detail = detail;
    return end;
}

void end_close(struct end *end)
{
    if (end->fd >= 0)
        require(close(end->fd) == 0, "close");
    end->fd = -1;
}

static bool is_socket(struct end end)
{
    switch (end.mechanism) {
    case MECHANISM_UNIX:
    case MECHANISM_TCP:
    case MECHANISM_UDP:
    case MECHANISM_VSOCK:
    case MECHANISM_NETLINK:
        return true;
    default:
        return false;
    }
}

enum operation operation_in(struct end end)
{
    return is_socket(end) ? OPERATION_RECEIVE : OPERATION_READ;
}

enum operation operation_out(struct end end)
{
    return is_socket(end) ? OPERATION_SEND : OPERATION_WRITE;
}
