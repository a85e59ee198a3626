/* Runs one scenario and writes down what its system calls returned. */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/require.h"
#include "core/scratch.h"
#include "core/tally.h"
#include "core/truth.h"
#include "scenarios/form.h"
#include "scenarios/image.h"
#include "scenarios/scenario.h"
#include "scenes/scene.h"

typedef void (*visitor)(const char *name, const struct scenario *scenario, const struct kind *kind, void *context);

static void each_scenario(visitor visit, void *context)
{
    char name[64];

    for (int f = 0; families[f] != NULL; f++) {
        for (const struct scenario *scenario = families[f]; scenario->name != NULL; scenario++) {
            if (scenario->fits == NULL)
                visit(scenario->name, scenario, NULL, context);
            for (int k = 0; scenario->fits != NULL && k < KINDS; k++) {
                snprintf(name, sizeof(name), "%s/%s", kinds[k].name, scenario->name);
                if (scenario->fits(&kinds[k]))
                    visit(name, scenario, &kinds[k], context);
            }
        }
    }
}

static void list_one(const char *name, const struct scenario *scenario, const struct kind *kind, void *context)
{
    (void)context;
    printf("%-32s %s\n", name, scenario->about);
    for (int f = 0; forms[f].prefix != NULL; f++)
        if (form_fits(&forms[f], scenario, kind))
            printf("%s/%-*s %s, %s\n", forms[f].prefix, 31 - (int)strlen(forms[f].prefix), name, scenario->about,
                   forms[f].about);
}

struct search {
    const char *name;
    const struct form *form; /* NULL: as it is */
    struct plan found;
};

static void match_one(const char *name, const struct scenario *scenario, const struct kind *kind, void *context)
{
    struct search *search = context;

    if (strcmp(name, search->name) == 0 && (search->form == NULL || form_fits(search->form, scenario, kind)))
        search->found = (struct plan){scenario, kind, scenario->n, scenario->size};
}

static struct plan find(const char *name)
{
    struct search search = {.name = name, .form = form_of(name)};

    if (search.form != NULL) {
        search.name += strlen(search.form->prefix) + 1;
        search.form->take();
    }
    each_scenario(match_one, &search);
    return search.found;
}

static _Noreturn void usage(const char *complaint)
{
    fprintf(stderr,
            "ipcscope-workload: %s\n"
            "usage: ipcscope-workload SCENARIO [-n N] [-s SIZE] --truth FILE\n"
            "       ipcscope-workload --scene NAME\n"
            "       ipcscope-workload --list\n",
            complaint);
    exit(2);
}

#define MOST_N    (1ul << 31)
#define MOST_SIZE (1ul << 20) /* messages lie on stacks */

static unsigned long number(const char *text, unsigned long most)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);

    if (value == 0 || value > most || *end != 0)
        usage("-n takes a number from 1 to 2147483648, -s one from 1 to 1048576");
    return value;
}

static void run(const struct plan *plan, const char *truth)
{
    signal(SIGPIPE, SIG_IGN);
    require_prepare();
    tally_self(0);
    tally_open(-1);
    plan->scenario->run(plan);
    truth_write(truth);
    scratch_remove();
}

int main(int count, char **arguments)
{
    static const struct option options[] = {
        {"list", no_argument, NULL, 'l'}, {"truth", required_argument, NULL, 't'}, {0}};
    const char *truth = NULL;
    unsigned long n = 0, size = 0;
    struct plan plan;
    int option;

    if (count > 1 && strcmp(arguments[1], IMAGE_OPTION) == 0)
        return image_run(count, arguments);
    if (count == 3 && strcmp(arguments[1], SCENE_OPTION) == 0)
        return scene_run(arguments[2]);
    if (count == 2 && strcmp(arguments[1], STAY_OPTION) == 0)
        return scene_stay();
    while ((option = getopt_long(count, arguments, "n:s:", options, NULL)) != -1) {
        switch (option) {
        case 'n':
            n = number(optarg, MOST_N);
            break;
        case 's':
            size = number(optarg, MOST_SIZE);
            break;
        case 't':
            truth = optarg;
            break;
        case 'l':
            each_scenario(list_one, NULL);
            return 0;
        default:
            usage("unknown option");
        }
    }
    if (optind + 1 != count || truth == NULL)
        usage("one scenario and --truth FILE are needed");
    if (!truth_can_be_written(truth))
        usage("--truth takes a regular file that can be written");
    plan = find(arguments[optind]);
    if (plan.scenario == NULL)
        usage("no such scenario (--list names them)");
    if (n != 0)
        plan.n = n;
    if (size != 0)
        plan.size = size;
    run(&plan, truth);
    return 0;
}
