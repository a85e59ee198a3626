/* Booking an operation: in its slot, and as a record if asked for. */
#pragma once

#include "buckets.h"
#include "filter.h"
#include "flow.h"

static __always_inline void count_error(const struct cached_flow *flow, u32 number)
{
    struct error_key key = {.flow = flow->id, .slot = flow->slot, .number = number};
    u64 one = 1, *count = bpf_map_lookup_elem(&flow_errors, &key);

    if (!count && !bpf_map_update_elem(&flow_errors, &key, &one, BPF_NOEXIST))
        return;
    if (!count)
        count = bpf_map_lookup_elem(&flow_errors, &key);
    if (count)
        add(count, 1);
    else
        count_loss(LOSS_ERROR_FULL);
}

static __always_inline void count_duration(struct flow_counters *counters, const struct outcome *outcome)
{
    u64 ns = outcome->end - outcome->begin;

    if (outcome->marks & (OPERATION_CONTINUED | OPERATION_UNMEASURED))
        return;
    if (outcome->marks & OPERATION_UNTIMED) {
        add(&counters->untimed, 1);
        return;
    }
    add(&counters->duration_ns, ns);
    if (outcome->marks & OPERATION_WAITED)
        add(&counters->wait_ns, ns);
    add(&counters->duration[duration_bucket(ns) & (DURATION_BUCKETS - 1)], 1);
}

/* Bit n: operation n moves as many bytes as its size says. */
#define MOVING                                                                                                         \
    (1U << OPERATION_READ | 1U << OPERATION_WRITE | 1U << OPERATION_SEND | 1U << OPERATION_RECEIVE |                   \
     1U << OPERATION_SYNC)

static __always_inline void count_success(struct flow_counters *counters, u8 operation, const struct outcome *outcome)
{
    u32 bucket = size_bucket(outcome->result);

    barrier_var(bucket); /* the verifier wants to see the bound here */
    if (bucket < SIZE_BUCKETS)
        add(&counters->size[bucket], 1);
    if (MOVING >> (operation & 31) & 1 && outcome->result)
        add(&counters->bytes, outcome->result);
    if (outcome->marks & OPERATION_TRUNCATED)
        add(&counters->truncated, 1);
}

static __always_inline void count(struct flow_slot *slot, struct cached_flow *flow, const struct outcome *outcome)
{
    struct flow_counters *counters = &slot->counters;

    counters->last_seen = outcome->end;
    if (outcome->marks & OPERATION_INTERRUPTED) {
        add(&counters->interrupted, 1);
    } else if (outcome->result >= 0) {
        count_success(counters, flow->operation, outcome);
    } else if (outcome->result == -EAGAIN || outcome->result == -EINPROGRESS) {
        add(&counters->would_block, 1);
        return;
    } else {
        add(&counters->errors, 1);
        count_error(flow, -outcome->result);
    }
    count_duration(counters, outcome);
}

static __always_inline void emit(struct cached_flow *flow, const struct caller *caller, const struct outcome *outcome)
{
    u64 duration = outcome->marks & (OPERATION_UNTIMED | OPERATION_UNMEASURED) ? 0 : outcome->end - outcome->begin;
    struct operation_record *record;

    if (!operation_wanted(outcome->result, duration))
        return;
    record = reserve(sizeof(*record));
    if (!record)
        return;
    record->kind = RECORD_OPERATION;
    record->tid = caller->tid;
    flow_key_of(&record->flow, caller, flow);
    record->begin = outcome->begin;
    record->duration = duration;
    record->result = outcome->result;
    copy_caller_name(record->comm, caller);
    record->flags = outcome->marks;
    record->nr = caller->call.nr;
    record->abi = caller->call.abi;
    record->pad = 0;
    record->peer = outcome->peer;
    record->priority = outcome->priority;
    submit(record);
}

/* Counts what `outcome` tells in a flow of the caller. */
SHARED int book(struct cached_flow *flow, const struct caller *caller, const struct outcome *outcome)
{
    struct flow_slot *slot;

    if (!flow || !caller || !outcome)
        return 0;
    if (settings.count) {
        slot = slot_of(flow, caller);
        if (slot)
            count(slot, flow, outcome);
    }
    if (settings.emit_operations)
        emit(flow, caller, outcome);
    return 0;
}

/* The same for what may move data. */
static __always_inline void book_move(struct cached_flow *flow, const struct caller *caller,
                                      const struct outcome *outcome)
{
    book(flow, caller, outcome);
    if (flow->queue && outcome->result >= 0 && !(outcome->marks & OPERATION_INTERRUPTED))
        deliver(flow, outcome);
}
