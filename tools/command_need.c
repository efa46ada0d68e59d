/* command_need.c: bylaw need FILE, or bylaw need [KIND] -r RULES [--set name=value]
 * [--table name=from..to]: how many votes it takes. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct needing {
    bylaw_need_telling telling;
    cli_output out;
} needing;

/* The format of -f and the place of -o. */
static bool open_output(cli *c, needing *n)
{
    const cli_options *o = &c->options;
    const char *path = o->outputs.count > 0 ? o->outputs.items[0] : "-";
    const char *format = o->formats.count > 0 ? o->formats.items[0] : "text";

    n->telling = (bylaw_need_telling){
        .lang = c->lang, .color = c->color, .columns = c->columns, .write = cli_write};
    (void)bylaw_need_format_named(&n->telling.format, cli_str(format));
    if (!cli_output_open(c, &n->out, path))
        return false;
    n->telling.context = n->out.file;
    return true;
}

static int of_result(cli *c, const bylaw_result *result, void *context)
{
    const needing *n = context;
    const bylaw_status status = bylaw_need_result(result, &n->telling, &cli_memory);

    if (status == BYLAW_ENOTFOUND)
        return cli_error(c, CLI_no_vote, "what", cli_copy(c, bylaw_result_file(result)), NULL);
    (void)cli_wrote(c, n->out.file, status);
    return CLI_OK;
}

/* name=from..to */
static bool read_table(cli *c, bylaw_need_question *q)
{
    const char *text = c->options.values[CLI_TABLE];
    const char *equals = text != NULL ? strchr(text, '=') : NULL;
    char *end = NULL;

    if (text == NULL)
        return true;
    errno = 0;
    if (equals != NULL && equals > text) {
        q->vary = (bylaw_str){text, (size_t)(equals - text)};
        q->from = strtoll(equals + 1, &end, 10);
    }
    if (end != NULL && end > equals + 1 && strncmp(end, "..", 2) == 0) {
        const char *to = end + 2;

        q->to = strtoll(to, &end, 10);
        if (end > to && *end == '\0' && errno == 0 && q->from >= 0 && q->to >= q->from)
            return true;
    }
    cli_error(c, CLI_bad_table, NULL);
    return false;
}

static bool is_known(const cli *c, const char *kind)
{
    bool known = false;
    size_t index;

    for (size_t i = 0; i < c->set_count; i++)
        known = known ||
                bylaw_ruleset_find_kind(&index, NULL, cli_set(c, i), cli_str(kind)) == BYLAW_OK;
    return known;
}

static int of_rules(cli *c, const needing *n, const char *kind)
{
    int code = CLI_OK;

    if (c->set_count == 0)
        return cli_error(c, CLI_needs_rules, NULL);
    if (kind != NULL && !is_known(c, kind))
        return cli_unknown_kind(c, kind);
    for (size_t i = 0; i < c->set_count; i++) {
        bylaw_need_question q = {.set = cli_set(c, i),
                                 .facts = c->options.facts,
                                 .fact_count = c->options.fact_count,
                                 .readings = c->options.readings,
                                 .reading_count = c->options.reading_count};

        if (kind != NULL)
            q.kind = cli_str(kind);
        if (!read_table(c, &q))
            return CLI_TROUBLE;
        if (q.vary.len > 0 && kind == NULL)
            return cli_error(c, CLI_needs_operand, "what", c->lang == BYLAW_ZH ? "事项" : "KIND",
                             "command", "need", NULL);
        const bylaw_status status = bylaw_need_ask(&q, &n->telling, &cli_memory, c->diags);

        cli_tell_diags(c, false);
        if (status == BYLAW_ENOTFOUND)
            code = cli_error(c, CLI_no_vote, "what",
                             kind != NULL ? kind : cli_copy(c, bylaw_ruleset_id(q.set)), NULL);
        else if (status == BYLAW_EINPUT)
            code = CLI_TROUBLE;
        else
            (void)cli_wrote(c, n->out.file, status);
    }
    return code;
}

int command_need(cli *c)
{
    const cli_strings *files = &c->options.files;
    needing n = {.out = {.path = NULL}};
    int code = CLI_OK;

    if (!cli_load_rules(c)) {
        cli_tell_diags(c, true);
        return CLI_TROUBLE;
    }
    if (!open_output(c, &n))
        return CLI_TROUBLE;
    if (files->count == 0)
        code = of_rules(c, &n, NULL);
    for (size_t i = 0; i < files->count; i++) {
        const char *operand = files->items[i];

        code = cli_graver(code, cli_looks_like_file(operand)
                                    ? cli_each_result(c, operand, false, of_result, &n)
                                    : of_rules(c, &n, operand));
    }
    if (!cli_output_close(c, &n.out, code != CLI_TROUBLE))
        return CLI_TROUBLE;
    return code;
}
