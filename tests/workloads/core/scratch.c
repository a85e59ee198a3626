#include "scratch.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "require.h"

#define PATHS 16

static char directory[] = "/tmp/ipcscope-workload-XXXXXX";
static pid_t owner;
static char *paths[PATHS];

const char *scratch_path(const char *name)
{
    int place = 0;

    if (owner == 0) {
        require(mkdtemp(directory) != NULL, "mkdtemp");
        owner = getpid();
    }
    while (paths[place] != NULL)
        place++;
    require(place < PATHS, "finding room for another path");
    require(asprintf(&paths[place], "%s/%s", directory, name) > 0, "asprintf");
    return paths[place];
}

int scratch_file(unsigned long size)
{
    const char *path = scratch_path("file");
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    require(fd >= 0, "open a scratch file");
    require(unlink(path) == 0, "unlink a scratch file");
    require(ftruncate(fd, size) == 0, "ftruncate a scratch file");
    return fd;
}

void scratch_remove(void)
{
    if (owner != getpid())
        return;
    for (int i = 0; i < PATHS && paths[i] != NULL; i++)
        unlink(paths[i]);
    rmdir(directory);
}
