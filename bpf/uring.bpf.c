/* io_uring: requests are timed when they are submitted, and booked when they complete, whoever does that for them.
 * The tracepoints differ by kernel; the host attaches those whose arguments are as here (kernel.md, section 7). */
#include "include/uring_silent.h"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpadded"
#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

/* The same as events, include/trace/events/io_uring.h */
struct trace_event_raw_io_uring_submit_req {
    void *req;
};

struct trace_event_raw_io_uring_complete {
    void *ctx;
    void *req;
    u64 user_data;
    s32 res;
    u32 cflags;
};

struct trace_event_raw_io_uring_cqe_overflow {
    void *ctx;
    u64 user_data;
    s32 res;
};

#pragma clang attribute pop
#pragma clang diagnostic pop

SEC("?tp_btf/io_uring_submit_req")
int ipcscope_uring_submit(u64 *context)
{
    submitted_at(context);
    return 0;
}

/* 6.1: with another name, and an argument that tells nothing */
SEC("?tp_btf/io_uring_submit_sqe")
int ipcscope_uring_submit_6_1(u64 *context)
{
    submitted_at(context);
    return 0;
}

static __always_inline void told(u64 context, u64 req, u64 user_data, s32 result, u32 flags)
{
    bool more = flags & IORING_CQE_F_MORE;

    if (req)
        completed(req, result, false);
    else if (more) /* else it is a message from another ring */
        completed_by_name(context, user_data, result, true);
}

SEC("?tp_btf/io_uring_complete")
int ipcscope_uring_complete(u64 *context)
{
    struct io_uring_cqe *completion = kernel_cast((void *)context[2], struct io_uring_cqe);

    told(context[0], context[1], FIELD(completion, user_data), FIELD(completion, res), FIELD(completion, flags));
    return 0;
}

/* 6.1: what the completion says is in the arguments */
SEC("?tp_btf/io_uring_complete")
int ipcscope_uring_complete_6_1(u64 *context)
{
    told(context[0], context[1], context[2], context[3], context[4]);
    return 0;
}

/* The queue of completions was full: this one is told later, and not traced again. */
SEC("?tp_btf/io_uring_cqe_overflow")
int ipcscope_uring_overflow(u64 *context)
{
    completed_overflown(kernel_cast((void *)context[0], struct io_ring_ctx), context[1], (s32)context[2]);
    return 0;
}

/* A task has done what was left to it of its requests. */
SEC("?tp_btf/io_uring_task_work_run")
int ipcscope_uring_worked(u64 *context)
{
    settle_silent(current_task(), false);
    return 0;
}

SEC("?tp_btf/sched_process_exit")
int ipcscope_uring_exit(u64 *context)
{
    settle_silent(current_task(), true);
    return 0;
}

/* Where raw tracepoints are preempted (syscall.bpf.c) */
SEC("?tracepoint/io_uring/io_uring_submit_req")
int ipcscope_uring_submit_event(struct trace_event_raw_io_uring_submit_req *event)
{
    submitted(kernel_cast(event->req, struct io_kiocb), (u64)event->req);
    return 0;
}

SEC("?tracepoint/io_uring/io_uring_complete")
int ipcscope_uring_complete_event(struct trace_event_raw_io_uring_complete *event)
{
    told((u64)event->ctx, (u64)event->req, event->user_data, event->res, event->cflags);
    return 0;
}

SEC("?tracepoint/io_uring/io_uring_cqe_overflow")
int ipcscope_uring_overflow_event(struct trace_event_raw_io_uring_cqe_overflow *event)
{
    completed_overflown(kernel_cast(event->ctx, struct io_ring_ctx), event->user_data, event->res);
    return 0;
}

SEC("?tracepoint/io_uring/io_uring_task_work_run")
int ipcscope_uring_worked_event(void *event)
{
    settle_silent(bpf_get_current_task_btf(), false);
    return 0;
}

SEC("?tracepoint/sched/sched_process_exit")
int ipcscope_uring_exit_event(void *event)
{
    settle_silent(bpf_get_current_task_btf(), true);
    return 0;
}
