/* check/rule_tests.c: rule tests: an action and what must come out, with tables (one case a row)
 * and the same action under fixed readings. Cases go through the very functions that the checker
 * uses. */
#include "base/vec.h"
#include "check/case.h"
#include "check/messages.h"
#include "doc/shape.h"
#include "value/date.h"

#include <bylaw/test.h>
#include <stddef.h>

struct bylaw_tests {
    bylaw_allocator allocator;
    bl_arena arena; /* of the file */
    bl_arena run;   /* of one case */
    bl_source source;
    bylaw_str ruleset;
    const bl_doc_node *cases; /* a sequence */
    bl_action_nodes shared;
};

/* ---- reading ---- */

typedef struct raw_file {
    bylaw_str tests;
    const bl_doc_node *date, *facts, *cases;
} raw_file;

static const bl_key file_keys[] = {
    {"tests", BL_REQUIRED, bl_read_text, offsetof(raw_file, tests)},
    {"date", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_file, date)},
    {"facts", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_file, facts)},
    {"cases", BL_REQUIRED, bl_read_node, offsetof(raw_file, cases)},
    {NULL, 0, NULL, 0},
};

typedef struct raw_case {
    bl_action_nodes nodes;
    bylaw_str name;
    bool strict;
    const bl_doc_node *at, *readings, *expect, *under, *table;
} raw_case;

static const bl_key case_keys[] = {
    {"name", BL_REQUIRED, bl_read_text, offsetof(raw_case, name)},
    {"action", BL_REQUIRED, bl_read_node, offsetof(raw_case, nodes.action)},
    {"date", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_case, nodes.date)},
    {"declared", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_case, nodes.declared)},
    {"facts", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_case, nodes.facts)},
    {"waivers", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_case, nodes.waivers)},
    {"at", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_case, nodes.as_of)},
    {"strict", BL_OPTIONAL_KEY, bl_read_bool, offsetof(raw_case, strict)},
    {"readings", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_case, readings)},
    {"expect", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_case, expect)},
    {"under", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_case, under)},
    {"table", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_case, table)},
    {NULL, 0, NULL, 0},
};

static bylaw_label words(const char *zh, const char *en)
{
    return (bylaw_label){{bylaw_str_from(zh), bylaw_str_from(en)}};
}

bylaw_status bylaw_tests_read(bylaw_tests **out, bylaw_str file, bylaw_str text,
                              const bylaw_allocator *allocator, bylaw_diags *diags)
{
    bylaw_tests *tests = bl_new(allocator, sizeof *tests);
    const size_t known = diags != NULL ? bylaw_diags_errors(diags) : 0;
    bl_document doc = {0};
    raw_file raw = {0};
    bylaw_status status;

    if (tests == NULL)
        return BYLAW_ENOMEM;
    tests->allocator = bl_allocator_or_default(allocator);
    bl_arena_init(&tests->arena, allocator);
    bl_arena_init(&tests->run, allocator);
    tests->source = (bl_source){.text = text};
    bl_reader reader = {.arena = &tests->arena, .diags = diags};

    status = bl_arena_copy(&tests->arena, &tests->source.name, file) &&
                     bl_source_survey(&tests->source, &tests->arena)
                 ? BYLAW_OK
                 : BYLAW_ENOMEM;
    if (status == BYLAW_OK)
        status = bl_document_read(&doc, &tests->source, BL_DOC_YAML, NULL, &tests->arena, diags);
    if (status == BYLAW_OK && (doc.count != 1 || doc.roots[0] == NULL)) {
        bl_error0(diags, &bl_check_msg_empty_tests, ((bl_span){&tests->source, 0, 0}));
    } else if (status == BYLAW_OK &&
               bl_shape_read(&reader, doc.roots[0], words("测试文件", "test file"), file_keys,
                             &raw)) {
        tests->ruleset = raw.tests;
        tests->cases = raw.cases;
        tests->shared.date = raw.date;
        tests->shared.facts = raw.facts;
        if (raw.cases->shape != BL_DOC_SEQ || raw.cases->count == 0)
            bl_error0(diags, &bl_check_msg_empty_tests, raw.cases->span);
    }
    if (status == BYLAW_OK)
        status = bl_diags_status(diags, known);
    if (reader.failed || tests->arena.failed)
        status = BYLAW_ENOMEM;
    if (status != BYLAW_OK) {
        bylaw_tests_free(tests);
        return status;
    }
    *out = tests;
    return BYLAW_OK;
}

