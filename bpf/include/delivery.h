/* How long data lay in its queue, and how long answers took. Sums are exact for partial reads and for many writers;
 * marks tell how the times are distributed. Writers count with the entry of their call, readers with its exit. */
#pragma once

#include "buckets.h"
#include "queue.h"

#define DELIVERY_SHIFT                                                                                                 \
    10 /* flow_counters.delivery_time is summed by units of 1024 ns: bytes times ns would overflow                     \
        */

static __always_inline struct queue_mark *mark_at(struct queue_slot *queue, u64 index)
{
    return &queue->marks[index & (QUEUE_MARKS - 1)];
}

/* Counts `units` that were written at `time` and read at `now` for those who read them. */
static __always_inline void count_delivery(struct queue_slot *queue, struct flow_counters *counters, u64 units,
                                           u64 time, u64 now)
{
    u64 delay = now > time ? now - time : 0, sum = units * delay + queue->remainder;

    queue->remainder = sum & ((1 << DELIVERY_SHIFT) - 1);
    add(&counters->delivery_time, sum >> DELIVERY_SHIFT);
    add(&counters->delivery[duration_bucket(delay) & (DURATION_BUCKETS - 1)], units);
    queue->last_time = time;
}

static __always_inline void count_turnaround(struct flow_counters *counters, u64 ns)
{
    add(&counters->turnaround_ns, ns);
    add(&counters->turnaround[duration_bucket(ns) & (DURATION_BUCKETS - 1)], 1);
}

#define FLOW_SLOT_SHIFT                                                                                                \
    40 /* a slot's number has 20 bits; 40 bits of an id, which is a time in ns, come again after 18 min */

/* A flow's slot and the end of its id: together they tell whether the slot is still its own. */
static __always_inline u64 flow_word(u64 slot, u64 id)
{
    return slot << FLOW_SLOT_SHIFT | (id & ((1ull << FLOW_SLOT_SHIFT) - 1));
}

/* What is still to be counted: units [begin, end), read at `now`. */
struct settlement {
    u64 begin;
    u64 end;
    u64 now;
};

/* Counts as far as one mark reaches; false if that was all. A global function is verified once, not for each turn. */
SHARED int settle_mark(struct queue_slot *queue, struct flow_counters *counters, struct settlement *rest)
{
    struct queue_mark *mark;
    u64 next, begin, end;
    bool open;

    if (!queue || !counters || !rest)
        return 0;
    mark = mark_at(queue, queue->tail);
    open = queue->tail + 1 >= queue->head;
    next = open ? queue->marked : mark_at(queue, queue->tail + 1)->begin;
    /* What lies before the first mark was written before anybody looked; before another one, if another reader counts
     * what came later and has passed the marks between. */
    begin = !queue->tail && rest->begin < mark->begin ? mark->begin : rest->begin;
    end = next < rest->end ? next : rest->end;
    if (end < begin)
        end = begin;
    if (begin < end && mark->time) {
        if (mark->asked && begin == mark->begin)
            count_turnaround(counters, rest->now > mark->asked ? rest->now - mark->asked : 0);
        count_delivery(queue, counters, end - begin, mark->time + mark->excess / (next - mark->begin), rest->now);
    }
    rest->begin = end;
    if (open || rest->end < next)
        return 0;
    queue->tail++;
    return rest->begin < rest->end;
}

/* Counts what both sides have told of and nobody has counted yet. Whoever comes second does it: a read may end before
 * the write that it woke up for. */
static __always_inline void settle_queue(struct queue_slot *queue, u64 now)
{
    struct settlement rest = {.now = now};
    u64 reader = queue->reader_flow;
    struct flow_slot *slot;

    rest.begin = queue->booked;
    rest.end = queue->marked < queue->read ? queue->marked : queue->read;
    if ((s64)(rest.end - rest.begin) <= 0 ||
        __sync_val_compare_and_swap(&queue->booked, rest.begin, rest.end) != rest.begin)
        return;
    slot = slot_at(reader >> FLOW_SLOT_SHIFT);
    if (!slot || flow_word(reader >> FLOW_SLOT_SHIFT, slot->id) != reader || queue->mixed)
        return;
    for (u32 i = 0; i < QUEUE_MARKS; i++)
        if (!settle_mark(queue, &slot->counters, &rest))
            break;
}

/* Whether a write begins an answer; what it answers, then. The other direction must have been read since the last one.
 */
static __always_inline u64 asked_at(struct queue_slot *queue, struct flow_slot *slot, const struct outcome *outcome)
{
    struct queue_slot *source = queue->source ? queue_at(queue->source) : 0;

    if (!source || source->id != queue->source_id)
        return 0;
    if (!queue->role && !source->role && !source->written) { /* of a pair, who asks first is the client */
        queue->role = QUEUE_REQUESTS;
        source->role = QUEUE_ANSWERS;
    }
    if (queue->role != QUEUE_ANSWERS || !source->unanswered)
        return 0;
    source->unanswered = 0;
    count_turnaround(&slot->counters, outcome->begin > source->last_read ? outcome->begin - source->last_read : 0);
    return source->booked == source->read ? source->last_time : 0; /* else the request's call has not even ended */
}

#define LONG_AGO   1000000000 /* ns: a call that has put its data into the queue ends sooner, whoever gets in its way */
#define MOST_CALLS 64         /* that have done so at once, and not ended yet */

/* What was read long before this call began cannot be of it, nor of one that has not ended yet: it was there before the
 * queue was seen. */
