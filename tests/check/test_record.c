/* test_record.c: records read without a tree are what the tree gives, statement by statement, place
 * by place; and a stream of them takes no memory once the largest has been seen. */
#include "check/record.h"
#include "check/records.h"
#include "support.h"

#include <stdio.h>

static bylaw_status find(void *context, bylaw_str name, bylaw_str *text, bylaw_str *shown)
{
    (void)context;
    *text = BYLAW_STR(records_provisions);
    *shown = name;
    return strncmp(name.ptr, "provisions/records", 18) == 0 ? BYLAW_OK : BYLAW_ENOTFOUND;
}

typedef struct fixture {
    bylaw_ruleset *set;
    bl_arena plans, fast, tree;
    bl_record_plan *plan, *settling;
    bylaw_diags *diags;
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    const bylaw_resolver resolver = {find, NULL};

    assert_non_null(f);
    assert_int_equal(bylaw_diags_new(&f->diags, NULL), BYLAW_OK);
    assert_int_equal(bylaw_ruleset_read(&f->set, BYLAW_STR("records.yaml"),
                                        BYLAW_STR(records_rules), &resolver, NULL, f->diags),
                     BYLAW_OK);
    bl_arena_init(&f->plans, NULL);
    bl_arena_init(&f->fast, NULL);
    bl_arena_init(&f->tree, NULL);
    const bl_case like = {.set = f->set}, brief = {.set = f->set, .brief = true};

    f->plan = bl_record_plan_new(&like, BYLAW_STR("kind"), true, &f->plans);
    f->settling = bl_record_plan_new(&brief, BYLAW_STR("kind"), true, &f->plans);
    assert_true(f->plan != NULL && f->settling != NULL);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;

    bl_arena_dispose(&f->plans);
    bl_arena_dispose(&f->fast);
    bl_arena_dispose(&f->tree);
    bylaw_ruleset_free(f->set);
    bylaw_diags_free(f->diags);
    free(f);
    return 0;
}

/* What the tree reader makes of the line; false where it tells a mistake or there is no action. */
static bool by_tree(fixture *f, const bl_source *source, bl_action *action, bl_case *out)
{
    const bylaw_options options = {.flat = BYLAW_STR("kind"), .ignore_unknown = true};
    const bl_entries none = {0};
    const bl_action_reading how = {
        .arena = &f->tree, .diags = f->diags, .options = &options, .registers = &none};
    const bylaw_ruleset *const sets[] = {f->set};
    bl_action_list list = {0};

    bylaw_diags_clear(f->diags);
    if (bl_actions_read(&list, source, BYLAW_FORMAT_JSONL, &how) != BYLAW_OK || list.count != 1)
        return false;
    *action = list.items[0];
    return bl_cases_make(out, sets, 1, &list.items[0], &none, &f->tree, f->diags) == BYLAW_OK;
}

static bool same_span(bl_span a, bl_span b)
{
    return a.source == b.source && a.from == b.from && a.to == b.to;
}

static bool same_statement(const bl_statement *a, const bl_statement *b)
{
    return a->slot == b->slot && a->origin == b->origin && bl_value_same(a->value, b->value) &&
           same_span(a->span, b->span) && same_span(a->key_span, b->key_span);
}

static bool same_reading(const bl_case *a, const bl_action *x, const bl_case *b, const bl_action *y)
{
    bool same = a->kind == b->kind && a->statement_count == b->statement_count &&
                bl_str_equal(x->kind, y->kind) && same_span(x->span, y->span) &&
                same_span(x->key_span, y->key_span) && x->has_date == y->has_date &&
                x->date == y->date && same_span(x->date_span, y->date_span);

    for (size_t i = 0; same && i < a->statement_count; i++)
        same = same_statement(&a->statements[i], &b->statements[i]);
    return same;
}

/* Where nobody asks for places, values go to their slots at once: are they those that the
 * statements settle to? A fact stated by two names is left to the tree. */
