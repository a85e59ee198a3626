/* Descriptors of every kind, to pass on. */
#pragma once

#include "../core/end.h"

#define THINGS 14

struct things {
    struct end ends[THINGS];
};

void things_open(struct things *things);
void things_close(struct things *things);
