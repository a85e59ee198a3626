/* From the registers of any call to a request. */
#pragma once

#include "multiplex.h"

/* False if the number means nothing in the table of this program's width. */
static __always_inline bool decode(struct request *request, struct pt_regs *regs, u16 classes, u8 abi)
{
    u8 call = abi == ABI_COMPAT ? classes >> 8 : classes & 0xff;

    if (!call)
        return false;
    __builtin_memset(request, 0, __builtin_offsetof(struct request, arguments));
    request->call = call;
    request->abi = abi;
    if (call == CALL_SOCKETCALL)
        return decode_socketcall(request, regs);
    if (call == CALL_IPC)
        return decode_ipc(request, regs);
    if (call == CALL_MMAP_BLOCK)
        return decode_mmap_block(request, regs);
    request->fd = argument(regs, abi, 0);
    if (call > CALL_DESCRIPTORS) {
        for (int i = 0; i < 6; i++)
            request->arguments[i] = argument(regs, abi, i);
        request->message = request->arguments[1];
        if (call == CALL_SEMCTL)
            request->arguments[1] = request->arguments[2]; /* the command, as of the other two */
        return true;
    }
    switch (call) {
    case CALL_SENDMSG:
        request->message = argument(regs, abi, 1);
        break;
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
