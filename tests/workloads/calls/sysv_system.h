/* The system calls of sysvipc(7) by numbers, nothing booked. Results and errno as by syscall(2). */
#pragma once

#include <stddef.h>
#include <sys/sem.h>
#include <sys/types.h>
#include <time.h>

long sys_msgget(key_t key, int flags);
long sys_msgsnd(int id, const void *message, size_t size, int flags);
long sys_msgrcv(int id, void *message, size_t size, long type, int flags);
long sys_msgctl(int id, int command, void *data);
long sys_semget(key_t key, int count, int flags);
long sys_semop(int id, const struct sembuf *operations, size_t count);
long sys_semtimedop(int id, const struct sembuf *operations, size_t count, const struct timespec *time);
long sys_semctl(int id, int number, int command, unsigned long argument);
long sys_shmget(key_t key, size_t size, int flags);
void *sys_shmat(int id, const void *place, int flags);
long sys_shmdt(const void *place);
long sys_shmctl(int id, int command, void *data);
