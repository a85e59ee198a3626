#include "channels.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

int pipes[3][2];
int sockets[2][2] = {{-1, -1}, {-1, -1}};

void make_pipes(void)
{
    for (int i = 0; i < 3; i++)
        check(!pipe(pipes[i]));
}

void leave_pipes(void)
{
    for (int i = 0; i < 3; i++) {
        close(pipes[i][0]);
        close(pipes[i][1]);
    }
}

void leave_pipes_but_first_read(void)
{
    int kept = dup(pipes[0][0]);

    leave_pipes();
    check(dup2(kept, pipes[0][0]) >= 0);
    close(kept);
}

void make_unix(void)
{
    check(!socketpair(AF_UNIX, SOCK_STREAM, 0, sockets[0]));
}

void make_datagrams(void)
{
    check(!socketpair(AF_UNIX, SOCK_DGRAM, 0, sockets[0]));
}

void make_tcp(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof(address);
    int listener = socket(AF_INET, SOCK_STREAM, 0),
        size = 65536; /* fixed: else the kernel makes them larger and larger */

    check(!setsockopt(listener, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size)));
    check(!setsockopt(listener, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size)));
    check(!bind(listener, (struct sockaddr *)&address, length));
    check(!listen(listener, 1));
    check(!getsockname(listener, (struct sockaddr *)&address, &length));
    sockets[0][0] = socket(AF_INET, SOCK_STREAM, 0);
    check(!setsockopt(sockets[0][0], SOL_SOCKET, SO_RCVBUF, &size, sizeof(size)));
    check(!setsockopt(sockets[0][0], SOL_SOCKET, SO_SNDBUF, &size, sizeof(size)));
    check(!connect(sockets[0][0], (struct sockaddr *)&address, length));
    sockets[0][1] = accept(listener, 0, 0);
    check(sockets[0][1] >= 0);
    close(listener);
}

void leave_sockets(void)
{
    for (int i = 0; i < 2; i++) {
        close(sockets[i][0]);
        close(sockets[i][1]);
    }
}

void accept_as(const char *name)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);

    snprintf(address.sun_path + 1, sizeof(address.sun_path) - 1, "%s-%d", name, getpid());
    check(!bind(listener, (struct sockaddr *)&address, sizeof(address)));
    check(!listen(listener, 1));
    about_to_wait();
    accept(listener, 0, 0);
}
