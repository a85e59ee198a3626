/* Counters of eventfd(2). */
#pragma once

#include <stdint.h>
#include <sys/types.h>

#include "../core/end.h"

#define EVENT_SIZE ((ssize_t)sizeof(uint64_t))
#define EVENT_MOST (UINT64_MAX - 1) /* that the counter can have */

struct end event_new(uint64_t value, int flags);
void event_add(struct end event, uint64_t value);
/* Reads what must be `expected`. */
void event_take(struct end event, uint64_t expected);
