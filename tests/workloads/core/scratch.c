#include "scratch.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "require.h"

#define PATHS 16
#define UNDOS 4

static char directory[] = "/var/tmp/ipcscope-workload-XXXXXX";
static pid_t owner;
static void (*undos[UNDOS])(void);
static struct {
    const char *name;
    char *path;
} entries[PATHS];

const char *scratch_path(const char *name)
{
    int place = 0;

    if (owner == 0) {
        require(mkdtemp(directory) != NULL, "mkdtemp");
        owner = getpid();
    }
    while (place < PATHS && entries[place].name != NULL) {
        if (strcmp(entries[place].name, name) == 0)
            return entries[place].path;
        place++;
    }
    require(place < PATHS, "finding room for another path");
    require(asprintf(&entries[place].path, "%s/%s", directory, name) > 0, "asprintf");
    entries[place].name = name;
    return entries[place].path;
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

#define UNTOUCHED 65536 /* at least a page */

void *untouched(const void *data, unsigned long size)
{
    static int file = -1;
    void *place;

    if (file < 0)
        file = scratch_file(UNTOUCHED);
    require(pwrite(file, data, size, 0) == (ssize_t)size, "write a scratch file");
    place = mmap(NULL, UNTOUCHED, PROT_READ, MAP_PRIVATE, file, 0);
    require(place != MAP_FAILED, "map a scratch file");
    return place;
}

void untouched_end(void *place)
{
    require(munmap(place, UNTOUCHED) == 0, "munmap");
}

void scratch_undo(void (*undo)(void))
{
    int place = 0;

    while (place < UNDOS && undos[place] != NULL && undos[place] != undo)
        place++;
    require(place < UNDOS, "finding room for another thing to undo");
    undos[place] = undo;
}

void scratch_abandon(void)
{
    for (int i = 0; i < UNDOS && undos[i] != NULL; i++)
        undos[i]();
    scratch_remove();
}

void scratch_remove(void)
{
    if (owner != getpid())
        return;
    for (int i = 0; i < PATHS && entries[i].name != NULL; i++)
        unlink(entries[i].path);
    rmdir(directory);
}
