/* report/junit.c: JUnit XML as its readers take it: a suite an action, a case a norm that applies.
 * The public schemas contradict each other; the strict variant keeps to what they share: neither
 * file and line of a case nor skipped ones. Suites are written as they come, so the root has no
 * totals. */
#include "report/issues.h"

#include "value/date.h"

typedef struct suite {
    bylaw_report *report;
    bl_voice *v;
    bl_str cases, notes;
    size_t tests, failures, errors, skipped;
    bool strict;
} suite;

static void attribute(bl_str *out, const char *name, bylaw_str value)
{
    bl_str_addf(out, " %s=\"", name);
    bl_escape_add(out, BL_ESCAPE_XML, value);
    bl_str_addc(out, '"');
}

static void number(bl_str *out, const char *name, size_t n)
{
    bl_str_addf(out, " %s=\"%zu\"", name, n);
}

static void element(bl_str *out, const char *name, const char *type, bylaw_str message,
                    bylaw_str text)
{
    bl_str_addf(out, "<%s", name);
    attribute(out, "type", bylaw_str_from(type));
    attribute(out, "message", message);
    bl_str_addc(out, '>');
    bl_escape_add(out, BL_ESCAPE_XML, text);
    bl_str_addf(out, "</%s>", name);
}

/* wcasp.议案/03-主席换届: stable, without the dots that a reader would make a tree of. */
static void add_classname(suite *s, bl_str *out, const bl_set_result *set)
{
    const bl_action *action = s->v->result->action;
    bylaw_str file = bl_relative(action->source->name);
    bl_str name = bl_str_init(s->v->arena);

    if (set != NULL) {
        bl_str_add(&name, set->set->id);
        bl_str_addc(&name, '.');
    }
    if (bl_str_ends(file, BYLAW_STR(".yaml")) || bl_str_ends(file, BYLAW_STR(".json")))
        file.len -= 5;
    for (size_t i = 0; i < file.len; i++)
        bl_str_addc(&name, file.ptr[i] == '.' ? '_' : file.ptr[i]);
    if (s->v->result->file_has_several)
        bl_str_addf(&name, ":%zu", action->line);
    attribute(out, "classname", bl_str_view(&name));
}

static bylaw_str place_text(suite *s, const bl_issue *issue)
{
    bl_str out = bl_str_init(s->v->arena);

    bl_str_add(&out, issue->cite);
    bl_str_addz(&out, issue->cite.len > 0 ? "  " : "");
    bl_str_add(&out, issue->text);
    bl_str_addc(&out, '\n');
    bl_str_add(&out, issue->rule);
    bl_str_addc(&out, '\n');
    bl_str_add(&out, bl_issue_file(s->v, issue));
    bl_str_addf(&out, ":%zu\n", bl_issue_spot(s->v, issue).line);
    return bl_str_taken(&out);
}

static void body(suite *s, const bl_issue *issue)
{
    const bool skips = issue->accepted || issue->kind == BL_ISSUE_WAIVED ||
                       issue->kind == BL_ISSUE_NOT_EXAMINED ||
                       issue->kind == BL_ISSUE_NOT_APPLICABLE;

    if (issue->weight == BYLAW_UNDETERMINED || issue->weight == BYLAW_NOT_GOVERNED) {
        s->errors++;
        element(&s->cases, "error", bylaw_verdict_name(issue->weight), issue->text,
                place_text(s, issue));
    } else if (bl_weight_fails(s->report, issue->weight)) {
        s->failures++;
        element(&s->cases, "failure", bylaw_verdict_name(issue->weight), issue->text,
                place_text(s, issue));
    } else if (skips && !s->strict) {
        s->skipped++;
        bl_str_addz(&s->cases, "<skipped");
        attribute(&s->cases, "message", issue->text);
        bl_str_addz(&s->cases, "/>");
    } else if (issue->weight != BYLAW_COMPLIANT || issue->accepted ||
               issue->kind == BL_ISSUE_WAIVED || issue->kind == BL_ISSUE_PENDING) {
        bl_str_add(&s->notes, issue->id);
        bl_str_addz(&s->notes, "  ");
        bl_str_add(&s->notes, place_text(s, issue));
    }
}

/* A list may name one element twice: the second is told apart by its place. */
static bool named_before(const bl_issues *issues, size_t i)
{
    const bl_issue *issue = &issues->items[i];

    for (size_t k = i; k-- > 0 && issues->items[k].whole == issue->whole && issue->whole != NULL;) {
        if (bl_str_equal(issues->items[k].subject, issue->subject))
            return true;
    }
    return false;
}

static void test_case(suite *s, const bl_issue *issue, bool again)
{
    bl_str name = bl_str_init(s->v->arena);
    const bylaw_str id = issue->id;
    const size_t slash = bl_str_find(id, BYLAW_STR("/"), 0);

    s->tests++;
    bl_str_add(&name, bl_str_slice(id, slash == SIZE_MAX ? 0 : slash + 1, id.len));
    if (issue->subject.len > 0) {
        bl_str_addc(&name, ' ');
        bl_str_add(&name, issue->subject);
    }
    if (again)
        bl_str_addf(&name, " [%zu]", issue->finding->element + 1);
    if (issue->cite.len > 0) {
        bl_str_addc(&name, ' ');
        bl_str_add(&name, issue->cite);
    }
    bl_str_addz(&s->cases, "    <testcase");
    attribute(&s->cases, "name", bl_str_view(&name));
    add_classname(s, &s->cases, issue->set);
    bl_str_addz(&s->cases, " time=\"0\"");
    if (!s->strict) {
        attribute(&s->cases, "file", bl_relative(bl_issue_file(s->v, issue)));
        number(&s->cases, "line", bl_issue_spot(s->v, issue).line);
    }
    bl_str_addc(&s->cases, '>');
    body(s, issue);
    bl_str_addz(&s->cases, "</testcase>\n");
}

