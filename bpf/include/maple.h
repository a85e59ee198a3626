/* What the caller has mapped at an address, looked up without a lock: mm_struct.mm_mt is a maple tree whose readers
 * need RCU only (lib/maple_tree.c, mtree_load), and bpf_find_vma fails while another thread changes the mappings. */
#pragma once

#include "maps.h"

#define MAPLE_LEVELS     8 /* a tree of so many levels would hold 10^8 mappings */
#define MAPLE_PIVOTS     15
#define MAPLE_NODE_MASK  255UL /* include/linux/maple_tree.h */
#define MAPLE_TYPE_SHIFT 3
#define MAPLE_TYPE_MASK  15

/* What the root is: the address of a node, of which the low bits tell its type, or a mapping, or nothing. */
static __always_inline bool maple_is_node(u64 root)
{
    return (root & 3) == 2 && root > 4096;
}

static __always_inline u32 maple_type_of(u64 node)
{
    return node >> MAPLE_TYPE_SHIFT & MAPLE_TYPE_MASK;
}

/* Its entries are mappings. Entries of other nodes are nodes, which do not look as the root does. */
static __always_inline bool maple_is_leaf(u64 node)
{
    return maple_type_of(node) < bpf_core_enum_value(enum maple_type, maple_range_64);
}

static __always_inline u64 maple_child(u64 entry, u64 address)
{
    void *node = (void *)(entry & ~MAPLE_NODE_MASK);
    struct maple_range_64 *range = kernel_cast(node, struct maple_range_64);
    bool wide = maple_type_of(entry) != bpf_core_enum_value(enum maple_type, maple_arange_64);
    u32 count = wide ? MAPLE_PIVOTS : sizeof(((struct maple_arange_64 *)0)->pivot) / sizeof(u64), place = 0;
    u64 child = 0;

    /* Pivots lie at the same place in both kinds of node. Unrolled: only loads at known places need no copy on the
     * stack, of which kernels before 6.13 give 512 bytes to all functions of a call chain. */
#pragma unroll
    for (u32 i = 0; i < MAPLE_PIVOTS; i++) {
        u64 pivot = FIELD(range, pivot[i]);

        if (i >= count || pivot >= address || (i && !pivot))
            break;
        place = i + 1;
    }
    node +=
        wide ? bpf_core_field_offset(struct maple_range_64, slot) : bpf_core_field_offset(struct maple_arange_64, slot);
    bpf_probe_read_kernel(&child, sizeof(child), node + place * sizeof(child));
    return child;
}

/* Null if nothing is mapped there. */
static __noinline struct vm_area_struct *vma_at(struct task_struct *task, u64 address)
{
    struct mm_struct *mm = FIELD(task, mm);
    u64 entry = mm ? (u64)FIELD(mm, mm_mt.ma_root) : 0;
    bool leaf = !maple_is_node(entry);

    for (u32 level = 0; level < MAPLE_LEVELS; level++) {
        if (leaf)
            break;
        leaf = maple_is_leaf(entry);
        entry = maple_child(entry, address);
    }
    return !leaf || entry & 3 ? 0 : (struct vm_area_struct *)entry;
}