void bylaw_tests_free(bylaw_tests *tests)
{
    if (tests == NULL)
        return;
    const bylaw_allocator allocator = tests->allocator;

    bl_arena_dispose(&tests->arena);
    bl_arena_dispose(&tests->run);
    bl_free(&allocator, tests, sizeof *tests);
}

bylaw_str bylaw_tests_ruleset(const bylaw_tests *tests)
{
    return tests->ruleset;
}

/* ---- running ---- */

typedef struct runner {
    bylaw_tests *tests;
    const bylaw_ruleset *set;
    const bylaw_test_listener *listener;
    bylaw_test_counts *counts;
    bylaw_diags *diags;
    bylaw_status status;
    bylaw_str name; /* of the case */
    bylaw_str kind;
    size_t line;
    bool failed;                   /* this case */
    const bl_set_result *came_out; /* of this run; NULL before */
    bylaw_test_norm *met;          /* by norm; NULL: not counted */
} runner;

static void fail(runner *r, bylaw_test_of of, bylaw_str what, bylaw_str expected, bylaw_str actual)
{
    r->failed = true;
    if (r->listener == NULL || r->listener->failed == NULL)
        return;
    const bylaw_test_failure failure = {.name = r->name,
                                        .file = r->tests->source.name,
                                        .line = r->line,
                                        .of = of,
                                        .what = what,
                                        .expected = expected,
                                        .actual = actual,
                                        .kind = r->kind,
                                        .came_out = r->came_out};

    r->listener->failed(r->listener->context, &failure);
}

static void expect_text(runner *r, bylaw_test_of of, bylaw_str what, bylaw_str expected,
                        bylaw_str actual)
{
    if (!bl_str_equal(expected, actual))
        fail(r, of, what, expected, actual);
}

static const bl_finding *finding_of(const bl_set_result *result, bylaw_str id)
{
    const size_t bracket = bl_str_find(id, BYLAW_STR("["), 0);
    const bylaw_str name = bl_str_slice(id, 0, bracket);
    size_t index = 0;

    for (size_t i = bracket == SIZE_MAX ? id.len : bracket + 1; i < id.len && id.ptr[i] != ']'; i++)
        index = index * 10 + (size_t)(id.ptr[i] - '0');
    for (size_t i = 0; i < result->finding_count; i++) {
        const bl_finding *f = &result->findings[i];

        if (!bl_str_equal(f->norm->id, name))
            continue;
        if (bracket == SIZE_MAX)
            return f;
        return index >= 1 && index <= f->element_count ? &f->elements[index - 1] : NULL;
    }
    return NULL;
}

static bool known_norm(const bylaw_ruleset *set, bylaw_str id)
{
    const bylaw_str name = bl_str_slice(id, 0, bl_str_find(id, BYLAW_STR("["), 0));

    for (size_t i = 0; i < set->norm_count; i++) {
        if (bl_str_equal(set->norms[i].id, name))
            return true;
    }
    return false;
}

static void expect_finding(runner *r, const bl_set_result *result, const bl_doc_node *id,
                           bylaw_str expected)
{
    const bl_finding *f = finding_of(result, id->text);

    if (!known_norm(r->set, id->text)) {
        bl_error(r->diags, &bl_check_msg_test_norm, id->span, BL_TEXT("name", id->text));
        r->failed = true;
        return;
    }
    expect_text(r, BYLAW_TEST_FINDING, id->text, expected,
                f != NULL ? bylaw_str_from(bl_status_name(f->status))
                          : BYLAW_STR("not-applicable"));
}

