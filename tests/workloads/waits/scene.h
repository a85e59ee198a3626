/* Scenes of processes that wait for one another: ipcscope-waits NAME starts one, tells who is in it, and ends it when
 * its standard input does. */
#pragma once

#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ROLES 6

struct scene {
    const char *name;
    void (*prepare)(void); /* makes what the roles share */
    void (*left)(void);    /* what the first process gives up once all roles run; may be null */
    void (*clean)(void);   /* removes names at the end; may be null */
    struct {
        const char *name;
        void (*run)(void);
    } roles[ROLES];
};

extern const struct scene deadlocks[], locks[], drains[], idle[], held[], polled[], far[];

/* Its pid. A program `ipcscope-waits outlive PID` ends soon after it. */
extern char first_process[16];

#define check(condition) ((condition) ? (void)0 : fail(#condition, __FILE__, __LINE__))
_Noreturn void fail(const char *what, const char *file, int line);

/* The next call is the one that this process will not come out of. */
void about_to_wait(void);

/* Waits until another role is about to wait, or has said so by this. */
void await_role(const char *name);

/* Sleeps until it is killed. */
_Noreturn void sleep_on(void);

/* Memory that all roles share, zero at first. */
void *shared(size_t size);

/* Fills what a descriptor leads to until it would block, and then blocks in one more write. */
void fill_and_block(int fd);
