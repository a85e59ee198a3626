/* A scenario: something that processes do, whose calls are all booked. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "../kinds/kind.h"

struct scenario;

/* What is to be run now. */
struct plan {
    const struct scenario *scenario;
    const struct kind *kind; /* NULL where the scenario is not one of a kind of channel */
    unsigned n;
    size_t size; /* bytes of a message */
};

struct mover;
struct wait;

/* In which other forms a scenario can be run: PREFIX/NAME. */
#define FORM_SOCKETCALL 1 /* 32-bit: its calls on sockets by socketcall(2) */
#define FORM_IPC        2 /* 32-bit: its System V calls by ipc(2) */
#define FORM_NEWIPC     4 /* in an ipc namespace of its own */
#define FORM_NEWNET     8 /* on sockets: in a network namespace of its own */

struct scenario {
    const char *name; /* with `fits`, KIND/name is run for every kind that fits */
    const char *about;
    unsigned n; /* what -n and -s default to */
    size_t size;
    void (*run)(const struct plan *plan);
    bool (*fits)(const struct kind *kind);
    const struct mover *mover; /* of scenarios that are transfers */
    const struct wait *wait;   /* of scenarios that are one call that waits */
    unsigned forms;
};

/* All families; each is an array ended by an empty name. */
extern const struct scenario *const families[];

bool fits_any(const struct kind *kind);
bool fits_pipes(const struct kind *kind);
bool fits_sockets(const struct kind *kind);
bool fits_messages(const struct kind *kind);
bool fits_streams(const struct kind *kind);
bool fits_connections(const struct kind *kind);