static void expect_need(runner *r, const bl_set_result *result, bylaw_str id, bylaw_str expected)
{
    const bl_finding *f = finding_of(result, id);
    bl_str text = bl_str_init(&r->tests->run), what = bl_str_init(&r->tests->run);

    bl_str_addz(&what, "need ");
    bl_str_add(&what, id);
    if (f != NULL && f->figures->need_known)
        bl_str_add_int(&text, f->figures->need);
    else
        bl_str_addz(&text, "none");
    expect_text(r, BYLAW_TEST_OTHER, bl_str_view(&what), expected, bl_str_view(&text));
}

static void add_name(bl_str *list, bylaw_str name)
{
    if (list->len > 0)
        bl_str_addz(list, ", ");
    bl_str_add(list, name);
}

/* The same names, in any order. */
static void expect_names(runner *r, const char *what, const bl_doc_node *expected,
                         const bylaw_str *actual, size_t count)
{
    bl_str a = bl_str_init(&r->tests->run), b = bl_str_init(&r->tests->run);
    size_t found = 0;

    for (size_t i = 0; i < expected->count; i++) {
        add_name(&a, expected->items[i]->text);
        for (size_t k = 0; k < count; k++)
            found += bl_str_equal(expected->items[i]->text, actual[k]);
    }
    for (size_t k = 0; k < count; k++)
        add_name(&b, actual[k]);
    if (expected->shape != BL_DOC_SEQ || found != count || expected->count != count)
        fail(r, BYLAW_TEST_OTHER, bylaw_str_from(what), bl_str_view(&a), bl_str_view(&b));
}

static void expect_missing(runner *r, const bl_set_result *result, const bl_doc_node *expected)
{
    bylaw_str *names = BL_NEW_N(&r->tests->run, bylaw_str, result->missing_count + 1);
    size_t n = 0;

    for (size_t i = 0; names != NULL && i < result->missing_count; i++)
        names[n++] = bl_attr_name(r->set, result->missing[i], &r->tests->run);
    expect_names(r, "missing", expected, names, n);
}

/* gaps: those that decide; silences: all that are told with the action. */
static void expect_gaps(runner *r, const bl_set_result *result, const bl_doc_node *expected,
                        const char *what, bool all)
{
    bylaw_str *names = BL_NEW_N(&r->tests->run, bylaw_str, result->gap_count + 1);
    size_t n = 0;

    for (size_t i = 0; names != NULL && i < result->gap_count; i++) {
        if (all || result->gaps[i].decides)
            names[n++] = result->gaps[i].gap->id;
    }
    expect_names(r, what, expected, names, n);
}

static void expect_flips(runner *r, const bl_set_result *result, const bl_doc_node *expected)
{
    bylaw_str *names = BL_NEW_N(&r->tests->run, bylaw_str, result->alternative_count + 1);
    size_t n = 0;

    for (size_t i = 0; names != NULL && i < result->alternative_count; i++) {
        const bl_alternative *a = &result->alternatives[i];
        bl_str name = bl_str_init(&r->tests->run);

        if (!a->weighed || !a->changes)
            continue;
        for (size_t k = 0; k < a->choice_count; k++) {
            const bl_reading *reading = &r->set->readings[a->choices[k].reading];

            if (k > 0)
                bl_str_addc(&name, '+');
            bl_str_add(&name, reading->name);
            bl_str_addc(&name, '.');
            bl_str_add(&name, reading->options[a->choices[k].option].name);
        }
        if (bl_str_take(&names[n], &name) == BYLAW_OK)
            n++;
    }
    expect_names(r, "flips", expected, names, n);
}

