/* report/sarif.c: SARIF 2.1.0. Results are written as they come; the rules that they name are
 * gathered and written behind them, for the order of an object's keys does not matter. */
#include "report/issues.h"
#include "report/json.h"

#include "text/utf8.h"

/* By bl_issue_kind: what kind of result it is; only `fail` has a level. */
static const char *const kinds[] = {[BL_ISSUE_VIOLATED] = "fail",
                                    [BL_ISSUE_DECLARED] = "fail",
                                    [BL_ISSUE_CLASH] = "open",
                                    [BL_ISSUE_GAP] = "open",
                                    [BL_ISSUE_MISSING] = "open",
                                    [BL_ISSUE_READING] = "review",
                                    [BL_ISSUE_DEPARTED] = "fail",
                                    [BL_ISSUE_PENDING] = "informational",
                                    [BL_ISSUE_WAIVED] = "fail",
                                    [BL_ISSUE_NOT_GOVERNED] = "notApplicable",
                                    [BL_ISSUE_SATISFIED] = "pass",
                                    [BL_ISSUE_NOT_MET] = "informational",
                                    [BL_ISSUE_OPEN] = "open",
                                    [BL_ISSUE_NOT_EXAMINED] = "informational",
                                    [BL_ISSUE_NOT_APPLICABLE] = "notApplicable"};

static const char *level_of(const bylaw_report *report, const bl_issue *issue)
{
    if (kinds[issue->kind][0] != 'f')
        return "none";
    return bl_weight_fails(report, issue->weight) ? "error" : "warning";
}

/* At most 1024 characters: consumers refuse longer descriptions. */
static bylaw_str cut(bylaw_str text)
{
    size_t at = 0;

    for (size_t n = 0; n < 1024 && at < text.len; n++)
        (void)bl_utf8_next(text, &at);
    return bl_str_slice(text, 0, at);
}

static void text_object(bl_json *j, const char *key, bylaw_str text)
{
    bl_json_open(j, key, '{');
    bl_json_text(j, "text", cut(text));
    bl_json_close(j, '}');
}

/* The place of a rule in the list of rules; it is added where it is new. SIZE_MAX: no memory. */
static size_t rule_index(bylaw_report *report, bylaw_str id, bylaw_str name, bylaw_str text,
                         bylaw_str help)
{
    const uintptr_t known = (uintptr_t)bl_map_get(&report->rules, id);
    bl_str out = bl_str_init(&report->arena);
    bl_json j = {.out = &out};
    bl_row row = {0};
    bylaw_str key, made;

    if (known > 0)
        return known - 1;
    bl_json_open(&j, NULL, '{');
    bl_json_text(&j, "id", id);
    text_object(&j, "shortDescription", name);
    text_object(&j, "fullDescription", text);
    text_object(&j, "help", help);
    bl_json_close(&j, '}');
    if (bl_str_take(&made, &out) != BYLAW_OK || !bl_arena_copy(&report->kept, &row.line, made) ||
        !bl_arena_copy(&report->kept, &key, id) ||
        !bl_vec_push(&report->kept, &report->lines, row) ||
        !bl_map_put(&report->rules, key, (void *)(uintptr_t)report->lines.count))
        return SIZE_MAX;
    return report->lines.count - 1;
}

static void head(bylaw_report *report, bl_str *out)
{
    if (!report->open)
        bl_str_addz(out, "{\"version\":\"2.1.0\",\"$schema\":"
                         "\"https://json.schemastore.org/sarif-2.1.0.json\","
                         "\"runs\":[{\"columnKind\":\"unicodeCodePoints\","
                         "\"automationDetails\":{\"id\":\"bylaw/\"},\"results\":[");
    report->open = true;
}

