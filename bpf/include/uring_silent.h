/* Requests that tell nothing when they succeed (IOSQE_CQE_SKIP_SUCCESS), or whose completion found its queue full.
 * Nothing is said of them, but their memory stays what it was until it is used again: it is looked at soon after. */
#pragma once

#include "uring_complete.h"

/* A result has taken the descriptor's place, or the kernel has let go of the registered file. */
static __always_inline bool has_ended(struct io_kiocb *req, const struct uring_request *request)
{
    u64 flags = request_flags(req);

    if (!(flags & IOSQE_CQE_SKIP_SUCCESS)) /* it failed, and will say so */
        return false;
    if (flags & IOSQE_FIXED_FILE && bpf_core_field_exists(req->file_node) && FIELD(req, file))
        return !FIELD(req, file_node);
    return FIELD(req, cqe.flags) != request->fd;
}

struct silent_walk {
    u64 first;
    u64 previous;
    u64 at;
};

/* One request of the list; 1 ends the walk. */
static long look_at_silent(u64 index, void *context)
{
    struct silent_walk *walk = context;
    u64 at = walk->at, next;
    struct uring_request *request = bpf_map_lookup_elem(&uring_requests, &at), *previous;
    struct io_kiocb *req = kernel_cast((void *)at, struct io_kiocb);
    bool ended;

    if (!request)
        return 1;
    next = request->next;
    ended = !request->over && request->silent && has_ended(req, request);
    walk->at = next;
    if (request->silent && !request->over && !ended) {
        walk->previous = at;
        return !next;
    }
    if (ended)
        book_completion(at, FIELD(req, cqe.res));
    previous = bpf_map_lookup_elem(&uring_requests, &walk->previous);
    if (previous)
        previous->next = next;
    else
        walk->first = next;
    request->listed = 0;
    if (ended || request->over)
        forget(request, at);
    return !next;
}

#define LONGEST_WALK 65536

/* Books the silent requests of a task that have ended. */
static __always_inline void settle_silent(struct task_struct *task)
{
    struct submitter *submitter = bpf_task_storage_get(&submitters, (void *)task, 0, 0);
    struct silent_walk walk = {};

    if (!submitter || !submitter->silent)
        return;
    walk.first = walk.at = submitter->silent;
    bpf_loop(LONGEST_WALK, look_at_silent, &walk, 0);
    submitter->silent = walk.first;
}

struct overflow_walk {
    u64 node;
    u64 user_data;
    s64 result;
};

/* Whether this is the request whose completion found no room: its completion is being told, and it is not booked. */
static long look_at_overflown(u64 index, void *context)
{
    struct overflow_walk *walk = context;
    u64 address = walk->node - bpf_core_field_offset(struct io_kiocb, comp_list);
    struct io_kiocb *req = kernel_cast((void *)address, struct io_kiocb);
    struct uring_request *request;

    if (!walk->node)
        return 1;
    bpf_probe_read_kernel(&walk->node, sizeof(walk->node), &req->comp_list.next);
    if (FIELD(req, cqe.user_data) != walk->user_data || FIELD(req, cqe.res) != walk->result)
        return 0;
    request = bpf_map_lookup_elem(&uring_requests, &address);
    if (!request || request->over)
        return 0;
    book_completion(address, walk->result);
    forget(request, address);
    return 1;
}

/* Looks for the request among those whose completions are being told now. */
static __always_inline void completed_overflown(struct io_ring_ctx *context, u64 user_data, s64 result)
{
    struct overflow_walk walk = {.user_data = user_data, .result = result};

    bpf_probe_read_kernel(&walk.node, sizeof(walk.node), &context->submit_state.compl_reqs.first);
    bpf_loop(LONGEST_WALK, look_at_overflown, &walk, 0);
}
