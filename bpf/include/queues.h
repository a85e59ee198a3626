/* Times in queues, where the kernel has what they are counted with: atomics that fetch. */
#pragma once

#ifndef NO_TASK_STORAGE
#include "delivery.h"
#else
#include "queue_kernel.h"
#include "thread.h"

static __always_inline int note_queue(struct cached_flow *flow, u64 file)
{
    return 0;
}

static __always_inline void note_client(struct cached_flow *flow, u64 file) {}

static __always_inline void note_message_queue(struct cached_flow *flow, const struct subject *subject) {}

static __always_inline void change_queue(struct cached_flow *flow, u32 priority) {}

static __always_inline void deliver(struct cached_flow *flow, const struct outcome *outcome) {}
#endif
