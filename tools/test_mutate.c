/* test_mutate.c: bylaw test --mutate, --boundary: changes one thing of a rule set at a time, and
 * tells what no test notices; writes the cases that would. */
#define _POSIX_C_SOURCE 200809L /* isatty, clock_gettime */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

typedef struct mutating {
    cli *c;
    const char *rules; /* path */
    cli_beside *beside;
    bylaw_tests *tests;
    bylaw_mutants *mutants;
    bylaw_diags *diags; /* of mutants: nobody reads them */
    size_t tried, killed, excused, stillborn;
    size_t *survivors, survivor_count;
    struct timespec begun;
} mutating;

static const char *number(cli *c, size_t n)
{
    char text[24];

    snprintf(text, sizeof text, "%zu", n);
    return cli_copy(c, cli_str(text));
}

/* ---- trying ---- */

/* In place, on a terminal, after a second. */
static void progress(mutating *m, size_t i, size_t count)
{
    struct timespec now;

    if (m->c->options.verbosity < 0 || !isatty(STDERR_FILENO) || i % 8 != 0)
        return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (now.tv_sec - m->begun.tv_sec < 1)
        return;
    char n[24], all[24], missed[24];

    snprintf(n, sizeof n, "%zu", i);
    snprintf(all, sizeof all, "%zu", count);
    snprintf(missed, sizeof missed, "%zu", m->survivor_count);
    fputc('\r', stderr);
    cli_put(m->c, stderr, CLI_mutate_progress, "n", n, "all", all, "missed", missed, NULL);
    fflush(stderr);
}

/* Does a test fail with this change? A change that makes no rule set is not counted. */
static bylaw_status try_one(mutating *m, size_t i, bool *noticed, bool *is_set)
{
    const bylaw_test_listener listener = {.stop_at_first = true};
    bylaw_test_counts counts = {0};
    bylaw_ruleset *set = NULL;
    bylaw_str text;
    bylaw_status status = bylaw_mutants_text(m->mutants, i, &text);

    if (status != BYLAW_OK)
        return status;
    bylaw_diags_clear(m->diags);
    status = cli_read_set(m->beside, text, &set, m->diags);
    *is_set = status == BYLAW_OK;
    if (status == BYLAW_OK)
        status = bylaw_tests_run(m->tests, set, &listener, &counts, m->diags);
    *noticed = status == BYLAW_EINPUT || counts.failed > 0;
    bylaw_ruleset_free(set);
    return status == BYLAW_ENOMEM ? status : BYLAW_OK;
}

/* Tests that fail as it is would notice everything. */
static bool passes_unchanged(mutating *m, const bylaw_ruleset *set)
{
    const bylaw_test_listener listener = {.stop_at_first = true};
    bylaw_test_counts counts = {0};

    if (cli_done(bylaw_tests_run(m->tests, set, &listener, &counts, m->c->diags)) &&
        counts.failed == 0)
        return true;
    cli_error(m->c, CLI_mutate_fails, "file", m->rules, NULL);
    return false;
}

