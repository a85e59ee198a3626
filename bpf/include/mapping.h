/* What lies at an address of the caller's memory. */
#pragma once

#include "sysv.h"

#define VM_SHARED  0x8 /* include/linux/mm.h */
#define PAGE_SHIFT 12

/* A shared mapping; mechanism is none if the address is not shared memory. */
struct mapping {
    struct subject *subject;
    u64 address;
    u64 inode;
    u64 offset; /* of the address, in the object */
    u64 name;
    u32 device;
    u32 generation;
    u8 mechanism; /* MECHANISM_SYSV_SHM, _SHM or _FILE_MAP */
    u8 found;     /* 1: there is a mapping, shared or not */
    u8 busy;      /* 1: the mappings are being changed, and could not be looked at */
    u8 pad[5];
};

/* The files of System V segments have no name but this (ipc/shm.c, newseg). */
static __always_inline bool is_segment(const unsigned char *name)
{
    return kernel_text_begins(name, "SYSV");
}

static long read_mapping(struct task_struct *task, struct vm_area_struct *vma, void *context)
{
    struct mapping *mapping = context;
    const unsigned char *name;
    struct inode *inode;
    struct file *file = vma->vm_file;

    mapping->found = 1;
    if (!(vma->vm_flags & VM_SHARED) || !file)
        return 0;
    inode = file->f_inode;
    if ((inode->i_mode & S_IFMT) != S_IFREG)
        return 0;
    name = file->f_path.dentry->d_name.name;
    mapping->inode = inode->i_ino;
    mapping->device = inode->i_sb->s_dev;
    mapping->generation = inode->i_generation;
    mapping->offset = mapping->address - vma->vm_start + (vma->vm_pgoff << PAGE_SHIFT);
    mapping->name = (u64)name;
    if (!is_memory(inode))
        mapping->mechanism = MECHANISM_FILE_MAP;
    else
        mapping->mechanism = is_segment(name) ? MECHANISM_SYSV_SHM : MECHANISM_SHM;
    return 0;
}

static __always_inline void find_mapping(struct mapping *mapping, struct task_struct *task, u64 address)
{
    mapping->address = address;
    /* -EBUSY: somebody holds the lock of the mappings for writing; -ENOENT: nothing there */
    mapping->busy = bpf_find_vma(task, address, read_mapping, mapping, 0) == -EBUSY;
}

/* What is done to the object that is mapped at an address; false if it is not shared. */
static __always_inline bool note_mapping(struct task_struct *task, struct thread *thread, const struct mapping *mapping,
                                         u8 operation)
{
    struct subject *subject;

    if (mapping->busy)
        count_loss(LOSS_MAPPING_BUSY);
    if (!mapping->mechanism)
        return false;
    if (mapping->mechanism == MECHANISM_SYSV_SHM)
        return note_ipc_id(task, thread, MECHANISM_SYSV_SHM, operation, IPC_SHM, mapping->inode);
    subject = new_subject(thread, mapping->mechanism, operation);
    subject->number = mapping->inode;
    subject->device = mapping->device;
    if (mapping->mechanism == MECHANISM_SHM)
        subject->guard = mapping->generation;
    subject->name = mapping->name;
    thread->first = note_subject(thread);
    return thread->first != NO_FLOW;
}
