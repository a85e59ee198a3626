/* The kernel's types that queues are measured by; see kernel.h. */
#pragma once

#include "kernel.h"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpadded"
#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct pipe_buffer { /* include/linux/pipe_fs_i.h */
    unsigned int len;
};

struct pipe_inode_info___buffers {
    struct pipe_buffer *bufs;
};

struct socket_alloc { /* include/net/sock.h */
    struct socket socket;
    struct inode vfs_inode;
};

struct sock_common___state {
    unsigned char skc_state;
};

struct sk_buff { /* include/linux/skbuff.h */
    struct sk_buff *next;
    unsigned int len;
    char cb[48];
};

struct sk_buff_head___list {
    struct sk_buff *next;
    u32 qlen;
};

struct unix_skb_parms { /* include/net/af_unix.h */
    u32 consumed;
};

struct tcp_sock { /* include/linux/tcp.h */
    u32 write_seq;
    u32 copied_seq;
};

struct udp_sock { /* include/linux/udp.h */
    struct sk_buff_head reader_queue;
};

struct mq_attr___queue { /* include/uapi/linux/mqueue.h */
    long mq_curmsgs;
};

struct mqueue_inode_info { /* ipc/mqueue.c */
    struct inode vfs_inode;
    struct mq_attr___queue attr;
};

struct msg_queue { /* ipc/msg.c */
    unsigned long q_qnum;
};

#pragma clang attribute pop
#pragma clang diagnostic pop
