/* A request to an io_uring completes, or has a result and goes on. */
#pragma once

#include "passing.h"
#include "uring_submit.h"

#define ECANCELED 125

/* The kernel cancels what is under way when its task ends. */
static __always_inline bool ended_with_task(struct io_kiocb *req, s64 result)
{
    if (result != -ECANCELED && result != -EINTR && !is_restart(result))
        return false;
    if (!bpf_core_field_exists(struct io_uring_task, in_cancel))
        return FIELD(ring_task_of(req), in_idle.counter) > 0;
    return FIELD(ring_task_of(req), in_cancel.counter) > 0;
}

/* include/uapi/linux/io_uring.h, struct io_uring_recvmsg_out: lies before each message of a request that receives many
 */
#define RECVMSG_HEADER 16

/* What lies in the buffer before the message itself. */
static __always_inline u64 recvmsg_overhead(u64 message, u8 abi)
{
    bool compat = abi == ABI_COMPAT;
    u32 name = 0;

    if (bpf_probe_read_user(&name, sizeof(name), (void *)(message + (compat ? 4 : 8))))
        count_loss(LOSS_UNREADABLE);
    return RECVMSG_HEADER + name + user_word(message + (compat ? 20 : 40), abi);
}

/* What a message was cut to. */
static __always_inline void refine_message(struct uring_request *request, struct outcome *outcome, u64 message, u8 abi)
{
    if (request->repeats) {
        u64 overhead = recvmsg_overhead(message, abi);

        outcome->result = outcome->result > (s64)overhead ? outcome->result - overhead : 0;
        return;
    }
    if (request->first.kind == CHANNEL_STREAM || !(user_flags(message, abi) & MSG_TRUNC))
        return;
    if (!(request->flags & MSG_PEEK))
        outcome->marks |= OPERATION_TRUNCATED;
    if (request->flags & MSG_TRUNC) {
        u64 copied = buffers_of(message, abi);

        if (copied < (u64)outcome->result)
            outcome->result = copied;
    }
}

/* Whether the memory of the program is there to be read. */
static __always_inline bool in_reach(const struct caller *caller)
{
    return (u32)FIELD(current_task(), tgid) == caller->process.pid;
}

static __always_inline bool carries_descriptors(const struct uring_request *request)
{
    return request->first.mechanism == MECHANISM_UNIX && !request->repeats &&
           (request->opcode == IORING_OP_SENDMSG || request->opcode == IORING_OP_RECVMSG);
}

/* What a request that did well has moved. */
static __always_inline void refine_request(struct io_kiocb *req, struct uring_request *request, struct outcome *outcome,
                                           const struct caller *caller)
{
    switch (request->opcode) {
    case IORING_OP_ACCEPT: /* the result is a descriptor, or a number of futexes */
    case IORING_OP_FUTEX_WAIT:
    case IORING_OP_FUTEX_WAKE:
    case IORING_OP_FUTEX_WAITV:
        outcome->result = 0;
        break;
    case IORING_OP_RECV:
        if (request->flags & MSG_TRUNC && request->first.kind != CHANNEL_STREAM &&
            outcome->result > (s64)request->length && !request->repeats) {
            outcome->result = request->length;
            outcome->marks |= request->flags & MSG_PEEK ? 0 : OPERATION_TRUNCATED;
        }
        break;
    case IORING_OP_RECVMSG:
        if (in_reach(caller))
            refine_message(request, outcome, message_of(request, req), caller->call.abi);
        break;
    }
}

/* Only now does the socket know its peer. */
static __always_inline void describe_peer(struct uring_request *request, struct file *file)
{
    struct channel_key key = {};

    channel_key_of(&key, &request->first);
    describe_channel(&key, request->first.mechanism, file);
}

/* The file that the request at an address has got decides what it is about; one that was never tried has none. */
__noinline int decide(u64 address)
{
    struct uring_request *request = bpf_map_lookup_elem(&uring_requests, &address);
    struct io_kiocb *req = kernel_cast((void *)address, struct io_kiocb);
    struct file *file = kernel_cast(FIELD(req, file), struct file);

    if (request && file && request->direction != NO_DIRECTION)
        adopt_file(&request->first, &request->address, file, request->direction);
    return 0;
}

/* Books one result of the request at an address. A global function is verified once, not at each of its calls. 1:
 * descriptors are to be booked, too. */
