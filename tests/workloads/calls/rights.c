#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "../core/require.h"
#include "../core/tally.h"
#include "calls.h"
#include "rights.h"

#define PARCELS 4 /* at once */

/* A header and all that it points to. */
struct packet {
    char byte;
    struct iovec part;
    _Alignas(struct cmsghdr) char control[CMSG_SPACE(RIGHTS_MOST * sizeof(int) + 8) + CMSG_SPACE(sizeof(struct ucred))];
};

static void add_control(struct msghdr *message, int type, const void *data, size_t size)
{
    struct cmsghdr *header = (struct cmsghdr *)((char *)message->msg_control + message->msg_controllen);

    *header = (struct cmsghdr){.cmsg_len = CMSG_LEN(size), .cmsg_level = SOL_SOCKET, .cmsg_type = type};
    memcpy(CMSG_DATA(header), data, size);
    message->msg_controllen += CMSG_SPACE(size);
}

static void pack(struct packet *packet, struct msghdr *message, const struct parcel *parcel)
{
    int fds[RIGHTS_MOST + 1];

    require(parcel->count <= RIGHTS_MOST + 1, "packing so many descriptors");
    memset(packet, 0, sizeof(*packet));
    packet->part = (struct iovec){&packet->byte, 1};
    *message = (struct msghdr){.msg_iov = &packet->part, .msg_iovlen = 1, .msg_control = packet->control};
    if (parcel->named) {
        struct ucred self = {getpid(), getuid(), getgid()};

        add_control(message, SCM_CREDENTIALS, &self, sizeof(self));
    }
    for (unsigned i = 0; i < parcel->count; i++)
        fds[i] = parcel->things[i].fd;
    if (parcel->count > 0)
        add_control(message, SCM_RIGHTS, fds, parcel->count * sizeof(int));
}

static void book_things(struct end end, enum operation operation, const struct parcel *parcel, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        book_empty(end_detail(end, parcel->things[i].mechanism), operation, 0);
}

ssize_t t_pass(struct end end, struct parcel parcel, int flags)
{
    struct msghdr message;
    struct packet packet;
    ssize_t sent;

    pack(&packet, &message, &parcel);
    sent = t_sendmsg(end, &message, flags);
    if (sent >= 0)
        book_things(end, OPERATION_PASS, &parcel, parcel.count);
    return sent;
}

int t_pass_many(struct end end, const struct parcel *parcels, unsigned count)
{
    struct mmsghdr messages[PARCELS];
    struct packet packets[PARCELS];
    int sent;

    require(count <= PARCELS, "sending so many parcels");
    for (unsigned i = 0; i < count; i++)
        pack(&packets[i], &messages[i].msg_hdr, &parcels[i]);
    sent = t_sendmmsg(end, messages, count, 0);
    for (int i = 0; i < sent; i++)
        book_things(end, OPERATION_PASS, &parcels[i], parcels[i].count);
    return sent;
}

static void make_room(struct packet *packet, struct msghdr *message, const struct parcel *parcel)
{
    packet->part = (struct iovec){&packet->byte, 1};
    *message = (struct msghdr){.msg_iov = &packet->part, .msg_iovlen = 1};
    if (parcel->count == 0)
        return;
    message->msg_control = packet->control;
    message->msg_controllen = CMSG_LEN(parcel->count * sizeof(int)); /* without padding: not one more */
}

static unsigned unpack(struct end end, struct msghdr *message, const struct parcel *parcel)
{
    unsigned taken = 0;

    for (struct cmsghdr *header = CMSG_FIRSTHDR(message); header != NULL; header = CMSG_NXTHDR(message, header)) {
        int fds[RIGHTS_MOST];
        unsigned count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);

        if (header->cmsg_type != SCM_RIGHTS)
            continue;
        memcpy(fds, CMSG_DATA(header), count * sizeof(int));
        for (unsigned i = 0; i < count; i++)
            close(fds[i]);
        taken += count;
    }
    book_things(end, OPERATION_TAKE, parcel, taken);
    return taken;
}

unsigned t_take(struct end end, struct parcel parcel, int flags)
{
    struct msghdr message;
    struct packet packet;

    make_room(&packet, &message, &parcel);
    require_result(t_recvmsg(end, &message, flags), 1);
    return unpack(end, &message, &parcel);
}

unsigned t_take_many(struct end end, const struct parcel *parcels, unsigned count)
{
    struct mmsghdr messages[PARCELS];
    struct packet packets[PARCELS];
    unsigned taken = 0;

    require(count <= PARCELS, "receiving so many parcels");
    for (unsigned i = 0; i < count; i++)
        make_room(&packets[i], &messages[i].msg_hdr, &parcels[i]);
    require_result(t_recvmmsg(end, messages, count, 0), count);
    for (unsigned i = 0; i < count; i++)
        taken += unpack(end, &messages[i].msg_hdr, &parcels[i]);
    return taken;
}
