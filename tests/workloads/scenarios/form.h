/* The other forms in which scenarios can be run. */
#pragma once

#include "scenario.h"

struct form {
    const char *prefix; /* PREFIX/NAME */
    const char *about;
    unsigned flag;      /* FORM_* */
    void (*take)(void); /* before the scenario */
};

/* Ended by an empty prefix. */
extern const struct form forms[];

/* The form that a scenario's full name asks for, or NULL. */
const struct form *form_of(const char *name);
bool form_fits(const struct form *form, const struct scenario *scenario, const struct kind *kind);
