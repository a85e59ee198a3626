/* What the caller has mapped at an address, before maple trees (6.1): mm_struct.mm_rb is a red-black tree, looked up as
 * find_vma() does it, but without its lock. While another thread changes the mappings an address may not be found. */
#pragma once

#include "maps.h"

#define RB_LEVELS 40 /* log2 of 65,530 mappings, twice, and some */

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpadded"
#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct rb_node { /* include/linux/rbtree.h */
    struct rb_node *rb_right;
    struct rb_node *rb_left;
};

struct rb_root {
    struct rb_node *rb_node;
};

struct mm_struct___rb { /* include/linux/mm_types.h */
    struct rb_root mm_rb;
};

struct vm_area_struct___rb {
    unsigned long vm_start;
    unsigned long vm_end;
    struct rb_node vm_rb;
};

#pragma clang attribute pop
#pragma clang diagnostic pop

/* Null if nothing is mapped there. */
static __noinline struct vm_area_struct *vma_at(struct task_struct *task, u64 address)
{
    struct mm_struct___rb *mm = (void *)FIELD(task, mm);
    struct rb_node *node = mm ? FIELD(mm, mm_rb.rb_node) : 0;

    for (u32 level = 0; level < RB_LEVELS; level++) {
        struct vm_area_struct___rb *vma =
            (void *)((u64)node - bpf_core_field_offset(struct vm_area_struct___rb, vm_rb));

        if (!node)
            break;
        if (address >= FIELD(vma, vm_end))
            node = FIELD(node, rb_right);
        else if (address >= FIELD(vma, vm_start))
            return (struct vm_area_struct *)vma;
        else
            node = FIELD(node, rb_left);
    }
    return 0;
}
