/* command_coverage.c: bylaw coverage [SET…]: is every provision accounted for; with --source, does
 * the text of each document still say what the anchors stand for. */
#include "cli.h"

#include <string.h>

#define MAX_SETS 64

typedef struct covering {
    cli *c;
    const bylaw_ruleset *sets[MAX_SETS];
    bylaw_coverage *coverages[MAX_SETS];
    bylaw_original *originals[MAX_SETS];
    const char *files[MAX_SETS]; /* the document that fits, or NULL */
    size_t count;
    cli_text texts[MAX_SETS];
    cli_strings documents;
    int code;
} covering;

/* The words of a number, in a few buffers by turns. */
static const char *number(size_t n)
{
    static char buffers[8][24];
    static size_t next;
    char *out = buffers[next++ % 8];

    snprintf(out, sizeof buffers[0], "%zu", n);
    return out;
}

/* ---- what is covered ---- */

static bool only_unknown_ids(const bylaw_diags *diags)
{
    for (size_t i = 0; i < bylaw_diags_count(diags); i++) {
        const bylaw_str code = bylaw_diags_get(diags, i)->code;

        if (code.len != 17 || memcmp(code.ptr, "unknown-provision", 17) != 0)
            return false;
    }
    return bylaw_diags_count(diags) > 0;
}

static void add_set(covering *v, const char *name)
{
    const bylaw_ruleset *set = cli_find_set(v->c, name, false);
    bylaw_coverage *coverage = NULL;

    if (set == NULL) {
        v->code = cli_graver(v->code, only_unknown_ids(v->c->diags) ? CLI_VIOLATION : CLI_TROUBLE);
        cli_tell_diags(v->c, true);
        return;
    }
    cli_tell_diags(v->c, true);
    if (v->count == MAX_SETS) {
        char most[24];

        snprintf(most, sizeof most, "%d", MAX_SETS);
        v->code = cli_error(v->c, CLI_too_many, "option", "coverage", "most", most, NULL);
        return;
    }
    if (bylaw_coverage_new(&coverage, set, &cli_memory) != BYLAW_OK) {
        v->code = cli_error(v->c, CLI_no_memory, NULL);
        return;
    }
    v->sets[v->count] = set;
    v->coverages[v->count++] = coverage;
    if (bylaw_coverage_total(coverage)->missing > 0)
        v->code = cli_graver(v->code, CLI_VIOLATION);
}

/* ---- the documents ---- */

static bool read_documents(covering *v)
{
    const cli_strings *operands = &v->c->options.sources;

    for (size_t i = 0; i < operands->count; i++) {
        if (!cli_list_files(v->c, operands->items[i], ".txt", &v->documents))
            return false;
    }
    if (v->documents.count > MAX_SETS) {
        char most[24];

        snprintf(most, sizeof most, "%d", MAX_SETS);
        cli_error(v->c, CLI_too_many, "option", "--source", "most", most, NULL);
        return false;
    }
    for (size_t i = 0; i < v->documents.count; i++) {
        if (!cli_read_file(v->c, v->documents.items[i], &v->texts[i]))
            return false;
    }
    return true;
}

/* Each set takes the document that holds most of its provisions. */
static void fit_document(covering *v, size_t k)
{
    const size_t count = v->documents.count;
    size_t which = 0;

    if (cli_fit_original(v->sets[k], v->texts, count, &v->originals[k], &which) != BYLAW_OK)
        v->code = cli_error(v->c, CLI_no_memory, NULL);
    else if (v->originals[k] == NULL)
        v->code = cli_error(v->c, CLI_coverage_no_source, "set",
                            cli_copy(v->c, bylaw_ruleset_id(v->sets[k])), NULL);
    else if (bylaw_original_changed(v->originals[k]) > 0)
        v->code = cli_graver(v->code, CLI_VIOLATION);
    v->files[k] = count > 0 ? v->documents.items[which] : NULL;
}

/* ---- text ---- */

#define COLUMNS 6

static void table_row(cli *c, const char *const cells[COLUMNS], const size_t widths[COLUMNS])
{
    (void)c;
    for (size_t i = 0; i < COLUMNS; i++) {
        const size_t blanks = widths[i] - cli_width(cells[i]);

        if (i == 0)
            printf("%s%*s", cells[i], (int)blanks, "");
        else
            printf("  %*s%s", (int)blanks, "", cells[i]);
    }
    fputc('\n', stdout);
}

