#pragma once

#include "scenario.h"

extern const struct scenario transfer_scenarios[];
extern const struct scenario partial_scenarios[];
extern const struct scenario datagram_scenarios[];
extern const struct scenario peek_scenarios[];
extern const struct scenario would_block_scenarios[];
extern const struct scenario connection_scenarios[];
extern const struct scenario error_scenarios[];
extern const struct scenario connection_error_scenarios[];
extern const struct scenario splice_error_scenarios[];
extern const struct scenario thread_scenarios[];
extern const struct scenario spin_scenarios[];
extern const struct scenario process_scenarios[];
extern const struct scenario image_scenarios[];
extern const struct scenario reuse_scenarios[];
extern const struct scenario dup_scenarios[];
extern const struct scenario restart_scenarios[];
extern const struct scenario killed_scenarios[];
extern const struct scenario known_scenarios[];
extern const struct scenario not_ipc_scenarios[];
extern const struct scenario int80_scenarios[];
extern const struct scenario mq_scenarios[];
extern const struct scenario mq_error_scenarios[];
extern const struct scenario mq_wait_scenarios[];
extern const struct scenario sysv_msg_scenarios[];
extern const struct scenario sysv_sem_scenarios[];
extern const struct scenario sysv_shm_scenarios[];
extern const struct scenario sysv_wait_scenarios[];
extern const struct scenario eventfd_scenarios[];
extern const struct scenario pty_scenarios[];
extern const struct scenario fifo_open_scenarios[];
extern const struct scenario netlink_scenarios[];
extern const struct scenario vsock_scenarios[];
extern const struct scenario rights_scenarios[];
extern const struct scenario newpid_scenarios[];
extern const struct scenario shm_scenarios[];
extern const struct scenario shm_user_scenarios[];
extern const struct scenario shm_error_scenarios[];
extern const struct scenario shm_open_scenarios[];
extern const struct scenario file_map_scenarios[];
extern const struct scenario futex_scenarios[];
extern const struct scenario futex_interrupted_scenarios[];
extern const struct scenario futex_pi_scenarios[];
extern const struct scenario futex_move_scenarios[];
extern const struct scenario futex_crowd_scenarios[];
