/* report/markdown.c: for job summaries and merge requests: a section an action, a table of what is
 * to be done. Each language is told as a whole, so all waits for the end. */
#include "report/issues.h"

static void cell(bl_str *out, bylaw_str text)
{
    bl_str_addz(out, " ");
    bl_escape_add(out, BL_ESCAPE_MARKDOWN, text);
    bl_str_addz(out, " |");
}

static void row(bl_str *out, const bl_voice *v, const bl_issue *issue)
{
    static const char marks[] = {'x', 'x', '?', '?', '?', '!', '~', '>', '/', '?'};
    bl_str where = bl_str_init(v->arena);

    bl_str_addz(out, "| ");
    bl_str_addz(out, bl_mark_text(issue->accepted ? '/' : marks[issue->kind]));
    bl_str_addz(out, " |");
    cell(out, issue->cite);
    cell(out, issue->text);
    cell(out, issue->rule);
    if (issue->place.source != NULL)
        bl_str_add(&where,
                   BL_SAYF(v, missing_line, BL_INT("line", (int64_t)bl_issue_spot(v, issue).line)));
    cell(out, bl_str_view(&where));
    bl_str_addc(out, '\n');
}

/* Under the table: > **第十一条**  the provision word for word. */
static void quotes(bl_str *out, const bl_voice *v, bl_quoter quoter, const bl_issues *issues)
{
    const bl_norm *last = NULL;
    size_t told = 0;

    for (size_t i = 0; i < issues->count; i++) {
        const bl_norm *norm =
            issues->items[i].finding != NULL ? issues->items[i].finding->norm : NULL;

        if (norm == last || norm == NULL || issues->items[i].kind >= BL_ISSUE_SATISFIED)
            continue;
        last = norm;
        for (size_t k = 0; k < norm->provision_count; k++) {
            const bylaw_str quote = bl_say_quote(v, quoter, norm->provisions[k]);

            if (quote.len == 0)
                continue;
            bl_str_addz(out, told++ > 0 ? ">\n> **" : "\n> **");
            bl_escape_add(out, BL_ESCAPE_MARKDOWN, bl_say_provision(v, norm->provisions[k]));
            bl_str_addz(out, "**  ");
            bl_escape_add(out, BL_ESCAPE_MARKDOWN, quote);
            bl_str_addc(out, '\n');
        }
    }
}

static void table_head(bl_str *out, const bl_voice *v)
{
    bl_str_addz(out, "\n| |");
    cell(out, BL_SAY0(v, article));
    cell(out, BL_SAY0(v, finding));
    cell(out, BL_SAY0(v, requirement));
    cell(out, BL_SAY0(v, place));
    bl_str_addz(out, "\n|---|---|---|---|---|\n");
}

static bool worth_a_row(const bl_issue *issue)
{
    return issue->kind < BL_ISSUE_SATISFIED;
}

/* Every line begins with a mark of ours: none with foreign text. */
static void section(bl_str *out, bl_voice *v, bl_quoter quoter)
{
    const bylaw_result *result = v->result;
    const bl_issues issues = bl_issues_of(v, false);
    size_t rows = 0, told = 0;

    bl_str_addz(out, "\n## ");
    bl_str_addz(out, bl_mark_text(bl_verdict_mark(result->verdict)));
    bl_str_addc(out, ' ');
    bl_str_add(out, bl_say_verdict(v, result->verdict));
    bl_str_addz(out, "  ");
    bl_escape_add(out, BL_ESCAPE_MARKDOWN, bl_action_name(v, result->file_has_several));
    bl_str_addc(out, '\n');
    for (size_t i = 0; i < result->set_count; i++) {
        v->set = &result->sets[i];
        if (!v->set->governed)
            continue;
        const bylaw_str said = bl_say_result_line(v);

        bl_str_addz(out, told++ > 0 ? "- " : "\n- ");
        bl_escape_add(out, BL_ESCAPE_MARKDOWN, bl_say_label(v, result->kind->label));
        bl_str_addz(out, bl_word_comma.in[v->lang]);
        bl_escape_add(out, BL_ESCAPE_MARKDOWN,
                      BL_SAYF(v, title, BL_TEXT("title", bl_say_label(v, v->set->set->title))));
        bl_str_addc(out, '\n');
        if (said.len > 0) {
            bl_str_addz(out, "- ");
            bl_escape_add(out, BL_ESCAPE_MARKDOWN, said);
            bl_str_addc(out, '\n');
        }
    }
    for (size_t i = 0; i < issues.count; i++) {
        if (!worth_a_row(&issues.items[i]))
            continue;
        if (rows++ == 0)
            table_head(out, v);
        v->set = issues.items[i].set;
        row(out, v, &issues.items[i]);
    }
    quotes(out, v, quoter, &issues);
    out->failed = out->failed || issues.failed;
}

static bylaw_status finish_call(bylaw_report *report)
{
    bool failed = false;

    for (size_t i = 0; i < report->options.lang_count; i++)
        failed = failed || report->bodies[i].failed;
    bl_arena_reset(&report->arena);
    return failed ? BYLAW_ENOMEM : BYLAW_OK;
}

static bylaw_status markdown_add(bylaw_report *report, const bylaw_result *result)
{
    for (size_t i = 0; i < report->options.lang_count; i++) {
        bl_voice v = {.arena = &report->arena, .lang = report->options.langs[i], .result = result};

        section(&report->bodies[i], &v, bl_quoter_of(report));
    }
    return finish_call(report);
}

static bylaw_status markdown_errors(bylaw_report *report, bylaw_str file, const bylaw_diags *diags)
{
    for (size_t i = 0; i < report->options.lang_count; i++) {
        const bl_voice v = {.arena = &report->arena, .lang = report->options.langs[i]};
        bl_str *out = &report->bodies[i];

        bl_str_addz(out, "\n## ");
        bl_str_add(out, BL_SAY0(&v, error));
        bl_str_addz(out, "  ");
        bl_escape_add(out, BL_ESCAPE_MARKDOWN, file);
        bl_str_addz(out, "\n\n");
        for (size_t k = 0; k < bylaw_diags_count(diags); k++) {
            const bylaw_diag *d = bylaw_diags_get(diags, k);

            bl_str_addf(out, "- %zu:%zu ", d->line, d->column);
            bl_escape_add(out, BL_ESCAPE_MARKDOWN, d->message.in[v.lang]);
            bl_str_addc(out, '\n');
        }
    }
    return finish_call(report);
}

static bylaw_status markdown_end(bylaw_report *report, const bylaw_summary *summary)
{
    bl_str out = bl_str_init(&report->arena);

    for (size_t i = 0; i < report->options.lang_count; i++) {
        const bl_voice v = {.arena = &report->arena, .lang = report->options.langs[i]};

        bl_str_addz(&out, i > 0 ? "\n# bylaw\n\n- " : "# bylaw\n\n- ");
        bl_escape_add(&out, BL_ESCAPE_MARKDOWN, bl_say_total(&v, summary));
        bl_str_addc(&out, '\n');
        bl_str_add(&out, bl_str_view(&report->bodies[i]));
    }
    return bl_emit(report, &out);
}

static bool markdown_join(bylaw_report *report, const bylaw_report *part)
{
    bool fine = true;

    for (size_t i = 0; i < report->options.lang_count; i++) {
        bl_str_add(&report->bodies[i], bl_str_view(&part->bodies[i]));
        fine = fine && !report->bodies[i].failed && !part->bodies[i].failed;
    }
    return fine;
}

const bl_writer bl_writer_markdown = {"markdown", markdown_add, markdown_errors, markdown_end,
                                      markdown_join};
