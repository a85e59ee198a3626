#include "eventfd.h"

#include <sys/eventfd.h>

#include "../calls/calls.h"
#include "../core/require.h"

struct end event_new(uint64_t value, int flags)
{
    struct end event = end_new(eventfd(0, EFD_CLOEXEC | flags), MECHANISM_EVENTFD);

    if (value != 0)
        require_result(t_write(event, &value, sizeof(value)), EVENT_SIZE);
    return event;
}

void event_add(struct end event, uint64_t value)
{
    require_result(t_write(event, &value, sizeof(value)), EVENT_SIZE);
}

void event_take(struct end event, uint64_t expected)
{
    uint64_t value;

    require_result(t_read(event, &value, sizeof(value)), EVENT_SIZE);
    require(value == expected, "reading the counter");
}