static bool settles_alike(fixture *f, const bl_source *source, bl_case *stated)
{
    bl_case early = {.set = f->set, .arena = &f->fast};
    bl_action action = {0};
    bl_settled from_statements;
    size_t at = 0;

    if (!bl_record_read(f->settling, &early, &action, source, &at, &f->fast))
        return false;
    early.action = &action;
    assert_true(early.settled != NULL && early.statement_count == 0);
    assert_int_equal(bl_settle_rest((bl_settled *)(uintptr_t)early.settled, &early), BYLAW_OK);
    assert_int_equal(bl_settle(&from_statements, stated, NULL), BYLAW_OK);
    bool same = early.kind == stated->kind &&
                early.settled->stated_count == from_statements.stated_count &&
                early.settled->presumed == from_statements.presumed;

    for (size_t slot = 0; slot < f->set->slot_count; slot++) {
        const bl_value a = early.settled->slots[slot], b = from_statements.slots[slot];

        same = same && a.kind == b.kind && (a.kind == BL_UNKNOWN || bl_value_same(a, b)) &&
               early.settled->stated[slot] == from_statements.stated[slot] &&
               early.settled->origins[slot] == from_statements.origins[slot];
    }
    return same;
}

/* Was the line read without a tree? Then the tree must give the same. */
static bool read_line(fixture *f, bylaw_str text)
{
    const bl_source source = {.name = BYLAW_STR("x.jsonl"), .text = text};
    bl_case fast = {0}, tree = {0};
    bl_action fast_action = {0}, tree_action = {0};
    size_t at = 0;

    bl_arena_reset(&f->fast);
    bl_arena_reset(&f->tree);
    if (!bl_record_read(f->plan, &fast, &fast_action, &source, &at, &f->fast) || at != text.len)
        return false;
    if (!by_tree(f, &source, &tree_action, &tree) ||
        !same_reading(&fast, &fast_action, &tree, &tree_action))
        fail_msg("read otherwise by the tree: %.*s", (int)text.len, text.ptr);
    if (!settles_alike(f, &source, &tree))
        fail_msg("settled otherwise: %.*s", (int)text.len, text.ptr);
    return true;
}

static const struct line {
    const char *text;
    bool without_tree;
} lines[] = {
    {"{\"kind\":\"sale\",\"votes\":3}", true},
    {"{\"kind\":\"sale\",\"date\":\"2026-11-21\",\"whole\":-5,\"votes\":0,\"yes\":true,\"text\":"
     "\"甲\",\"holder\":\"科 协\",\"day\":\"2024-02-29\",\"paint\":{\"colour\":\"blue\"},\"names\":"
     "[\"甲\",\"乙\"],\"rows\":[{\"who\":\"甲\",\"n\":1},{\"n\":2,\"who\":\"Ａ\"}]}",
     true},
    {" { \"rows\" : [ ] , \"kind\" : \"出借\" , \"paint.colour\" : \"红\" }\r\n", true},
    {"{\"kin\\u0064\":\"s\\u0061le\",\"text\":\"\\ud83d\\udcdc\\n\\/\",\"names\":[]}", true},
    {"{\"note\":\"?\",\"more\":{\"kind\":\"loan\",\"votes\":9},\"kind\":\"sale\",\"vo\":1}", true},
    {"{\"kind\":\"sale\",\"票数\":3}", true},
    {"{\"kind\":\"sale\",\"text\":17}", true},
    {"{\"kind\":\"sale\",\"rows\":[{\"who\":\"a\",\"n\":1,\"x\":\"y\"}]}", true},
    /* what is left to the tree: mistakes … */
    {"{\"votes\":3}", false},
    {"{\"kind\":\"gift\"}", false},
    {"{\"kind\":\"sale\",\"votes\":-3}", false},
    {"{\"kind\":\"sale\",\"votes\":3,\"votes\":3}", false},
    {"{\"kind\":\"sale\",\"note\":3,\"note\":3}", false},
    {"{\"kind\":\"sale\",\"text\":\"\\ud800\"}", false},
    {"{\"kind\":\"sale\",\"text\":\"\xff\"}", false},
    {"{\"kind\":\"sale\",\"text\":\"a\tb\"}", false},
    {"{\"kind\":\"sale\",\"whole\":01}", false},
    {"{\"kind\":\"sale\",}", false},
    {"{\"kind\":\"sale\"", false},
    {"{\"kind\":\"sale\",\"day\":\"2023-02-29\"}", false},
    {"{\"kind\":\"sale\",\"done\":\"x\"}", false},
    /* … and what is written otherwise, or left empty */
    {"{\"kind\":\"sale\",\"votes\":\"三\"}", false},
    {"{\"kind\":\"sale\",\"votes\":null}", false},
    {"{\"kind\":\"sale\",\"day\":null}", false},
    {"{\"kind\":\"sale\",\"day\":\"2026年11月21日\"}", false},
    {"{\"kind\":\"sale\",\"part\":\"2/3\"}", false},
    {"{\"kind\":\"sale\",\"whole\":1234567890123456789}", false},
    {"{\"kind\":\"sale\",\"rows\":[{\"who\":\"a\"}]}", false},
    {"{\"kind\":\"sale\",\"rows\":[{\"谁\":\"a\",\"n\":1}]}", false},
    {"{\"kind\":\"sale\",\"note\":[1,2]}", false},
    {"{\"kind\":\"sale\"} {\"kind\":\"loan\"}", false},
};
#define LINES (sizeof lines / sizeof *lines)

