#include "truth.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "require.h"
#include "tally.h"

#define ERRNO_LIMIT 134 /* one above EHWPOISON, the last of Linux */

static int by_key(const void *left, const void *right)
{
    uint64_t a = (*(const struct entry *const *)left)->key, b = (*(const struct entry *const *)right)->key;

    return a < b ? -1 : a > b;
}

static unsigned take_bits(uint64_t *key, unsigned bits)
{
    unsigned value = *key & ((1u << bits) - 1);

    *key >>= bits;
    return value;
}

struct sum {
    unsigned long long operations, bytes, would_block, truncated, interrupted, shortest_ns, longest_ns;
    unsigned errors[ERRNO_LIMIT];
};

static struct sum add_up(struct entry *const *group, unsigned channels)
{
    struct sum sum = {0};

    for (unsigned i = 0; i < channels; i++) {
        sum.operations += group[i]->operations;
        sum.bytes += group[i]->bytes;
        sum.would_block += group[i]->would_block;
        sum.truncated += group[i]->truncated;
        sum.interrupted += group[i]->interrupted;
        sum.shortest_ns += group[i]->shortest_ns;
        sum.longest_ns += group[i]->longest_ns;
        for (int e = 0; e < TALLY_ERRNOS; e++)
            sum.errors[group[i]->errors[e].number] += group[i]->errors[e].count;
    }
    return sum;
}

static void write_errors(FILE *out, const unsigned *errors)
{
    const char *separator = "";

    fputs("\"errors\":{", out);
    for (int number = 1; number < ERRNO_LIMIT; number++) {
        if (errors[number] == 0)
            continue;
        fprintf(out, "%s\"%s\":%u", separator, strerrorname_np(number), errors[number]);
        separator = ",";
    }
    fputs("}", out);
}

static void write_via_and_detail(FILE *out, enum via via, const char *detail)
{
    if (via != VIA_SYSCALL)
        fprintf(out, ",\"via\":\"%s\"", via_words[via]);
    if (detail != NULL)
        fprintf(out, ",\"detail\":\"%s\"", detail);
}

/* One line of all entries that differ in their channel only. */
static void write_line(FILE *out, struct entry *const *group, unsigned channels)
{
    uint64_t key = group[0]->key >> TALLY_KEY_CHANNEL_BITS;
    unsigned detail = take_bits(&key, TALLY_KEY_DETAIL_BITS);
    unsigned via = take_bits(&key, TALLY_KEY_VIA_BITS);
    unsigned operation = take_bits(&key, TALLY_KEY_OPERATION_BITS);
    unsigned mechanism = take_bits(&key, TALLY_KEY_MECHANISM_BITS);
    unsigned tag = take_bits(&key, TALLY_KEY_TAG_BITS);
    struct sum sum = add_up(group, channels);

    fprintf(out, "{\"pid\":%u,", (unsigned)key);
    if (tag != 0)
        fprintf(out, "\"%s\":%u,", ledger->tag_name, tag);
    fprintf(out, "\"comm\":\"%s\",\"mechanism\":\"%s\",\"operation\":\"%s\"", group[0]->comm,
            mechanism_words[mechanism], operation_words[operation]);
    write_via_and_detail(out, via, detail_word(operation, detail));
    fprintf(out, ",\"operations\":%llu,\"bytes\":%llu,", sum.operations, sum.bytes);
    write_errors(out, sum.errors);
    fprintf(out, ",\"would_block\":%llu,\"truncated\":%llu,\"interrupted\":%llu,\"channels\":%u", sum.would_block,
            sum.truncated, sum.interrupted, channels);
    if (sum.longest_ns != 0)
        fprintf(out, ",\"duration_seconds_min\":%.9f,\"duration_seconds_max\":%.9f", sum.shortest_ns / 1e9,
                sum.longest_ns / 1e9);
    fputs("}\n", out);
}

bool truth_can_be_written(const char *path)
{
    struct stat status;
    int fd = open(path, O_WRONLY | O_CREAT | O_NONBLOCK | O_CLOEXEC, 0666);
    bool regular = fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode);

    if (fd >= 0)
        close(fd);
    return regular;
}

void truth_write(const char *path)
{
    static struct entry *used[TALLY_ENTRIES];
    unsigned count = 0, first = 0;
    FILE *out = fopen(path, "we");

    require(out != NULL, path);
    for (unsigned i = 0; i < TALLY_ENTRIES; i++)
        if (ledger->entries[i].key != 0)
            used[count++] = &ledger->entries[i];
    qsort(used, count, sizeof(used[0]), by_key);
    for (unsigned i = 1; i <= count; i++) {
        if (i < count && used[i]->key >> TALLY_KEY_CHANNEL_BITS == used[first]->key >> TALLY_KEY_CHANNEL_BITS)
            continue;
        write_line(out, &used[first], i - first);
        first = i;
    }
    require(fclose(out) == 0, path);
}
