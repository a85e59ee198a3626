/* What the object iterators write: everything that exists, and who holds it. src/Agent/Decode/ObjectRecords.cs mirrors
 * it as Contract.cs does contract.h. Times are seconds since 1970, 0: never. */
#pragma once

#include "contract.h"

#define OBJECT_NAME_LENGTH  256 /* NAME_MAX + 1: longer paths are cut to their last component */
#define SEMAPHORES_SHOWN    32
#define OBJECTS_AT_A_TIME   64 /* a call of an iterator may write 32 KiB (kernel/bpf/bpf_iter.c) */
#define NAMESPACES_FOLLOWED 65536

enum object_mark {
    OBJECT_KERNEL_MOUNT = 1, /* on a mount that no path leads to: memfd, shared anonymous memory */
    OBJECT_HUGETLB = 2,      /* its resident size is `blocks` */
    OBJECT_SHM_MOUNT = 4,    /* opened through a mount at …/shm, as shm_open does */
    OBJECT_CREATED = 8,      /* `time` is that of creation; else the object is at least so old */
};

/* An object that is a file of some file system. */
struct object_file {
    struct channel_key channel;
    __u64 size;   /* inode.i_size */
    __u64 pages;  /* in memory now: address_space.nrpages */
    __u64 blocks; /* inode.i_blocks: of 512 bytes */
    __s64 time;
    __u32 uid;
    __u32 mode;     /* inode.i_mode */
    __u32 links;    /* 0: unlinked, or never had a name */
    __u32 ns;       /* queue: ipc namespace; unix socket: network namespace; else mount namespace of who holds it */
    __u8 mechanism; /* enum mechanism */
    __u8 marks;     /* enum object_mark */
    __u8 kind;      /* enum channel_kind of a socket, else 0 */
    __u8 pad;
    __u32 name_length; /* bytes of `name` in use; abstract names begin with NUL */
    __u32 generation;  /* inode.i_generation */
    __u32 pad2;
    char name[OBJECT_NAME_LENGTH];
};

/* A descriptor (length 0) or a shared mapping of an object. */
struct holder_record {
    struct object_file file;
    __u64 start; /* address of the mapping; the descriptor's number */
    __u64 length;
    __u64 queued;   /* listening socket: connections that nobody has accepted */
    __u64 capacity; /* of `queued` */
    struct process_key process;
    __u32 mode; /* FMODE_READ 1, FMODE_WRITE 2; of a mapping VM_READ, VM_WRITE, which are the same */
    __u32 pad;
    char comm[COMM_LENGTH]; /* of the thread-group leader */
};

/* A POSIX message queue. */
struct queue_record {
    struct object_file file;
    __u64 messages;
    __u64 messages_limit;
    __u64 bytes;
    __u64 message_size_limit;
};

enum sysv_mark {
    SYSV_CREATOR_ALIVE = 1,
    SYSV_LAST_ALIVE = 2, /* one of those that used it last */
    SYSV_HUGETLB = 4,    /* resident size is `blocks` */
    SYSV_USER_ALIVE = 8, /* `user` is, and no other process has its number */
    SYSV_RECEIVER_ALIVE = 16,
};

/* A System V queue, semaphore set or segment. Pids are those of the first pid namespace, 0: nobody, or not recorded. */
struct sysv_record {
    struct channel_key memory; /* segment: what its mappings show */
    __u64 bytes;               /* queue: in it now; segment: its size */
    __u64 bytes_limit;         /* queue */
    __u64 count;               /* queue: messages; set: semaphores; segment: attachments */
    __u64 pages;               /* segment: in memory now */
    __u64 blocks;              /* segment: of 512 bytes */
    __s64 change_time;         /* of creation or the last IPC_SET; set: of SETVAL, too */
    __s64 use_time;            /* last msgsnd, semop, shmat */
    __s64 other_time;          /* last msgrcv, shmdt */
    __s32 id;
    __u32 key;
    __u32 ns; /* ipc namespace */
    __u32 mode;
    __u32 uid;
    __u32 gid;
    __u32 creator_uid;
    __u32 creator; /* segment: pid */
    __u32 user;    /* who did what use_time tells: the last sender, operator, attacher or detacher */
    __u32 receiver;
    __u32 waiters; /* calls that wait in it now */
    __u8 mechanism;
    __u8 marks; /* enum sysv_mark */
    __u8 pad[2];
    __u16 values[SEMAPHORES_SHOWN]; /* of the first semaphores */
};

/* How far a namespace has been walked: an iterator writes it piece by piece. */
struct namespace_cursor {
    __u32 kind; /* which of ipc_namespace.ids; past the last: done */
    __u32 next; /* index in it; POSIX queues: how many were passed */
};
