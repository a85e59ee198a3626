namespace Ipcscope.Tests.Export;

/// <summary>What <see cref="MetricsPageTests"/> expects, buckets left out.</summary>
internal static class ExpectedPage
{
    public const string Lines = """
        # HELP ipc_operations_total Completed calls and messages, failed ones included, would-block excluded.
        # TYPE ipc_operations_total counter
        ipc_operations_total{process="producer",pid="4312",mechanism="pipe",operation="write"} 7
        ipc_operations_total{process="producer",pid="4312",mechanism="tcp",operation="connect"} 1
        ipc_operations_total{process="redis",pid="981",mechanism="unix",operation="receive"} 8
        # HELP ipc_bytes_total Bytes moved by operations that succeeded.
        # TYPE ipc_bytes_total counter
        ipc_bytes_total{process="producer",pid="4312",mechanism="pipe",operation="write"} 192
        ipc_bytes_total{process="redis",pid="981",mechanism="unix",operation="receive"} 128
        # HELP ipc_would_block_total Calls that returned EAGAIN or EINPROGRESS: neither operations nor errors.
        # TYPE ipc_would_block_total counter
        ipc_would_block_total{process="producer",pid="4312",mechanism="pipe",operation="write"} 0
        ipc_would_block_total{process="producer",pid="4312",mechanism="tcp",operation="connect"} 0
        ipc_would_block_total{process="redis",pid="981",mechanism="unix",operation="receive"} 7
        # HELP ipc_truncated_total Datagrams cut to the size of the reader's buffer, as far as the kernel tells.
        # TYPE ipc_truncated_total counter
        ipc_truncated_total{process="redis",pid="981",mechanism="unix",operation="receive"} 1
        # HELP ipc_untimed_total Operations whose start was not seen: in ipc_operations_total, missing in ipc_operation_duration_seconds.
        # TYPE ipc_untimed_total counter
        ipc_untimed_total{process="redis",pid="981",mechanism="unix",operation="receive"} 1
        # HELP ipc_errors_total Failed operations by errno name; interrupted: the caller was killed inside the call; other: the errno is not known.
        # TYPE ipc_errors_total counter
        ipc_errors_total{process="producer",pid="4312",mechanism="pipe",operation="write",error="EPIPE"} 2
        ipc_errors_total{process="producer",pid="4312",mechanism="pipe",operation="write",error="other"} 1
        ipc_errors_total{process="producer",pid="4312",mechanism="pipe",operation="write",error="524"} 1
        ipc_errors_total{process="redis",pid="981",mechanism="unix",operation="receive",error="ECONNRESET"} 5
        ipc_errors_total{process="redis",pid="981",mechanism="unix",operation="receive",error="interrupted"} 1
        # HELP ipc_wait_seconds_total Time of calls that slept, by what they waited for: full (room), empty (something to take), lock (a semaphore or futex).
        # TYPE ipc_wait_seconds_total counter
        ipc_wait_seconds_total{process="producer",pid="4312",mechanism="pipe",operation="write",reason="full"} 0
        ipc_wait_seconds_total{process="producer",pid="4312",mechanism="tcp",operation="connect",reason="full"} 0
        ipc_wait_seconds_total{process="redis",pid="981",mechanism="unix",operation="receive",reason="empty"} 0.0015
        # HELP ipc_operation_duration_seconds Time from entry to exit of a call, waiting included; sendmmsg and recvmmsg are one call of many operations.
        # TYPE ipc_operation_duration_seconds histogram
        ipc_operation_duration_seconds_sum{process="producer",pid="4312",mechanism="pipe",operation="write"} 0.003
        ipc_operation_duration_seconds_count{process="producer",pid="4312",mechanism="pipe",operation="write"} 3
        ipc_operation_duration_seconds_sum{process="producer",pid="4312",mechanism="tcp",operation="connect"} 0.001
        ipc_operation_duration_seconds_count{process="producer",pid="4312",mechanism="tcp",operation="connect"} 1
        ipc_operation_duration_seconds_sum{process="redis",pid="981",mechanism="unix",operation="receive"} 0.002
        ipc_operation_duration_seconds_count{process="redis",pid="981",mechanism="unix",operation="receive"} 2
        # HELP ipc_delivery_seconds Time from the write of data to its read, by those who read it: count and sum are weighed by bytes of streams and by messages of anything else.
        # TYPE ipc_delivery_seconds histogram
        ipc_delivery_seconds_sum{process="redis",pid="981",mechanism="unix",operation="receive"} 0.128
        ipc_delivery_seconds_count{process="redis",pid="981",mechanism="unix",operation="receive"} 128
        # HELP ipc_turnaround_seconds Time of answers: client, from its request's last byte to the answer; server, from the receipt of the request to the answer.
        # TYPE ipc_turnaround_seconds histogram
        ipc_turnaround_seconds_sum{process="redis",pid="981",mechanism="unix",operation="receive",role="client"} 0.003
        ipc_turnaround_seconds_count{process="redis",pid="981",mechanism="unix",operation="receive",role="client"} 2
        # HELP ipc_channels Channels with a live flow.
        # TYPE ipc_channels gauge
        ipc_channels{mechanism="pipe"} 1
        ipc_channels{mechanism="fifo"} 0
        ipc_channels{mechanism="unix"} 2
        ipc_channels{mechanism="tcp"} 1
        ipc_channels{mechanism="udp"} 0
        ipc_channels{mechanism="vsock"} 0
        ipc_channels{mechanism="netlink"} 0
        ipc_channels{mechanism="pty"} 0
        ipc_channels{mechanism="eventfd"} 0
        ipc_channels{mechanism="mq"} 0
        ipc_channels{mechanism="sysv_msg"} 0
        ipc_channels{mechanism="sysv_sem"} 0
        ipc_channels{mechanism="sysv_shm"} 0
        ipc_channels{mechanism="shm"} 0
        ipc_channels{mechanism="file_map"} 0
        ipc_channels{mechanism="futex"} 0
        ipc_channels{mechanism="signal"} 0
        ipc_channels{mechanism="process_vm"} 0
        ipc_channels{mechanism="io_uring"} 0
        # HELP ipc_processes Running processes that have used the mechanism.
        # TYPE ipc_processes gauge
        ipc_processes{mechanism="pipe"} 1
        ipc_processes{mechanism="fifo"} 0
        ipc_processes{mechanism="unix"} 1
        ipc_processes{mechanism="tcp"} 1
        ipc_processes{mechanism="udp"} 0
        ipc_processes{mechanism="vsock"} 0
        ipc_processes{mechanism="netlink"} 0
        ipc_processes{mechanism="pty"} 0
        ipc_processes{mechanism="eventfd"} 0
        ipc_processes{mechanism="mq"} 0
        ipc_processes{mechanism="sysv_msg"} 0
        ipc_processes{mechanism="sysv_sem"} 0
        ipc_processes{mechanism="sysv_shm"} 0
        ipc_processes{mechanism="shm"} 0
        ipc_processes{mechanism="file_map"} 0
        ipc_processes{mechanism="futex"} 0
        ipc_processes{mechanism="signal"} 0
        ipc_processes{mechanism="process_vm"} 0
        ipc_processes{mechanism="io_uring"} 0

        """;
}
