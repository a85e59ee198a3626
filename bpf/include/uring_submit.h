/* A request to an io_uring is submitted: whose it is, and on what. */
#pragma once

#include "uring_flow.h"

static __always_inline struct subject *uring_subject(struct submitter *submitter, u8 mechanism, u8 operation)
{
    struct subject *subject = &submitter->subject;

    __builtin_memset(subject, 0, sizeof(*subject));
    subject->mechanism = mechanism;
    subject->operation = operation;
    return subject;
}

/* A message to a ring, IORING_OP_MSG_RING. */
static __always_inline bool note_ring(struct task_struct *task, struct submitter *submitter, struct file *file)
{
    struct subject *subject = uring_subject(submitter, MECHANISM_IO_URING, OPERATION_SEND);
    struct inode *inode = FIELD(file, f_inode);

    if (!kernel_text_begins(FIELD(file, f_path.dentry, d_name.name), "[io_uring]"))
        return false;
    subject->number = FIELD(inode, i_ino);
    subject->device = FIELD(inode, i_sb, s_dev);
    subject->guard = address_of(&submitter->request.address, inode) >> 6;
    return note_named_flow(task, submitter, &submitter->request.first);
}

#define FLAGS_SHARED 0x10 /* kernel/futex/futex.h */

struct words {
    struct mapping found;
    u64 vector; /* address of struct futex_waitv */
    u32 count;
    u32 pad;
};

/* One word of a vector; 1 ends the walk. */
STEP(look_at_word, struct words, words)
{
    struct futex_waiter waiter;

    if (index >= words->count)
        return 1;
    if (bpf_probe_read_user(&waiter, sizeof(waiter), (void *)(words->vector + index * sizeof(waiter)))) {
        count_loss(LOSS_UNREADABLE);
        return 1;
    }
    if (waiter.flags & FUTEX_PRIVATE_FLAG)
        return 0;
    find_mapping(&words->found, waiter.address);
    return words->found.mechanism != MECHANISM_NONE;
}

static __always_inline void find_shared_word(struct mapping *mapping, u64 vector, u32 count)
{
    struct words words = {.vector = vector, .count = count};

    REPEAT(FUTEX_WAITERS_LIMIT, look_at_word, &words);
    *mapping = words.found;
}

/* A futex that processes share. Of a vector, the first word that is shared. */
static __noinline bool note_futex(struct task_struct *task, struct submitter *submitter, struct io_futex *futex,
                                  u8 opcode)
{
    struct mapping mapping = {};
    struct subject *subject;

    if (opcode == IORING_OP_FUTEX_WAITV)
        find_shared_word(&mapping, (u64)FIELD(futex, uaddr), FIELD(futex, futex_nr));
    else if (FIELD(futex, futex_flags) & FLAGS_SHARED)
        find_mapping(&mapping, (u64)BPF_CORE_READ(futex, uaddr)); /* read so, it is a number to the verifier */
    if (!mapping.mechanism)
        return false;
    subject =
        uring_subject(submitter, MECHANISM_FUTEX, opcode == IORING_OP_FUTEX_WAKE ? OPERATION_WAKE : OPERATION_WAIT);
    subject->number = mapping.inode;
    subject->device = mapping.device;
    subject->guard = mapping.offset >> 2;
    subject->id = mapping.offset;
    subject->name = mapping.name;
    return note_named_flow(task, submitter, &submitter->request.first);
}

/* The source of splice and tee. */
static __always_inline void note_source(struct task_struct *task, struct submitter *submitter, struct io_kiocb *req)
{
    struct io_splice *splice = kernel_cast(req, struct io_splice);
    struct file *file = file_at(task, kernel_cast(FIELD(req, ctx), struct io_ring_ctx), FIELD(splice, splice_fd_in),
                                FIELD(splice, flags) & SPLICE_F_FD_IN_FIXED);

    if (file)
        note_file(task, submitter, &submitter->request.second, file,
                  submitter->request.opcode == IORING_OP_TEE ? DIRECTION_PEEK : DIRECTION_IN);
}

/* Whether it is too early to say what the descriptor means: requests before it in its chain may make it. */
static __always_inline bool is_undecided(struct io_ring_ctx *context, struct file *file, bool registered)
{
    return (registered || !file) && FIELD(context, submit_state.link.head);
}

/* False if the request is nothing to count. */
static __always_inline bool note_request(struct task_struct *task, struct submitter *submitter, struct io_kiocb *req,
                                         struct file *file, bool registered)
{
    struct uring_request *request = &submitter->request;
    bool noted = false;

    switch (request->opcode) {
    case IORING_OP_FUTEX_WAIT:
    case IORING_OP_FUTEX_WAKE:
    case IORING_OP_FUTEX_WAITV:
        return bpf_core_type_exists(struct io_futex) &&
               note_futex(task, submitter, kernel_cast(req, struct io_futex), request->opcode);
    case IORING_OP_MSG_RING:
        return file && note_ring(task, submitter, file);
    case IORING_OP_SPLICE:
    case IORING_OP_TEE:
        note_source(task, submitter, req);
        break;
    }
    if (file)
        noted = note_file(task, submitter, &request->first, file, request->direction);
    return noted || request->second.object ||
           is_undecided(kernel_cast(FIELD(req, ctx), struct io_ring_ctx), file, registered);
}

