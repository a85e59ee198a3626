/* The kinds of memory that processes share. */
#pragma once

#include "../core/end.h"

#define PAGE 4096

enum sharing { SHARING_MEMFD, SHARING_SHM, SHARING_ANONYMOUS, SHARING_SYSV, SHARING_FILE };

struct memory {
    struct end end;
    char *address;
    unsigned long length; /* bytes */
    int id;               /* of System V */
};

/* Makes and maps `pages` of it, and leaves nothing behind: names are gone at once. All of it is booked. */
struct memory memory_open(enum sharing sharing, unsigned pages);
/* Unmaps and closes. */
void memory_close(enum sharing sharing, struct memory *memory);

/* A path under /dev/shm that only this run has. Each call gives another one. */
const char *shm_path(void);
/* A file without a name of `pages` on a disk. */
int disk_file(unsigned pages);
