#include "pty.h"

#include <fcntl.h>
#include <stdlib.h>
#include <termios.h>

#include "../core/require.h"

static void make_raw(int fd)
{
    struct termios raw;

    require(tcgetattr(fd, &raw) == 0, "tcgetattr");
    cfmakeraw(&raw);
    require(tcsetattr(fd, TCSANOW, &raw) == 0, "tcsetattr");
}

struct pty pty_new(void)
{
    struct pty pty = {.master = end_new(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC), MECHANISM_PTY)};

    require(unlockpt(pty.master.fd) == 0, "unlockpt");
    require(ptsname_r(pty.master.fd, pty.path, sizeof(pty.path)) == 0, "ptsname_r");
    pty.slave = end_alias(pty.master, open(pty.path, O_RDWR | O_NOCTTY | O_CLOEXEC));
    make_raw(pty.slave.fd);
    return pty;
}

void pty_close(struct pty *pty)
{
    end_close(&pty->slave);
    end_close(&pty->master);
}
