#include "ring.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "require.h"

static long enter(struct ring *ring, unsigned submit, unsigned completions, unsigned flags)
{
    return syscall(SYS_io_uring_enter, ring->fd, submit, completions, flags, NULL, 0);
}

void ring_open(struct ring *ring, unsigned entries, unsigned flags, unsigned completions)
{
    struct io_uring_params set = {.flags = flags, .cq_entries = completions, .sq_thread_idle = 2};
    unsigned *array;
    char *queues;

    *ring = (struct ring){.flags = flags, .entries = entries};
    ring->fd = syscall(SYS_io_uring_setup, entries, &set);
    require(ring->fd >= 0, "io_uring_setup");
    ring->queues_length = set.cq_off.cqes + set.cq_entries * sizeof(struct io_uring_cqe);
    if (ring->queues_length < set.sq_off.array + set.sq_entries * sizeof(unsigned))
        ring->queues_length = set.sq_off.array + set.sq_entries * sizeof(unsigned);
    ring->queues = mmap(NULL, ring->queues_length, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring->fd,
                        IORING_OFF_SQ_RING);
    require(ring->queues != MAP_FAILED, "mmap of the queues");
    ring->sqes = mmap(NULL, set.sq_entries * sizeof(struct io_uring_sqe), PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_POPULATE, ring->fd, IORING_OFF_SQES);
    require(ring->sqes != MAP_FAILED, "mmap of the entries");
    queues = ring->queues;
    ring->sq_tail = (unsigned *)(queues + set.sq_off.tail);
    ring->sq_flags = (unsigned *)(queues + set.sq_off.flags);
    ring->cq_head = (unsigned *)(queues + set.cq_off.head);
    ring->cq_tail = (unsigned *)(queues + set.cq_off.tail);
    ring->cq_mask = set.cq_entries - 1;
    ring->cqes = (struct io_uring_cqe *)(queues + set.cq_off.cqes);
    array = (unsigned *)(queues + set.sq_off.array);
    for (unsigned i = 0; i < set.sq_entries; i++)
        array[i] = i;
}

void ring_close(struct ring *ring)
{
    munmap(ring->sqes, ring->entries * sizeof(struct io_uring_sqe));
    munmap(ring->queues, ring->queues_length);
    require(close(ring->fd) == 0, "close");
}

struct io_uring_sqe *ring_entry(struct ring *ring)
{
    struct io_uring_sqe *entry = &ring->sqes[(*ring->sq_tail + ring->queued) & (ring->entries - 1)];

    require(ring->queued < ring->entries, "finding room in the submission queue");
    ring->queued++;
    memset(entry, 0, sizeof(*entry));
    return entry;
}

void ring_submit(struct ring *ring)
{
    unsigned count = ring->queued;

    __atomic_store_n(ring->sq_tail, *ring->sq_tail + count, __ATOMIC_RELEASE);
    ring->queued = 0;
    if (!(ring->flags & IORING_SETUP_SQPOLL)) {
        require_result(enter(ring, count, 0, 0), (long)count);
        return;
    }
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    require(enter(ring, 0, 0, IORING_ENTER_SQ_WAKEUP | IORING_ENTER_SQ_WAIT) >= 0, "waking the submitting thread");
}

bool ring_poll(struct ring *ring, struct io_uring_cqe *completion)
{
    unsigned head = *ring->cq_head;

    if (head == __atomic_load_n(ring->cq_tail, __ATOMIC_ACQUIRE))
        return false;
    *completion = ring->cqes[head & ring->cq_mask];
    __atomic_store_n(ring->cq_head, head + 1, __ATOMIC_RELEASE);
    return true;
}

struct io_uring_cqe ring_wait(struct ring *ring)
{
    struct io_uring_cqe completion;

    if (ring->queued != 0)
        ring_submit(ring);
    while (!ring_poll(ring, &completion))
        require(enter(ring, 0, 1, IORING_ENTER_GETEVENTS) >= 0, "io_uring_enter");
    return completion;
}

void ring_register(struct ring *ring, unsigned opcode, const void *argument, unsigned count)
{
    require(syscall(SYS_io_uring_register, ring->fd, opcode, argument, count) >= 0, "io_uring_register");
}
