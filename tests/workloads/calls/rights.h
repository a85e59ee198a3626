/* Descriptors sent along with a message by SCM_RIGHTS: booked with it, one pass or take each. */
#pragma once

#include <stdbool.h>
#include <sys/socket.h>

#include "../core/end.h"

#define RIGHTS_MOST 253 /* SCM_MAX_FD */

/* A message of one byte and the descriptors with it. */
struct parcel {
    const struct end *things; /* those passed; in the order in which they come out */
    unsigned count;           /* of things; to receive: room for so many */
    bool named;               /* with the sender's credentials, too */
};

/* By sendmsg; by one sendmmsg of `count` parcels. */
ssize_t t_pass(struct end end, struct parcel parcel, int flags);
int t_pass_many(struct end end, const struct parcel *parcels, unsigned count);
/* By recvmsg and recvmmsg. What was taken is closed again. Returns how many descriptors came. */
unsigned t_take(struct end end, struct parcel parcel, int flags);
unsigned t_take_many(struct end end, const struct parcel *parcels, unsigned count);
