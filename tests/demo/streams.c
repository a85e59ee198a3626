/* Pipes and a unix socket. */
#include "demo.h"

#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { BLOCK = 4096, SLOW_MS = 40, CLIENTS = 3, QUESTION = 128, ANSWER = 1024 };

static int first[2];
static int second[2];

static void source(void)
{
    char block[BLOCK] = {0};

    close(first[0]);
    close(second[0]);
    close(second[1]);
    while (write(first[1], block, sizeof(block)) > 0)
        ;
}

static void filter(void)
{
    char block[BLOCK];

    close(first[1]);
    close(second[0]);
    while (read(first[0], block, sizeof(block)) > 0)
        if (write(second[1], block, sizeof(block)) < 0)
            break;
}

static void slow_sink(void)
{
    char block[BLOCK];

    close(first[0]);
    close(first[1]);
    close(second[1]);
    while (read(second[0], block, sizeof(block)) > 0)
        rest(SLOW_MS);
}

void pipeline(void)
{
    if (pipe(first) || pipe(second))
        return;
    begin("demo-source", source);
    begin("demo-filter", filter);
    begin("demo-slow-sink", slow_sink);
    close(first[0]);
    close(first[1]);
    close(second[0]);
    close(second[1]);
    pause();
}

/* An abstract name: nothing to remove. */
static socklen_t address(struct sockaddr_un *at)
{
    static const char name[] = "ipcscope-demo";

    memset(at, 0, sizeof(*at));
    at->sun_family = AF_UNIX;
    memcpy(at->sun_path + 1, name, sizeof(name) - 1);
    return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + sizeof(name));
}

static void answer(int client)
{
    char text[ANSWER] = {0};

    while (read(client, text, QUESTION) > 0) {
        rest(2);
        if (write(client, text, sizeof(text)) < 0)
            break;
    }
    _exit(0);
}

static void server(void)
{
    struct sockaddr_un at;
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (bind(listener, (struct sockaddr *)&at, address(&at)) || listen(listener, 16))
        return;
    for (;;) {
        int client = accept(listener, NULL, NULL);

        if (client < 0)
            return;
        if (fork() == 0)
            answer(client);
        close(client);
    }
}

static void ask(void)
{
    struct sockaddr_un at;
    socklen_t length = address(&at);
    char text[ANSWER] = {0};
    int server_end = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    while (connect(server_end, (struct sockaddr *)&at, length))
        rest(50);
    while (write(server_end, text, QUESTION) > 0 && read(server_end, text, sizeof(text)) > 0)
        rest(10);
}

void service(void)
{
    begin("demo-server", server);
    for (int i = 0; i < CLIENTS; i++)
        begin("demo-client", ask);
    pause();
}