static __always_inline void lift_written(struct queue_slot *queue, u64 begin)
{
    s64 missing = queue->read - queue->written;

    if (missing <= 0 || queue->last_read + LONG_AGO > begin)
        return;
    add(&queue->written, missing);
    add(&queue->marked, missing);
    queue->booked = queue->read;
    queue->ahead = 0;
}

/* Marks lie the closer the less there is in the queue: a quarter of it is told by one time. */
static __always_inline void mark_written(struct queue_slot *queue, u64 begin, s64 pending, u64 units, u64 time,
                                         u64 asked)
{
    u64 head = queue->head;
    struct queue_mark *last = mark_at(queue, head - 1), *mark = mark_at(queue, head);
    bool wanted = head == 0 || !last->time || asked || (s64)((begin - last->begin) * 4) >= pending;

    if (head == 0 || (wanted && head - queue->tail < QUEUE_MARKS)) {
        /* Of two who are first, the second may find no mark either: nothing before its own would be timed. */
        mark->begin = head == 0 && queue->marked < begin ? queue->marked : begin;
        mark->time = time;
        mark->excess = 0;
        mark->asked = asked;
        queue->head = head + 1;
    } else if (time > last->time) {
        add(&last->excess, units * (time - last->time));
    }
}

/* When those units were read that were read before their write had ended: they are counted by one time. */
static __always_inline u64 read_ahead(struct queue_slot *queue)
{
    u64 units = queue->ahead, time;

    if (!units)
        return queue->last_read;
    time = queue->ahead_since + queue->ahead_sum / units;
    queue->ahead = 0;
    return time;
}

/* The time by which to count what was read already; 0: nothing was. */
static __always_inline u64 note_written(struct queue_slot *queue, struct flow_slot *slot, u64 units,
                                        const struct outcome *outcome)
{
    u64 begin, asked = asked_at(queue, slot, outcome);
    s64 pending;

    lift_written(queue, outcome->begin);
    begin = __sync_fetch_and_add(&queue->written, units);
    pending = begin + units - queue->read;
    if (pending > 0 && (u64)pending > queue->high_water)
        queue->high_water = pending;
    mark_written(queue, begin, pending, units, outcome->begin, asked);
    queue->last_written = outcome->end;
    add(&queue->marked, units);
    if ((s64)(queue->read - begin) > 0)
        return read_ahead(queue);
    if (queue->ahead) /* a reader told of it too late, when its writer had already ended */
        queue->ahead = 0;
    return 0;
}

/* Datagrams come from whoever likes to send some. */
static __always_inline bool takes_strangers(const struct queue_slot *queue)
{
    return queue->mechanism == MECHANISM_UDP || (queue->mechanism == MECHANISM_UNIX && !queue->source);
}

static __always_inline void note_ahead(struct queue_slot *queue, u64 units, u64 early, u64 now)
{
    if (early > units)
        early = units;
    if (!queue->ahead) {
        queue->ahead_since = now;
        queue->ahead_sum = 0;
    }
    queue->ahead_sum += early * (now - queue->ahead_since);
    queue->ahead += early;
    queue->mixed |= queue->messages && queue->ahead > MOST_CALLS && takes_strangers(queue);
}

static __always_inline void note_read(struct queue_slot *queue, const struct cached_flow *flow, u64 units, u64 now)
{
    u64 end;

    queue->reader_flow = flow_word(flow->slot, flow->id);
    queue->last_read = now; /* first: a writer that finds its units read asks when */
    end = __sync_fetch_and_add(&queue->read, units) + units;
    if ((s64)(end - queue->marked) > 0)
        note_ahead(queue, units, end - queue->marked, now);
    queue->unanswered = 1;
}

/* Less came out than went in, and yet nothing is left: the rest was seen going in twice, or thrown away. Or another
 * reader has it, whose call has not ended yet: so only one that reads twice in a row says so. */
static __always_inline void drop_rest(struct queue_slot *queue, const struct cached_flow *flow)
{
    if ((s64)(queue->written - queue->read) > 0 && flow->object > NAMED && is_empty(flow->mechanism, flow->object))
        queue->read = queue->booked = queue->written;
}

/* A datagram socket may be connected to another one later. */
static __always_inline bool keeps_queue(const struct cached_flow *flow)
{
    return flow->kind != CHANNEL_DATAGRAM;
}

/* Notes what an operation that succeeded has put into its queue, or taken from it. */
SHARED int deliver(struct cached_flow *flow, const struct outcome *outcome)
{
    struct queue_slot *queue;
    struct flow_slot *slot;
    u64 units, now = outcome ? outcome->end : 0;
    bool again;

    if (!flow || !outcome)
        return 0;
    queue = queue_at(flow->queue);
    slot = slot_at(flow->slot);
    if (!queue || !slot)
        return 0;
    if (queue->id != flow->queue_id) { /* taken back by the host: found anew by the next call */
        flow->object = 0;
        if (slot->id == flow->id)
            slot->queue = 0;
        return 0;
    }
    units = queue->messages ? 1 : outcome->result;
    if (!units || slot->id != flow->id)
        return 0;
    if (slot->queue_id != flow->queue_id && keeps_queue(flow)) {
        slot->queue_id = flow->queue_id;
        slot->queue = flow->queue;
    }
    again = queue->reader_flow == flow_word(flow->slot, flow->id);
    if (puts(flow->operation))
        now = note_written(queue, slot, units, outcome);
    else
        note_read(queue, flow, units, now);
    if (now)
        settle_queue(queue, now);
    if (gets(flow->operation) && again)
        drop_rest(queue, flow);
    return 0;
}
