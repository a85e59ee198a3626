/* The arguments of a system call, whatever the architecture and the width of the program. */
#pragma once

#include "maps.h"

#if defined(__TARGET_ARCH_x86)
#define TS_COMPAT 0x0002 /* arch/x86/include/asm/thread_info.h: a 32-bit call is under way */

static __always_inline u8 abi_of(struct task_struct *task)
{
    return FIELD(task, thread_info.status) & TS_COMPAT ? ABI_COMPAT : ABI_NATIVE;
}

static __always_inline u64 call_number(struct pt_regs *regs)
{
    return regs->orig_ax;
}

static __always_inline u64 argument(struct pt_regs *regs, u8 abi, int n)
{
    if (abi == ABI_COMPAT) {
        switch (n) {
        case 0:
            return (u32)regs->bx;
        case 1:
            return (u32)regs->cx;
        case 2:
            return (u32)regs->dx;
        case 3:
            return (u32)regs->si;
        case 4:
            return (u32)regs->di;
        default:
            return (u32)regs->bp;
        }
    }
    switch (n) {
    case 0:
        return regs->di;
    case 1:
        return regs->si;
    case 2:
        return regs->dx;
    case 3:
        return regs->r10;
    case 4:
        return regs->r8;
    default:
        return regs->r9;
    }
}
#else
#define TIF_32BIT 22 /* arch/arm64/include/asm/thread_info.h */

static __always_inline u8 abi_of(struct task_struct *task)
{
    return FIELD(task, thread_info.flags) & (1UL << TIF_32BIT) ? ABI_COMPAT : ABI_NATIVE;
}

static __always_inline u64 call_number(struct pt_regs *regs)
{
    return (u32)regs->syscallno; /* extended by its sign, it has no bounds to 6.1 */
}

static __always_inline u64 argument(struct pt_regs *regs, u8 abi, int n)
{
    u64 value = n ? regs->regs[n] : regs->orig_x0; /* regs[0] becomes the result */

    return abi == ABI_COMPAT ? (u32)value : value;
}
#endif

/* A call, decoded as far as sys_enter and sys_exit need it. */
struct request {
    u8 call; /* enum call */
    u8 abi;
    u8 pad[2];
    u32 fd;
    u32 other; /* the second descriptor of splice, tee and sendfile */
    u32 flags;
    u64 message;      /* msghdr, mmsghdr */
    u64 length;       /* of the buffer, or messages */
    u64 arguments[6]; /* of calls behind CALL_DESCRIPTORS */
};
