/* Every System V object of every ipc namespace that a task is in. Each visit of a task writes the next piece of its
 * namespace; the host reads until all are done. */
#include "describe_object.h"

#define SYSV_KINDS    3
#define STEPS         8192 /* of a piece: one passes an object, or up to 64 free ids */
#define LONGEST_QUEUE 65536

/* include/linux/xarray.h */
#define XA_TAGS         3
#define XA_INTERNAL     2
#define XA_LAST_SPECIAL 4096
#define IDR_SLOTS       64
#define IDR_LEVELS      6

enum { IDS_SEM, IDS_MSG, IDS_SHM }; /* ipc/util.h */

struct sysv_record sysv_records[OBJECTS_AT_A_TIME] SEC(".bss.objects") = {};
u32 sysv_count SEC(".bss.objects") = 0;

struct cursors_map sysv_cursors SEC(".maps");

struct sysv_walk {
    u64 ids; /* address of ipc_namespace.ids */
    u32 inum;
    struct namespace_cursor at;
    u32 pad;
};

struct list_walk {
    u64 head;
    u64 at;
    u32 length;
    u32 pad;
};

static __always_inline struct sysv_record *current_record(void)
{
    return &sysv_records[sysv_count & (OBJECTS_AT_A_TIME - 1)]; /* the verifier does not know that it is never full */
}

STEP(list_step, struct list_walk, walk)
{
    walk->at = word_at(walk->at);
    if (!walk->at || walk->at == walk->head)
        return 1;
    walk->length++;
    return 0;
}

static __always_inline u32 list_length(u64 head)
{
    struct list_walk walk = {.head = head, .at = head};

    if (word_at(head) != head)
        REPEAT(LONGEST_QUEUE, list_step, &walk);
    return walk.length;
}

static __always_inline u32 number_of(struct pid___object *pid)
{
    return pid ? BPF_CORE_READ(pid, numbers[0].nr) : 0;
}

/* A struct pid is kept by who remembers it, and knows its process as long as that is there: reused numbers deceive
 * nobody. */
static __always_inline bool is_alive(struct pid___object *pid)
{
    u64 node = pid ? (u64)BPF_CORE_READ(pid, tasks[1].first) : 0;
    struct task_struct___object *leader;

    if (!node)
        return false;
    leader = (void *)(node - bpf_core_field_offset(struct task_struct___object, pid_links[1]));
    return BPF_CORE_READ(leader, signal, live.counter) > 0;
}

static __always_inline u8 last_marks(struct pid___object *pid, u8 mark)
{
    return is_alive(pid) ? SYSV_LAST_ALIVE | mark : 0;
}

static __always_inline void describe_queue(struct sysv_record *record, struct msg_queue___object *queue)
{
    struct pid___object *sender = BPF_CORE_READ(queue, q_lspid), *receiver = BPF_CORE_READ(queue, q_lrpid);

    record->mechanism = MECHANISM_SYSV_MSG;
    record->bytes = BPF_CORE_READ(queue, q_cbytes);
    record->bytes_limit = BPF_CORE_READ(queue, q_qbytes);
    record->count = BPF_CORE_READ(queue, q_qnum);
    record->change_time = BPF_CORE_READ(queue, q_ctime);
    record->use_time = BPF_CORE_READ(queue, q_stime);
    record->other_time = BPF_CORE_READ(queue, q_rtime);
    record->user = number_of(sender);
    record->receiver = number_of(receiver);
    record->marks = last_marks(sender, SYSV_USER_ALIVE) | last_marks(receiver, SYSV_RECEIVER_ALIVE);
    record->waiters = list_length((u64)queue + bpf_core_field_offset(queue->q_receivers)) +
                      list_length((u64)queue + bpf_core_field_offset(queue->q_senders));
}

STEP(semaphore_step, u64, first)
{
    struct sem___object *semaphore = (void *)(*first + index * (u64)bpf_core_type_size(struct sem___object));
    struct pid___object *pid = BPF_CORE_READ(semaphore, sempid);
    struct sysv_record *record = current_record();
    s64 time;

    if (index < SEMAPHORES_SHOWN)
        record->values[index & (SEMAPHORES_SHOWN - 1)] = BPF_CORE_READ(semaphore, semval);
    record->waiters += list_length((u64)semaphore + bpf_core_field_offset(semaphore->pending_alter)) +
                       list_length((u64)semaphore + bpf_core_field_offset(semaphore->pending_const));
    time = BPF_CORE_READ(semaphore, sem_otime);
    if (pid && (!record->user || time > record->use_time)) {
        record->user = number_of(pid);
        record->marks &= ~SYSV_USER_ALIVE;
        record->marks |= last_marks(pid, SYSV_USER_ALIVE);
    } else if (is_alive(pid)) {
        record->marks |= SYSV_LAST_ALIVE;
    }
    if (time > record->use_time)
        record->use_time = time;
    return 0;
}

