/* Descriptors that travel in messages: SCM_RIGHTS, unix(7). */
#pragma once

#include "messages.h"
#include "subject.h"

#define SOL_SOCKET    1 /* include/linux/socket.h */
#define SCM_RIGHTS    1
#define SCM_MAX_FD    253
#define CONTROL_PARTS 4 /* ancillary messages looked at; further ones are not */

/* The caller's ancillary data, and how far it is read. */
struct control {
    u64 at;
    u64 end;
    u32 header; /* sizeof(struct cmsghdr) */
    u32 width;  /* of its length, and of what it is aligned to */
    u32 descriptors;
    u32 operation;
};

/* Not inlined: its stack is its own. */
static __noinline u8 passed_mechanism(u32 fd)
{
    struct file *file = file_of(current_task(), fd);
    struct inode *inode;

    if (!file)
        return MECHANISM_NONE;
    inode = FIELD(file, f_inode);
    if (is_channel(file, inode))
        return mechanism_of(file, inode);
    if (FIELD(inode, i_sb, s_magic) == MQUEUE_MAGIC)
        return MECHANISM_MQ;
    return (FIELD(inode, i_mode) & S_IFMT) == S_IFREG && is_memory(inode) ? MECHANISM_SHM : MECHANISM_NONE;
}

/* Books one descriptor. The flow is the message's, but for its operation and detail. */
STEP(book_passed, struct control, control)
{
    struct thread *thread = existing_thread(current_task());
    struct outcome outcome = {.marks = OPERATION_UNMEASURED};
    struct cached_flow *flow, *message;
    u32 fd = 0;
    u8 mechanism;

    if (!thread || index >= control->descriptors)
        return 1;
    if (bpf_probe_read_user(&fd, sizeof(fd), (void *)(control->at + control->header + index * sizeof(fd)))) {
        count_loss(LOSS_UNREADABLE);
        return 1;
    }
    mechanism = passed_mechanism(fd);
    message = first_flow(thread);
    flow = &thread->passing;
    if (flow->object != message->object || flow->number != message->number || flow->operation != control->operation ||
        flow->detail != mechanism) {
        *flow = *message;
        flow->operation = control->operation;
        flow->detail = mechanism;
        flow->slot = 0;
        flow->id = 0;
    }
    if (!flow_wanted(flow->mechanism, flow->operation))
        return 1;
    outcome.begin = outcome.end = thread->outcome.end;
    book(flow, &thread->caller, &outcome);
    return 0;
}

/* One ancillary message; 1: it was the last. */
STEP(book_control, struct control, control)
{
    u32 kind[2] = {};
    u64 length = 0;

    if (control->at + control->header > control->end)
        return 1;
    if (bpf_probe_read_user(&length, control->width == 4 ? 4 : 8, (void *)control->at) ||
        bpf_probe_read_user(kind, sizeof(kind), (void *)(control->at + control->width))) {
        count_loss(LOSS_UNREADABLE);
        return 1;
    }
    if (length < control->header || length > control->end - control->at)
        return 1;
    if (kind[0] == SOL_SOCKET && kind[1] == SCM_RIGHTS) {
        control->descriptors = (length - control->header) / 4;
        REPEAT(SCM_MAX_FD, book_passed, control);
    }
    control->at += (length + control->width - 1) & ~((u64)control->width - 1);
    return 0;
}

/* Books the descriptors that a message of a unix socket carried, after the call: the receiver has them then. */
SHARED int book_descriptors(struct thread *thread, u64 message, u32 sent)
{
    struct control control = {};
    u64 fields;
    u32 width;
    u8 abi;

    if (!thread)
        return 0;
    if (first_flow(thread)->mechanism != MECHANISM_UNIX)
        return 0;
    abi = thread->caller.call.abi;
    width = abi == ABI_COMPAT ? 4 : 8;
    fields = message + layout_of(abi).iov + 2 * width; /* msg_control, msg_controllen */
    control.at = user_word(fields, abi);
    control.end = control.at + user_word(fields + width, abi);
    if (!control.at || control.end <= control.at)
        return 0;
    control.width = width;
    control.header = width + 8;
    control.operation = sent ? OPERATION_PASS : OPERATION_TAKE;
    REPEAT(CONTROL_PARTS, book_control, &control);
    return 0;
}
