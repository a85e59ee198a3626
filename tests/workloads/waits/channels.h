/* What scenes are played on. */
#pragma once

#include "scene.h"

extern int pipes[3][2];
extern int sockets[2][2];

void make_pipes(void);
void leave_pipes(void);
void leave_pipes_but_first_read(void);
void make_unix(void); /* sockets[0] is a pair */
void make_datagrams(void);
void make_tcp(void);
void leave_sockets(void);

/* Waits for a client at an abstract name, which is this and the pid. */
void accept_as(const char *name);
