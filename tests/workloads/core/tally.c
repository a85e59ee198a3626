#include "tally.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "require.h"

#define HASH 0x9e3779b97f4a7c15u /* 2^64 divided by the golden ratio */

struct ledger *ledger;

static int descriptor = -1;
static struct {
    pid_t pid;
    unsigned tag;
    char comm[16];
} self;

void tally_open(int inherited)
{
    struct end memory = {.mechanism = MECHANISM_SHM, .channel = TALLY_CHANNELS - TALLY_NAMES};
    int fd = inherited;

    if (fd < 0) {
        int low = memfd_create("ledger", 0);

        require(low >= 0, "memfd_create");
        require(ftruncate(low, sizeof(struct ledger)) == 0, "ftruncate");
        /* High, so that scenarios which reuse descriptors start from the lowest number. */
        fd = fcntl(low, F_DUPFD, 800);
        require(fd >= 0, "fcntl(F_DUPFD)");
        close(low);
    }
    descriptor = fd;
    ledger = mmap(NULL, sizeof(struct ledger), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    require(ledger != MAP_FAILED, "mmap of the ledger");
    if (inherited < 0) {
        book_empty(memory, OPERATION_OPEN, 0);
        book_empty(memory, OPERATION_TRUNCATE, 0);
    }
    book_empty(memory, OPERATION_MAP, 0);
}

int tally_descriptor(void)
{
    return descriptor;
}

void tally_self(unsigned tag)
{
    char pid[16] = "";

    /* getpid() is the pid in the innermost namespace, /proc has that in the first. */
    require(readlink("/proc/self", pid, sizeof(pid) - 1) > 0, "reading the link /proc/self");
    self.pid = atoi(pid);
    self.tag = tag;
    prctl(PR_GET_NAME, self.comm);
}

pid_t tally_pid(void)
{
    return self.pid;
}

uint64_t tally_key(pid_t pid, unsigned tag, struct end end, enum operation operation)
{
    uint64_t key = pid;

    key = key << TALLY_KEY_TAG_BITS | tag;
    key = key << TALLY_KEY_MECHANISM_BITS | end.mechanism;
    key = key << TALLY_KEY_OPERATION_BITS | operation;
    key = key << TALLY_KEY_VIA_BITS | end.via;
    key = key << TALLY_KEY_DETAIL_BITS | end.detail;
    return key << TALLY_KEY_CHANNEL_BITS | end.channel;
}

/* Lock-free, because signal handlers book too. */
static struct entry *entry_of(uint64_t key)
{
    uint64_t place = key * HASH >> 32;

    for (unsigned tries = 0; tries < TALLY_ENTRIES; tries++, place++) {
        struct entry *entry = &ledger->entries[place % TALLY_ENTRIES];
        uint64_t found = 0;

        if (__atomic_compare_exchange_n(&entry->key, &found, key, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) {
            memcpy(entry->comm, self.comm, sizeof(entry->comm));
            return entry;
        }
        if (found == key)
            return entry;
    }
    require(false, "finding room in the ledger");
    return NULL;
}

unsigned tally_channel(uint64_t name)
{
    uint64_t place = name * HASH >> 32;

    for (unsigned tries = 0; tries < TALLY_NAMES; tries++, place++) {
        uint64_t found = 0;

        if (__atomic_compare_exchange_n(&ledger->names[place % TALLY_NAMES], &found, name, false, __ATOMIC_SEQ_CST,
                                        __ATOMIC_SEQ_CST) ||
            found == name)
            return TALLY_CHANNELS - 1 - place % TALLY_NAMES;
    }
    require(false, "finding room for another channel's name");
    return 0;
}

static struct entry *own_entry(struct end end, enum operation operation)
{
    return entry_of(tally_key(self.pid, self.tag, end, operation));
}

static void add_error(struct entry *entry, int number)
{
    for (int i = 0; i < TALLY_ERRNOS; i++) {
        int found = 0;

        if (__atomic_compare_exchange_n(&entry->errors[i].number, &found, number, false, __ATOMIC_SEQ_CST,
                                        __ATOMIC_SEQ_CST) ||
            found == number) {
            entry->errors[i].count++;
            return;
        }
    }
    require(false, "finding room for another kind of error");
}

ssize_t book_for(pid_t pid, unsigned tag, struct end end, enum operation operation, ssize_t result, uint64_t bytes)
{
    int number = errno;
    struct entry *entry;

    if (end.mechanism == MECHANISM_NONE)
        return result;
    entry = entry_of(tally_key(pid, tag, end, operation));
    if (result < 0 && (number == EAGAIN || number == EINPROGRESS)) {
        entry->would_block++;
    } else {
        entry->operations++;
        if (result < 0)
            add_error(entry, number);
        else
            entry->bytes += bytes;
    }
    errno = number;
    return result;
}

ssize_t book(struct end end, enum operation operation, ssize_t result)
{
    return book_for(self.pid, self.tag, end, operation, result, result);
}

ssize_t book_empty(struct end end, enum operation operation, ssize_t result)
{
    return book_for(self.pid, self.tag, end, operation, result, 0);
}

void book_many(struct end end, enum operation operation, uint64_t operations, uint64_t bytes)
{
    struct entry *entry = own_entry(end, operation);

    entry->operations += operations;
    entry->bytes += bytes;
}

void book_truncated(struct end end, enum operation operation)
{
    own_entry(end, operation)->truncated++;
}

void book_interrupted(pid_t pid, unsigned tag, struct end end, enum operation operation)
{
    struct entry *entry = entry_of(tally_key(pid, tag, end, operation));

    entry->operations++;
    entry->interrupted++;
}

void book_time(pid_t pid, struct end end, enum operation operation, uint64_t shortest_ns, uint64_t longest_ns)
{
    struct entry *entry = entry_of(tally_key(pid, 0, end, operation));

    entry->shortest_ns += shortest_ns;
    entry->longest_ns += longest_ns;
}
