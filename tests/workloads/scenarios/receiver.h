/* A child that gets signals. */
#pragma once

#include <sys/types.h>

/* Returns when the child has prepared; it then waits. `finish`, which may be NULL, is what it does in the end. */
pid_t receiver_start(void (*prepare)(void), void (*finish)(void));
/* Lets the child finish, and waits for its end. In the order in which they were started. */
void receiver_join(pid_t pid);
