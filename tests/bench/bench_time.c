/* bench_time.c: what a command costs.
 *
 *     bench_time RUNS COMMAND [ARGUMENT...]
 *
 * runs it RUNS times with its output thrown away and prints the median processor time and wall time
 * in microseconds and the peak of memory in KiB. Exit codes 0, 1 and 3 of a checker are success. */
#define _DEFAULT_SOURCE /* wait4 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MOST_RUNS 1000

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

/* false: it could not be run, or failed. */
static int run_once(char **command, double *cpu, double *wall, long *peak)
{
    const double start = wall_clock();
    const pid_t child = fork();
    struct rusage use;
    int status = 0;

    if (child == 0) {
        const int out = open("/dev/null", O_WRONLY);

        if (out >= 0 && dup2(out, STDOUT_FILENO) >= 0)
            execv(command[0], command);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &use) != child || !WIFEXITED(status))
        return 0;
    const int code = WEXITSTATUS(status);

    *wall = wall_clock() - start;
    *cpu = micros(use.ru_utime) + micros(use.ru_stime);
    *peak = use.ru_maxrss > *peak ? use.ru_maxrss : *peak;
    return code == 0 || code == 1 || code == 3;
}

int main(int argc, char **argv)
{
    const int runs = argc > 2 ? atoi(argv[1]) : 0;
    static double cpu[MOST_RUNS], wall[MOST_RUNS];
    long peak = 0;

    if (runs < 1 || runs > MOST_RUNS) {
        fprintf(stderr, "usage: bench_time RUNS COMMAND [ARGUMENT...]\n");
        return 2;
    }
    for (int i = 0; i < runs; i++) {
        if (!run_once(argv + 2, &cpu[i], &wall[i], &peak)) {
            fprintf(stderr, "bench_time: %s failed\n", argv[2]);
            return 2;
        }
    }
    qsort(cpu, (size_t)runs, sizeof *cpu, by_size);
    qsort(wall, (size_t)runs, sizeof *wall, by_size);
    printf("%.0f %.0f %ld\n", cpu[runs / 2], wall[runs / 2], peak);
    return 0;
}
