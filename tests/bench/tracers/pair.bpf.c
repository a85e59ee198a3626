/* The least a tracer of system calls can do: nothing, and reading the clock at both ends of a call. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("tp_btf/sys_enter")
int empty_enter(void *ctx)
{
    return 0;
}

SEC("tp_btf/sys_exit")
int empty_exit(void *ctx)
{
    return 0;
}

SEC("tp_btf/sys_enter")
int floor_enter(void *ctx)
{
    bpf_ktime_get_ns();
    return 0;
}

SEC("tp_btf/sys_exit")
int floor_exit(void *ctx)
{
    bpf_ktime_get_ns();
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
