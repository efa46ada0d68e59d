/* command_new.c: bylaw new [KIND]: writes a file to fill in, or lists the kinds of action. Without
 * -r the bundled rule sets are looked through. */
#define _POSIX_C_SOURCE 200809L
#include "cli.h"

#include <string.h>

/* How many entries an action of the kind must fill in; SIZE_MAX: no memory. */
static size_t required(const bylaw_ruleset *set, size_t kind)
{
    bylaw_asks *asks = NULL;
    size_t n = 0;

    if (bylaw_asks_new(&asks, set, kind, &cli_memory) != BYLAW_OK) {
        cli_forget();
        return SIZE_MAX;
    }
    for (size_t i = 0; i < bylaw_asks_count(asks); i++)
        n += bylaw_asks_get(asks, i).need == BYLAW_NEED_ALWAYS;
    bylaw_asks_free(asks);
    return n;
}

/* Columns of a label: a character of more than one byte takes two. */
static size_t columns_of(bylaw_str text)
{
    size_t n = 0;

    for (size_t i = 0; i < text.len; i++) {
        const unsigned char byte = (unsigned char)text.ptr[i];

        n += byte < 0x80 ? 1 : byte >= 0xC0 ? 2 : 0;
    }
    return n;
}

static void list_kinds_of(cli *c, const bylaw_ruleset *set)
{
    const bylaw_str title = bylaw_ruleset_title(set, c->lang);
    const char *comma = c->lang == BYLAW_ZH ? "、" : ", ";
    size_t used = 0;

    printf("%.*s\n  ", (int)title.len, title.ptr);
    for (size_t k = 0; k < bylaw_ruleset_kind_count(set); k++) {
        const bylaw_kind kind = bylaw_ruleset_kind(set, k);
        const bylaw_str name = c->lang == BYLAW_ZH ? kind.label.in[BYLAW_ZH] : kind.id;

        if (kind.norms == 0)
            continue;
        if (used > 0)
            fputs(comma, stdout);
        if (used > 0 && used + 2 + columns_of(name) > 74) {
            fputs("\n  ", stdout);
            used = 0;
        }
        fwrite(name.ptr, 1, name.len, stdout);
        used += columns_of(name) + 2;
    }
    puts("");
}

static int list_kinds(cli *c)
{
    for (size_t i = 0; i < c->set_count; i++)
        list_kinds_of(c, cli_set(c, i));
    return CLI_OK;
}

typedef struct choice {
    const bylaw_ruleset *set;
    size_t kind;
    size_t required;
    const char *others; /* listed; NULL: none */
} choice;

/* Of several sets the one that asks most of such an action. */
static bool choose(cli *c, const char *name, choice *out)
{
    for (size_t i = 0; i < c->set_count; i++) {
        const bylaw_ruleset *set = cli_set(c, i);
        size_t kind = 0;

        if (bylaw_ruleset_find_kind(&kind, NULL, set, cli_str(name)) != BYLAW_OK ||
            bylaw_ruleset_kind(set, kind).norms == 0)
            continue;
        const size_t n = required(set, kind);
        const bylaw_ruleset *other = set;

        if (out->set == NULL || n > out->required) {
            other = out->set;
            out->set = set;
            out->kind = kind;
            out->required = n;
        }
        if (other != NULL)
            out->others = cli_listed(c, out->others, bylaw_ruleset_id(other));
    }
    return out->set != NULL;
}

static int write_blank(cli *c, const char *name, const choice *chosen)
{
    const cli_options *o = &c->options;
    char path[512], number[24];

    snprintf(path, sizeof path, "%s%s", o->outputs.count > 0 ? o->outputs.items[0] : name,
             o->outputs.count > 0 ? "" : ".yaml");
    FILE *out = strcmp(path, "-") == 0 ? stdout : cli_create(c, path);

    if (out == NULL)
        return CLI_TROUBLE;
    bylaw_blank_telling telling = {
        .lang = c->lang, .all = o->all, .write = cli_write, .context = out};

    /* a rule set file is named by its path */
    if (o->rules.count == 1 && strchr(o->rules.items[0], '.') != NULL)
        telling.name = cli_str(o->rules.items[0]);
    const bylaw_status status =
        bylaw_blank_write(chosen->set, chosen->kind, &telling, NULL, &cli_memory);

    if (out == stdout) {
        (void)cli_wrote(c, stdout, status);
        return CLI_OK;
    }
    if (!cli_finish_file(c, out, path, status))
        return CLI_TROUBLE;
    snprintf(number, sizeof number, "%zu", chosen->required);
    cli_say(c, stdout, CLI_new_written, "file", path, "n", number, NULL);
    if (chosen->others != NULL)
        cli_say(c, stdout, CLI_new_others, "sets", chosen->others, NULL);
    return CLI_OK;
}

int command_new(cli *c)
{
    const cli_strings *kinds = &c->options.files;
    int code = CLI_OK;

    if (c->options.values[CLI_VALUE_RULESET] != NULL)
        return cli_new_ruleset(c, c->options.values[CLI_VALUE_RULESET]);
    const bool loaded = c->options.rules.count > 0 ? cli_load_rules(c) : cli_load_bundled(c);

    cli_tell_diags(c, true);
    if (!loaded)
        return CLI_TROUBLE;
    if (kinds->count == 0)
        return list_kinds(c);
    for (size_t i = 0; i < kinds->count; i++) {
        choice chosen = {.set = NULL};

        if (choose(c, kinds->items[i], &chosen))
            code = cli_graver(code, write_blank(c, kinds->items[i], &chosen));
        else
            code = cli_unknown_kind(c, kinds->items[i]);
    }
    return code;
}
