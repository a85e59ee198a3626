/* The System V calls, each exactly one system call, by its own number or (32-bit) through ipc(2). Each is booked by
 * what it returned; arguments and results are those of the calls. Channels are ids; of a failed get, the key; of a
 * failed shmdt, all of them as one. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/types.h>
#include <time.h>

#include "../core/end.h"

/* 32-bit builds only: how the calls below are made. */
extern bool through_ipc;

/* The channel of an id. */
struct end sysv_end(enum mechanism mechanism, int id);

int t_msgget(key_t key, int flags);
int t_msgsnd(int id, const void *message, size_t size, int flags);
ssize_t t_msgrcv(int id, void *message, size_t size, long type, int flags);
int t_msgctl(int id, int command, void *data);

int t_semget(key_t key, int count, int flags);
int t_semop(int id, const struct sembuf *operations, size_t count);
/* With a time, or NULL. */
int t_semtimedop(int id, const struct sembuf *operations, size_t count, const struct timespec *time);
/* `argument`: a value or a pointer. */
int t_semctl(int id, int number, int command, unsigned long argument);

int t_shmget(key_t key, size_t size, int flags);
/* (void *)-1 and errno if it failed. */
void *t_shmat(int id, const void *place, int flags);
/* `id` is what lies at the place, or -1 if nothing does: then it must fail. */
int t_shmdt(int id, const void *place);
int t_shmctl(int id, int command, void *data);