static void plain_records_are_read_without_a_tree(void **state)
{
    for (size_t i = 0; i < LINES; i++) {
        if (read_line(*state, bylaw_str_from(lines[i].text)) != lines[i].without_tree)
            fail_msg("%s a tree: %s", lines[i].without_tree ? "wants" : "wants no", lines[i].text);
    }
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Bytes replaced, removed and doubled: whatever is still read without a tree is read alike. */
static void mangled_records_are_read_alike(void **state)
{
    static const char bytes[] = "\"\\{}[]:,0-9 eE.tfnu\t\x80\xE4\xED";
    uint32_t seed = 20261121;
    size_t read = 0;
    char text[1024];

    for (size_t i = 0; i < 60000; i++) {
        const char *from = lines[next_random(&seed) % LINES].text;
        size_t n = strlen(from);

        memcpy(text, from, n);
        for (uint32_t k = next_random(&seed) % 3 + 1; k > 0; k--) {
            const size_t at = next_random(&seed) % n;

            switch (next_random(&seed) % 3) {
            case 0:
                text[at] = bytes[next_random(&seed) % (sizeof bytes - 1)];
                break;
            case 1:
                memmove(text + at, text + at + 1, --n - at);
                break;
            default:
                memmove(text + at + 1, text + at, n++ - at);
            }
        }
        read += read_line(*state, (bylaw_str){text, n});
    }
    assert_true(read > 1000); /* else nothing was compared */
}

/* ---- brief results ---- */

/* The rule set with more behind it. */
static bylaw_ruleset *variant(const char *more)
{
    const bylaw_resolver resolver = {find, NULL};
    bylaw_ruleset *set = NULL;
    char text[8192];

    snprintf(text, sizeof text, "%s%s", records_rules, more);
    assert_int_equal(bylaw_ruleset_read(&set, BYLAW_STR("records.yaml"), bylaw_str_from(text),
                                        &resolver, NULL, NULL),
                     BYLAW_OK);
    return set;
}

static const char with_threshold[] =
    "  - {id: two, provision: records:one, on: [sale], modality: must,\n"
    "     threshold: {count: votes, of: votes, at_least: 1/2}, says: {zh: 半数, en: half}}\n";
static const char with_reading[] =
    "  - {id: two, provision: records:one, on: [sale], modality: must, require: votes > 0,\n"
    "     readings: {r.b: {require: votes > 1}}, says: {zh: 有票, en: votes}}\n"
    "readings:\n"
    "  r: {phrase: 甲, asks: {zh: 问, en: q}, default: a,\n"
    "      options: {a: {zh: 甲, en: a}, b: {zh: 乙, en: b}}}\n";
static const char with_overflow[] =
    "  - {id: two, provision: records:one, on: [sale], modality: must,\n"
    "     require: whole * 9223372036854775807 > 0, says: {zh: 大, en: large}}\n"
    "  - {id: three, provision: records:one, on: [sale], modality: must, require: votes > 5,\n"
    "     says: {zh: 多, en: many}}\n";

static void only_what_nothing_else_bears_on_settles_early(void **state)
{
    const fixture *f = *state;
    bylaw_ruleset *threshold = variant(with_threshold), *reading = variant(with_reading),
                  *derived = NULL;

    assert_int_equal(bylaw_ruleset_bundled(&derived, BYLAW_STR("wcasp"), NULL, NULL), BYLAW_OK);
    assert_true(bl_settles_early(f->set, 0));
    assert_false(bl_settles_early(threshold, 0));
    assert_false(bl_settles_early(reading, 0));
    assert_true(bl_settles_early(reading, 1)); /* the user fixed it */
    assert_false(bl_settles_early(derived, UINT64_MAX));
    bylaw_ruleset_free(threshold);
    bylaw_ruleset_free(reading);
    bylaw_ruleset_free(derived);
}

/* What a record comes to: the status, and how many norms there are and are broken. */
static bylaw_status outcome_of(const bylaw_ruleset *set, const char *record, bool brief, bool grid,
                               const char *select, size_t counts[2], bylaw_verdict *verdict)
{
    const bylaw_ruleset *const sets[] = {set};
    const bylaw_str selected = bylaw_str_from(select != NULL ? select : "");
    const bylaw_options options = {.sets = sets,
                                   .set_count = 1,
                                   .flat = BYLAW_STR("kind"),
                                   .grid = grid,
                                   .select = &selected,
                                   .select_count = select != NULL,
                                   .brief = brief};
    bylaw_checker *checker = NULL;
    const bylaw_result *result = NULL;

    assert_int_equal(bylaw_checker_new(&checker, &options, NULL), BYLAW_OK);
    assert_int_equal(bylaw_checker_read(checker, BYLAW_STR("x.jsonl"), bylaw_str_from(record),
                                        BYLAW_FORMAT_JSONL, NULL),
                     BYLAW_OK);
    const bylaw_status status = bylaw_checker_check(checker, 0, &result, NULL);

    if (status == BYLAW_OK) {
        counts[0] = bylaw_result_norm_count(result);
        counts[1] = bylaw_result_standing_count(result, BYLAW_NORM_VIOLATED);
        *verdict = bylaw_result_verdict(result);
    }
    bylaw_checker_free(checker);
    return status;
}

static void briefly_it_comes_out_the_same(void **state)
{
    static const struct brief_case {
        const char *more, *record, *select;
        bool grid;
    } cases[] = {
        {"", "{\"kind\":\"sale\",\"votes\":3}", NULL, false},
        {"", "{\"kind\":\"sale\",\"votes\":0}", NULL, false},
        {"", "{\"kind\":\"sale\"}", NULL, false},
        {"", "{\"kind\":\"sale\",\"votes\":0}", NULL, true},
        {with_overflow, "{\"kind\":\"sale\",\"votes\":3,\"whole\":1}", NULL, false},
        {with_overflow, "{\"kind\":\"sale\",\"votes\":3,\"whole\":2}", NULL, false},
        {with_overflow, "{\"kind\":\"sale\",\"votes\":3,\"whole\":2}", "three", false},
        {with_threshold, "{\"kind\":\"sale\",\"votes\":3}", NULL, false},
        {with_reading, "{\"kind\":\"sale\",\"votes\":1}", NULL, false},
    };
    size_t failed = 0;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bylaw_ruleset *set = variant(cases[i].more);
        size_t full[2] = {0, 0}, brief[2] = {0, 0};
        bylaw_verdict a = BYLAW_COMPLIANT, b = BYLAW_COMPLIANT;
        const bylaw_status x =
            outcome_of(set, cases[i].record, false, cases[i].grid, cases[i].select, full, &a);
        const bylaw_status y =
            outcome_of(set, cases[i].record, true, cases[i].grid, cases[i].select, brief, &b);

        failed += x != BYLAW_OK;
        if (x != y || a != b || full[0] != brief[0] || full[1] != brief[1])
            fail_msg("case %zu: status %d and %d, verdict %s and %s, norms %zu and %zu", i, x, y,
                     bylaw_verdict_name(a), bylaw_verdict_name(b), full[0], brief[0]);
        assert_true(x != BYLAW_OK || full[0] > 0);
        bylaw_ruleset_free(set);
    }
    assert_int_equal(failed, 1); /* the product beyond 2^63 */
}