static __always_inline void read_request(struct uring_request *request, struct io_kiocb *req, u64 flags)
{
    struct io_sr_msg *message = kernel_cast(req, struct io_sr_msg);

    __builtin_memset(request, 0, sizeof(*request));
    request->opcode = FIELD(req, opcode);
    request->direction = direction_of_opcode(request->opcode);
    request->silent = !!(flags & IOSQE_CQE_SKIP_SUCCESS);
    request->repeats = may_repeat(req, request->opcode);
    if (!told_by_name())
        request->fd = FIELD(req, cqe.flags);
    request->shot.user_data = name_of(req);
    request->shot.context = address_of(&request->address, FIELD(req, ctx));
    if (told_by_name() && has_message(request->opcode))
        request->length = (u64)FIELD(message, umsg);
    else if (is_receive(request->opcode))
        request->length = FIELD(message, len);
    if (!is_receive(request->opcode))
        return;
    request->flags = FIELD(message, msg_flags);
    if (request->flags & MSG_PEEK)
        request->direction = DIRECTION_PEEK;
}

int book_result(u64 address, s64 result);

/* Nobody will ask for this request any more. One that is listed is taken away by who walks the list. */
static __always_inline void forget(struct uring_request *request, u64 address)
{
    if (request->repeats || told_by_name())
        bpf_map_delete_elem(&uring_shots, &request->shot);
    if (request->listed)
        request->over = 1;
    else
        bpf_map_delete_elem(&uring_requests, &address);
}

/* The memory of a request that told nothing of its end is used again, by whatever is asked for next. In the same ring
 * its result is still there; what it was about is not, unless that was known before it was tried. */
static __always_inline void settle_reused(struct task_struct *task, struct uring_request *old, struct io_kiocb *req,
                                          u64 address)
{
    if (old->over)
        return;
    if (told_by_name() || old->repeats || old->shot.context != (u64)BPF_CORE_READ(req, ctx) ||
        old->pid != (u32)FIELD(task, tgid) || (!old->first.object && !old->second.object)) {
        count_loss(LOSS_MISSED_EXIT);
    } else {
        old->begin = 0;
        book_result(address, FIELD(req, cqe.res));
    }
    forget(old, address);
}

/* Puts the request where its completion will find it. `old`: what its memory was before, if that is still listed. */
static __always_inline void keep_request(struct submitter *submitter, struct uring_request *old, u64 address)
{
    struct uring_request *request = &submitter->request;
    u64 *shot;
    bool listed = old && old->listed;

    request->pid = submitter->caller.process.pid;
    request->listed = listed || request->silent;
    request->next = listed ? old->next : submitter->silent;
    request->begin = bpf_ktime_get_ns();
    if (bpf_map_update_elem(&uring_requests, &address, request, BPF_ANY)) {
        if (request->silent) /* others are booked untimed when they complete */
            count_loss(LOSS_MISSED_EXIT);
        return;
    }
    if (request->silent && !listed)
        submitter->silent = address;
    if (!request->repeats && !told_by_name())
        return;
    shot = bpf_map_lookup_elem(&uring_shots, &request->shot);
    if (shot && *shot != address)
        count_loss(LOSS_MISSED_EXIT); /* two requests of one name: the results of the first go astray */
    bpf_map_update_elem(&uring_shots, &request->shot, &address, BPF_ANY);
}

static __always_inline void submitted(struct io_kiocb *req, u64 address)
{
    struct task_struct *task = current_task();
    struct io_ring_ctx *context = kernel_cast(FIELD(req, ctx), struct io_ring_ctx);
    u64 flags = request_flags(req);
    bool registered = flags & IOSQE_FIXED_FILE;
    struct submitter *submitter;
    struct uring_request *old;
    struct file *file = 0;
    u8 opcode = FIELD(req, opcode), direction = direction_of_opcode(opcode);

    old = bpf_map_lookup_elem(&uring_requests, &address);
    if (old)
        settle_reused(task, old, req, address);
    if (direction == NO_DIRECTION && !names_its_subject(opcode))
        return;
    if (opcode < IORING_OP_FUTEX_WAIT || opcode > IORING_OP_FUTEX_WAITV)
        file = file_of_request(task, context, req, registered);
    if (file && direction != NO_DIRECTION && opcode != IORING_OP_SPLICE && opcode != IORING_OP_TEE &&
        !is_channel(file, FIELD(file, f_inode)) && !is_undecided(context, file, registered))
        return;
    if (!process_wanted(task))
        return;
    submitter = current_submitter(task);
    if (!submitter) {
        count_loss(LOSS_THREAD_SLOT);
        return;
    }
    read_request(&submitter->request, req, flags);
    submitter->caller.call.nr = opcode;
    submitter->caller.call.abi = abi_of_ring(context);
    if (!note_request(task, submitter, req, file, registered))
        return;
    submitter->request.file = address_of(&submitter->request.address, file);
    keep_request(submitter, old, address);
}

/* The request is an argument of a raw tracepoint. */
static __always_inline void submitted_at(u64 *argument)
{
    u64 address = 0;

    bpf_probe_read_kernel(&address, sizeof(address), argument); /* read so, it is a number to the verifier */
    submitted(kernel_cast((void *)*argument, struct io_kiocb), address);
}
