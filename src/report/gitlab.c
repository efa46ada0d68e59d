/* report/gitlab.c: the code quality report of GitLab: one array. It shows the description only, so
 * that holds the id; it takes an entry for another of the same fingerprint, so those are unique and
 * hold no line numbers. */
#include "report/issues.h"
#include "report/json.h"

static const char *const severities[] = {[BYLAW_COMPLIANT] = "info",
                                         [BYLAW_CAUTION] = "minor",
                                         [BYLAW_UNDETERMINED] = "major",
                                         [BYLAW_VIOLATION] = "critical",
                                         [BYLAW_NOT_GOVERNED] = "blocker"};

static void entry(bylaw_report *report, bl_json *j, bylaw_str file, size_t line,
                  bylaw_verdict weight, bylaw_str id, bylaw_str text, bylaw_str fingerprint)
{
    bl_str said = bl_str_init(&report->arena);

    bl_str_add(&said, text);
    if (id.len > 0) {
        bl_str_addz(&said, " [");
        bl_str_add(&said, id);
        bl_str_addc(&said, ']');
    }
    bl_str_addz(j->out, report->written++ > 0 ? ",\n" : "[\n");
    j->comma = false;
    bl_json_open(j, NULL, '{');
    bl_json_text(j, "description", bl_str_view(&said));
    bl_json_text(j, "check_name", id);
    bl_json_text(j, "fingerprint", fingerprint);
    bl_json_text(j, "severity", bylaw_str_from(severities[weight]));
    bl_json_open(j, "location", '{');
    bl_json_text(j, "path", bl_relative(file));
    bl_json_open(j, "lines", '{');
    bl_json_int(j, "begin", line > 0 ? (int64_t)line : 1);
    bl_json_close(j, '}');
    bl_json_close(j, '}');
    bl_json_close(j, '}');
}

static bylaw_status gitlab_add(bylaw_report *report, const bylaw_result *result)
{
    bl_voice v = {.arena = &report->arena, .lang = report->options.langs[0], .result = result};
    const bl_issues issues = bl_issues_of(&v, false);
    bl_str out = bl_str_init(&report->arena);
    bl_json j = {.out = &out};

    for (size_t i = 0; i < issues.count; i++) {
        const bl_issue *issue = &issues.items[i];
        bl_str text = bl_str_init(&report->arena);

        if (issue->weight == BYLAW_COMPLIANT)
            continue;
        bl_str_add(&text, issue->cite);
        bl_str_addz(&text, issue->cite.len > 0 ? "  " : "");
        bl_str_add(&text, issue->text);
        entry(report, &j, bl_issue_file(&v, issue), bl_issue_spot(&v, issue).line, issue->weight,
              issue->id, bl_str_view(&text), bl_issue_fingerprint(report, &v, issue));
    }
    return issues.failed ? BYLAW_ENOMEM : bl_emit(report, &out);
}

static bylaw_status gitlab_errors(bylaw_report *report, bylaw_str file, const bylaw_diags *diags)
{
    bl_str out = bl_str_init(&report->arena);
    bl_json j = {.out = &out};

    for (size_t i = 0; i < bylaw_diags_count(diags); i++) {
        const bylaw_diag *d = bylaw_diags_get(diags, i);
        const bylaw_str where = d->file.len > 0 ? d->file : file;
        const bylaw_str parts[] = {d->code, bl_relative(where), d->message.in[BYLAW_ZH]};

        entry(report, &j, where, d->line,
              d->severity == BYLAW_ERROR ? BYLAW_NOT_GOVERNED : BYLAW_CAUTION, d->code,
              d->message.in[report->options.langs[0]], bl_fingerprint(report, parts, 3));
    }
    return bl_emit(report, &out);
}

static bylaw_status gitlab_end(bylaw_report *report, const bylaw_summary *summary)
{
    bl_str out = bl_str_init(&report->arena);

    (void)summary;
    bl_str_addz(&out, report->written > 0 ? "\n]\n" : "[]\n");
    return bl_emit(report, &out);
}

const bl_writer bl_writer_gitlab = {"gitlab", gitlab_add, gitlab_errors, gitlab_end, NULL};
