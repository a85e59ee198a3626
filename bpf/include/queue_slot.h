/* Times in queues and of answers, as programs and agent share them. src/Agent/Decode mirrors it as it does contract.h.
 */
#pragma once

#include "contract.h"

/* Which queue: data on its way in one direction.
 *   pipe, FIFO            inode's address                   unix datagram  receiver's struct sock
 *   unix stream, seqpacket sender's struct sock             sysv_msg       id, ipc namespace
 *   mq                    inode, device, priority
 *   tcp                   addresses, net namespace, ports (sender's first) */
struct queue_key {
    __u64 object;
    __u32 device;
    __u32 detail;
};

#define QUEUE_MARKS 32 /* a power of two */

/* A place in what was written: all from here to the next mark was written at about this time. */
struct queue_mark {
    __u64 begin;  /* units written before */
    __u64 time;   /* when the first one was; 0: before it was seen */
    __u64 excess; /* sum of how much later each one was */
    __u64 asked;  /* if an answer begins here: when the last unit of its request was written; else 0 */
};

enum queue_role {
    QUEUE_ONE_WAY, /* or not known yet */
    QUEUE_REQUESTS,
    QUEUE_ANSWERS,
};

/* Units are bytes of streams, messages of anything else. */
struct queue_slot {
    __u64 id;     /* 0: free. Differs for every owner the slot ever has. */
    __u64 number; /* tells apart what had the same address one after the other; 0: not known */
    struct queue_key key;
    struct channel_key writer; /* the end that writes; all 0: not seen yet */
    struct channel_key reader;
    __u8 mechanism;
    __u8 messages; /* 1: units are messages */
    __u8 role;     /* enum queue_role */
    __u8 ready;    /* not 0: what it held at first sight is known */
    __u32 source;  /* slot of the queue of the other direction; 0: none */
    __u64 source_id;
    __u32 sequence; /* tcp: the sequence number of unit 0 */
    __u32 pad;
    __u64 reader_flow; /* the one that read last, in one word: two may read at once; see flow_word() */
    __u64 written;     /* units; those of calls that have ended */
    __u64 marked;      /* units that marks tell of */
    __u64 head;        /* marks made */
    __u64 last_written;
    __u64 high_water; /* most units that were in the queue when a write ended */
    __u64 read;       /* units */
    __u64 booked;     /* units whose delivery is counted */
    __u64 tail;       /* marks passed */
    __u64 last_read;
    __u64 last_time;   /* when the last unit booked was written */
    __u64 unanswered;  /* 1: something was read since the other direction was last written to */
    __u64 ahead;       /* units read before the call that wrote them had ended */
    __u64 ahead_since; /* when the first of them was read */
    __u64 ahead_sum;   /* how much later each of them was */
    __u64 remainder;   /* of delivery_time, ns */
    __u64 mixed;       /* 1: datagrams of unknown senders are among the others: nothing can be timed */
    struct queue_mark marks[QUEUE_MARKS];
};
