/* As many operations a second as one process can do: for load tests. */
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../core/require.h"
#include "../core/tally.h"
#include "families.h"

/* Booked at the end, so that nothing but the two calls is in the loop. */
static void spin_pipe(const struct plan *plan)
{
    char data[plan->size];
    struct end reader, writer;

    pipe_new(&reader, &writer, O_CLOEXEC);
    for (unsigned i = 0; i < plan->n; i++) {
        require(syscall(SYS_write, writer.fd, data, sizeof(data)) == (long)sizeof(data), "write");
        require(syscall(SYS_read, reader.fd, data, sizeof(data)) == (long)sizeof(data), "read");
    }
    book_many(writer, OPERATION_WRITE, plan->n, (uint64_t)plan->n * sizeof(data));
    book_many(reader, OPERATION_READ, plan->n, (uint64_t)plan->n * sizeof(data));
    end_close(&reader);
    end_close(&writer);
}

const struct scenario spin_scenarios[] = {
    {"spin-pipe", "N times write and read of one pipe by one process", .n = 100000, .size = 64, .run = spin_pipe},
    {0},
};
