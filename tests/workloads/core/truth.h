#pragma once

/* Writes the ledger to `path`, one JSON object a line. The format is in README.md. */
void truth_write(const char *path);
