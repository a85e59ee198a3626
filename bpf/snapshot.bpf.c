/* What exists now: every descriptor of a channel, by walking all tasks (BPF iterator,
 * Documentation/bpf/bpf_iterators.rst). */
#include "include/flow.h"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpadded"
#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct bpf_iter_meta {
    struct seq_file *seq;
};

struct bpf_iter__task_file { /* kernel/bpf/task_iter.c */
    struct bpf_iter_meta *meta;
    struct task_struct *task;
    u32 fd;
    struct file *file;
};
#pragma clang attribute pop
#pragma clang diagnostic pop

volatile u64 address = 0;
struct descriptor_record descriptor = {}; /* too large for the stack; one reader at a time */

static __always_inline void measure_pipe(struct pipe_inode_info *pipe)
{
    descriptor.queued = FIELD(pipe, head) - FIELD(pipe, tail);
    descriptor.capacity = FIELD(pipe, ring_size);
}

SEC("iter/task_file")
int ipcscope_descriptors(struct bpf_iter__task_file *context)
{
    struct task_struct *task = context->task;
    struct file *file = context->file;
    struct inode *inode;
    u64 number = 0;

    if (!task || !file)
        return 0;
    inode = FIELD(file, f_inode);
    if (!is_channel(file, inode))
        return 0;
    __builtin_memset(&descriptor, 0, sizeof(descriptor));
    descriptor.info.mechanism = mechanism_of(file, inode);
    if (!descriptor.info.mechanism)
        return 0;
    descriptor.pid = FIELD(task, tgid);
    descriptor.fd = context->fd;
    descriptor.mode = FIELD(file, f_mode);
    descriptor.queued = descriptor.capacity = -1;
    descriptor.channel.guard = object_of(&address, file, inode, &number) >> 6;
    descriptor.channel.inode = number;
    descriptor.channel.device = device_of(inode);
    bpf_probe_read_kernel_str(descriptor.comm, sizeof(descriptor.comm), FIELD(task, group_leader)->comm);
    if ((FIELD(inode, i_mode) & S_IFMT) == S_IFIFO)
        measure_pipe(FIELD(inode, i_pipe));
    else
        describe_file(&descriptor.info, file);
    bpf_seq_write(context->meta->seq, &descriptor, sizeof(descriptor));
    return 0;
}
