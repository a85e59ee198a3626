/* pair OBJECT empty|floor: attaches that pair of programs, prints "attached" and stays until a signal ends it. */
#include <bpf/libbpf.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct bpf_program *p;

    if (argc != 3) {
        fprintf(stderr, "usage: pair OBJECT empty|floor\n");
        return 2;
    }
    struct bpf_object *object = bpf_object__open_file(argv[1], NULL);
    if (!object)
        return 1;
    for (p = NULL; (p = bpf_object__next_program(object, p));)
        bpf_program__set_autoload(p, !strncmp(bpf_program__name(p), argv[2], strlen(argv[2])));
    if (bpf_object__load(object))
        return 1;
    for (p = NULL; (p = bpf_object__next_program(object, p));)
        if (bpf_program__autoload(p) && !bpf_program__attach(p))
            return 1;
    puts("attached");
    fflush(stdout);
    pause();
    return 0;
}