static bylaw_status try_all(mutating *m)
{
    const size_t count = bylaw_mutants_count(m->mutants);

    m->survivors = calloc(count + 1, sizeof *m->survivors);
    if (m->survivors == NULL)
        return BYLAW_ENOMEM;
    clock_gettime(CLOCK_MONOTONIC, &m->begun);
    for (size_t i = 0; i < count; i++) {
        bool noticed = false, is_set = false;
        const bylaw_status status = try_one(m, i, &noticed, &is_set);

        if (status != BYLAW_OK)
            return status;
        progress(m, i, count);
        m->stillborn += !is_set;
        if (!is_set)
            continue;
        m->tried++;
        if (noticed)
            m->killed++;
        else if (bylaw_mutants_get(m->mutants, i)->excused)
            m->excused++;
        else
            m->survivors[m->survivor_count++] = i;
    }
    if (m->c->options.verbosity >= 0 && isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
    return BYLAW_OK;
}

/* ---- telling ---- */

static void tell_excerpt(cli *c, const bylaw_mutant *one)
{
    const char *line = cli_copy(c, one->excerpt);
    char head[32];
    size_t at = 0, column = 1;

    snprintf(head, sizeof head, "  %zu | ", one->line);
    printf("%s%s\n%*s", head, line, (int)strlen(head), "| ");
    for (; line[at] != '\0' && column < one->end_column; column++) {
        char piece[5] = "";
        size_t n = 0;

        do
            piece[n++] = line[at++];
        while (n < 4 && ((unsigned char)line[at] & 0xC0) == 0x80);
        for (size_t w = cli_width(piece); w > 0; w--)
            fputc(column >= one->column ? '^' : ' ', stdout);
    }
    fputc('\n', stdout);
}

static void tell_case(cli *c, const bylaw_mutant *one)
{
    const char *count = cli_copy(c, one->count_label.in[c->lang]);
    const char *base = cli_copy(c, one->base_label.in[c->lang]);

    if (!one->has_case || count[0] == '\0')
        return;
    cli_say(c, stdout,
            one->base == 0 ? one->met ? CLI_mutate_count_met : CLI_mutate_count_unmet
            : one->met     ? CLI_mutate_case_met
                           : CLI_mutate_case_unmet,
            "count", count, "n", number(c, (size_t)one->count), "base", base, "of",
            number(c, (size_t)one->base), NULL);
}

static void tell_survivor(mutating *m, const bylaw_mutant *one)
{
    char place[512];

    snprintf(place, sizeof place, "%s:%zu:%zu", m->rules, one->line, one->column);
    cli_say(m->c, stdout, CLI_mutate_survivor, "place", place, "change",
            cli_copy(m->c, one->change.in[m->c->lang]), NULL);
    tell_excerpt(m->c, one);
    tell_case(m->c, one);
    if (m->c->options.verbosity > 0)
        printf("    place: %s\n    change: %s\n", cli_copy(m->c, one->place),
               cli_copy(m->c, one->change.in[BYLAW_EN]));
}

static void tell_json(mutating *m, const char *set)
{
    fputs("{\"set\":", stdout);
    cli_json_string(stdout, cli_str(set));
    printf(",\"mutants\":%zu,\"killed\":%zu,\"equivalent\":%zu,\"survived\":%zu,\"not_a_set\":%zu,"
           "\"survivors\":[",
           m->tried, m->killed, m->excused, m->survivor_count, m->stillborn);
    for (size_t i = 0; i < m->survivor_count; i++) {
        const bylaw_mutant *one = bylaw_mutants_get(m->mutants, m->survivors[i]);

        fputs(i > 0 ? ",\n {\"place\":" : "\n {\"place\":", stdout);
        cli_json_string(stdout, one->place);
        fputs(",\"change\":", stdout);
        cli_json_string(stdout, one->change.in[BYLAW_EN]);
        printf(",\"line\":%zu,\"column\":%zu}", one->line, one->column);
    }
    fputs("]}\n", stdout);
}

static int tell(mutating *m)
{
    cli *c = m->c;

    if (c->options.formats.count > 0 && strcmp(c->options.formats.items[0], "json") == 0) {
        tell_json(m, cli_copy(c, bylaw_tests_ruleset(m->tests)));
        return m->survivor_count > 0 ? CLI_VIOLATION : CLI_OK;
    }
    for (size_t i = 0; i < m->survivor_count; i++)
        tell_survivor(m, bylaw_mutants_get(m->mutants, m->survivors[i]));
    if (c->options.verbosity >= 0)
        cli_say(c, stdout, m->excused > 0 ? CLI_mutate_sum_excused : CLI_mutate_sum, "set",
                cli_copy(c, bylaw_tests_ruleset(m->tests)), "n", number(c, m->tried), "killed",
                number(c, m->killed), "missed", number(c, m->survivor_count), "excused",
                number(c, m->excused), NULL);
    return m->survivor_count > 0 ? CLI_VIOLATION : CLI_OK;
}

/* ---- the cases that are missing ---- */

/* A table for every bar that a survivor moved: written for review, not run. */
static void write_boundary(mutating *m)
{
    printf("tests: %s\ncases:\n", cli_copy(m->c, bylaw_tests_ruleset(m->tests)));
    for (size_t i = 0; i < m->survivor_count; i++) {
        const bylaw_mutant *one = bylaw_mutants_get(m->mutants, m->survivors[i]);
        const char *norm = cli_copy(m->c, one->norm), *kind = cli_copy(m->c, one->kind);
        const char *count = cli_copy(m->c, one->count_name);
        const char *base = cli_copy(m->c, one->base_name);

        if (!one->has_case || count[0] == '\0' || (one->base > 0 && base[0] == '\0'))
            continue;
        printf("  - name: \"%s, %s\"\n    action: %s\n    table:\n      given: [", norm,
               cli_copy(m->c, one->change.in[BYLAW_EN]), kind);
        if (one->base > 0)
            printf("%s, ", base);
        printf("%s]\n      expect: [%s]\n      rows:\n        - [", count, norm);
        if (one->base > 0)
            printf("%lld, ", (long long)one->base);
        printf("%lld, %s]\n", (long long)one->count, one->met ? "satisfied" : "not-met");
    }
}

/* ---- one set ---- */

static bool read_excuses(mutating *m, cli_text *excuses)
{
    const size_t stem = strlen(m->rules) - strlen(".yaml");
    char path[4096];

    snprintf(path, sizeof path, "%.*s.mutants.yaml", (int)stem, m->rules);
    if (access(path, F_OK) != 0 && errno == ENOENT)
        return true; /* there need be none */
    if (!cli_read_file(m->c, path, excuses))
        return false;
    return cli_done(bylaw_mutants_excuse(m->mutants, cli_str(cli_copy(m->c, cli_str(path))),
                                         (bylaw_str){excuses->bytes, excuses->size}, m->c->diags));
}

int cli_mutate(cli *c, const char *rules, const bylaw_ruleset *set, bylaw_tests *tests)
{
    mutating m = {.c = c, .rules = rules, .tests = tests, .beside = cli_beside_new(c, rules)};
    cli_text text = {NULL, 0}, excuses = {NULL, 0};
    int code = CLI_TROUBLE;

    if (m.beside == NULL || bylaw_diags_new(&m.diags, &cli_memory) != BYLAW_OK)
        code = cli_error(c, CLI_no_memory, NULL);
    else if (cli_read_file(c, rules, &text) &&
             cli_done(bylaw_mutants_new(&m.mutants, set, cli_str(rules),
                                        (bylaw_str){text.bytes, text.size}, &cli_memory,
                                        c->diags)) &&
             read_excuses(&m, &excuses) && passes_unchanged(&m, set) && cli_done(try_all(&m))) {
        if (c->options.extra[CLI_FLAG_BOUNDARY])
            write_boundary(&m);
        code = c->options.extra[CLI_FLAG_BOUNDARY] ? CLI_OK : tell(&m);
    }
    cli_tell_diags(c, true);
    free(m.survivors);
    bylaw_mutants_free(m.mutants);
    bylaw_diags_free(m.diags);
    cli_beside_free(m.beside);
    cli_free_text(&text);
    cli_free_text(&excuses);
    return code;
}
