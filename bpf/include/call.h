/* The arguments of a system call, whatever the architecture and the width of the program. */
#pragma once

#include "maps.h"

#if defined(__TARGET_ARCH_x86)
#define TS_COMPAT 0x0002 /* arch/x86/include/asm/thread_info.h: a 32-bit call is under way */

static __always_inline u8 abi_of(struct task_struct *task)
{
    return task->thread_info.status & TS_COMPAT ? ABI_COMPAT : ABI_NATIVE;
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
    return task->thread_info.flags & (1UL << TIF_32BIT) ? ABI_COMPAT : ABI_NATIVE;
}

static __always_inline u64 call_number(struct pt_regs *regs)
{
    return regs->syscallno;
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
    u64 message; /* msghdr, mmsghdr */
    u64 length;  /* of the buffer, or messages */
};

/* i386 multiplexer: net/compat.c, compat_sys_socketcall */
static __always_inline u8 socketcall_class(u64 number)
{
    switch (number) {
    case 3:
        return CALL_CONNECT;
    case 5:
        return CALL_ACCEPT;
    case 9:
        return CALL_SENDTO;
    case 10:
        return CALL_RECVFROM;
    case 11:
        return CALL_SENDTO;
    case 12:
        return CALL_RECVFROM;
    case 13:
        return CALL_SHUTDOWN;
    case 16:
        return CALL_SENDMSG;
    case 17:
        return CALL_RECVMSG;
    case 18:
        return CALL_ACCEPT;
    case 19:
        return CALL_RECVMMSG;
    case 20:
        return CALL_SENDMMSG;
    default:
        return CALL_NONE;
    }
}

static __always_inline bool decode_socketcall(struct request *request, struct pt_regs *regs)
{
    u32 words[4];

    request->call = socketcall_class(argument(regs, ABI_COMPAT, 0));
    if (!request->call)
        return false;
    if (bpf_probe_read_user(words, sizeof(words), (void *)argument(regs, ABI_COMPAT, 1))) {
        count_loss(LOSS_UNREADABLE);
        return false;
    }
    request->fd = words[0];
    request->message = words[1];
    request->length = words[2];
    request->flags = request->call == CALL_RECVMSG ? words[2] : words[3];
    return true;
}

/* False if the number means nothing in the table of this program's width. */
static __always_inline bool decode(struct request *request, struct pt_regs *regs, u16 classes, u8 abi)
{
    u8 call = abi == ABI_COMPAT ? classes >> 8 : classes & 0xff;

    if (!call)
        return false;
    __builtin_memset(request, 0, sizeof(*request));
    request->call = call;
    request->abi = abi;
    if (call == CALL_SOCKETCALL)
        return decode_socketcall(request, regs);
    request->fd = argument(regs, abi, 0);
    switch (call) {
    case CALL_RECVMSG:
        request->message = argument(regs, abi, 1);
        request->flags = argument(regs, abi, 2);
        break;
    case CALL_RECVFROM:
    case CALL_RECVMMSG:
    case CALL_SENDMMSG:
        request->message = argument(regs, abi, 1);
        request->length = argument(regs, abi, 2);
        request->flags = argument(regs, abi, 3);
        break;
    case CALL_SPLICE:
        request->other = argument(regs, abi, 2);
        break;
    case CALL_TEE:
        request->other = argument(regs, abi, 1);
        break;
    case CALL_SENDFILE: /* out comes first */
        request->other = request->fd;
        request->fd = argument(regs, abi, 1);
        break;
    }
    return true;
}
