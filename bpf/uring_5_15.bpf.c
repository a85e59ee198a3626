/* io_uring as it was in 5.15, which 5.10 has, too: completions do not name the request, and every request has one. */
#include "include/uring_complete.h"

SEC("?tp_btf/io_uring_submit_sqe")
int ipcscope_uring_submit_5_15(u64 *context)
{
    submitted_at(context + 1);
    return 0;
}

SEC("?tp_btf/io_uring_complete")
int ipcscope_uring_complete_5_15(u64 *context)
{
    completed_by_name(context[0], context[1], (s32)context[2], context[3] & IORING_CQE_F_MORE);
    return 0;
}

SEC("?tp_btf/sched_process_exit")
int ipcscope_uring_exit(u64 *context)
{
    drop_slot_of_task(&submitters, current_task());
    return 0;
}

/* Of requests that tell nothing, which came later. */
static __always_inline void settle_silent(struct task_struct *task, bool last) {}