static void text_table(covering *v)
{
    static const cli_word heads[COLUMNS] = {CLI_coverage_set,      CLI_coverage_leaves,
                                            CLI_coverage_testable, CLI_coverage_checked,
                                            CLI_coverage_carried,  CLI_coverage_gaps};
    const char *rows[MAX_SETS + 1][COLUMNS];
    size_t widths[COLUMNS] = {0};

    for (size_t i = 0; i < COLUMNS; i++)
        rows[0][i] = cli_word_text(v->c, heads[i]);
    for (size_t k = 0; k < v->count; k++) {
        const bylaw_coverage_sum *sum = bylaw_coverage_total(v->coverages[k]);
        const size_t numbers[] = {sum->leaves, sum->testable, sum->checked, sum->carried,
                                  sum->gaps};

        rows[k + 1][0] = cli_copy(v->c, bylaw_ruleset_id(v->sets[k]));
        for (size_t i = 1; i < COLUMNS; i++)
            rows[k + 1][i] = cli_copy(v->c, cli_str(number(numbers[i - 1])));
    }
    for (size_t k = 0; k <= v->count; k++) {
        for (size_t i = 0; i < COLUMNS; i++) {
            const size_t width = cli_width(rows[k][i]);

            widths[i] = width > widths[i] ? width : widths[i];
        }
    }
    for (size_t k = 0; k <= v->count; k++)
        table_row(v->c, rows[k], widths);
}

static const char *cite_of(cli *c, bylaw_label cite)
{
    char both[256];

    if (c->lang == BYLAW_ZH)
        return cli_copy(c, cite.in[BYLAW_ZH]);
    snprintf(both, sizeof both, "%.*s %.*s", (int)cite.in[BYLAW_EN].len, cite.in[BYLAW_EN].ptr,
             (int)cite.in[BYLAW_ZH].len, cite.in[BYLAW_ZH].ptr);
    return cli_copy(c, cli_str(both));
}

static void text_missing(covering *v, size_t k)
{
    for (size_t i = 0; i < bylaw_coverage_count(v->coverages[k]); i++) {
        const bylaw_provision_cover *row = bylaw_coverage_get(v->coverages[k], i);

        if (row->cover == BYLAW_COVER_MISSING)
            cli_say(v->c, stdout, row->gap ? CLI_coverage_missing_gap : CLI_coverage_missing_norm,
                    "id", cli_copy(v->c, row->id), "cite", cite_of(v->c, row->cite), "gist",
                    cli_copy(v->c, row->gist.in[v->c->lang]), NULL);
        else if (row->cover == BYLAW_COVER_REASON && v->c->options.verbosity > 0)
            cli_say(v->c, stdout, CLI_coverage_reason, "id", cli_copy(v->c, row->id), "cite",
                    cite_of(v->c, row->cite), "reason", cli_copy(v->c, row->reason.in[v->c->lang]),
                    NULL);
    }
}

static void text_original(covering *v, size_t k)
{
    const bylaw_original *o = v->originals[k];
    const char *set = cli_copy(v->c, bylaw_ruleset_id(v->sets[k]));

    if (o == NULL)
        return;
    for (size_t i = 0; i < bylaw_original_count(o); i++) {
        const bylaw_passage *p = bylaw_original_get(o, i);

        if (p->found)
            continue;
        cli_say(v->c, stdout, p->text.len > 0 ? CLI_source_changed : CLI_source_gone, "id",
                cli_copy(v->c, p->id), "cite", cite_of(v->c, p->cite), "file", v->files[k], "line",
                number(p->line), "text", cli_copy(v->c, p->text), NULL);
    }
    cli_say(v->c, stdout, bylaw_original_changed(o) > 0 ? CLI_source_differs : CLI_source_agrees,
            "set", set, "file", v->files[k], "n", number(bylaw_original_count(o)), "changed",
            number(bylaw_original_changed(o)), "rest", number(bylaw_original_uncovered(o)), NULL);
}

/* ---- JSON ---- */

static void json_sum(const bylaw_coverage_sum *s)
{
    printf("\"leaves\":%zu,\"testable\":%zu,\"checked\":%zu,\"linked\":%zu,\"carried\":%zu,"
           "\"gaps\":%zu,\"missing\":%zu",
           s->leaves, s->testable, s->checked, s->linked, s->carried, s->gaps, s->missing);
}

