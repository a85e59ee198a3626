/* Waiting for one another by looking: a futex or a signal would be IPC, which is counted. */
#pragma once

#include <stdint.h>

/* A gate is a counter in the ledger. Scenarios number their gates from 0. */
void gate_add(unsigned gate, unsigned amount);
void gate_wait(unsigned gate, unsigned at_least);

void nap_ms(unsigned ms);
uint64_t now_ns(void);
