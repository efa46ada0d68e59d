/* actions.c: the actions of one file, checked one after another, for commands that tell one thing
 * about each. */
#define _POSIX_C_SOURCE 200809L /* strdup */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool cli_looks_like_file(const char *name)
{
    return strcmp(name, "-") == 0 || strchr(name, '.') != NULL || strchr(name, '/') != NULL ||
           access(name, F_OK) == 0;
}

typedef struct reading {
    cli *c;
    cli_registers registers;
    const bylaw_ruleset **sets;
    bylaw_checker *checker;
    char *file;
    size_t line; /* 0: every action */
} reading;

/* FILE:LINE names one action of a file. */
static bool split(reading *r, const char *operand)
{
    const char *colon = strrchr(operand, ':');
    char *end = NULL;

    r->file = strdup(operand);
    if (r->file == NULL)
        cli_forget();
    if (r->file == NULL || colon == NULL || colon == operand || access(operand, F_OK) == 0)
        return r->file != NULL;
    const unsigned long line = strtoul(colon + 1, &end, 10);

    if (end != colon + 1 && *end == '\0') {
        r->line = line;
        r->file[colon - operand] = '\0';
    }
    return true;
}

static bool start(reading *r, bool remedies)
{
    const cli_options *o = &r->c->options;

    r->sets = malloc((r->c->set_count + 1) * sizeof *r->sets);
    if (r->sets == NULL) {
        cli_forget();
        return false;
    }
    for (size_t i = 0; i < r->c->set_count; i++)
        r->sets[i] = cli_set(r->c, i);
    const bylaw_options options = {.sets = r->sets,
                                   .set_count = r->c->set_count,
                                   .load = cli_load_named,
                                   .open = cli_open_named,
                                   .context = r->c,
                                   .registers = r->registers.items,
                                   .register_count = r->registers.count,
                                   .facts = o->facts,
                                   .fact_count = o->fact_count,
                                   .readings = o->readings,
                                   .reading_count = o->reading_count,
                                   .at = o->at != NULL ? cli_str(o->at) : (bylaw_str){NULL, 0},
                                   .strict = o->strict,
                                   .remedies = remedies,
                                   .limits = &o->limits};

    return bylaw_checker_new(&r->checker, &options, &cli_memory) == BYLAW_OK;
}

static int use_all(reading *r, cli_use *use, void *context)
{
    int code = CLI_OK;
    size_t used = 0;

    for (size_t i = 0; i < bylaw_checker_count(r->checker); i++) {
        const bylaw_result *result = NULL;

        if (r->line > 0 && bylaw_checker_line(r->checker, i) != r->line)
            continue;
        used++;
        if (!cli_done(bylaw_checker_check(r->checker, i, &result, r->c->diags)))
            code = CLI_TROUBLE;
        else
            code = cli_graver(code, use(r->c, result, context));
    }
    if (used == 0 && r->line > 0) {
        char number[24];

        snprintf(number, sizeof number, "%zu", r->line);
        return cli_error(r->c, CLI_no_such_action, "file", r->file, "line", number, "lines", "-",
                         NULL);
    }
    return code;
}

int cli_each_result(cli *c, const char *operand, bool remedies, cli_use *use, void *context)
{
    reading r = {.c = c};
    cli_text text = {0};
    int code = CLI_TROUBLE;

    if (split(&r, operand) && cli_read_file(c, r.file, &text) &&
        cli_read_registers(c, &c->options.registers, &r.registers) && start(&r, remedies) &&
        cli_done(bylaw_checker_read(r.checker, cli_str(r.file), (bylaw_str){text.bytes, text.size},
                                    BYLAW_FORMAT_BY_NAME, c->diags)))
        code = use_all(&r, use, context);
    cli_tell_diags(c, false);
    bylaw_checker_free(r.checker);
    cli_free_text(&text);
    cli_free_registers(&r.registers);
    free(r.sets);
    free(r.file);
    return code;
}
