/* Requests to an io_uring: from their files to flows, by a cache of the task that submits. */
#pragma once

#include "uring.h"

/* Until 6.12 the table has the pointers themselves. */
static __always_inline struct file *file_in_table(struct io_ring_ctx *context, u32 index)
{
    struct io_fixed_file file = {};
    u64 table = (u64)BPF_CORE_READ(context, file_table.files); /* read so, it is a number to the verifier */

    if (index < FIELD(context, nr_user_files))
        bpf_probe_read_kernel(&file, sizeof(file), (void *)(table + index * sizeof(file)));
    return kernel_cast((void *)(file.file_ptr & FILE_POINTER_BITS), struct file);
}

/* A file that the ring has in its own table. */
static __always_inline struct file *registered_file(struct io_ring_ctx *context, u32 index)
{
    struct io_rsrc_data *table;
    struct io_rsrc_node *node;

    if (!bpf_core_field_exists(context->file_table.data.nodes))
        return file_in_table(context, index);
    table = &context->file_table.data;
    if (index >= FIELD(table, nr))
        return 0;
    /* As file_of(): an array of pointers, an entry of which is read as a structure that begins with one. */
    node = kernel_cast(FIELD(kernel_cast(FIELD(table, nodes) + index, struct kiocb), ki_filp), struct io_rsrc_node);
    return kernel_cast((void *)(FIELD(node, file_ptr) & FILE_POINTER_BITS), struct file);
}

static __always_inline struct file *file_at(struct task_struct *task, struct io_ring_ctx *context, u32 fd,
                                            bool registered)
{
    return registered ? registered_file(context, fd) : file_of(task, fd);
}

/* What a request that is being submitted will be tried on, as far as it is known. */
static __always_inline struct file *file_of_request(struct task_struct *task, struct io_ring_ctx *context,
                                                    struct io_kiocb *req, bool registered)
{
    if (told_by_name())
        return kernel_cast(FIELD(req, file), struct file);
    return file_at(task, context, FIELD(req, cqe.flags), registered);
}

/* Which layout the memory of the ring's program has. */
static __always_inline u8 abi_of_ring(struct io_ring_ctx *context)
{
    bool compat;

    if (bpf_core_field_exists(context->compat))
        compat = BPF_CORE_READ_BITFIELD_PROBED(context, compat);
    else /* 7.2: one of several flags */
        compat = FIELD(context, int_flags) & IO_RING_F_COMPAT;
    return compat ? ABI_COMPAT : ABI_NATIVE;
}

/* What a task keeps of its rings. */
static __always_inline struct io_uring_task *ring_task_of(struct io_kiocb *req)
{
    if (bpf_core_field_exists(req->task))
        return kernel_cast(FIELD(kernel_cast(FIELD(req, task), struct task_struct), io_uring), struct io_uring_task);
    return kernel_cast(FIELD(req, tctx), struct io_uring_task);
}

/* The task that submitted a request: of rings with a kernel thread that submits, that thread. */
static __always_inline struct task_struct *submitter_of(struct io_kiocb *req)
{
    if (bpf_core_field_exists(req->task))
        return kernel_cast(FIELD(req, task), struct task_struct);
    return kernel_cast(FIELD(ring_task_of(req), task), struct task_struct);
}

static __always_inline struct submitter *current_submitter(struct task_struct *task)
{
    struct submitter *submitter = new_slot_of_task(&submitters, task, &no_submitter);

    if (!submitter)
        return 0;
    if (is_of(&submitter->caller, task) && submitter->caller.cgroup == cgroup_of(task))
        return submitter;
    introduce(&submitter->caller, task);
    note_cgroup(submitter->caller.cgroup);
    for (int i = 0; i < CACHED_FLOWS; i++)
        submitter->cache[i].object = 0;
    return submitter;
}

/* Makes `flow` that of a file; false if the file is no channel, or filtered out. */
static __always_inline bool adopt_file(struct cached_flow *flow, volatile u64 *scratch, struct file *file, u8 direction)
{
    struct inode *inode = FIELD(file, f_inode);
    u64 number = 0, object, address;

    if (!is_channel(file, inode)) {
        flow->object = 0;
        return false;
    }
    object = object_of(scratch, file, inode, &number);
    if (flow->object == object && flow->number == number && flow->direction == direction)
        return true;
    address = address_of(scratch, file);
    if (!adopt_descriptor(flow, address, object, number, direction))
        return false;
    describe_flow(flow, address);
    note_queue(flow, address);
    flow->via = VIA_IO_URING;
    return true;
}

/* Takes over what the cache has. Its slot is found now: here its process is at hand, when the request completes maybe
 * not. */
static __always_inline bool take_cached(struct cached_flow *flow, struct cached_flow *cached,
                                        struct submitter *submitter, struct task_struct *task)
{
    if (settings.count)
        slot_of(cached, &submitter->caller);
    *flow = *cached;
    return true;
}

/* The same by the submitter's cache, where most are found. */
static __noinline bool note_file(struct task_struct *task, struct submitter *submitter, struct cached_flow *flow,
                                 struct file *file, u8 direction)
{
    u8 index = cache_index(address_of(&submitter->request.address, FIELD(file, f_inode)), direction);
    struct cached_flow *cached = &submitter->cache[index & (CACHED_FLOWS - 1)];

    if (!adopt_file(cached, &submitter->request.address, file, direction))
        return false;
    return take_cached(flow, cached, submitter, task);
}

/* The same for the submitter's subject. */
static __noinline bool note_named_flow(struct task_struct *task, struct submitter *submitter, struct cached_flow *flow)
{
    struct cached_flow *cached = &submitter->cache[subject_index(&submitter->subject)];

    if (!is_flow_of(cached, &submitter->subject, VIA_IO_URING) &&
        !adopt_subject(cached, &submitter->subject, VIA_IO_URING))
        return false;
    return take_cached(flow, cached, submitter, task);
}
