#pragma once

#include "scenario.h"

extern const struct scenario transfer_scenarios[];