static __always_inline void describe_set(struct sysv_record *record, struct sem_array___object *set)
{
    u64 first = (u64)set + bpf_core_field_offset(set->sems);

    record->mechanism = MECHANISM_SYSV_SEM;
    record->count = BPF_CORE_READ(set, sem_nsems);
    record->change_time = BPF_CORE_READ(set, sem_ctime);
    record->waiters = list_length((u64)set + bpf_core_field_offset(set->pending_alter)) +
                      list_length((u64)set + bpf_core_field_offset(set->pending_const));
    REPEAT(record->count, semaphore_step, &first);
}

static __always_inline void describe_segment(struct sysv_record *record, struct shmid_kernel___object *segment)
{
    struct pid___object *creator = BPF_CORE_READ(segment, shm_cprid), *last = BPF_CORE_READ(segment, shm_lprid);
    struct inode___object *inode = BPF_CORE_READ(segment, shm_file, f_inode);

    record->mechanism = MECHANISM_SYSV_SHM;
    record->bytes = BPF_CORE_READ(segment, shm_segsz);
    record->count = BPF_CORE_READ(segment, shm_nattch);
    record->change_time = BPF_CORE_READ(segment, shm_ctim);
    record->use_time = BPF_CORE_READ(segment, shm_atim);
    record->other_time = BPF_CORE_READ(segment, shm_dtim);
    record->creator = number_of(creator);
    record->user = number_of(last);
    record->marks = (is_alive(creator) ? SYSV_CREATOR_ALIVE : 0) | last_marks(last, SYSV_USER_ALIVE);
    if (BPF_CORE_READ(inode, i_sb, s_magic) == HUGETLBFS_MAGIC)
        record->marks |= SYSV_HUGETLB;
    record->memory = key_of(inode);
    record->pages = BPF_CORE_READ(inode, i_mapping, nrpages);
    record->blocks = BPF_CORE_READ(inode, i_blocks);
}

static __always_inline void describe_sysv(struct sysv_walk *walk, struct kern_ipc_perm___object *object)
{
    struct sysv_record *record = current_record();

    if (BPF_CORE_READ(object, deleted))
        return;
    __builtin_memset(record, 0, sizeof(*record));
    record->ns = walk->inum;
    record->id = BPF_CORE_READ(object, id);
    record->key = BPF_CORE_READ(object, key);
    record->mode = BPF_CORE_READ(object, mode);
    record->uid = BPF_CORE_READ(object, uid.val);
    record->gid = BPF_CORE_READ(object, gid.val);
    record->creator_uid = BPF_CORE_READ(object, cuid.val);
    if (walk->at.kind == IDS_MSG)
        describe_queue(record, (void *)object);
    else if (walk->at.kind == IDS_SEM)
        describe_set(record, (void *)object);
    else
        describe_segment(record, (void *)object);
    sysv_count++;
}

static __always_inline bool is_node(u64 entry)
{
    return (entry & XA_TAGS) == XA_INTERNAL && entry > XA_LAST_SPECIAL;
}

/* One step through the xarray of a kind's ids: describes the object at `next`, or passes what is free. */
STEP(sysv_step, struct sysv_walk, walk)
{
    u32 next = walk->at.next, shift;
    u64 entry;

    if (walk->at.kind >= SYSV_KINDS || sysv_count >= OBJECTS_AT_A_TIME)
        return 1;
    entry = word_at(walk->ids + walk->at.kind * (u64)bpf_core_type_size(struct ipc_ids___object) +
                    bpf_core_field_offset(struct ipc_ids___object, ipcs_idr.idr_rt.xa_head));
    shift = is_node(entry) ? BPF_CORE_READ((struct xa_node___object *)(entry - XA_INTERNAL), shift) : 0;
    if (next >> shift >= (is_node(entry) ? IDR_SLOTS : 1)) {
        walk->at.kind++;
        walk->at.next = 0;
        return 0;
    }
    for (int level = 0; level < IDR_LEVELS && is_node(entry); level++) {
        struct xa_node___object *node = (void *)(entry - XA_INTERNAL);

        shift = BPF_CORE_READ(node, shift);
        entry = word_at((u64)node + bpf_core_field_offset(node->slots) + (next >> shift & (IDR_SLOTS - 1)) * 8);
    }
    if (entry && !(entry & XA_TAGS))
        describe_sysv(walk, (void *)entry);
    walk->at.next = ((next >> shift) + 1) << shift;
    return 0;
}

SEC("?iter/task")
int ipcscope_sysv(struct bpf_iter__task___object *context)
{
    struct task_struct___object *task = context->task;
    struct ipc_namespace___object *ns = task ? BPF_CORE_READ(task, nsproxy, ipc_ns) : 0;
    struct sysv_walk walk = {.ids = (u64)ns + bpf_core_field_offset(struct ipc_namespace___object, ids)};
    struct namespace_cursor *cursor;

    if (!ns)
        return 0;
    walk.inum = BPF_CORE_READ(ns, ns.inum);
    cursor = cursor_of(&sysv_cursors, walk.inum);
    if (!cursor || cursor->kind >= SYSV_KINDS)
        return 0;
    walk.at = *cursor;
    sysv_count = 0;
    REPEAT(STEPS, sysv_step, &walk);
    /* When it finds no room, the kernel calls again with an empty buffer: then the same piece is written. */
    if (write_all(context->meta, sysv_records, sysv_count, sizeof(sysv_records[0])))
        *cursor = walk.at;
    return 0;
}
