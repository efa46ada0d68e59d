/* bench_inproc.c: evaluation alone: records are read once, then checked again and again in this
 * process, through the public headers.
 *
 *     bench_inproc RULES RECORDS
 *
 * prints evaluations a second of wall time, and of processor time: the median of seven rounds of at
 * least 0.3 s. With a third argument it prints the answers once instead, for comparing. */
#define _POSIX_C_SOURCE 200809L /* clock_gettime */
#include <bylaw/bylaw.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS    7
#define LEAST_SEC 0.3

static int fail(const char *what)
{
    fprintf(stderr, "bench_inproc: %s\n", what);
    exit(2);
}

#define MAX_TEXTS 32 /* the rules, the records, and the vocabularies that the rules use */

/* The texts that were read: freed when the program ends. */
static char *texts[MAX_TEXTS];
static size_t text_count;

static bylaw_str read_file(const char *path)
{
    FILE *in = fopen(path, "rb");
    char *bytes = NULL;
    size_t size = 0, room = 0;

    if (in == NULL)
        return (bylaw_str){NULL, 0};
    do {
        if (size == room && (bytes = realloc(bytes, room = room * 2 + 65536)) == NULL)
            fail("out of memory");
        size += fread(bytes + size, 1, room - size, in);
    } while (!feof(in) && !ferror(in));
    fclose(in);
    if (text_count == MAX_TEXTS)
        fail("too many files");
    texts[text_count++] = bytes;
    return (bylaw_str){bytes, size};
}

/* The other texts of a rule set stand beside it. */
static bylaw_status find_beside(void *context, bylaw_str name, bylaw_str *text, bylaw_str *shown)
{
    const char *rules = context, *slash = strrchr(rules, '/');
    char path[4096];

    snprintf(path, sizeof path, "%.*s%.*s", slash != NULL ? (int)(slash - rules + 1) : 0, rules,
             (int)name.len, name.ptr);
    *text = read_file(path);
    *shown = name;
    return text->ptr != NULL ? BYLAW_OK : BYLAW_ENOTFOUND;
}

static double seconds(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static const bylaw_result *check(bylaw_checker *checker, size_t i)
{
    const bylaw_result *result = NULL;

    bylaw_checker_forget(checker);
    if (bylaw_checker_check(checker, i, &result, NULL) != BYLAW_OK)
        fail("an action cannot be checked");
    return result;
}

static void print_answers(bylaw_checker *checker)
{
    for (size_t i = 0; i < bylaw_checker_count(checker); i++) {
        const bylaw_result *result = check(checker, i);
        const char *between = "";

        if (bylaw_result_standing_count(result, BYLAW_NORM_VIOLATED) == 0)
            printf("-");
        for (size_t k = 0; k < bylaw_result_norm_count(result); k++) {
            const bylaw_norm_result norm = bylaw_result_norm(result, k);

            if (norm.standing != BYLAW_NORM_VIOLATED)
                continue;
            printf("%s%.*s", between, (int)norm.norm.len, norm.norm.ptr);
            between = ",";
        }
        printf("\n");
    }
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void measure(bylaw_checker *checker)
{
    const size_t n = bylaw_checker_count(checker);
    volatile size_t sum = 0;
    double wall[ROUNDS + 1], cpu[ROUNDS + 1];

    for (int round = 0; round <= ROUNDS; round++) { /* the first warms up */
        const double w = seconds(CLOCK_MONOTONIC), c = seconds(CLOCK_PROCESS_CPUTIME_ID);
        double done = 0;

        do {
            for (size_t i = 0; i < n; i++)
                sum = sum + bylaw_result_standing_count(check(checker, i), BYLAW_NORM_VIOLATED);
            done += (double)n;
        } while (seconds(CLOCK_MONOTONIC) - w < LEAST_SEC);
        wall[round] = done / (seconds(CLOCK_MONOTONIC) - w);
        cpu[round] = done / (seconds(CLOCK_PROCESS_CPUTIME_ID) - c);
    }
    qsort(wall + 1, ROUNDS, sizeof *wall, by_size);
    qsort(cpu + 1, ROUNDS, sizeof *cpu, by_size);
    printf("%.0f %.0f\n", wall[1 + ROUNDS / 2], cpu[1 + ROUNDS / 2]);
}

int main(int argc, char **argv)
{
    bylaw_ruleset *set = NULL;
    bylaw_checker *checker = NULL;

    if (argc < 3)
        return fail("usage: bench_inproc RULES RECORDS [answers]");
    const bylaw_str rules = read_file(argv[1]), records = read_file(argv[2]);
    const bylaw_resolver resolver = {find_beside, argv[1]};

    if (rules.ptr == NULL || records.ptr == NULL)
        return fail("a file cannot be read");
    if (bylaw_ruleset_read(&set, bylaw_str_from(argv[1]), rules, &resolver, NULL, NULL) != BYLAW_OK)
        return fail("the rules have mistakes");
    const bylaw_ruleset *const sets[] = {set};
    const bylaw_options options = {.sets = sets,
                                   .set_count = 1,
                                   .flat = BYLAW_STR("kind"),
                                   .ignore_unknown = true,
                                   .brief = true};

    if (bylaw_checker_new(&checker, &options, NULL) != BYLAW_OK ||
        bylaw_checker_read(checker, bylaw_str_from(argv[2]), records, BYLAW_FORMAT_JSONL, NULL) !=
            BYLAW_OK)
        return fail("the records cannot be read");
    if (argc > 3)
        print_answers(checker);
    else
        measure(checker);
    bylaw_checker_free(checker);
    bylaw_ruleset_free(set);
    while (text_count > 0)
        free(texts[--text_count]);
    return 0;
}
