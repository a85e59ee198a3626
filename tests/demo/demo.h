#pragma once
#include <sys/types.h>

/* Makes what needs a name or an id, before the scenes begin. */
void prepare(void);

/* Removes it. */
void leave(void);

pid_t begin(const char *name, void (*run)(void));
void rest(long milliseconds);

void pipeline(void);
void service(void);
void queues(void);
void memory(void);
void pair(void);
void locks(void);
