/* Every POSIX message queue of every ipc namespace that a task is in, whether somebody has it open or not: the children
 * of the root of the namespace's own mount, ipc/mqueue.c. */
#include "describe_object.h"

#define QUEUES_DONE   1     /* namespace_cursor.kind */
#define QUEUES_PASSED 65536 /* at most, of one namespace */

struct queue_record queue_records[OBJECTS_AT_A_TIME] SEC(".bss.objects") = {};
u32 queue_count SEC(".bss.objects") = 0;
struct cursors_map queue_cursors SEC(".maps");

struct queue_walk {
    u64 at;   /* address of the node in a dentry; 0: the end */
    u64 head; /* what ends a list that is a ring */
    u32 inum;
    u32 passed;
    u32 before; /* how many were written earlier */
    u32 pad;
};

static __always_inline void describe_mq(u32 inum, struct dentry___object *dentry, struct inode___object *inode)
{
    struct mqueue_inode_info___object *queue =
        (void *)((u64)inode - bpf_core_field_offset(struct mqueue_inode_info___object, vfs_inode));
    struct queue_record *record = &queue_records[queue_count & (OBJECTS_AT_A_TIME - 1)];

    __builtin_memset(record, 0, sizeof(*record));
    describe_inode(&record->file, inode);
    name_by_dentry(&record->file, dentry);
    record->file.mechanism = MECHANISM_MQ;
    record->file.ns = inum;
    record->messages = BPF_CORE_READ(queue, attr.mq_curmsgs);
    record->messages_limit = BPF_CORE_READ(queue, attr.mq_maxmsg);
    record->message_size_limit = BPF_CORE_READ(queue, attr.mq_msgsize);
    record->bytes = BPF_CORE_READ(queue, qsize);
    queue_count++;
}

static __always_inline u64 sibling_offset(void)
{
    return bpf_core_field_exists(struct dentry___object, d_sib)
               ? bpf_core_field_offset(struct dentry___object, d_sib)
               : bpf_core_field_offset(struct dentry___before_6_8, d_child);
}

STEP(queue_step, struct queue_walk, walk)
{
    struct dentry___object *dentry;
    struct inode___object *inode;

    if (!walk->at || walk->at == walk->head || queue_count >= OBJECTS_AT_A_TIME)
        return 1;
    if (walk->passed++ >= walk->before) {
        dentry = (void *)(walk->at - sibling_offset());
        inode = BPF_CORE_READ(dentry, d_inode);
        if (inode && BPF_CORE_READ(inode, i_sb, s_magic) == MQUEUE_MAGIC)
            describe_mq(walk->inum, dentry, inode);
    }
    walk->at = word_at(walk->at);
    return 0;
}

static __always_inline void begin_at(struct queue_walk *walk, struct dentry___object *root)
{
    if (bpf_core_field_exists(root->d_children)) {
        walk->at = word_at((u64)root + bpf_core_field_offset(root->d_children));
        return;
    }
    walk->head = (u64)root + bpf_core_field_offset(((struct dentry___before_6_8 *)root)->d_subdirs);
    walk->at = word_at(walk->head);
}

SEC("?iter/task")
int ipcscope_queues(struct bpf_iter__task___object *context)
{
    struct task_struct___object *task = context->task;
    struct ipc_namespace___object *ns = task ? BPF_CORE_READ(task, nsproxy, ipc_ns) : 0;
    struct dentry___object *root = ns ? BPF_CORE_READ(ns, mq_mnt, mnt_root) : 0;
    struct queue_walk walk = {};
    struct namespace_cursor *cursor;

    if (!root)
        return 0;
    walk.inum = BPF_CORE_READ(ns, ns.inum);
    cursor = cursor_of(&queue_cursors, walk.inum);
    if (!cursor || cursor->kind == QUEUES_DONE)
        return 0;
    walk.before = cursor->next;
    begin_at(&walk, root);
    queue_count = 0;
    REPEAT(QUEUES_PASSED, queue_step, &walk);
    if (!write_all(context->meta, queue_records, queue_count, sizeof(queue_records[0])))
        return 0;
    cursor->next = walk.passed;
    if (!walk.at || walk.at == walk.head)
        cursor->kind = QUEUES_DONE;
    return 0;
}
