/* What lies at an address of the caller's memory. */
#pragma once

#include "sysv.h"
#ifndef NO_TASK_STORAGE
#include "maple.h"
#else
#include "rbtree.h"
#endif

#define VM_MAYSHARE 0x80 /* include/linux/mm.h; VM_SHARED is cleared where nobody may write */
#define PAGE_SHIFT  12

/* A shared mapping; mechanism is none if the address is not shared memory. */
struct mapping {
    u64 inode;
    u64 offset; /* of the address, in the object */
    u64 name;
    u32 device;
    u32 generation;
    u8 mechanism; /* MECHANISM_SYSV_SHM, _SHM or _FILE_MAP */
    u8 found;     /* 1: there is a mapping, shared or not */
    u8 pad[6];
};

/* The files of System V segments have no name but this (ipc/shm.c, newseg). */
static __always_inline bool is_segment(const unsigned char *name)
{
    return kernel_text_begins(name, "SYSV");
}

/* What a task has mapped at an address: `vma`, as vma_at() found it. */
static __always_inline void describe_mapping(struct mapping *mapping, struct vm_area_struct *vma, u64 address)
{
    const unsigned char *name;
    struct inode *inode;
    struct file *file;

    if (!vma)
        return;
    vma = kernel_cast(vma, struct vm_area_struct);
    if (address < FIELD(vma, vm_start) || address >= FIELD(vma, vm_end))
        return;
    mapping->found = 1;
    file = kernel_cast(FIELD(vma, vm_file), struct file);
    if (!(FIELD(vma, vm_flags) & VM_MAYSHARE) || !file)
        return;
    inode = kernel_cast(FIELD(file, f_inode), struct inode);
    if ((FIELD(inode, i_mode) & S_IFMT) != S_IFREG)
        return;
    name = FIELD(file, f_path.dentry, d_name.name);
    mapping->inode = FIELD(inode, i_ino);
    mapping->device = FIELD(inode, i_sb, s_dev);
    mapping->generation = FIELD(inode, i_generation);
    mapping->offset = address - FIELD(vma, vm_start) + (FIELD(vma, vm_pgoff) << PAGE_SHIFT);
    mapping->name = (u64)name;
    if (!is_memory(inode))
        mapping->mechanism = MECHANISM_FILE_MAP;
    else
        mapping->mechanism = is_segment(name) ? MECHANISM_SYSV_SHM : MECHANISM_SHM;
}

SHARED int find_mapping(struct mapping *mapping, u64 address)
{
    if (mapping)
        describe_mapping(mapping, vma_at(current_task(), address), address);
    return 0;
}

/* What is done to the object that is mapped at an address; false if it is not shared. */
static __always_inline bool note_mapping(struct task_struct *task, struct thread *thread, const struct mapping *mapping,
                                         u8 operation)
{
    struct subject *subject;

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
