/* command_diff.c: bylaw diff BEFORE AFTER [--actions FOLDER] [--fail-on loosened]: what an
 * amendment changes. */
#define _POSIX_C_SOURCE 200809L
#include "cli.h"

#include <stdlib.h>
#include <string.h>

typedef struct archive {
    const bylaw_ruleset *sets[2];
    FILE *out; /* where the sum is told: not behind JSON */
    size_t checked, changed;
    const char *files; /* the changed ones, listed */
} archive;

typedef struct judge {
    cli *c;
    const bylaw_ruleset *set;
} judge;

/* Whatever set an archived action names: it is judged by this one. */
static bylaw_status this_set(void *context, bylaw_str name, bylaw_str file,
                             const bylaw_ruleset **out, bylaw_diags *diags)
{
    (void)name;
    (void)file;
    (void)diags;
    *out = ((const judge *)context)->set;
    return BYLAW_OK;
}

/* A register that an archived action names. */
static bylaw_status open_register(void *context, bylaw_str name, bylaw_str file, bylaw_str *text,
                                  bylaw_str *shown)
{
    return cli_open_named(((const judge *)context)->c, name, file, text, shown);
}

/* Verdict and outcome of every action of a text, by one set, to be freed; NULL: it cannot be
 * checked. The actions name the set by its id. */
static int *outcomes(cli *c, const bylaw_ruleset *set, const char *path, const cli_text *text,
                     size_t *count)
{
    judge by = {c, set};
    const bylaw_options options = {
        .sets = &set, .set_count = 1, .load = this_set, .open = open_register, .context = &by};
    bylaw_checker *checker = NULL;
    bylaw_status status = bylaw_checker_new(&checker, &options, &cli_memory);

    if (status == BYLAW_OK)
        status = bylaw_checker_read(checker, cli_str(path), (bylaw_str){text->bytes, text->size},
                                    BYLAW_FORMAT_BY_NAME, c->diags);
    bool fine = status == BYLAW_OK;

    *count = fine ? bylaw_checker_count(checker) : 0;
    int *found = fine ? calloc(*count + 1, sizeof *found) : NULL;

    if (fine && found == NULL)
        cli_forget();
    fine = found != NULL;
    for (size_t i = 0; fine && i < *count; i++) {
        const bylaw_result *result = NULL;

        status = bylaw_checker_check(checker, i, &result, c->diags);
        fine = status == BYLAW_OK;
        if (fine)
            found[i] = (int)bylaw_result_verdict(result) * 8 + (int)bylaw_result_outcome(result);
    }
    (void)cli_done(status);
    bylaw_checker_free(checker);
    if (!fine)
        free(found);
    return fine ? found : NULL;
}

static int compare_file(cli *c, archive *a, const char *path)
{
    size_t count = 0;
    cli_text text;
    bool changed = false;

    if (!cli_read_file(c, path, &text))
        return CLI_TROUBLE;
    int *before = outcomes(c, a->sets[0], path, &text, &count);
    int *after = before != NULL ? outcomes(c, a->sets[1], path, &text, &count) : NULL;

    cli_free_text(&text);
    cli_tell_diags(c, false);
    for (size_t i = 0; after != NULL && i < count; i++) {
        a->checked++;
        a->changed += before[i] != after[i];
        changed = changed || before[i] != after[i];
    }
    const int code = after != NULL ? CLI_OK : CLI_TROUBLE;

    free(before);
    free(after);
    if (changed)
        a->files = cli_listed(c, a->files, cli_str(path));
    return code;
}

static int compare_actions(cli *c, archive *a)
{
    const char *folder = c->options.values[CLI_ACTIONS];
    const cli_strings operand = {&folder, 1};
    cli_strings files = {0};
    char n[24], k[24];
    int code = cli_expand(c, &operand, &files) ? CLI_OK : CLI_TROUBLE;

    for (size_t i = 0; i < files.count; i++)
        code = cli_graver(code, compare_file(c, a, files.items[i]));
    snprintf(n, sizeof n, "%zu", a->checked);
    snprintf(k, sizeof k, "%zu", a->changed);
    if (a->changed > 0)
        cli_say(c, a->out, CLI_diff_actions, "n", n, "k", k, "files", a->files, NULL);
    else
        cli_say(c, a->out, CLI_diff_actions_none, "n", n, NULL);
    cli_strings_free(&files);
    return code;
}

int command_diff(cli *c)
{
    const cli_strings *files = &c->options.files;
    const bool json = cli_wants_json(c);
    bylaw_diff_telling telling = {.format = json ? BYLAW_DIFF_JSON : BYLAW_DIFF_TEXT,
                                  .lang = c->lang,
                                  .color = c->color,
                                  .columns = c->columns,
                                  .write = cli_write,
                                  .context = stdout};
    size_t counts[BYLAW_CHANGES] = {0};
    archive a = {.out = json ? stderr : stdout};
    int code = CLI_OK;

    if (files->count != 2)
        return cli_error(c, CLI_needs_operand, "what", "BEFORE AFTER", "command", "diff", NULL);
    for (size_t i = 0; i < 2; i++) {
        a.sets[i] = cli_find_set(c, files->items[i], false);
        if (a.sets[i] == NULL) {
            cli_tell_diags(c, true);
            return CLI_TROUBLE;
        }
    }
    if (!cli_wrote(c, stdout, bylaw_diff(a.sets[0], a.sets[1], &telling, counts, &cli_memory)))
        return CLI_OK;
    if (c->options.values[CLI_ACTIONS] != NULL)
        code = compare_actions(c, &a);
    if (code == CLI_OK &&
        counts[BYLAW_CHANGE_LOOSENED] + counts[BYLAW_CHANGE_BOTH] + counts[BYLAW_CHANGE_REMOVED] >
            0 &&
        c->options.fail_on != NULL && strcmp(c->options.fail_on, "loosened") == 0)
        code = CLI_VIOLATION;
    return code;
}
