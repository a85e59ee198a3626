#include "families.h"

const struct scenario *const families[] = {
    transfer_scenarios,
    partial_scenarios,
    datagram_scenarios,
    peek_scenarios,
    would_block_scenarios,
    connection_scenarios,
    error_scenarios,
    connection_error_scenarios,
    splice_error_scenarios,
    thread_scenarios,
    spin_scenarios,
    process_scenarios,
    image_scenarios,
    reuse_scenarios,
    dup_scenarios,
    restart_scenarios,
    killed_scenarios,
    known_scenarios,
    not_ipc_scenarios,
    int80_scenarios,
    mq_scenarios,
    mq_error_scenarios,
    mq_wait_scenarios,
    sysv_msg_scenarios,
    sysv_sem_scenarios,
    sysv_shm_scenarios,
    sysv_msg_wait_scenarios,
    sysv_sem_wait_scenarios,
    eventfd_scenarios,
    eventfd_wait_scenarios,
    pty_scenarios,
    pty_wait_scenarios,
    fifo_open_scenarios,
    netlink_scenarios,
    netlink_pair_scenarios,
    vsock_scenarios,
    rights_scenarios,
    newpid_scenarios,
    shm_scenarios,
    shm_user_scenarios,
    shm_error_scenarios,
    shm_open_scenarios,
    file_map_scenarios,
    futex_scenarios,
    futex_interrupted_scenarios,
    futex_pi_scenarios,
    futex_move_scenarios,
    futex_crowd_scenarios,
    signal_scenarios,
    signal_error_scenarios,
    signal_death_scenarios,
    signal_kernel_scenarios,
    signal_crowd_scenarios,
    process_vm_scenarios,
    ptrace_scenarios,
    newpid_signal_scenarios,
    uring_scenarios,
    uring_channel_scenarios,
    uring_socket_scenarios,
    uring_error_scenarios,
    uring_shot_scenarios,
    uring_silent_scenarios,
    uring_life_scenarios,
    uring_word_scenarios,
    NULL,
};

bool fits_any(const struct kind *kind)
{
    (void)kind;
    return true;
}

bool fits_pipes(const struct kind *kind)
{
    return !kind->socket;
}

bool fits_sockets(const struct kind *kind)
{
    return kind->socket;
}

bool fits_messages(const struct kind *kind)
{
    return kind->messages;
}

bool fits_streams(const struct kind *kind)
{
    return !kind->messages;
}

bool fits_connections(const struct kind *kind)
{
    return kind->socket && kind->prepare == connection_prepare;
}
