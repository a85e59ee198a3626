/* A 64-bit process that makes 32-bit system calls: numbers and registers are those of i386. */
#include "families.h"

#ifdef __x86_64__
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>

#include "../core/require.h"
#include "../core/tally.h"

/* arch/x86/entry/syscalls/syscall_32.tbl */
#define I386_READ       3
#define I386_WRITE      4
#define I386_SOCKETCALL 102
#define I386_SENDTO     369
#define I386_RECVFROM   371

/* Pointers must be below 4 GiB: static data of a static program is. */
static char data[4096];
static uint32_t arguments[6];

/* The fifth argument is 0; the sixth, of sendto and recvfrom, is not looked at where there is no address. */
static long int80(long number, long a, long b, long c, long d)
{
    long result;

    __asm__ volatile("int $0x80"
                     : "=a"(result)
                     : "a"(number), "b"(a), "c"(b), "d"(c), "S"(d), "D"(0L)
                     : "memory", "cc", "r8", "r9", "r10", "r11");
    result = (int)result;
    if (result < 0) {
        errno = -result;
        return -1;
    }
    return result;
}

static void use_int80(const struct plan *plan)
{
    struct end reader, writer, pair[2];
    long place = (long)data, size = plan->size;

    require(plan->size <= sizeof(data), "-s: at most 4096 here");
    pipe_new(&reader, &writer, O_CLOEXEC);
    socketpair_new(pair, SOCK_STREAM);
    for (unsigned i = 0; i < plan->n; i++) {
        require_result(book(writer, OPERATION_WRITE, int80(I386_WRITE, writer.fd, place, size, 0)), size);
        require_result(book(reader, OPERATION_READ, int80(I386_READ, reader.fd, place, size, 0)), size);
        require_result(book(pair[0], OPERATION_SEND, int80(I386_SENDTO, pair[0].fd, place, size, 0)), size);
        require_result(book(pair[1], OPERATION_RECEIVE, int80(I386_RECVFROM, pair[1].fd, place, size, 0)), size);
        arguments[0] = pair[0].fd;
        arguments[1] = place;
        arguments[2] = size;
        require_result(book(pair[0], OPERATION_SEND, int80(I386_SOCKETCALL, 9, (long)arguments, 0, 0)), size);
        arguments[0] = pair[1].fd;
        require_result(book(pair[1], OPERATION_RECEIVE, int80(I386_SOCKETCALL, 10, (long)arguments, 0, 0)), size);
    }
    end_close(&reader);
    end_close(&writer);
    end_close(&pair[0]);
    end_close(&pair[1]);
}
#endif

const struct scenario int80_scenarios[] = {
#ifdef __x86_64__
    {"int80", "a 64-bit process calls by int 0x80: write, read, sendto, recvfrom, socketcall", .n = 1000, .size = 64,
     .run = use_int80},
#endif
    {0},
};
