/* command_test.c: bylaw test [FILE…]: the rule tests of rule sets: NAME.test.yaml beside NAME.yaml;
 * the bundled ones by name. */
#define _POSIX_C_SOURCE 200809L /* strdup */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

typedef struct testing {
    cli *c;
    const char *shown;
    size_t norms, satisfied, wrong, open; /* norms that some case meets in that way */
} testing;

static void print(const char *text, size_t length)
{
    fwrite(text, 1, length, stdout);
}

static void failed(void *context, const bylaw_test_failure *f)
{
    const testing *t = context;

    if (t->c->options.verbosity < -1)
        return;
    fputs(t->c->color ? "\033[1;31m✗\033[0m " : "✗ ", stdout);
    print(f->name.ptr, f->name.len);
    fputs("  ", stdout);
    print(f->file.ptr, f->file.len);
    printf(":%zu\n", f->line);
    (void)cli_wrote(t->c, stdout, bylaw_test_tell(f, t->c->lang, cli_write, stdout));
}

/* A norm that no case satisfies, or none leaves unmet, is not tried. */
static void count_norm(void *context, const bylaw_test_norm *norm)
{
    testing *t = context;

    t->norms++;
    t->satisfied += norm->satisfied > 0 || !norm->needs_satisfied;
    t->wrong += norm->wrong > 0 || !norm->needs_wrong;
    t->open += norm->open > 0;
    if ((norm->satisfied > 0 || !norm->needs_satisfied) &&
        (norm->wrong > 0 || !norm->needs_wrong) && (norm->open > 0 || t->c->options.verbosity < 1))
        return;
    if (t->c->options.verbosity >= 0)
        cli_say(t->c, stdout,
                norm->satisfied == 0 && norm->needs_satisfied ? CLI_test_never_satisfied
                : norm->wrong == 0 && norm->needs_wrong       ? CLI_test_never_wrong
                                                              : CLI_test_never_open,
                "id", cli_copy(t->c, norm->id), "cite", cli_copy(t->c, norm->cite.in[t->c->lang]),
                NULL);
}

/* rules/x.yaml or rules/x.test.yaml: both paths, to be freed. */
static void both_paths(const char *operand, char **rules, char **tests)
{
    static const char suffix[] = ".test.yaml";
    const size_t n = strlen(operand), m = sizeof suffix - 1;
    const bool is_tests = n > m && strcmp(operand + n - m, suffix) == 0;
    const size_t stem = is_tests                                         ? n - m
                        : n > 5 && strcmp(operand + n - 5, ".yaml") == 0 ? n - 5
                                                                         : n;

    *rules = malloc(stem + 6);
    *tests = malloc(stem + m + 1);
    if (*rules == NULL || *tests == NULL)
        return;
    snprintf(*rules, stem + 6, "%.*s.yaml", (int)stem, operand);
    snprintf(*tests, stem + m + 1, "%.*s%s", (int)stem, operand, suffix);
}

static const char *number(cli *c, size_t n)
{
    char text[24];

    snprintf(text, sizeof text, "%zu", n);
    return cli_copy(c, cli_str(text));
}

static int run_tests(cli *c, const bylaw_ruleset *set, bylaw_tests *tests, const char *shown)
{
    testing t = {.c = c, .shown = shown};
    const bylaw_test_listener listener = {failed, &t, false, count_norm};
    bylaw_test_counts counts = {0};
    const bylaw_status status = bylaw_tests_run(tests, set, &listener, &counts, c->diags);
    char n[24], good[24], bad[24];
    const bylaw_str id = bylaw_ruleset_id(set);

    cli_tell_diags(c, true);
    if (status == BYLAW_ENOMEM)
        return cli_error(c, CLI_no_memory, NULL);
    snprintf(n, sizeof n, "%zu", counts.cases);
    snprintf(good, sizeof good, "%zu", counts.cases - counts.failed);
    snprintf(bad, sizeof bad, "%zu", counts.failed);
    if (c->options.verbosity >= 0)
        cli_say(c, stdout, counts.failed == 0 ? CLI_tests_passed : CLI_tests_failed, "set",
                cli_copy(c, id), "n", n, "good", good, "bad", bad, NULL);
    if (c->options.verbosity > 0)
        cli_say(c, stdout, CLI_test_norms, "n", number(c, t.norms), "satisfied",
                number(c, t.satisfied), "wrong", number(c, t.wrong), "open", number(c, t.open),
                NULL);
    return counts.failed > 0 ? CLI_VIOLATION : status == BYLAW_OK ? CLI_OK : CLI_TROUBLE;
}

static int test_file(cli *c, const char *operand)
{
    char *rules = NULL, *path = NULL;
    cli_text text = {NULL, 0};
    bylaw_tests *tests = NULL;
    const bylaw_ruleset *set = NULL;
    int code = CLI_TROUBLE;
    const bool mutates = c->options.extra[CLI_FLAG_MUTATE] || c->options.extra[CLI_FLAG_BOUNDARY];

    both_paths(operand, &rules, &path);
    if (rules == NULL || path == NULL)
        cli_forget();
    else if ((set = cli_find_set(c, rules, false)) != NULL && cli_read_file(c, path, &text) &&
             cli_done(bylaw_tests_read(&tests, cli_str(path), (bylaw_str){text.bytes, text.size},
                                       &cli_memory, c->diags)))
        code = mutates ? cli_mutate(c, rules, set, tests) : run_tests(c, set, tests, path);
    else
        cli_tell_diags(c, true);
    bylaw_tests_free(tests);
    cli_free_text(&text);
    free(rules);
    free(path);
    return code;
}

/* Without operands: every rule set of ./rules that has tests. */
static int test_folder(cli *c)
{
    cli_strings files = {0};
    int code = CLI_OK;

    if (!cli_is_folder("rules"))
        return cli_error(c, CLI_test_no_folder, NULL);
    if (!cli_list_files(c, "rules", ".test.yaml", &files)) {
        code = CLI_TROUBLE;
    } else if (files.count == 0) {
        code = cli_error(c, CLI_test_no_tests, NULL);
    }
    for (size_t i = 0; i < files.count; i++)
        code = cli_graver(code, test_file(c, files.items[i]));
    cli_strings_free(&files);
    return code;
}

int command_test(cli *c)
{
    int code = CLI_OK;

    if (c->options.files.count == 0)
        return test_folder(c);
    for (size_t i = 0; i < c->options.files.count; i++)
        code = cli_graver(code, test_file(c, c->options.files.items[i]));
    return code;
}
