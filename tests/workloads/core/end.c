#include "end.h"

#include <stdbool.h>
#include <unistd.h>

#include "require.h"
#include "tally.h"

struct end end_new(int fd, enum mechanism mechanism)
{
    unsigned channel = ++ledger->channels;

    require(fd >= 0, "open a channel");
    require(channel < 1u << TALLY_KEY_CHANNEL_BITS, "too many channels for the ledger");
    return (struct end){fd, mechanism, channel};
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

void end_close(struct end *end)
{
    if (end->fd >= 0)
        require(close(end->fd) == 0, "close");
    end->fd = -1;
}

static bool is_socket(struct end end)
{
    return end.mechanism > MECHANISM_FIFO;
}

enum operation operation_in(struct end end)
{
    return is_socket(end) ? OPERATION_RECEIVE : OPERATION_READ;
}

enum operation operation_out(struct end end)
{
    return is_socket(end) ? OPERATION_SEND : OPERATION_WRITE;
}
