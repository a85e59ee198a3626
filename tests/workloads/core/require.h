/* A scenario that does not go as planned has no truth to tell: it says why and ends. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

/* Call in the first process: it is the one that cleans up when a scenario, or the user, ends it early. */
void require_prepare(void);

#define require(condition, what) ((condition) ? (void)0 : give_up(what, __FILE__, __LINE__))

_Noreturn void give_up(const char *what, const char *file, int line);

/* The call must have failed with exactly this errno. */
#define require_error(result, number) require_error_at(result, number, #result, __FILE__, __LINE__)
void require_error_at(ssize_t result, int number, const char *call, const char *file, int line);

/* The call must have returned exactly this. */
#define require_result(result, expected) require_result_at(result, expected, #result, __FILE__, __LINE__)
void require_result_at(ssize_t result, ssize_t expected, const char *call, const char *file, int line);
