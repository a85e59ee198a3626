/* io_uring as it was in 5.15, which 5.10 has, too. */
#include "include/uring.h"

/* Every request tells of its end. */
static __always_inline void settle_silent(struct task_struct *task, bool last) {}