/* ---- memory ---- */

static void a_stream_takes_no_memory_in_the_end(void **state)
{
    const fixture *f = *state;
    fault_allocator faults = {0};
    const bylaw_allocator allocator = {fault_resize, &faults};
    const bylaw_ruleset *const sets[] = {f->set};
    const bylaw_options options = {.sets = sets,
                                   .set_count = 1,
                                   .flat = BYLAW_STR("kind"),
                                   .ignore_unknown = true,
                                   .brief = true};
    bylaw_checker *checker = NULL;
    size_t warm = 0;

    assert_int_equal(bylaw_checker_new(&checker, &options, &allocator), BYLAW_OK);
    for (size_t round = 0; round < 100; round++) {
        for (size_t i = 0; i < LINES; i++) {
            const bylaw_result *result = NULL;

            if (!lines[i].without_tree)
                continue;
            assert_int_equal(bylaw_checker_read_line(checker, BYLAW_STR("x.jsonl"), i + 1,
                                                     bylaw_str_from(lines[i].text), NULL),
                             BYLAW_OK);
            assert_int_equal(bylaw_checker_check(checker, 0, &result, NULL), BYLAW_OK);
            assert_int_equal(bylaw_result_line(result), i + 1);
        }
        if (round == 0)
            warm = faults.calls;
    }
    assert_true(warm > 0);
    assert_int_equal(faults.calls, warm);
    bylaw_checker_free(checker);
    assert_int_equal(faults.live_blocks, 0);
}

