#include <fcntl.h>

#include "../core/tally.h"
#include "calls.h"

int t_open_fifo(struct end *end, const char *path, int flags)
{
    end->fd = open(path, flags);
    if (end->fd >= 0)
        book_empty(*end, OPERATION_OPEN, 0);
    return end->fd;
}
