/* Comparing short texts. */
#pragma once

#include "kernel.h"

/* `length` is known when this is compiled. */
static __always_inline bool same_text(const char *left, const char *right, u32 length)
{
    for (u32 i = 0; i < length; i++)
        if (left[i] != right[i])
            return false;
    return true;
}

/* Whether the text at a kernel address begins with `text`. */
#define kernel_text_begins(address, text)                                                                              \
    ({                                                                                                                 \
        char found_[sizeof(text) - 1] = {};                                                                            \
        bpf_probe_read_kernel(found_, sizeof(found_), (address));                                                      \
        same_text(found_, text, sizeof(found_));                                                                       \
    })