static void location(bylaw_report *report, bl_json *j, bylaw_str file, const bl_spot *spot)
{
    bl_str uri = bl_str_init(&report->arena);

    if (bl_str_starts(file, BYLAW_STR("/")))
        bl_str_addz(&uri, "file://");
    bl_escape_add(&uri, BL_ESCAPE_URI, bl_relative(file));
    bl_json_open(j, "locations", '[');
    bl_json_open(j, NULL, '{');
    bl_json_open(j, "physicalLocation", '{');
    bl_json_open(j, "artifactLocation", '{');
    bl_json_text(j, "uri", bl_str_view(&uri));
    bl_json_close(j, '}');
    bl_json_open(j, "region", '{');
    bl_json_int(j, "startLine", spot->line > 0 ? (int64_t)spot->line : 1);
    if (spot->column > 0)
        bl_json_int(j, "startColumn", (int64_t)spot->column);
    if (spot->end_column > 0) {
        bl_json_int(j, "endLine", (int64_t)spot->line);
        bl_json_int(j, "endColumn", (int64_t)spot->end_column);
    }
    bl_json_close(j, '}');
    bl_json_close(j, '}');
    bl_json_close(j, '}');
    bl_json_close(j, ']');
}

/* On every result, empty where nothing is waived: consumers want them on all or on none. */
static void suppressions(bl_json *j, const bl_issue *issue)
{
    const bl_waiver *waiver =
        issue != NULL && issue->kind == BL_ISSUE_WAIVED ? issue->finding->waiver : NULL;

    bl_json_open(j, "suppressions", '[');
    if (issue != NULL && issue->accepted) {
        bl_json_open(j, NULL, '{');
        bl_json_text(j, "kind", BYLAW_STR("external"));
        bl_json_text(j, "status", BYLAW_STR("accepted"));
        bl_json_text(j, "justification", BYLAW_STR("baseline"));
        bl_json_close(j, '}');
    }
    if (waiver != NULL) {
        bl_json_open(j, NULL, '{');
        bl_json_text(j, "kind", BYLAW_STR("external"));
        bl_json_text(j, "status", BYLAW_STR("accepted"));
        bl_json_text(j, "justification", waiver->reason);
        bl_json_close(j, '}');
    }
    bl_json_close(j, ']');
}

static void result_head(bylaw_report *report, bl_json *j, const char *kind, const char *level,
                        bylaw_str id, size_t index, bylaw_str message)
{
    bl_str_addz(j->out, report->written++ > 0 ? ",\n" : "\n");
    j->comma = false;
    bl_json_open(j, NULL, '{');
    bl_json_text(j, "ruleId", id);
    bl_json_int(j, "ruleIndex", (int64_t)index);
    bl_json_text(j, "kind", bylaw_str_from(kind));
    bl_json_text(j, "level", bylaw_str_from(level));
    bl_json_open(j, "message", '{');
    bl_json_text(j, "text", message);
    bl_json_close(j, '}');
}

static void fingerprint(bl_json *j, bylaw_str hex)
{
    bl_json_open(j, "partialFingerprints", '{');
    bl_json_text(j, "bylaw/v1", hex);
    bl_json_close(j, '}');
}

static bylaw_str message_of(const bl_voice *v, const bl_issue *issue)
{
    bl_str out = bl_str_init(v->arena);

    bl_str_add(&out, issue->cite);
    bl_str_addz(&out, issue->cite.len > 0 ? "  " : "");
    bl_str_add(&out, issue->text);
    return bl_str_taken(&out);
}

/* What the rule says, and where it comes from. */
static bylaw_str help_of(const bl_voice *v, const bl_issue *issue)
{
    bl_str out = bl_str_init(v->arena);

    bl_str_add(&out, issue->rule);
    bl_str_addz(&out, "\n");
    bl_str_add(&out, bl_say_label(v, issue->set->set->title));
    bl_str_addz(&out, issue->cite.len > 0 ? " " : "");
    bl_str_add(&out, issue->cite);
    return bl_str_taken(&out);
}