static void head(bylaw_report *report, bl_str *out)
{
    if (!report->open)
        bl_str_addz(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    report->open = true;
}

/* There is no clock: the time is the action's own day, or the first of all days. */
static void add_timestamp(bl_str *out, const bylaw_result *result)
{
    bl_str_addz(out, " timestamp=\"");
    if (result != NULL && result->action->has_date)
        bl_date_write_iso(out, result->action->date);
    else
        bl_str_addz(out, "1970-01-01");
    bl_str_addz(out, "T00:00:00\"");
}

static bylaw_status write_suite(suite *s, bylaw_str name, const bylaw_result *result)
{
    bl_str out = bl_str_init(&s->report->arena);

    head(s->report, &out);
    bl_str_addz(&out, "  <testsuite");
    attribute(&out, "name", name);
    number(&out, "tests", s->tests);
    number(&out, "failures", s->failures);
    number(&out, "errors", s->errors);
    if (!s->strict)
        number(&out, "skipped", s->skipped);
    bl_str_addz(&out, " time=\"0\"");
    add_timestamp(&out, result);
    bl_str_addz(&out, " hostname=\"localhost\" package=\"bylaw\"");
    number(&out, "id", s->report->written++);
    bl_str_addz(&out, ">\n    <properties><property name=\"bylaw\" value=\"");
    bl_str_addz(&out, bylaw_version());
    bl_str_addz(&out, "\"/></properties>\n");
    bl_str_add(&out, bl_str_view(&s->cases));
    bl_str_addz(&out, "    <system-out>");
    bl_escape_add(&out, BL_ESCAPE_XML, bl_str_view(&s->notes));
    bl_str_addz(&out, "</system-out>\n    <system-err></system-err>\n  </testsuite>\n");
    return bl_emit(s->report, &out);
}

static bylaw_status junit_add(bylaw_report *report, const bylaw_result *result)
{
    bl_voice v = {.arena = &report->arena, .lang = report->options.langs[0], .result = result};
    const bl_issues issues = bl_issues_of(&v, true);
    suite s = {.report = report,
               .v = &v,
               .cases = bl_str_init(&report->arena),
               .notes = bl_str_init(&report->arena),
               .strict = report->options.format == BYLAW_REPORT_JUNIT_STRICT};
    bl_str name = bl_str_init(&report->arena);

    for (size_t i = 0; i < issues.count; i++) {
        const bl_issue_kind kind = issues.items[i].kind;

        if (kind != BL_ISSUE_OPEN && kind != BL_ISSUE_NOT_APPLICABLE &&
            !(s.strict && kind == BL_ISSUE_NOT_EXAMINED))
            test_case(&s, &issues.items[i], named_before(&issues, i));
    }
    bl_str_add(&name, bl_relative(result->action->source->name));
    if (result->file_has_several)
        bl_str_addf(&name, ":%zu", result->action->line);
    return issues.failed ? BYLAW_ENOMEM : write_suite(&s, bl_str_view(&name), result);
}

/* What cannot be read is a suite with one case that is an error. */
static bylaw_status junit_errors(bylaw_report *report, bylaw_str file, const bylaw_diags *diags)
{
    bl_str text = bl_str_init(&report->arena);
    suite s = {.report = report,
               .cases = bl_str_init(&report->arena),
               .notes = bl_str_init(&report->arena),
               .strict = report->options.format == BYLAW_REPORT_JUNIT_STRICT,
               .tests = 1,
               .errors = 1};
    bylaw_str first = {NULL, 0};

    for (size_t i = 0; i < bylaw_diags_count(diags); i++) {
        const bylaw_diag *d = bylaw_diags_get(diags, i);

        first = i == 0 ? d->message.in[report->options.langs[0]] : first;
        bl_str_add(&text, d->file);
        bl_str_addf(&text, ":%zu:%zu: ", d->line, d->column);
        bl_str_add(&text, d->message.in[report->options.langs[0]]);
        bl_str_addc(&text, '\n');
    }
    bl_str_addz(&s.cases, "    <testcase name=\"input\"");
    attribute(&s.cases, "classname", file);
    bl_str_addz(&s.cases, " time=\"0\">");
    element(&s.cases, "error", "input", first, bl_str_view(&text));
    bl_str_addz(&s.cases, "</testcase>\n");
    return write_suite(&s, bl_relative(file), NULL);
}

static bylaw_status junit_end(bylaw_report *report, const bylaw_summary *summary)
{
    bl_str out = bl_str_init(&report->arena);

    (void)summary;
    head(report, &out);
    bl_str_addz(&out, "</testsuites>\n");
    return bl_emit(report, &out);
}

const bl_writer bl_writer_junit = {"junit", junit_add, junit_errors, junit_end, NULL};
const bl_writer bl_writer_junit_strict = {"junit-strict", junit_add, junit_errors, junit_end, NULL};
