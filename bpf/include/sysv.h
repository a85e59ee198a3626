/* What System V queues, semaphores and segments have in common: ids in an ipc namespace (ipc/util.c). */
#pragma once

#include "subject.h"
#include "xarray.h"

/* ipc_namespace.ids, ipc/util.h */
enum ipc_kind {
    IPC_SEM,
    IPC_MSG,
    IPC_SHM,
};

#define IPC_INFO 3 /* include/uapi/linux/ipc.h */
#define IPC_64   0x100

/* The object with this id, null if there is none. The index is the id's lower 15 bits, or 24 with
 * ipcmni_extend (ipc/util.h). */
static __always_inline void *ipc_object(struct ipc_namespace *ns, enum ipc_kind kind, u32 id)
{
    /* CO-RE relocates fields, not the stride of an array. */
    void *ids =
        (void *)ns + bpf_core_field_offset(struct ipc_namespace, ids) + kind * bpf_core_type_size(struct ipc_ids);
    void *head = BPF_CORE_READ((struct ipc_ids *)ids, ipcs_idr.idr_rt.xa_head);
    void *object = xarray_load(head, id & 0x7fff);

    if (object && BPF_CORE_READ((struct kern_ipc_perm *)object, id) == (int)id)
        return object;
    object = xarray_load(head, id & 0xffffff);
    if (object && BPF_CORE_READ((struct kern_ipc_perm *)object, id) == (int)id)
        return object;
    return 0;
}

/* The subject of everything that concerns no single object. */
static __always_inline void set_namespace(struct subject *subject, struct task_struct *task)
{
    subject->number = ~0U;
    subject->id = ~0U;
    subject->device = subject->ns = ipc_namespace_number(task);
    subject->guard = subject->mechanism;
}

/* What is done to the object with an id; to the namespace, if nothing has this id. */
static __always_inline bool note_ipc_id(struct task_struct *task, struct thread *thread, u8 mechanism, u8 operation,
                                        enum ipc_kind kind, u32 id)
{
    struct subject *subject = new_subject(thread, mechanism, operation);
    struct ipc_namespace *ns = ipc_namespace_of(task);
    void *object;

    set_namespace(subject, task);
    subject->number = subject->id = id;
    if (!is_known(thread)) {
        object = ns ? ipc_object(ns, kind, id) : 0;
        if (!object)
            set_namespace(subject, task);
        else
            subject->key = (u32)BPF_CORE_READ((struct kern_ipc_perm *)object, key);
        if (object && kind == IPC_MSG)
            subject->queued = BPF_CORE_READ((struct msg_queue *)object, q_qnum) + 1;
    }
    thread->first = note_subject(thread);
    return thread->first != NO_FLOW;
}

/* Once msgget, semget or shmget has ended: the object it gave, or the key that it found nothing for. */
static __always_inline void note_ipc_get(struct task_struct *task, struct thread *thread, u8 mechanism,
                                         enum ipc_kind kind)
{
    struct outcome *outcome = &thread->outcome;
    struct subject *subject;

    if (!failed(outcome->result)) {
        note_ipc_id(task, thread, mechanism, OPERATION_GET, kind, outcome->result);
        outcome->result = 0;
        return;
    }
    subject = new_subject(thread, mechanism, OPERATION_GET);
    set_namespace(subject, task);
    subject->key = (u32)thread->arguments[0];
    subject->number = 1ULL << 32 | subject->key;
    thread->first = note_subject(thread);
}

/* Commands that take an index into the kernel's table, or nothing, where others take an id. */
static __always_inline bool note_ipc_control(struct task_struct *task, struct thread *thread, u8 mechanism,
                                             enum ipc_kind kind, bool by_index)
{
    struct subject *subject;

    if (!by_index && (thread->arguments[1] & ~IPC_64) != IPC_INFO)
        return note_ipc_id(task, thread, mechanism, OPERATION_CONTROL, kind, thread->arguments[0]);
    subject = new_subject(thread, mechanism, OPERATION_CONTROL);
    set_namespace(subject, task);
    thread->first = note_subject(thread);
    return thread->first != NO_FLOW;
}

static __always_inline void no_size(struct outcome *outcome)
{
    if (!failed(outcome->result))
        outcome->result = 0;
}
