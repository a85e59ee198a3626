/* Processes that send each other the time, so that they know how long it took. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define BUCKETS 32 /* as bpf/include/contract.h: bucket i ends at 2^(i-24) s */

/* Times of one kind, weighed. Shared by all processes. */
struct times {
    uint64_t count;
    uint64_t ns;
    uint64_t buckets[BUCKETS];
};

/* Two ends of a channel: one to write to, one to read from. */
struct channel {
    const char *kind;
    int out;
    int in;
    int answer; /* where the reader writes its answers, and where the writer reads them; of a pair of sockets, */
    int hear;   /* in and out */
    bool messages;
    bool nonblocking; /* of System V queues, whose calls are told each time */
    ssize_t (*send)(const struct channel *channel, const void *data, size_t size, unsigned priority);
    ssize_t (*receive)(const struct channel *channel, void *data, size_t size);
};

struct plan {
    const char *kind;
    int writers;
    int readers;
    size_t size;      /* of a record, and of what is written at once times `batch` */
    size_t read_size; /* what is read at once */
    int batch;        /* records of one write */
    int count;        /* writes of each writer */
    int burst;        /* writes between two pauses */
    int write_gap;    /* µs */
    int read_gap;
    int priorities; /* 1: none */
    bool full;      /* fill the channel, tell so, and wait for a line on standard input */
    int answer;     /* 0: one way; else requests are answered after so many µs */
    int pipeline;   /* requests sent at once */
    int warm_up;    /* s after a first exchange that is not timed; 0: none */
};

uint64_t now(void);
void pause_us(int us);
void note(struct times *times, uint64_t ns, uint64_t weight);
void print_times(const char *name, const struct times *times);
void require(bool well, const char *what);

struct channel open_channel(const struct plan *plan);
bool has_end(const struct channel *channel);
void close_end(const struct channel *channel, int fd);
void remove_channel(const struct channel *channel);

void one_way(const struct plan *plan, struct times *delivery);
void ask(const struct plan *plan, struct times *client, struct times *server);