static void json_label(const char *key, bylaw_label label)
{
    printf("\"%s\":{\"zh\":", key);
    cli_json_string(stdout, label.in[BYLAW_ZH]);
    fputs(",\"en\":", stdout);
    cli_json_string(stdout, label.in[BYLAW_EN]);
    fputc('}', stdout);
}

static void json_row(const bylaw_provision_cover *row)
{
    fputs("{\"id\":", stdout);
    cli_json_string(stdout, row->id);
    fputc(',', stdout);
    json_label("cite", row->cite);
    fputs(",\"class\":", stdout);
    cli_json_string(stdout, row->kind);
    printf(",\"leaf\":%s,\"testable\":%s,\"cover\":\"%s\"", row->leaf ? "true" : "false",
           row->testable ? "true" : "false", bylaw_cover_name(row->cover));
    if (row->cover == BYLAW_COVER_REASON) {
        fputc(',', stdout);
        json_label("reason", row->reason);
    }
    fputc('}', stdout);
}

static void json_original(const covering *v, size_t k)
{
    const bylaw_original *o = v->originals[k];
    bool first = true;

    fputs(",\"source\":{\"file\":", stdout);
    cli_json_string(stdout, cli_str(v->files[k]));
    printf(",\"provisions\":%zu,\"uncovered_characters\":%zu,\"changed\":[",
           bylaw_original_count(o), bylaw_original_uncovered(o));
    for (size_t i = 0; i < bylaw_original_count(o); i++) {
        const bylaw_passage *p = bylaw_original_get(o, i);

        if (p->found)
            continue;
        fputs(first ? "{\"id\":" : ",{\"id\":", stdout);
        cli_json_string(stdout, p->id);
        printf(",\"line\":%zu,\"text\":", p->line);
        cli_json_string(stdout, p->text);
        fputc('}', stdout);
        first = false;
    }
    fputs("]}", stdout);
}

static void json(const covering *v)
{
    bylaw_coverage_sum all = {0};

    fputs("{\"sets\":[", stdout);
    for (size_t k = 0; k < v->count; k++) {
        const bylaw_coverage_sum *s = bylaw_coverage_total(v->coverages[k]);

        fputs(k > 0 ? ",\n{\"set\":" : "\n{\"set\":", stdout);
        cli_json_string(stdout, bylaw_ruleset_id(v->sets[k]));
        fputc(',', stdout);
        json_sum(s);
        fputs(",\"provisions\":[", stdout);
        for (size_t i = 0; i < bylaw_coverage_count(v->coverages[k]); i++) {
            fputs(i > 0 ? ",\n " : "\n ", stdout);
            json_row(bylaw_coverage_get(v->coverages[k], i));
        }
        fputc(']', stdout);
        if (v->originals[k] != NULL)
            json_original(v, k);
        fputc('}', stdout);
        all.leaves += s->leaves;
        all.testable += s->testable;
        all.checked += s->checked;
        all.linked += s->linked;
        all.carried += s->carried;
        all.gaps += s->gaps;
        all.missing += s->missing;
    }
    fputs("],\n\"total\":{", stdout);
    json_sum(&all);
    fputs("}}\n", stdout);
}

/* ---- the command ---- */

static void tell(covering *v)
{
    if (cli_wants_json(v->c)) {
        json(v);
        return;
    }
    if (v->c->options.verbosity >= 0)
        text_table(v);
    for (size_t k = 0; k < v->count; k++)
        text_missing(v, k);
    for (size_t k = 0; k < v->count; k++)
        text_original(v, k);
}

int command_coverage(cli *c)
{
    covering v = {.c = c};
    const cli_strings *operands = &c->options.files;

    for (size_t i = 0; i < operands->count; i++)
        add_set(&v, operands->items[i]);
    for (size_t i = 0; operands->count == 0 && i < bylaw_bundled_count(); i++)
        add_set(&v, bylaw_bundled_name(i).ptr != NULL ? cli_copy(c, bylaw_bundled_name(i)) : "");
    if (!read_documents(&v))
        v.code = CLI_TROUBLE;
    else if (v.documents.count > 0)
        for (size_t k = 0; k < v.count; k++)
            fit_document(&v, k);
    if (v.count > 0)
        tell(&v);
    for (size_t k = 0; k < v.count; k++) {
        bylaw_coverage_free(v.coverages[k]);
        bylaw_original_free(v.originals[k]);
    }
    for (size_t i = 0; i < MAX_SETS; i++)
        cli_free_text(&v.texts[i]);
    cli_strings_free(&v.documents);
    return v.code;
}