static bylaw_str verdict_of(const bl_set_result *result)
{
    return bylaw_str_from(result->governed ? bylaw_verdict_name(result->verdict) : "not-governed");
}

/* One key of `expect`. */
static void expect_key(runner *r, const bl_set_result *result, const bl_doc_pair *pair)
{
    const bylaw_str key = pair->key->text;

    if (bl_str_is(key, "verdict")) {
        expect_text(r, BYLAW_TEST_VERDICT, key, pair->value->text, verdict_of(result));
    } else if (bl_str_is(key, "outcome")) {
        expect_text(r, BYLAW_TEST_OUTCOME, key, pair->value->text,
                    bylaw_str_from(bylaw_outcome_name(result->outcome)));
    } else if (bl_str_is(key, "missing")) {
        expect_missing(r, result, pair->value);
    } else if (bl_str_is(key, "gaps")) {
        expect_gaps(r, result, pair->value, "gaps", false);
    } else if (bl_str_is(key, "silences")) {
        expect_gaps(r, result, pair->value, "silences", true);
    } else if (bl_str_is(key, "flips")) {
        expect_flips(r, result, pair->value);
    } else if (bl_str_is(key, "findings") && pair->value->shape == BL_DOC_MAP) {
        for (size_t i = 0; i < pair->value->count; i++)
            expect_finding(r, result, pair->value->pairs[i].key, pair->value->pairs[i].value->text);
    } else if (bl_str_is(key, "need") && pair->value->shape == BL_DOC_MAP) {
        for (size_t i = 0; i < pair->value->count; i++)
            expect_need(r, result, pair->value->pairs[i].key->text,
                        pair->value->pairs[i].value->text);
    } else {
        bl_error(r->diags, &bl_check_msg_test_key, pair->key->span, BL_TEXT("name", key));
        r->failed = true;
    }
}

static bool expects_error(const bl_doc_node *expect)
{
    const bl_doc_node *verdict = expect != NULL ? bl_doc_get(expect, "verdict") : NULL;

    return verdict != NULL && bl_str_is(verdict->text, "error");
}

/* Fixes the readings of a mapping {reading: option}, or one "reading.option". */
static bool fix(runner *r, bl_case *c, uint8_t *chosen, bylaw_str reading, bylaw_str option,
                bl_span span)
{
    for (size_t i = 0; i < r->set->reading_count; i++) {
        if (!bl_str_equal(r->set->readings[i].name, reading))
            continue;
        for (size_t o = 0; o < r->set->readings[i].option_count; o++) {
            if (bl_str_equal(r->set->readings[i].options[o].name, option)) {
                chosen[i] = (uint8_t)o;
                c->fixed |= UINT64_C(1) << i;
                return true;
            }
        }
    }
    bl_error(r->diags, &bl_check_msg_test_reading, span, BL_TEXT("reading", reading),
             BL_TEXT("option", option));
    r->failed = true;
    return false;
}

typedef struct row {
    bl_entries first; /* facts of a table's row */
    const bl_doc_node *date, *at, *declared;
    const bl_doc_pair *declared_pair;
} row;

