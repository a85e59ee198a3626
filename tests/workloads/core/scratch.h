/* A directory of the scenario's own for FIFOs, socket names and files; removed by the process that made it. It is not
 * in /tmp, which may be shared memory. */
#pragma once

/* Path of `name` in the directory. Both strings live on. */
const char *scratch_path(const char *name);
/* A file of `size` bytes without a name, to splice from. */
int scratch_file(unsigned long size);
/* The data in memory that the process has not touched yet, as a literal before its first use: the kernel brings it in
 * when a call reads it. Unmapped by untouched_end(). */
void *untouched(const void *data, unsigned long size);
void untouched_end(void *place);
/* `undo` removes what else would stay if the scenario ended early. */
void scratch_undo(void (*undo)(void));
void scratch_abandon(void);
/* Both are safe in a signal handler. */
void scratch_remove(void);
