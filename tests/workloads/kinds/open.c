#include <fcntl.h>

#include "../calls/calls.h"
#include "../core/require.h"
#include "kind.h"

/* In one process the receiver of a connection cannot be awaited first: the sender comes first, the backlog holds it. */
void kind_open(const struct kind *kind, struct link *link)
{
    kind->prepare(kind, link);
    if (link->path != NULL) {
        require(t_open_fifo(&link->sender, link->path, O_WRONLY | O_CLOEXEC) >= 0, "open the FIFO");
        require(fcntl(link->receiver.fd, F_SETFL, 0) == 0, "fcntl(F_SETFL)");
        return;
    }
    if (link->sender.fd >= 0)
        return;
    link->sender = socket_new(kind);
    require_result(t_connect(link->sender, (struct sockaddr *)&link->address, link->address_length), 0);
    if (kind->ends)
        kind->receive(kind, link);
}