static bylaw_status sarif_add(bylaw_report *report, const bylaw_result *result)
{
    bl_voice v = {.arena = &report->arena, .lang = report->options.langs[0], .result = result};
    const bl_issues issues = bl_issues_of(&v, report->options.verbosity > 0);
    bl_str out = bl_str_init(&report->arena);
    bl_json j = {.out = &out};

    head(report, &out);
    for (size_t i = 0; i < issues.count; i++) {
        const bl_issue *issue = &issues.items[i];
        const bl_spot spot = bl_issue_spot(&v, issue);
        const bylaw_str says = issue->rule.len > 0 ? issue->rule : issue->text;

        if (issue->kind == BL_ISSUE_OPEN && report->options.verbosity <= 0)
            continue;
        const size_t index = rule_index(report, issue->id, says, says, help_of(&v, issue));

        if (index == SIZE_MAX)
            return BYLAW_ENOMEM;
        result_head(report, &j, kinds[issue->kind], level_of(report, issue), issue->id, index,
                    message_of(&v, issue));
        location(report, &j, bl_issue_file(&v, issue), &spot);
        fingerprint(&j, bl_issue_fingerprint(report, &v, issue));
        if (result->accepted != NULL)
            bl_json_text(&j, "baselineState",
                         issue->accepted ? BYLAW_STR("unchanged") : BYLAW_STR("new"));
        suppressions(&j, issue);
        bl_json_close(&j, '}');
    }
    return issues.failed ? BYLAW_ENOMEM : bl_emit(report, &out);
}

static bylaw_status sarif_errors(bylaw_report *report, bylaw_str file, const bylaw_diags *diags)
{
    const bl_voice v = {.arena = &report->arena, .lang = report->options.langs[0]};
    bl_str out = bl_str_init(&report->arena);
    bl_json j = {.out = &out};

    head(report, &out);
    for (size_t i = 0; i < bylaw_diags_count(diags); i++) {
        const bylaw_diag *d = bylaw_diags_get(diags, i);
        const bylaw_str where = d->file.len > 0 ? d->file : file;
        const bylaw_str parts[] = {d->code, bl_relative(where), d->message.in[BYLAW_ZH]};
        const bl_spot spot = {
            .line = d->line,
            .column = d->column,
            .end_column = d->end_line == d->line && d->end_column > d->column ? d->end_column : 0};
        const bylaw_str id = d->code.len > 0 ? d->code : BYLAW_STR("input");
        const size_t index = rule_index(report, id, BL_SAY0(&v, bad_input), BL_SAY0(&v, bad_input),
                                        BL_SAY0(&v, bad_input));

        if (index == SIZE_MAX)
            return BYLAW_ENOMEM;
        result_head(report, &j, "fail", d->severity == BYLAW_ERROR ? "error" : "warning", id, index,
                    d->message.in[v.lang]);
        location(report, &j, where, &spot);
        fingerprint(&j, bl_fingerprint(report, parts, 3));
        suppressions(&j, NULL);
        bl_json_close(&j, '}');
    }
    return bl_emit(report, &out);
}

static bylaw_status sarif_end(bylaw_report *report, const bylaw_summary *summary)
{
    bl_str out = bl_str_init(&report->arena);
    bl_json j = {.out = &out};

    head(report, &out);
    bl_str_addz(&out, "\n],\"tool\":{\"driver\":{\"name\":\"bylaw\",\"version\":\"");
    bl_str_addz(&out, bylaw_version());
    bl_str_addz(&out, "\",\"rules\":[");
    for (size_t i = 0; i < report->lines.count; i++) {
        bl_str_addz(&out, i > 0 ? ",\n" : "\n");
        bl_str_add(&out, report->lines.items[i].line);
    }
    bl_str_addz(&out, "\n]}},\"invocations\":[");
    bl_json_open(&j, NULL, '{');
    bl_json_bool(&j, "executionSuccessful", summary->failed == 0);
    bl_json_close(&j, '}');
    bl_str_addz(&out, "]}]}\n");
    return bl_emit(report, &out);
}

const bl_writer bl_writer_sarif = {"sarif", sarif_add, sarif_errors, sarif_end, NULL};
