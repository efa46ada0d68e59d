/* bench_time.c: what commands cost.
 *
 *     bench_time RUNS COMMAND [ARGUMENT...] [-- COMMAND [ARGUMENT...]]...
 *
 * runs them RUNS times in turn with their output thrown away and prints a line for each: the median
 * processor time and wall time in microseconds, the peak of memory in KiB, and the medians of
 * processor and wall time over those of the first command in the same turn. Exit codes 0, 1 and 3
 * of a checker are success. */
#define _DEFAULT_SOURCE /* wait4 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MOST_RUNS     1000
#define MOST_COMMANDS 8

typedef struct subject {
    char **command; /* ends with NULL */
    double cpu[MOST_RUNS], wall[MOST_RUNS], cpu_ratio[MOST_RUNS], wall_ratio[MOST_RUNS];
    long peak;
} subject;

static double wall_clock(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double micros(struct timeval t)
{
    return (double)t.tv_sec * 1e6 + (double)t.tv_usec;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median(double *of, int runs)
{
    qsort(of, (size_t)runs, sizeof *of, by_size);
    return of[runs / 2];
}

/* false: it could not be run, or failed. */
static int run_once(subject *s, int run)
{
    const double start = wall_clock();
    const pid_t child = fork();
    struct rusage use;
    int status = 0;

    if (child == 0) {
        const int out = open("/dev/null", O_WRONLY);

        if (out >= 0 && dup2(out, STDOUT_FILENO) >= 0)
            execv(s->command[0], s->command);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &use) != child || !WIFEXITED(status))
        return 0;
    const int code = WEXITSTATUS(status);

    s->wall[run] = wall_clock() - start;
    s->cpu[run] = micros(use.ru_utime) + micros(use.ru_stime);
    s->peak = use.ru_maxrss > s->peak ? use.ru_maxrss : s->peak;
    return code == 0 || code == 1 || code == 3;
}

/* The commands between the "--"; how many, 0 where one of them is empty. */
static int find_commands(subject *subjects, char **arguments)
{
    int count = 0;

    while (*arguments != NULL && count < MOST_COMMANDS) {
        subjects[count++].command = arguments;
        while (*arguments != NULL && strcmp(*arguments, "--") != 0)
            arguments++;
        if (arguments == subjects[count - 1].command)
            return 0;
        if (*arguments != NULL)
            *arguments++ = NULL;
    }
    return count;
}

int main(int argc, char **argv)
{
    static subject subjects[MOST_COMMANDS];
    const int runs = argc > 2 ? atoi(argv[1]) : 0;
    const int count = argc > 2 ? find_commands(subjects, argv + 2) : 0;

    if (runs < 1 || runs > MOST_RUNS || count < 1) {
        fprintf(stderr, "usage: bench_time RUNS COMMAND [ARGUMENT...] [-- COMMAND...]...\n");
        return 2;
    }
    for (int i = 0; i < runs; i++) {
        for (int k = 0; k < count; k++) {
            if (!run_once(&subjects[k], i)) {
                fprintf(stderr, "bench_time: %s failed\n", subjects[k].command[0]);
                return 2;
            }
            subjects[k].cpu_ratio[i] = subjects[k].cpu[i] / subjects[0].cpu[i];
            subjects[k].wall_ratio[i] = subjects[k].wall[i] / subjects[0].wall[i];
        }
    }
    for (int k = 0; k < count; k++) {
        subject *s = &subjects[k];

        printf("%.0f %.0f %ld %.2f %.2f\n", median(s->cpu, runs), median(s->wall, runs), s->peak,
               median(s->cpu_ratio, runs), median(s->wall_ratio, runs));
    }
    return 0;
}
