#pragma once

#include <stdbool.h>

/* Only a regular file will do: writing to anything else might be IPC, and would not be in its own account. */
bool truth_can_be_written(const char *path);

/* Writes the ledger to `path`, one JSON object a line. The format is in README.md. */
void truth_write(const char *path);
