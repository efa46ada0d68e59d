/* command_lint.c: bylaw lint FILE…: reads rule sets as an author wants them read: every mistake
 * with its code, and what can be used but is probably not meant. -v: what each kind of action asks
 * for; -vv: also what only another reading looks at, and what is presumed. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* ---- what a kind asks for ---- */

/* One cell of running text that wraps between its items, under its own beginning. */
typedef struct running {
    size_t indent, width, at;
    bool empty;
} running;

/* The separator stays behind what it separates; what leads in goes with the item. */
static void put_item(running *r, const char *separator, const char *lead, const char *item)
{
    const size_t width = cli_width(separator) + cli_width(lead) + cli_width(item);

    if (!r->empty && r->at + width + 2 > r->width) { /* 2: the separator that may follow */
        size_t kept = strlen(separator);

        while (kept > 0 && separator[kept - 1] == ' ')
            kept--;
        printf("%.*s\n%*s", (int)kept, separator, (int)r->indent, "");
        r->at = r->indent;
        separator = "";
    }
    printf("%s%s%s%s", r->empty ? "  " : "", separator, lead, item);
    r->at += cli_width(separator) + cli_width(lead) + cli_width(item);
    r->empty = false;
}

#define NOTHING CLI_WORD__COUNT /* no word at all */

static const char *word_text(const cli *c, cli_word word)
{
    return word == NOTHING ? "" : cli_word_text(c, word);
}

static const struct need_word {
    bylaw_need need;
    cli_word lead; /* before the first of them */
    int verbosity; /* from which on they are told */
} need_words[] = {
    {BYLAW_NEED_ALWAYS, NOTHING, 1},
    {BYLAW_NEED_IF, CLI_lint_if, 1},
    {BYLAW_NEED_LATER, CLI_lint_later, 1},
    {BYLAW_NEED_READING, CLI_lint_reading, 2},
    {BYLAW_NEED_PRESUMED, CLI_lint_presumed, 2},
};

static void put_need(cli *c, const bylaw_asks *asks, const struct need_word *word, running *r)
{
    cli_word separator = r->empty ? NOTHING : CLI_lint_semicolon, lead = word->lead;

    for (size_t i = 0; i < bylaw_asks_count(asks); i++) {
        const bylaw_ask ask = bylaw_asks_get(asks, i);

        if (ask.need != word->need)
            continue;
        put_item(r, word_text(c, separator), word_text(c, lead),
                 cli_copy(c, ask.label.in[c->lang]));
        separator = CLI_lint_comma;
        lead = NOTHING;
    }
}

static size_t count_need(const bylaw_asks *asks, bylaw_need need)
{
    size_t n = 0;

    for (size_t i = 0; i < bylaw_asks_count(asks); i++)
        n += bylaw_asks_get(asks, i).need == need;
    return n;
}

static bool put_kind(cli *c, const bylaw_ruleset *set, size_t kind, size_t wide)
{
    bylaw_asks *asks = NULL;
    const char *label = cli_copy(c, bylaw_ruleset_kind(set, kind).label.in[c->lang]);

    if (bylaw_asks_new(&asks, set, kind, &cli_memory) != BYLAW_OK)
        return false;
    const size_t number = cli_width(cli_word_text(c, CLI_lint_count));
    running r = {.indent = wide + number + 4, .width = c->columns, .empty = true};

    r.at = r.indent;
    printf("%s%*s  %*zu", label, (int)(wide - cli_width(label)), "", (int)number,
           count_need(asks, BYLAW_NEED_ALWAYS));
    for (size_t i = 0; i < sizeof need_words / sizeof *need_words; i++) {
        if (need_words[i].verbosity <= c->options.verbosity)
            put_need(c, asks, &need_words[i], &r);
    }
    fputc('\n', stdout);
    bylaw_asks_free(asks);
    return true;
}

/* A row for every kind on which some norm bears. */
static bool put_kinds(cli *c, const bylaw_ruleset *set)
{
    const char *head = cli_word_text(c, CLI_lint_kind);
    size_t wide = cli_width(head);
    bool good = true;

    for (size_t i = 0; i < bylaw_ruleset_kind_count(set); i++) {
        const bylaw_kind kind = bylaw_ruleset_kind(set, i);
        const size_t width = cli_width(cli_copy(c, kind.label.in[c->lang]));

        if (kind.norms > 0 && width > wide)
            wide = width;
    }
    printf("%s%*s  %s  %s\n", head, (int)(wide - cli_width(head)), "",
           cli_word_text(c, CLI_lint_count), cli_word_text(c, CLI_lint_which));
    for (size_t i = 0; good && i < bylaw_ruleset_kind_count(set); i++) {
        if (bylaw_ruleset_kind(set, i).norms > 0)
            good = put_kind(c, set, i, wide);
    }
    return good;
}

/* ---- every vote of a small body ---- */

/* --exhaustive [--max 16]: what it finds is told, and is no mistake: it may be what was meant. */
static int exhaust(cli *c, const bylaw_ruleset *set)
{
    const char *most = c->options.values[CLI_MAX];
    bylaw_exhaust_telling telling = {
        .lang = c->lang, .columns = c->columns, .most = 8, .write = cli_write, .context = stdout};

    if (most != NULL) {
        char *end = NULL;

        telling.most = strtoll(most, &end, 10);
        if (end == most || *end != '\0' || telling.most < 1 || telling.most > 16)
            return cli_error(c, CLI_bad_value, "option", "--max", "value", most, "values", "1..16",
                             NULL);
    }
    return bylaw_exhaust(set, &telling, NULL, &cli_memory) == BYLAW_OK
               ? CLI_OK
               : cli_error(c, CLI_no_memory, NULL);
}

/* ---- the command ---- */

static int lint_set(cli *c, const char *name)
{
    const bylaw_ruleset *set = cli_find_set(c, name, false);

    if (set == NULL)
        return CLI_TROUBLE;
    if (c->options.verbosity > 0 && !put_kinds(c, set))
        return cli_error(c, CLI_no_memory, NULL);
    if (c->options.extra[CLI_EXHAUSTIVE]) {
        const int code = exhaust(c, set);

        if (code != CLI_OK)
            return code;
    }
    return bylaw_ruleset_lint(set, &cli_memory, c->diags) == BYLAW_OK
               ? CLI_OK
               : cli_error(c, CLI_no_memory, NULL);
}

int command_lint(cli *c)
{
    const size_t files = c->options.files.count;
    int code = CLI_OK;

    if (files == 0)
        return cli_error(c, CLI_needs_rule_file, "command", "lint", NULL);
    for (size_t i = 0; i < files; i++)
        code = cli_graver(code, lint_set(c, c->options.files.items[i]));
    const size_t errors = bylaw_diags_errors(c->diags);
    char n[32], of[32];

    cli_tell_diags(c, true);
    snprintf(n, sizeof n, "%zu", errors);
    snprintf(of, sizeof of, "%zu", files);
    if (errors > 0)
        cli_say(c, stderr, CLI_lint_errors, "n", n, "files", of, NULL);
    return code;
}
