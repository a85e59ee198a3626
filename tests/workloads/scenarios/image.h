/* The second image of a process: what runs after execve. */
#pragma once

/* ipcscope-workload --image LEDGER-FD READER-FD WRITER-FD CHANNEL */
#define IMAGE_OPTION "--image"
int image_run(int count, char **arguments);
