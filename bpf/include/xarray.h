/* Looking up a number in an xarray, which is what an idr is (lib/xarray.c, xas_load). */
#pragma once

#include "maps.h"

#define XA_CHUNK_SHIFT 6 /* include/linux/xarray.h, CONFIG_BASE_SMALL excepted */
#define XA_LEVELS      5

/* Null if nothing is there. */
static __always_inline void *xarray_load(void *head, u32 index)
{
    void *entry = head;

    for (int i = 0; i < XA_LEVELS; i++) {
        u64 address = (u64)entry;
        struct xa_node *node;
        u32 shift;

        if ((address & 3) != 2) /* no inner node: what was stored */
            break;
        node = (void *)(address - 2);
        shift = BPF_CORE_READ(node, shift);
        if (i == 0 && index >> shift >> XA_CHUNK_SHIFT)
            return 0;
        bpf_probe_read_kernel(&entry, sizeof(entry),
                              (void *)node + bpf_core_field_offset(struct xa_node, slots) +
                                  (index >> shift & ((1 << XA_CHUNK_SHIFT) - 1)) * sizeof(void *));
    }
    return (u64)entry & 3 ? 0 : entry;
}