/* Judges the case once: its own readings, and `under` beside them. */
static bylaw_status judge(runner *r, const raw_case *raw, const row *cells,
                          const bl_doc_node *under, bl_set_result *result)
{
    const bl_entries none = {0};
    const bylaw_options options = {0};
    const bl_action_reading how = {
        .arena = &r->tests->run, .diags = r->diags, .options = &options, .registers = &none};
    bl_action_nodes nodes = raw->nodes;
    bl_action *action = BL_NEW(&r->tests->run, bl_action);
    uint8_t *chosen = BL_NEW_N(&r->tests->run, uint8_t, r->set->reading_count + 1);
    bl_case *c = BL_NEW(&r->tests->run, bl_case);
    bylaw_status status;

    if (action == NULL || chosen == NULL || c == NULL)
        return BYLAW_ENOMEM;
    nodes.date = cells->date != NULL ? cells->date : nodes.date;
    nodes.as_of = cells->at != NULL ? cells->at : nodes.as_of;
    if (cells->declared != NULL) {
        nodes.declared = cells->declared;
        nodes.declared_pair = cells->declared_pair;
    }
    if ((status = bl_action_build(action, &r->tests->source, &nodes, &r->tests->shared,
                                  cells->first, &how)) != BYLAW_OK ||
        (status = bl_cases_make(c, &r->set, 1, action, &none, &r->tests->run, r->diags)) !=
            BYLAW_OK)
        return status;
    for (size_t i = 0; i < r->set->reading_count; i++)
        chosen[i] = (uint8_t)r->set->readings[i].default_option;
    c->named = true;
    c->strict = raw->strict;
    c->has_as_of = action->has_as_of || action->has_date;
    c->as_of = action->has_as_of ? action->as_of : action->date;
    c->chosen = chosen;
    for (size_t i = 0; raw->readings != NULL && i < raw->readings->count; i++) {
        if (!fix(r, c, chosen, raw->readings->pairs[i].key->text,
                 raw->readings->pairs[i].value->text, raw->readings->pairs[i].key->span))
            return BYLAW_EINPUT;
    }
    if (under != NULL) {
        const size_t dot = bl_str_find(under->text, BYLAW_STR("."), 0);

        if (!fix(r, c, chosen, bl_str_slice(under->text, 0, dot),
                 bl_str_slice(under->text, dot == SIZE_MAX ? under->text.len : dot + 1,
                              under->text.len),
                 under->span))
            return BYLAW_EINPUT;
    }
    *result = (bl_set_result){0};
    return bl_case_judge(result, c);
}

static void count_finding(bylaw_test_norm *met, bl_status status)
{
    switch (status) {
    case BL_SATISFIED:
        met->satisfied++;
        break;
    case BL_VIOLATED:
    case BL_NOT_MET:
    case BL_DEPARTED:
        met->wrong++;
        break;
    case BL_UNDETERMINED_FINDING:
    case BL_PENDING:
    case BL_NOT_EXAMINED:
        met->open++;
        break;
    default:
        break;
    }
}

static void count_findings(runner *r, const bl_set_result *result)
{
    for (size_t i = 0; r->met != NULL && i < result->finding_count; i++) {
        const bl_finding *f = &result->findings[i];

        count_finding(&r->met[f->norm->index], f->status);
        for (size_t k = 0; k < f->element_count; k++)
            count_finding(&r->met[f->norm->index], f->elements[k].status);
    }
}

static void one_run(runner *r, const raw_case *raw, const row *cells, const bl_doc_node *under,
                    const bl_doc_node *expect, bl_set_result *result)
{
    bylaw_diags *kept = r->diags;
    bylaw_status status;

    if (expects_error(expect))
        r->diags = NULL; /* the mistake is what is wanted */
    r->came_out = NULL;
    r->kind = raw->nodes.action != NULL ? raw->nodes.action->text : BYLAW_STR("");
    status = judge(r, raw, cells, under, result);
    r->diags = kept;
    if (status == BYLAW_OK && result->governed)
        r->came_out = result;
    if (status == BYLAW_ENOMEM) {
        r->status = status;
    } else if (status != BYLAW_OK) {
        if (!expects_error(expect))
            fail(r, BYLAW_TEST_VERDICT, BYLAW_STR("verdict"), BYLAW_STR("…"), BYLAW_STR("error"));
    } else if (expects_error(expect)) {
        fail(r, BYLAW_TEST_VERDICT, BYLAW_STR("verdict"), BYLAW_STR("error"), verdict_of(result));
    } else {
        count_findings(r, result);
        for (size_t i = 0; expect != NULL && expect->shape == BL_DOC_MAP && i < expect->count; i++)
            expect_key(r, result, &expect->pairs[i]);
    }
}

