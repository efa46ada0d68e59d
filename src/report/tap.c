/* report/tap.c: TAP version 13, which every harness in use reads: one point a norm that applies.
 * The plan stands last, since the number of points is known only then. */
#include "report/issues.h"
#include "report/json.h"

static void head(bylaw_report *report, bl_str *out)
{
    if (!report->open)
        bl_str_addz(out, "TAP version 13\n");
    report->open = true;
}

/* "not ok 3 - FILE wcasp/majority 第七条（一） # TODO reason" */
static void point(bylaw_report *report, bl_str *out, bool ok, bylaw_str where, bylaw_str id,
                  bylaw_str more, const char *directive, bylaw_str reason)
{
    head(report, out);
    bl_str_addf(out, "%s %zu - ", ok ? "ok" : "not ok", ++report->written);
    bl_escape_add(out, BL_ESCAPE_TAP, where);
    if (id.len > 0) {
        bl_str_addc(out, ' ');
        bl_escape_add(out, BL_ESCAPE_TAP, id);
    }
    if (more.len > 0) {
        bl_str_addc(out, ' ');
        bl_escape_add(out, BL_ESCAPE_TAP, more);
    }
    if (directive != NULL) {
        bl_str_addf(out, " # %s ", directive);
        bl_escape_add(out, BL_ESCAPE_TAP, reason);
    }
    bl_str_addc(out, '\n');
}

/* The block below a point; its values are JSON texts, which are YAML. */
static void detail(bl_str *out, const char *key, bylaw_str text)
{
    if (text.len == 0)
        return;
    bl_str_addf(out, "  %s: \"", key);
    bl_escape_add(out, BL_ESCAPE_JSON, text);
    bl_str_addz(out, "\"\n");
}

static void told(bylaw_report *report, bl_str *out, const bl_voice *v, const bl_issue *issue,
                 bylaw_str where)
{
    static const struct {
        bool ok;
        const char *directive;
    } rows[] = {[BL_ISSUE_VIOLATED] = {false, NULL},       [BL_ISSUE_DECLARED] = {false, NULL},
                [BL_ISSUE_CLASH] = {false, NULL},          [BL_ISSUE_GAP] = {false, NULL},
                [BL_ISSUE_MISSING] = {false, NULL},        [BL_ISSUE_READING] = {false, "TODO"},
                [BL_ISSUE_DEPARTED] = {false, "TODO"},     [BL_ISSUE_PENDING] = {true, NULL},
                [BL_ISSUE_WAIVED] = {true, "SKIP"},        [BL_ISSUE_NOT_GOVERNED] = {false, NULL},
                [BL_ISSUE_SATISFIED] = {true, NULL},       [BL_ISSUE_NOT_MET] = {true, NULL},
                [BL_ISSUE_OPEN] = {false, NULL},           [BL_ISSUE_NOT_EXAMINED] = {true, "SKIP"},
                [BL_ISSUE_NOT_APPLICABLE] = {true, "SKIP"}};
    const bool todo = rows[issue->kind].directive != NULL && rows[issue->kind].directive[0] == 'T';
    const bool fails = todo && bl_weight_fails(report, issue->weight);
    const bool ok = rows[issue->kind].ok || issue->accepted;
    bl_str line = bl_str_init(v->arena);

    bl_str_add_uint(&line, bl_issue_spot(v, issue).line);
    point(report, out, ok, where, issue->id, issue->cite,
          issue->accepted ? "SKIP"
          : fails         ? NULL
                          : rows[issue->kind].directive,
          issue->text);
    if (ok)
        return;
    bl_str_addz(out, "  ---\n");
    detail(out, "message", issue->text);
    detail(out, "rule", issue->rule);
    detail(out, "severity", bylaw_str_from(bylaw_verdict_name(issue->weight)));
    detail(out, "file", bl_issue_file(v, issue));
    bl_str_addz(out, "  line: ");
    bl_str_add(out, bl_str_view(&line));
    bl_str_addz(out, "\n  ...\n");
}

/* What is only open because facts are missing is one point: the entry that lists them. */
static bylaw_status tap_add(bylaw_report *report, const bylaw_result *result)
{
    bl_voice v = {.arena = &report->arena, .lang = report->options.langs[0], .result = result};
    const bl_issues issues = bl_issues_of(&v, true);
    bl_str out = bl_str_init(&report->arena);
    const bylaw_str where = bl_action_name(&v, result->file_has_several);

    for (size_t i = 0; i < issues.count; i++) {
        if (issues.items[i].kind != BL_ISSUE_OPEN &&
            issues.items[i].kind != BL_ISSUE_NOT_APPLICABLE)
            told(report, &out, &v, &issues.items[i], where);
    }
    return issues.failed ? BYLAW_ENOMEM : bl_emit(report, &out);
}

static bylaw_status tap_errors(bylaw_report *report, bylaw_str file, const bylaw_diags *diags)
{
    const bylaw_lang lang = report->options.langs[0];
    bl_str out = bl_str_init(&report->arena);

    point(report, &out, false, file, (bylaw_str){NULL, 0}, (bylaw_str){NULL, 0}, NULL,
          (bylaw_str){NULL, 0});
    bl_str_addz(&out, "  ---\n"); /* no list: a harness in use reads "1:2: x" there as a mapping */
    for (size_t i = 0; i < bylaw_diags_count(diags); i++) {
        const bylaw_diag *d = bylaw_diags_get(diags, i);

        bl_str_addf(&out, "  error_%zu: \"%zu:%zu: ", i + 1, d->line, d->column);
        bl_escape_add(&out, BL_ESCAPE_JSON, d->message.in[lang]);
        bl_str_addz(&out, "\"\n");
    }
    bl_str_addz(&out, "  ...\n");
    return bl_emit(report, &out);
}

static bylaw_status tap_end(bylaw_report *report, const bylaw_summary *summary)
{
    const bl_voice v = {.arena = &report->arena, .lang = report->options.langs[0]};
    bl_str out = bl_str_init(&report->arena);

    head(report, &out);
    /* An empty plan would count as success: nothing checked is none. */
    if (report->written == 0) {
        bl_str_addz(&out, "Bail out! ");
        bl_escape_add(&out, BL_ESCAPE_TAP, bl_say_total(&v, summary));
        bl_str_addc(&out, '\n');
    } else {
        bl_str_addf(&out, "1..%zu\n", report->written);
    }
    return bl_emit(report, &out);
}

const bl_writer bl_writer_tap = {"tap", tap_add, tap_errors, tap_end, NULL};
