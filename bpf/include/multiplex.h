/* i386 calls that are many in one: socketcall(2) and ipc(2). They come to what the calls of their own numbers would be.
 */
#pragma once

#include "call.h"

/* net/compat.c, compat_sys_socketcall */
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

/* ipc/syscall.c, compat_ksys_ipc */
static __always_inline u8 ipc_class(u64 number)
{
    switch (number & 0xffff) {
    case 1:
    case 4:
        return CALL_SEMOP;
    case 2:
        return CALL_SEMGET;
    case 3:
        return CALL_SEMCTL;
    case 11:
        return CALL_MSGSND;
    case 12:
        return CALL_MSGRCV;
    case 13:
        return CALL_MSGGET;
    case 14:
        return CALL_MSGCTL;
    case 21:
        return CALL_SHMAT;
    case 22:
        return CALL_SHMDT;
    case 23:
        return CALL_SHMGET;
    case 24:
        return CALL_SHMCTL;
    default:
        return CALL_NONE;
    }
}

/* call, first, second, third, ptr, fifth → the arguments in the order of the call itself */
static __always_inline bool decode_ipc(struct request *request, struct pt_regs *regs)
{
    u64 *arguments = request->arguments;
    u64 call = argument(regs, ABI_COMPAT, 0), pointer = argument(regs, ABI_COMPAT, 4);

    request->call = ipc_class(call);
    __builtin_memset(arguments, 0, sizeof(request->arguments));
    arguments[0] = argument(regs, ABI_COMPAT, 1);
    arguments[1] = argument(regs, ABI_COMPAT, 2);
    arguments[2] = argument(regs, ABI_COMPAT, 3);
    switch (request->call) {
    case CALL_SEMOP:
        arguments[2] = arguments[1];
        arguments[1] = pointer;
        break;
    case CALL_MSGSND:
        arguments[3] = arguments[2];
        arguments[2] = arguments[1];
        arguments[1] = pointer;
        break;
    case CALL_MSGRCV: /* its type lies in memory for old programs; nothing here needs it */
        arguments[4] = arguments[2];
        arguments[2] = arguments[1];
        arguments[1] = pointer;
        break;
    case CALL_SHMDT:
        arguments[0] = pointer;
        break;
    case CALL_SEMCTL:
        arguments[1] = arguments[2]; /* the command, as of the other two */
        break;
    }
    request->fd = arguments[0];
    request->message = arguments[1];
    return request->call != CALL_NONE;
}

/* Old mmap of i386: its six arguments lie in memory (arch/x86/kernel/sys_ia32.c, ia32_mmap). */
static __always_inline bool decode_mmap_block(struct request *request, struct pt_regs *regs)
{
    u32 words[6];

    if (bpf_probe_read_user(words, sizeof(words), (void *)argument(regs, ABI_COMPAT, 0))) {
        count_loss(LOSS_UNREADABLE);
        return false;
    }
    request->call = CALL_MMAP;
    for (int i = 0; i < 6; i++)
        request->arguments[i] = words[i];
    return true;
}