static void begin_case(runner *r, bl_span span)
{
    r->failed = false;
    r->line = bl_place_of(&r->tests->source, span.from).line;
    r->counts->cases++;
}

static bool end_case(runner *r)
{
    r->counts->failed += r->failed;
    bl_arena_reset(&r->tests->run);
    return r->status == BYLAW_OK &&
           !(r->failed && r->listener != NULL && r->listener->stop_at_first);
}

/* ---- tables ---- */

static bool table_parts(runner *r, const bl_doc_node *table, const bl_doc_node **given,
                        const bl_doc_node **expect, const bl_doc_node **rows)
{
    *given = bl_doc_get(table, "given");
    *expect = bl_doc_get(table, "expect");
    *rows = bl_doc_get(table, "rows");
    if (table->shape == BL_DOC_MAP && *given != NULL && *expect != NULL && *rows != NULL &&
        (*given)->shape == BL_DOC_SEQ && (*expect)->shape == BL_DOC_SEQ &&
        (*rows)->shape == BL_DOC_SEQ)
        return true;
    bl_error0(r->diags, &bl_check_msg_test_table, table->span);
    return false;
}

/* The given cells of a row: facts, date, at, declared. */
static bool read_cells(runner *r, const bl_doc_node *given, const bl_doc_node *cells, row *out)
{
    bl_entry *entries = BL_NEW_N(&r->tests->run, bl_entry, given->count + 1);
    bl_doc_pair *pair = BL_NEW(&r->tests->run, bl_doc_pair);
    size_t n = 0;

    if (entries == NULL || pair == NULL) {
        r->status = BYLAW_ENOMEM;
        return false;
    }
    for (size_t i = 0; i < given->count; i++) {
        const bylaw_str name = given->items[i]->text;
        const bl_doc_node *cell = cells->items[i];

        if (cell->shape == BL_DOC_SCALAR && cell->text.len == 0)
            continue;
        if (bl_str_is(name, "date")) {
            out->date = cell;
        } else if (bl_str_is(name, "at")) {
            out->at = cell;
        } else if (bl_str_is(name, "declared")) {
            *pair = (bl_doc_pair){given->items[i], cell};
            out->declared = cell;
            out->declared_pair = pair;
        } else {
            entries[n++] = (bl_entry){name, given->items[i], cell, BL_FROM_ACTION};
        }
    }
    out->first = (bl_entries){entries, n};
    return true;
}

static void expect_cell(runner *r, const bl_set_result *result, const bl_doc_node *column,
                        const bl_doc_node *cell)
{
    static const bylaw_str need = {"need.", 5};

    if (cell->shape == BL_DOC_SCALAR && cell->text.len == 0)
        return;
    if (bl_str_is(column->text, "verdict"))
        expect_text(r, BYLAW_TEST_VERDICT, column->text, cell->text, verdict_of(result));
    else if (bl_str_is(column->text, "outcome"))
        expect_text(r, BYLAW_TEST_OUTCOME, column->text, cell->text,
                    bylaw_str_from(bylaw_outcome_name(result->outcome)));
    else if (bl_str_starts(column->text, need))
        expect_need(r, result, bl_str_slice(column->text, need.len, column->text.len), cell->text);
    else
        expect_finding(r, result, column, cell->text);
}

static bool run_table(runner *r, const raw_case *raw)
{
    const bl_doc_node *given, *expect, *rows;

    if (!table_parts(r, raw->table, &given, &expect, &rows)) {
        begin_case(r, raw->table->span);
        r->failed = true;
        return end_case(r);
    }
    for (size_t i = 0; i < rows->count; i++) {
        const bl_doc_node *cells = rows->items[i];
        row one = {0};
        bl_set_result result = {0};

        begin_case(r, cells->span);
        if (cells->shape != BL_DOC_SEQ || cells->count != given->count + expect->count) {
            bl_error(r->diags, &bl_check_msg_test_row, cells->span,
                     BL_INT("n", (int64_t)(given->count + expect->count)));
            r->failed = true;
        } else if (read_cells(r, given, cells, &one)) {
            one_run(r, raw, &one, NULL, raw->expect, &result);
            for (size_t k = 0; k < expect->count && result.set != NULL; k++)
                expect_cell(r, &result, expect->items[k], cells->items[given->count + k]);
        }
        if (!end_case(r))
            return false;
    }
    return true;
}

