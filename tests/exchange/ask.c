#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include "exchange.h"

/* A request: when it was written. An answer: when the last request was that was read before it. */
struct message {
    uint64_t time;
    uint64_t first;   /* 1: of the answers to what was read at once */
    uint64_t untimed; /* 1: a first exchange, that nobody times */
    char rest[40];
};

/* All that is read at once is one turn: the first answer to it ends it. */
static void server(const struct plan *plan, const struct channel *channel, struct times *served)
{
    struct message requests[64], answer = {0};
    ssize_t got;
    uint64_t read_at;

    while ((got = read(channel->in, requests, channel->messages ? sizeof(answer) : sizeof(requests))) > 0) {
        int count = got / sizeof(answer);

        require(got % sizeof(answer) == 0, "whole requests");
        read_at = now();
        pause_us(plan->answer);
        answer.time = requests[count - 1].time;
        if (!requests[0].untimed)
            note(served, now() - read_at, 1);
        for (int i = 0; i < count; i++) {
            answer.first = i == 0;
            require(write(channel->answer, &answer, sizeof(answer)) == sizeof(answer), "answer");
        }
    }
}

static void request(const struct plan *plan, const struct channel *channel, struct times *asked)
{
    struct message message = {.untimed = !asked};

    for (int part = 0; part < plan->pipeline; part++) {
        message.time = now();
        require(write(channel->out, &message, sizeof(message)) == sizeof(message), "request");
    }
    for (int part = 0; part < plan->pipeline; part++) {
        require(read(channel->hear, &message, sizeof(message)) == sizeof(message), "answer");
        if (message.first && asked)
            note(asked, now() - message.time, 1);
    }
}

static void client(const struct plan *plan, const struct channel *channel, struct times *asked)
{
    if (plan->warm_up) { /* who finds out which pipes are a pair looks once in a while */
        request(plan, channel, NULL);
        sleep(plan->warm_up);
    }
    for (int i = 0; i < plan->count; i++) {
        pause_us(plan->write_gap);
        request(plan, channel, asked);
    }
}

void ask(const struct plan *plan, struct times *asked, struct times *served)
{
    struct channel channel = open_channel(plan);
    bool pipes = channel.hear != channel.out;
    pid_t child = fork();
    int status;

    if (!child) {
        close(channel.out);
        if (pipes)
            close(channel.hear);
        server(plan, &channel, served);
        exit(0);
    }
    close(channel.in);
    if (pipes)
        close(channel.answer);
    client(plan, &channel, asked);
    close(channel.out);
    require(wait(&status) == child && status == 0, "the server");
}
