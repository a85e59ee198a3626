#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "exchange.h"

/* What a record begins with. */
struct record {
    uint64_t time; /* 0: written before the start, not to be counted */
    uint32_t size;
    uint32_t last; /* nothing comes any more */
};

static char *records(const struct plan *plan, uint64_t time)
{
    static char *block;

    if (!block)
        block = calloc(1, plan->size * plan->batch);
    for (int i = 0; i < plan->batch; i++)
        *(struct record *)(block + i * plan->size) = (struct record){time, plan->size, 0};
    return block;
}

static void put(const struct plan *plan, const struct channel *channel, uint64_t time, unsigned priority)
{
    size_t whole = plan->size * plan->batch;

    require(channel->send(channel, records(plan, time), whole, priority) == (ssize_t)whole, "write");
}

static void writer(const struct plan *plan, const struct channel *channel)
{
    close_end(channel, channel->in);
    for (int i = 0; i < plan->count; i++) {
        if (i % plan->burst == 0)
            pause_us(plan->write_gap);
        put(plan, channel, now(), i % plan->priorities);
    }
}

/* Goes on in a stream of records wherever the last read ended. */
struct parser {
    struct record record;
    size_t place; /* within the record */
};

static void parse(struct parser *parser, const char *data, size_t size, uint64_t time, bool messages,
                  struct times *times)
{
    size_t header = sizeof(parser->record), part, held;

    while (size) {
        /* The bytes of a header belong to a record that is known only when all of them are there. */
        held = parser->place;
        if (held < header) {
            part = size < header - held ? size : header - held;
            memcpy((char *)&parser->record + held, data, part);
            parser->place += part;
            if (parser->place == header && parser->record.time)
                note(times, time - parser->record.time, messages ? 1 : header);
        } else {
            part = parser->record.size - held;
            part = size < part ? size : part;
            parser->place += part;
            if (parser->record.time && !messages)
                note(times, time - parser->record.time, part);
        }
        if (parser->place >= header && parser->place == parser->record.size)
            parser->place = 0;
        data += part;
        size -= part;
    }
}

static void reader(const struct plan *plan, const struct channel *channel, struct times *times)
{
    char *data = malloc(plan->read_size);
    struct parser parser = {0};
    ssize_t got;

    close_end(channel, channel->out);
    while (pause_us(plan->read_gap), (got = channel->receive(channel, data, plan->read_size)) > 0) {
        parse(&parser, data, got, now(), channel->messages, times);
        if (parser.record.last)
            break;
    }
}

/* Until nothing goes in any more. */
static void fill(const struct plan *plan, struct channel *channel)
{
    char line[8];

    channel->nonblocking = true;
    fcntl(channel->out, F_SETFL, O_NONBLOCK);
    while (channel->send(channel, records(plan, 0), plan->size * plan->batch, 0) > 0)
        ;
    require(errno == EAGAIN, "fill");
    channel->nonblocking = false;
    fcntl(channel->out, F_SETFL, 0);
    printf("full\n");
    fflush(stdout);
    require(fgets(line, sizeof(line), stdin) != NULL, "a line on standard input");
}

static void end_readers(const struct plan *plan, const struct channel *channel)
{
    for (int i = 0; i < plan->readers; i++) {
        struct record last = {now(), sizeof(last), 1};

        require(channel->send(channel, &last, sizeof(last), 0) > 0, "write the end");
    }
}

static void await(int children)
{
    int status;

    for (; children > 0; children--)
        require(wait(&status) > 0 && status == 0, "a child failed");
}

void one_way(const struct plan *plan, struct times *delivery)
{
    struct channel channel = open_channel(plan);
    bool ends = has_end(&channel);

    if (plan->full)
        fill(plan, &channel);
    for (int i = 0; i < plan->writers + plan->readers; i++) {
        if (fork())
            continue;
        if (i < plan->readers)
            reader(plan, &channel, delivery);
        else
            writer(plan, &channel);
        exit(0);
    }
    if (ends) {
        close(channel.out);
        close(channel.in);
        await(plan->writers + plan->readers);
        return;
    }
    await(plan->writers); /* readers end only when they are told so */
    end_readers(plan, &channel);
    await(plan->readers);
    remove_channel(&channel);
}
