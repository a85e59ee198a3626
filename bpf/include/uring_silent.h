/* Requests that tell nothing when they succeed (IOSQE_CQE_SKIP_SUCCESS), or whose completion found its queue full.
 * Nothing is said of them, but their memory stays what it was until it is used again: it is looked at soon after. */
#pragma once

#include "uring_complete.h"

#define FREE_LOOKED_AT 256 /* what ended of late is first */

struct free_walk {
    u64 node;
    u64 wanted;
    u64 found;
};

STEP(look_at_free, struct free_walk, walk)
{
    walk->found = walk->node == walk->wanted;
    if (walk->found || !walk->node)
        return 1;
    bpf_probe_read_kernel(&walk->node, sizeof(walk->node), (void *)walk->node);
    return 0;
}

/* Whether the ring has the memory of a request among what it may use again. */
static __always_inline bool is_free(struct io_kiocb *req, u64 address)
{
    struct free_walk walk = {.wanted = address + bpf_core_field_offset(struct io_kiocb, comp_list)};

    walk.node = (u64)BPF_CORE_READ(req, ctx, submit_state.free_list.next);
    REPEAT(FREE_LOOKED_AT, look_at_free, &walk);
    if (!walk.found && bpf_core_field_exists(struct io_ring_ctx, locked_free_list)) {
        walk.node = (u64)BPF_CORE_READ(req, ctx, locked_free_list.first);
        REPEAT(FREE_LOOKED_AT, look_at_free, &walk);
    }
    return walk.found;
}

/* A result has taken the descriptor's place, or the kernel has let go of the registered file. Descriptor 0 looks as its
 * result does. */
static __always_inline bool has_ended(struct io_kiocb *req, u64 address, const struct uring_request *request)
{
    u64 flags = request_flags(req);

    if (!(flags & IOSQE_CQE_SKIP_SUCCESS)) /* it failed, and will say so */
        return false;
    if (flags & IOSQE_FIXED_FILE && bpf_core_field_exists(req->file_node) && FIELD(req, file))
        return !FIELD(req, file_node);
    return FIELD(req, cqe.flags) != request->fd || (!request->fd && is_free(req, address));
}

enum silent_state {
    SILENT_LOST,  /* its memory is something else's */
    SILENT_WAITS, /* or it failed, and will say so */
    SILENT_ENDED,
    SILENT_ENDED_WITH_FILE, /* that which it was about when it was submitted */
};

/* What has become of a request. A ring's memory goes back to the kernel before the thread ends that submitted for it
 * (6.1). A global function, for its stack: a chain of calls has 512 bytes. */
__noinline int silent_state_of(u64 address)
{
    struct uring_request *request = bpf_map_lookup_elem(&uring_requests, &address);
    struct io_kiocb *req = kernel_cast((void *)address, struct io_kiocb);

    if (!request || (u64)BPF_CORE_READ(req, ctx) != request->shot.context || name_of(req) != request->shot.user_data)
        return SILENT_LOST;
    if (!has_ended(req, address, request))
        return SILENT_WAITS;
    return request->first.object && (u64)BPF_CORE_READ(req, file) == request->file ? SILENT_ENDED_WITH_FILE
                                                                                   : SILENT_ENDED;
}

struct silent_walk {
    u64 first;
    u64 previous;
    u64 at;
    u64 last; /* 1: the task ends, and its list with it */
};

/* One request of the list; 1 ends the walk. */
STEP(look_at_silent, struct silent_walk, walk)
{
    u64 at = walk->at, next;
    struct uring_request *request = bpf_map_lookup_elem(&uring_requests, &at), *previous;
    struct io_kiocb *req = kernel_cast((void *)at, struct io_kiocb);
    bool waits;
    int state;

    if (!request)
        return 1;
    next = request->next;
    waits = request->silent && !request->over;
    state = waits ? silent_state_of(at) : SILENT_LOST;
    walk->at = next;
    if (state == SILENT_WAITS) {
        request->listed = !walk->last; /* else it is booked when it fails, or its memory is used again */
        walk->previous = at;
        return !next;
    }
    if (waits && state == SILENT_LOST)
        count_loss(LOSS_MISSED_EXIT);
    /* Its file may be no more, so it is not asked what it is if that was known when the request was submitted. */
    if (state == SILENT_ENDED)
        decide(at);
    if (state >= SILENT_ENDED && book_result(at, FIELD(req, cqe.res)))
        book_rights(at);
    previous = bpf_map_lookup_elem(&uring_requests, &walk->previous);
    if (previous)
        previous->next = next;
    else
        walk->first = next;
    request->listed = 0;
    if (waits || request->over)
        forget(request, at);
    return !next;
}

#define LONGEST_WALK 65536

/* Books the silent requests of a task that have ended. */
static __always_inline void settle_silent(struct task_struct *task, bool last)
{
    struct submitter *submitter = slot_of_task(&submitters, task);
    struct silent_walk walk = {.last = last};

    if (!submitter || !submitter->silent)
        return;
    walk.first = walk.at = submitter->silent;
    REPEAT(LONGEST_WALK, look_at_silent, &walk);
    submitter->silent = last ? 0 : walk.first;
}

struct overflow_walk {
    u64 node;
    u64 user_data;
    s64 result;
    u64 found; /* address of io_kiocb */
};

/* Whether this is the request whose completion found no room: it is not booked. */
static __always_inline bool is_overflown(struct overflow_walk *walk, struct io_kiocb *req, u64 address)
{
    struct uring_request *request;

    if (FIELD(req, cqe.user_data) != walk->user_data || FIELD(req, cqe.res) != walk->result)
        return false;
    request = bpf_map_lookup_elem(&uring_requests, &address);
    if (!request || request->over)
        return false;
    walk->found = address;
    return true;
}

STEP(look_at_overflown, struct overflow_walk, walk)
{
    u64 address = walk->node - bpf_core_field_offset(struct io_kiocb, comp_list);
    struct io_kiocb *req = kernel_cast((void *)address, struct io_kiocb);

    if (!walk->node)
        return 1;
    bpf_probe_read_kernel(&walk->node, sizeof(walk->node), &req->comp_list.next);
    return is_overflown(walk, req, address);
}

/* A thread that works off requests which would block tells of each itself (io_uring/io-wq.c): which one it is at. */
static __always_inline void look_at_work(struct overflow_walk *walk)
{
    struct task_struct *task = bpf_get_current_task_btf();
    struct io_worker *worker;
    u64 address;

    if (!(FIELD(task, flags) & PF_IO_WORKER) || !bpf_core_field_exists(task->worker_private))
        return;
    worker = kernel_cast(FIELD(task, worker_private), struct io_worker);
    address = (u64)BPF_CORE_READ(worker, cur_work) - bpf_core_field_offset(struct io_kiocb, work);
    is_overflown(walk, kernel_cast((void *)address, struct io_kiocb), address);
}

/* Looks for the request among those whose completions are being told now. */
static __always_inline void completed_overflown(struct io_ring_ctx *context, u64 user_data, s64 result)
{
    struct overflow_walk walk = {.user_data = user_data, .result = result};
    struct uring_request *request;

    bpf_probe_read_kernel(&walk.node, sizeof(walk.node), &context->submit_state.compl_reqs.first);
    REPEAT(LONGEST_WALK, look_at_overflown, &walk);
    if (!walk.found)
        look_at_work(&walk);
    request = bpf_map_lookup_elem(&uring_requests, &walk.found);
    if (!request)
        return;
    book_completion(walk.found, result);
    forget(request, walk.found);
}
