/* Pseudo-terminals. */
#pragma once

#include "../core/end.h"

struct pty {
    struct end master, slave;
    char path[64]; /* of the slave */
};

/* Raw: what goes in at one side comes out at the other. */
struct pty pty_new(void);
void pty_close(struct pty *pty);
