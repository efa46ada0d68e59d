/* report/compact.c: one line an entry, as editors read it: ./FILE:LINE:COLUMN: error: what [ID].
 * Always with ./, so that no line begins with a foreign name. */
#include "report/issues.h"

#include "text/excerpt.h"

static void add_line(bl_str *out, bylaw_str file, const bl_spot *spot, bool error, bylaw_str text,
                     bylaw_str id)
{
    if (!bl_str_starts(file, BYLAW_STR("/")))
        bl_str_addz(out, "./");
    bl_escape_foreign(out, bl_relative(file));
    bl_str_addf(out, ":%zu:%zu: %s: ", spot->line > 0 ? spot->line : 1,
                spot->column > 0 ? spot->column : 1, error ? "error" : "warning");
    bl_escape_foreign(out, text); /* a mistake quotes the file as it is */
    if (id.len > 0) {
        bl_str_addz(out, " [");
        bl_escape_foreign(out, id);
        bl_str_addc(out, ']');
    }
    bl_str_addc(out, '\n');
}

static bylaw_status compact_add(bylaw_report *report, const bylaw_result *result)
{
    bl_voice v = {.arena = &report->arena, .lang = report->options.langs[0], .result = result};
    const bl_issues issues = bl_issues_of(&v, false);
    bl_str out = bl_str_init(&report->arena);

    for (size_t i = 0; i < issues.count; i++) {
        const bl_issue *issue = &issues.items[i];
        const bl_spot spot = bl_issue_spot(&v, issue);

        if (issue->weight != BYLAW_COMPLIANT)
            add_line(&out, bl_issue_file(&v, issue), &spot, bl_weight_fails(report, issue->weight),
                     issue->text,
                     issue->kind == BL_ISSUE_MISSING ? (bylaw_str){NULL, 0} : issue->id);
    }
    return issues.failed ? BYLAW_ENOMEM : bl_emit(report, &out);
}

static bylaw_status compact_errors(bylaw_report *report, bylaw_str file, const bylaw_diags *diags)
{
    bl_str out = bl_str_init(&report->arena);

    for (size_t i = 0; i < bylaw_diags_count(diags); i++) {
        const bylaw_diag *d = bylaw_diags_get(diags, i);
        const bl_spot spot = {.line = d->line, .column = d->column};

        add_line(&out, d->file.len > 0 ? d->file : file, &spot, d->severity == BYLAW_ERROR,
                 d->message.in[report->options.langs[0]], d->code);
    }
    return bl_emit(report, &out);
}

const bl_writer bl_writer_compact = {"compact", compact_add, compact_errors, bl_nothing_at_end,
                                     bl_nothing_to_join};
