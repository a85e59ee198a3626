#pragma once

#include "scenario.h"

extern const struct scenario transfer_scenarios[];
extern const struct scenario partial_scenarios[];
extern const struct scenario datagram_scenarios[];
extern const struct scenario peek_scenarios[];
extern const struct scenario would_block_scenarios[];
extern const struct scenario connection_scenarios[];
extern const struct scenario error_scenarios[];
extern const struct scenario connection_error_scenarios[];
extern const struct scenario splice_error_scenarios[];
