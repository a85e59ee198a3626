/* Requests to an io_uring: from an opcode to a flow. */
#pragma once

#include "mapping.h"
#include "interrupted.h"
#include "messages.h"
#include "uring_kernel.h"

struct shot_key {
    u64 context;   /* address of io_ring_ctx */
    u64 user_data; /* what the program tells it by */
};

/* A request under way. */
struct uring_request {
    u64 address; /* scratch of address_of() */
    u64 begin;
    u64 length; /* of the buffer of a receive; if completions tell by name, the address of a message */
    u32 flags;  /* of a message */
    u8 opcode;
    u8 direction; /* enum direction */
    u8 repeats;   /* 1: has many results, which are found by uring_shots */
    u8 silent;    /* 1: has no completion unless it fails */
    u8 listed;    /* 1: in a list of silent ones */
    u8 over;      /* 1: booked, and still listed */
    u8 pad[6];
    u32 fd;
    u32 pid;  /* of the process that submitted it */
    u64 next; /* in the list of silent ones */
    u64 file; /* address of the struct file that it was about when it was submitted; 0: none yet */
    struct shot_key shot;
    struct cached_flow first;  /* object 0: not known yet, or not wanted */
    struct cached_flow second; /* the source of splice and tee */
};

/* What a task that submits requests has used of late. Apart from its cache of system calls: the flows differ. */
struct submitter {
    struct caller caller;
    u64 silent;                   /* address of the first io_kiocb of those that will not tell of their success */
    struct uring_request request; /* the one being looked at */
    struct subject subject;
    struct cached_flow cache[CACHED_FLOWS];
};

struct {
    SLOT_OF_EACH_TASK(struct submitter);
} submitters SEC(".maps");

static const struct submitter no_submitter = {};

/* address of io_kiocb → request under way. Not preallocated: most machines need none of it, some tens of thousands. */
struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(map_flags, BPF_F_NO_PREALLOC);
    __type(key, u64);
    __type(value, struct uring_request);
    __uint(max_entries, 65536);
} uring_requests SEC(".maps");

/* Requests with many results, whose completions do not name them → address of io_kiocb */
struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(map_flags, BPF_F_NO_PREALLOC);
    __type(key, struct shot_key);
    __type(value, u64);
    __uint(max_entries, 65536);
} uring_shots SEC(".maps");

#define NO_DIRECTION 0xff

/* NO_DIRECTION: nothing that is done to a channel's descriptor. */
static __always_inline u8 direction_of_opcode(u8 opcode)
{
    switch (opcode) {
    case IORING_OP_READV:
    case IORING_OP_READ_FIXED:
    case IORING_OP_READ:
    case IORING_OP_READ_MULTISHOT:
    case IORING_OP_READV_FIXED:
    case IORING_OP_RECVMSG:
    case IORING_OP_RECV:
    case IORING_OP_RECV_ZC:
        return DIRECTION_IN;
    case IORING_OP_WRITEV:
    case IORING_OP_WRITE_FIXED:
    case IORING_OP_WRITE:
    case IORING_OP_WRITEV_FIXED:
    case IORING_OP_SENDMSG:
    case IORING_OP_SEND:
    case IORING_OP_SEND_ZC:
    case IORING_OP_SENDMSG_ZC:
    case IORING_OP_SPLICE: /* its descriptor is the target */
    case IORING_OP_TEE:
        return DIRECTION_OUT;
    case IORING_OP_ACCEPT:
        return DIRECTION_ACCEPT;
    case IORING_OP_CONNECT:
        return DIRECTION_CONNECT;
    case IORING_OP_SHUTDOWN:
        return DIRECTION_SHUTDOWN;
    default:
        return NO_DIRECTION;
    }
}

static __always_inline bool names_its_subject(u8 opcode)
{
    return opcode == IORING_OP_MSG_RING || (opcode >= IORING_OP_FUTEX_WAIT && opcode <= IORING_OP_FUTEX_WAITV);
}

static __always_inline bool has_message(u8 opcode)
{
    return opcode == IORING_OP_SENDMSG || opcode == IORING_OP_RECVMSG;
}

static __always_inline bool is_receive(u8 opcode)
{
    return opcode == IORING_OP_RECV || opcode == IORING_OP_RECVMSG;
}

static __always_inline u64 request_flags(struct io_kiocb *req)
{
    if (bpf_core_field_size(req->flags) == sizeof(u64))
        return FIELD(req, flags);
    return FIELD(kernel_cast(req, struct io_kiocb___flags32), flags);
}

/* Whether completions tell no more of a request than what its program calls it by: 5.15. Then each has its file when it
 * is submitted. */
static __always_inline bool told_by_name(void)
{
    return !bpf_core_field_exists(struct io_kiocb, cqe);
}

static __always_inline u64 name_of(struct io_kiocb *req)
{
    if (told_by_name())
        return FIELD(kernel_cast(req, struct io_kiocb___5_15), user_data);
    return FIELD(req, cqe.user_data);
}

/* The message of a request that has one. In 5.15 the completion lies over it. */
static __always_inline u64 message_of(const struct uring_request *request, struct io_kiocb *req)
{
    return told_by_name() ? request->length : (u64)BPF_CORE_READ((struct io_sr_msg *)req, umsg);
}

/* Whether a request may have more results than one. */
static __always_inline bool may_repeat(struct io_kiocb *req, u8 opcode)
{
    struct io_accept *accept = kernel_cast(req, struct io_accept);

    if (told_by_name())
        return false;
    switch (opcode) {
    case IORING_OP_READ_MULTISHOT:
    case IORING_OP_RECV_ZC:
        return true;
    case IORING_OP_RECV:
    case IORING_OP_RECVMSG:
    case IORING_OP_SEND:
        return FIELD(kernel_cast(req, struct io_sr_msg), flags) & IORING_RECVSEND_SHOTS;
    case IORING_OP_ACCEPT:
        return !bpf_core_field_exists(accept->iou_flags) || FIELD(accept, iou_flags) & IORING_ACCEPT_MULTISHOT;
    default:
        return false;
    }
}
