/* A library to preload: bpf(2) refuses what is wanted before the kernel sees it, and writes down what it was asked.
 *
 * REFUSE_BPF=COMMAND:NAME:ERRNO  each call of this command (5: BPF_PROG_LOAD) for a map or program whose name begins so
 * REFUSE_BPF=#NUMBER::ERRNO      the call of this number
 * BPF_CALLS=FILE                 a line for each call: command, name */
#include <dlfcn.h>
#include <errno.h>
#include <linux/bpf.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

enum { PROGRAMS = 1024 };

static char programs[PROGRAMS][BPF_OBJ_NAME_LEN]; /* by descriptor */
static atomic_int calls;

static const char *name_of(long command, const union bpf_attr *attr)
{
    switch (command) {
    case BPF_MAP_CREATE:
        return attr->map_name;
    case BPF_PROG_LOAD:
        return attr->prog_name;
    case BPF_LINK_CREATE:
        return attr->link_create.prog_fd < PROGRAMS ? programs[attr->link_create.prog_fd] : "";
    case BPF_RAW_TRACEPOINT_OPEN:
        return attr->raw_tracepoint.prog_fd < PROGRAMS ? programs[attr->raw_tracepoint.prog_fd] : "";
    default:
        return "";
    }
}

/* The errno; 0: let it pass. */
static int refusal(int call, long command, const char *name)
{
    const char *wish = getenv("REFUSE_BPF"), *wanted, *error;
    int which;

    if (!wish || !(wanted = strchr(wish, ':')) || !(error = strchr(wanted + 1, ':')))
        return 0;
    which = wish[0] == '#' ? call == atoi(wish + 1) : command == atoi(wish);
    return which && !strncmp(name, wanted + 1, error - wanted - 1) ? atoi(error + 1) : 0;
}

static void write_down(long command, const char *name)
{
    const char *path = getenv("BPF_CALLS");
    FILE *file = path ? fopen(path, "ae") : NULL;

    if (!file)
        return;
    fprintf(file, "%ld %.15s\n", command, name);
    fclose(file);
}

/* libbpf calls bpf(2) by syscall(3). */
long syscall(long number, ...)
{
    static long (*next)(long, ...);
    const union bpf_attr *attr;
    long a[6], result;
    va_list list;
    int error;

    va_start(list, number);
    for (int i = 0; i < 6; i++)
        a[i] = va_arg(list, long);
    va_end(list);
    if (!next)
        next = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
    if (number != SYS_bpf)
        return next(number, a[0], a[1], a[2], a[3], a[4], a[5]);
    attr = (const union bpf_attr *)a[1];
    write_down(a[0], name_of(a[0], attr));
    error = refusal(atomic_fetch_add(&calls, 1) + 1, a[0], name_of(a[0], attr));
    if (error) {
        errno = error;
        return -1;
    }
    result = next(number, a[0], a[1], a[2]);
    if (a[0] == BPF_PROG_LOAD && result >= 0 && result < PROGRAMS)
        memcpy(programs[result], attr->prog_name, BPF_OBJ_NAME_LEN);
    return result;
}
