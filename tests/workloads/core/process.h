/* Processes of a scenario. All of them end with the one that started them. */
#pragma once

#include <stdint.h>
#include <sys/types.h>

/* fork(2) whose child is ready to book; `tag` as for tally_self(). */
pid_t process_fork(unsigned tag);
/* Runs `body` in a child that ends afterwards. */
pid_t process_run(void (*body)(void *), void *argument);
/* Waits for a child that must end well. */
void process_join(pid_t pid);
/* Waits for a child that must be ended by `signal`. */
void process_join_killed(pid_t pid, int signal);
/* Waits until a thread sleeps. The thread must have announced that the next thing it does is the call to sleep in. */
void process_wait_asleep(pid_t pid, pid_t tid);
/* `state` as in /proc/PID/stat. */
void process_wait_state(pid_t pid, pid_t tid, char state);