__noinline int book_result(u64 address, s64 result)
{
    struct uring_request *request = bpf_map_lookup_elem(&uring_requests, &address);
    struct io_kiocb *req = kernel_cast((void *)address, struct io_kiocb);
    struct task_struct *task = submitter_of(req);
    struct file *file = kernel_cast(FIELD(req, file), struct file);
    struct outcome outcome = {.result = result};
    struct caller caller = {};

    if (!request || !task)
        return 0;
    outcome.begin = request->begin;
    outcome.end = bpf_ktime_get_ns();
    introduce(&caller, task);
    caller.call.nr = request->opcode;
    caller.call.abi = abi_of_ring(kernel_cast(FIELD(req, ctx), struct io_ring_ctx));
    if (!outcome.begin) {
        outcome.begin = outcome.end;
        outcome.marks = OPERATION_UNTIMED;
    }
    if (ended_with_task(req, result))
        outcome.marks |= OPERATION_INTERRUPTED;
    else if (is_restart(result))
        outcome.result = -EINTR;
    if (result >= 0)
        refine_request(req, request, &outcome, &caller);
    if (request->opcode == IORING_OP_CONNECT && file && request->first.object)
        describe_peer(request, file);
    if (request->first.object)
        book_move(&request->first, &caller, &outcome);
    if (request->second.object)
        book_move(&request->second, &caller, &outcome);
    request->begin = outcome.end; /* of the next result, if there is one */
    return result >= 0 && carries_descriptors(request) && in_reach(&caller);
}

/* Descriptors that went with a message: as of a call of the current thread, which makes none now. */
__noinline int book_rights(u64 address)
{
    struct uring_request *request = bpf_map_lookup_elem(&uring_requests, &address);
    struct io_kiocb *req = kernel_cast((void *)address, struct io_kiocb);
    struct thread *thread = current_thread(current_task());

    if (!request)
        return 0;
    if (!thread) {
        count_loss(LOSS_THREAD_SLOT);
        return 0;
    }
    thread->cache[0] = request->first;
    thread->first = 0;
    thread->passing.object = 0;
    thread->caller.call.nr = request->opcode;
    thread->caller.call.abi = abi_of_ring(kernel_cast(FIELD(req, ctx), struct io_ring_ctx));
    thread->outcome.end = bpf_ktime_get_ns();
    book_descriptors(thread, message_of(request, req), request->direction == DIRECTION_OUT);
    thread->cache[0].object = 0; /* the flow is not one of system calls */
    thread->passing.object = 0;
    return 0;
}

/* Not in one function: a chain of calls has 512 bytes of stack. */
static __always_inline void book_completion(u64 address, s64 result)
{
    decide(address);
    if (book_result(address, result))
        book_rights(address);
}

/* One that was submitted before the probes were there, or found no room. */
static __always_inline void book_unknown(u64 address, s64 result)
{
    struct io_kiocb *req = kernel_cast((void *)address, struct io_kiocb);
    struct file *file = kernel_cast(FIELD(req, file), struct file);
    struct submitter *submitter;

    if (!file || direction_of_opcode(FIELD(req, opcode)) == NO_DIRECTION || !is_channel(file, FIELD(file, f_inode)))
        return;
    if (!process_wanted(submitter_of(req)))
        return;
    submitter = current_submitter(current_task());
    if (!submitter) {
        count_loss(LOSS_THREAD_SLOT);
        return;
    }
    count_loss(LOSS_MISSED_ENTRY);
    read_request(&submitter->request, req, 0);
    submitter->request.repeats = 0;
    bpf_map_update_elem(&uring_requests, &address, &submitter->request, BPF_ANY);
    book_completion(address, result);
    bpf_map_delete_elem(&uring_requests, &address);
}

static __always_inline void completed(u64 address, s64 result, bool more)
{
    struct uring_request *request = bpf_map_lookup_elem(&uring_requests, &address);

    if (!request || request->over) {
        book_unknown(address, result);
        return;
    }
    book_completion(address, result);
    if (!more)
        forget(request, address);
}

/* A completion that does not say which request it is of. */
static __always_inline void completed_by_name(u64 context, u64 user_data, s64 result, bool more)
{
    struct shot_key key = {.context = context, .user_data = user_data};
    u64 *address = bpf_map_lookup_elem(&uring_shots, &key);

    if (address)
        completed(*address, result, more);
}
