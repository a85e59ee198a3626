/* ipcscope-exchange KIND [NAME=NUMBER …]: prints, for each kind of time, its name, count, sum of ns and buckets.
 * Names: writers readers size read_size batch count burst write_gap read_gap priorities full answer pipeline warm_up.
 */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include "exchange.h"

static void set(struct plan *plan, const char *argument)
{
    const char *value = strchr(argument, '=');
    int number = value ? atoi(value + 1) : 0;
    struct {
        const char *name;
        int *place;
    } numbers[] = {
        {"writers", &plan->writers},   {"readers", &plan->readers},       {"batch", &plan->batch},
        {"count", &plan->count},       {"burst", &plan->burst},           {"write_gap", &plan->write_gap},
        {"read_gap", &plan->read_gap}, {"priorities", &plan->priorities}, {"answer", &plan->answer},
        {"pipeline", &plan->pipeline}, {"warm_up", &plan->warm_up},
    };

    require(value, "NAME=NUMBER");
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
        if (!strncmp(argument, numbers[i].name, value - argument) && !numbers[i].name[value - argument]) {
            *numbers[i].place = number;
            return;
        }
    if (!strncmp(argument, "size=", 5))
        plan->size = plan->read_size = number;
    else if (!strncmp(argument, "read_size=", 10))
        plan->read_size = number;
    else if (!strncmp(argument, "full=", 5))
        plan->full = number;
    else
        require(false, argument);
}

int main(int argc, char **argv)
{
    struct plan plan = {.writers = 1,
                        .readers = 1,
                        .size = 64,
                        .read_size = 64,
                        .batch = 1,
                        .count = 1000,
                        .burst = 1,
                        .priorities = 1,
                        .pipeline = 1};
    struct times *times = mmap(NULL, 3 * sizeof(*times), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    require(argc > 1 && times != MAP_FAILED, "usage: ipcscope-exchange KIND [NAME=NUMBER …]");
    /* Nothing shall get in between a look at the clock and the call that it is for. Without the right to it, the times
     * are less exact on a loaded machine. */
    sched_setscheduler(0, SCHED_FIFO, &(struct sched_param){.sched_priority = 1});
    plan.kind = argv[1];
    for (int i = 2; i < argc; i++)
        set(&plan, argv[i]);
    if (plan.answer) {
        ask(&plan, &times[1], &times[2]);
        print_times("client", &times[1]);
        print_times("server", &times[2]);
    } else {
        one_way(&plan, &times[0]);
        print_times("delivery", &times[0]);
    }
    return 0;
}
