#include "form.h"

#include <net/if.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "../calls/system.h"
#include "../calls/sysv.h"
#include "../core/require.h"

#ifdef __i386__
static void take_socketcall(void)
{
    through_socketcall = true;
}

static void take_ipc(void)
{
    through_ipc = true;
}
#endif

static void take_newipc(void)
{
    require(unshare(CLONE_NEWIPC) == 0, "unshare(CLONE_NEWIPC), which needs CAP_SYS_ADMIN");
}

/* A new namespace has a loopback device, which is down. */
static void take_newnet(void)
{
    struct ifreq loopback = {.ifr_name = "lo", .ifr_flags = IFF_UP};
    int fd;

    require(unshare(CLONE_NEWNET) == 0, "unshare(CLONE_NEWNET), which needs CAP_SYS_ADMIN");
    fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    require(ioctl(fd, SIOCSIFFLAGS, &loopback) == 0, "ioctl(SIOCSIFFLAGS)");
    close(fd);
}

const struct form forms[] = {
#ifdef __i386__
    {"socketcall", "by socketcall", FORM_SOCKETCALL, take_socketcall},
    {"ipc", "by ipc", FORM_IPC, take_ipc},
#endif
    {"newipc", "in another ipc namespace", FORM_NEWIPC, take_newipc},
    {"newnet", "in another network namespace", FORM_NEWNET, take_newnet},
    {0},
};

const struct form *form_of(const char *name)
{
    for (const struct form *form = forms; form->prefix != NULL; form++) {
        size_t length = strlen(form->prefix);

        if (strncmp(name, form->prefix, length) == 0 && name[length] == '/')
            return form;
    }
    return NULL;
}

bool form_fits(const struct form *form, const struct scenario *scenario, const struct kind *kind)
{
    bool by_kind = form->flag == FORM_SOCKETCALL && kind != NULL && kind->socket;

    if (form->flag == FORM_NEWNET && kind != NULL && !kind->socket)
        return false;
    return by_kind || (scenario->forms & form->flag) != 0;
}
