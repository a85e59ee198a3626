/* The kinds of channel, and how two processes come to share one. */
#pragma once

#include <stdbool.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "../core/end.h"

/* What both processes know of a channel before and while they open it. */
struct link {
    struct end receiver; /* or the listening socket, until accepted */
    struct end sender;
    struct sockaddr_storage address;
    socklen_t address_length;
    const char *path; /* of a FIFO */
};

struct kind {
    const char *name;
    enum mechanism mechanism;
    bool socket;
    bool messages; /* boundaries are kept: one receive call takes one message at most */
    bool ends;     /* the receiver sees the end: a read of 0 bytes */
    bool lossy;    /* the sender must not run ahead */
    int family;
    int type; /* SOCK_* */
    /* Before the fork; then `receive` in the parent and `send` in the child make the ends ready. */
    void (*prepare)(const struct kind *kind, struct link *link);
    void (*receive)(const struct kind *kind, struct link *link);
    void (*send)(const struct kind *kind, struct link *link);
};

#define KINDS 12
extern const struct kind kinds[KINDS];
const struct kind *kind_by_name(const char *name);

/* Both ends in this process. */
void kind_open(const struct kind *kind, struct link *link);
void link_close(struct link *link);

struct end socket_new(const struct kind *kind);
/* Binds to a fresh address, which `link` then has. */
void socket_bind(const struct kind *kind, struct link *link, struct end end);
void pipe_new(struct end *reader, struct end *writer, int flags);
/* `type` may carry SOCK_NONBLOCK. */
void socketpair_new(struct end ends[2], int type);

void pipe_prepare(const struct kind *kind, struct link *link);
void fifo_prepare(const struct kind *kind, struct link *link);
void fifo_receive(const struct kind *kind, struct link *link);
void fifo_send(const struct kind *kind, struct link *link);
void socketpair_prepare(const struct kind *kind, struct link *link);
void connection_prepare(const struct kind *kind, struct link *link);
void connection_receive(const struct kind *kind, struct link *link);
void connection_receive4(const struct kind *kind, struct link *link);
void connection_send(const struct kind *kind, struct link *link);
void datagram_prepare(const struct kind *kind, struct link *link);
void datagram_send(const struct kind *kind, struct link *link);
/* For kinds whose ends are made before the fork: closes the other's end. */
void inherited_receive(const struct kind *kind, struct link *link);
void inherited_send(const struct kind *kind, struct link *link);