static bool run_case(runner *r, const bl_doc_node *node)
{
    bl_reader reader = {.arena = &r->tests->run, .diags = r->diags};
    raw_case raw = {0};
    const row no_cells = {0};
    bl_set_result result = {0};

    if (!bl_shape_read(&reader, node, words("用例", "case"), case_keys, &raw)) {
        begin_case(r, node->span);
        r->failed = true;
        return end_case(r);
    }
    raw.nodes.action_pair = bl_doc_pair_of(node, "action");
    raw.nodes.declared_pair = bl_doc_pair_of(node, "declared");
    r->name = raw.name;
    if (raw.table != NULL)
        return run_table(r, &raw);
    begin_case(r, node->span);
    one_run(r, &raw, &no_cells, NULL, raw.expect, &result);
    for (size_t i = 0; raw.under != NULL && raw.under->shape == BL_DOC_MAP && i < raw.under->count;
         i++)
        one_run(r, &raw, &no_cells, raw.under->pairs[i].key, raw.under->pairs[i].value, &result);
    if (raw.expect == NULL && raw.under == NULL) {
        bl_error0(r->diags, &bl_check_msg_test_expects_nothing, node->span);
        r->failed = true;
    }
    return end_case(r);
}

static void tell_norms(const runner *r)
{
    for (size_t i = 0; i < r->set->norm_count; i++) {
        const bl_norm *norm = &r->set->norms[i];
        bylaw_test_norm *met = &r->met[i];

        met->id = norm->id;
        met->cite = norm->provisions[0]->cite;
        const bl_value *constant =
            norm->body.require != NULL ? bl_program_constant(norm->body.require) : NULL;

        met->needs_satisfied = constant == NULL || !bl_is_false(*constant);
        met->needs_wrong = (norm->body.has & (BL_HAS_REQUIRE | BL_HAS_COUNT)) != 0 &&
                           norm->body.modality != BL_MAY;
        r->listener->norm(r->listener->context, met);
    }
}

bylaw_status bylaw_tests_run(bylaw_tests *tests, const bylaw_ruleset *set,
                             const bylaw_test_listener *listener, bylaw_test_counts *counts,
                             bylaw_diags *diags)
{
    bylaw_test_counts local = {0};
    runner r = {.tests = tests,
                .set = set,
                .listener = listener,
                .counts = &local,
                .diags = diags,
                .status = BYLAW_OK};
    const size_t known = diags != NULL ? bylaw_diags_errors(diags) : 0;
    const bool counts_norms = listener != NULL && listener->norm != NULL;
    const size_t size = (set->norm_count + 1) * sizeof *r.met;

    if (counts_norms && (r.met = bl_new(&tests->allocator, size)) == NULL)
        return BYLAW_ENOMEM;

    tests->run.failed = false;
    for (size_t i = 0; i < tests->cases->count; i++) {
        if (!run_case(&r, tests->cases->items[i]))
            break;
    }
    bl_arena_reset(&tests->run);
    if (tests->run.failed || tests->arena.failed)
        r.status = BYLAW_ENOMEM;
    if (counts_norms && r.status == BYLAW_OK)
        tell_norms(&r);
    if (r.met != NULL)
        bl_free(&tests->allocator, r.met, size);
    if (r.status != BYLAW_OK)
        return r.status;
    *counts = local;
    return bl_diags_status(diags, known);
}
