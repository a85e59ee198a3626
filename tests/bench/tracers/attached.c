/* attached: prints "ID TYPE NAME" of every loaded program that traces, so that a run knows whether it is alone.
 * Iterators are of type tracing too: one that is loaded belongs to a tracer, though it costs nobody anything. */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int traces(unsigned int type)
{
    switch (type) {
    case BPF_PROG_TYPE_KPROBE:
    case BPF_PROG_TYPE_TRACEPOINT:
    case BPF_PROG_TYPE_PERF_EVENT:
    case BPF_PROG_TYPE_RAW_TRACEPOINT:
    case BPF_PROG_TYPE_RAW_TRACEPOINT_WRITABLE:
    case BPF_PROG_TYPE_TRACING:
    case BPF_PROG_TYPE_LSM:
        return 1;
    default:
        return 0;
    }
}

int main(void)
{
    unsigned int id = 0;

    while (!bpf_prog_get_next_id(id, &id)) {
        struct bpf_prog_info info = {0};
        unsigned int size = sizeof(info);
        int fd = bpf_prog_get_fd_by_id(id);

        if (fd < 0)
            continue; /* unloaded since */
        if (!bpf_obj_get_info_by_fd(fd, &info, &size) && traces(info.type))
            printf("%u %s %s\n", id, libbpf_bpf_prog_type_str(info.type), info.name);
        close(fd);
    }
    if (errno == ENOENT)
        return 0;
    fprintf(stderr, "attached: cannot list BPF programs: %s (run as root)\n", strerror(errno));
    return 1;
}