/* Records read without a tree are looked at through the same options as all actions. */
static void waivers_and_choices_of_norms_hold_for_records(void **state)
{
    bylaw_ruleset *set = variant(with_overflow);
    const bylaw_ruleset *const sets[] = {set};
    const bylaw_str three = BYLAW_STR("three");
    const bylaw_register waiver = {BYLAW_STR("w.yaml"),
                                   BYLAW_STR("waivers: [{norm: three, reason: 试, by: 大会}]\n")};
    const bylaw_str record = BYLAW_STR("{\"kind\":\"sale\",\"votes\":3,\"whole\":2}");

    (void)state;
    for (int brief = 0; brief < 2; brief++) {
        const bylaw_options options = {.sets = sets,
                                       .set_count = 1,
                                       .flat = BYLAW_STR("kind"),
                                       .select = &three,
                                       .select_count = 1,
                                       .waiver_files = &waiver,
                                       .waiver_file_count = 1,
                                       .brief = brief != 0};
        bylaw_checker *checker = NULL;
        const bylaw_result *result = NULL;

        assert_int_equal(bylaw_checker_new(&checker, &options, NULL), BYLAW_OK);
        assert_int_equal(
            bylaw_checker_read(checker, BYLAW_STR("x.jsonl"), record, BYLAW_FORMAT_JSONL, NULL),
            BYLAW_OK);
        assert_int_equal(bylaw_checker_check(checker, 0, &result, NULL), BYLAW_OK);
        assert_int_equal(bylaw_result_norm_count(result), 1);
        assert_int_equal(bylaw_result_standing_count(result, BYLAW_NORM_WAIVED), 1);
        bylaw_checker_free(checker);
    }
    bylaw_ruleset_free(set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(plain_records_are_read_without_a_tree, set_up, tear_down),
        cmocka_unit_test_setup_teardown(mangled_records_are_read_alike, set_up, tear_down),
        cmocka_unit_test_setup_teardown(only_what_nothing_else_bears_on_settles_early, set_up,
                                        tear_down),
        cmocka_unit_test(briefly_it_comes_out_the_same),
        cmocka_unit_test(waivers_and_choices_of_norms_hold_for_records),
        cmocka_unit_test_setup_teardown(a_stream_takes_no_memory_in_the_end, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
