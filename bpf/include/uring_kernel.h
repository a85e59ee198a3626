/* What io_uring's own structures look like: our view, as kernel.h. Sources: include/linux/io_uring_types.h and
 * io_uring/. Names and places differ by version; what is absent is asked for with bpf_core_field_exists. */
#pragma once

#include "kernel.h"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpadded"
#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct io_wq_work_node {
    struct io_wq_work_node *next;
};

struct io_wq_work_list {
    struct io_wq_work_node *first;
};

struct io_submit_link {
    struct io_kiocb *head;
};

struct io_submit_state {
    struct io_wq_work_node free_list;  /* memory of requests that have ended */
    struct io_wq_work_list compl_reqs; /* whose completions are to be told */
    struct io_submit_link link;        /* the chain that is being read */
};

struct io_rsrc_node {
    unsigned long file_ptr;
};

struct io_fixed_file { /* until 6.12 */
    unsigned long file_ptr;
};

struct io_rsrc_data { /* since 6.13 */
    unsigned int nr;
    struct io_rsrc_node **nodes;
};

struct io_file_table {
    struct io_rsrc_data data;
    struct io_fixed_file *files; /* until 6.12 */
};

#define IO_RING_F_COMPAT 2048 /* include/linux/io_uring_types.h */

struct io_ring_ctx {
    struct io_submit_state submit_state;
    struct io_file_table file_table;
    struct io_wq_work_list locked_free_list; /* no more in 6.12: of those that workers have ended */
    unsigned int nr_user_files;              /* until 6.12: of file_table */
    unsigned int compat : 1;
    unsigned int int_flags;
};

struct io_uring_task {
    struct task_struct *task; /* since 6.13 */
    atomic_t in_cancel;       /* its task ends, or runs a new image: all its requests are cancelled */
    atomic_t in_idle;         /* the same until 6.1 */
};

#define PF_IO_WORKER 0x10 /* include/linux/sched.h */

struct io_wq_work {
    struct io_wq_work_node list;
};

struct io_worker { /* io_uring/io-wq.c */
    struct io_wq_work *cur_work;
};

struct io_cqe {
    u64 user_data;
    s32 res;
    u32 flags; /* until there is a result, the descriptor */
};

struct io_kiocb {
    struct file *file; /* set when the request is tried first */
    u8 opcode;
    u64 flags;
    struct io_cqe cqe;
    struct io_ring_ctx *ctx;
    struct io_uring_task *tctx;
    struct task_struct *task; /* until 6.12 */
    struct io_wq_work_node comp_list;
    struct io_wq_work work;
    struct io_rsrc_node *file_node; /* since 6.13: of a registered file, while the request is under way */
};

struct io_kiocb___flags32 { /* until 6.8 */
    unsigned int flags;
};

struct io_kiocb___5_15 { /* until 5.18: in the place of cqe */
    u64 user_data;
};

struct io_uring_cqe { /* include/uapi/linux/io_uring.h */
    u64 user_data;
    s32 res;
    u32 flags;
};

/* What the request is about lies over its beginning. */
struct io_sr_msg { /* io_uring/net.c */
    void *umsg;
    int len;
    unsigned int msg_flags;
    u16 flags;
};

struct io_accept {
    int iou_flags; /* since 6.10 */
};

struct io_splice { /* io_uring/splice.c */
    int splice_fd_in;
    unsigned int flags;
};

struct io_futex { /* io_uring/futex.c */
    void *uaddr;
    u32 futex_flags;
    unsigned int futex_nr;
};

#pragma clang attribute pop
#pragma clang diagnostic pop

/* include/uapi/linux/io_uring.h */
#define IORING_OP_READV          1
#define IORING_OP_WRITEV         2
#define IORING_OP_READ_FIXED     4
#define IORING_OP_WRITE_FIXED    5
#define IORING_OP_SENDMSG        9
#define IORING_OP_RECVMSG        10
#define IORING_OP_ACCEPT         13
#define IORING_OP_CONNECT        16
#define IORING_OP_READ           22
#define IORING_OP_WRITE          23
#define IORING_OP_SEND           26
#define IORING_OP_RECV           27
#define IORING_OP_SPLICE         30
#define IORING_OP_TEE            33
#define IORING_OP_SHUTDOWN       34
#define IORING_OP_MSG_RING       40
#define IORING_OP_SEND_ZC        47
#define IORING_OP_SENDMSG_ZC     48
#define IORING_OP_READ_MULTISHOT 49
#define IORING_OP_FUTEX_WAIT     51
#define IORING_OP_FUTEX_WAKE     52
#define IORING_OP_FUTEX_WAITV    53
#define IORING_OP_RECV_ZC        58
#define IORING_OP_READV_FIXED    60
#define IORING_OP_WRITEV_FIXED   61

#define IOSQE_FIXED_FILE       1
#define IOSQE_LINKS            0xc /* IOSQE_IO_LINK, IOSQE_IO_HARDLINK */
#define IOSQE_CQE_SKIP_SUCCESS 64

#define IORING_RECVSEND_SHOTS   0x12 /* IORING_RECV_MULTISHOT, IORING_RECVSEND_BUNDLE */
#define IORING_ACCEPT_MULTISHOT 1
#define IORING_CQE_F_MORE       2

#define SPLICE_F_FD_IN_FIXED (1U << 31) /* include/linux/splice.h */
#define FILE_POINTER_BITS    (~7UL)     /* the rest of file_ptr are flags, io_uring/filetable.h */
