/* What the snapshot writes: descriptors, how full their channels are, and processes. src/Agent/Decode mirrors it as it
 * does contract.h. */
#pragma once

#include "contract.h"

/* What `items` of a queue are. */
enum queue_unit {
    QUEUE_BYTES_ONLY,  /* it has none */
    QUEUE_BUFFERS,     /* of a pipe: each holds up to a page */
    QUEUE_MESSAGES,    /* datagrams, records, messages; buffers of a unix stream */
    QUEUE_CONNECTIONS, /* that nobody has accepted yet */
};

struct queue_level {
    __s64 used;  /* -1: does not apply */
    __s64 limit; /* -1: none */
};

/* What waits in a channel now. */
struct queue_state {
    struct queue_level items;  /* see `unit`; of unix datagrams and connections, one more than `limit` fits */
    struct queue_level bytes;  /* that can be read */
    struct queue_level memory; /* socket: bytes of kernel memory that its receive queue takes, overhead included */
    struct queue_level sent;   /* socket: the same of what it has sent, and nobody has read (tcp: acknowledged) yet */
    __u8 unit;                 /* enum queue_unit */
    __u8 pad[7];
};

#define DESCRIPTOR_LISTENING 1 /* a socket that accepts connections */
#define DESCRIPTOR_MASTER    2 /* the master side of a pseudo-terminal */
#define DESCRIPTOR_CONNECTED 4 /* a connection that neither side has closed */
#define DESCRIPTOR_CONNECTS  8 /* tcp: nobody has answered yet */

/* One descriptor of a channel, as the snapshot writes it. */
struct descriptor_record {
    struct channel_key channel;
    struct channel_key peer; /* the connected unix socket; all 0: none, or nobody has accepted it yet */
    struct process_key process;
    __u64 cgroup;
    __u64 bound;      /* address of what a unix socket is bound to; 0: nothing */
    __u64 peer_bound; /* the same of its peer that nobody has accepted yet: that of the listening socket */
    __u32 fd;
    __u32 mode;       /* FMODE_READ 1, FMODE_WRITE 2 */
    __u32 credential; /* pid of who called connect, listen or socketpair at the other end (SO_PEERCRED); 0: nobody */
    __u32 marks;      /* DESCRIPTOR_* */
    char comm[COMM_LENGTH];
    struct queue_state queue;
    struct channel_info info;
};

/* A process, as the snapshot writes it. */
struct task_record {
    struct process_key process;
    __u64 cgroup;
    char comm[COMM_LENGTH];
};
