/* test_record.c: records read without a tree are what the tree gives, statement by statement, place
 * by place; and a stream of them takes no memory once the largest has been seen. */
#include "check/record.h"
#include "check/records.h"
#include "support.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(plain_records_are_read_without_a_tree, set_up, tear_down),
        cmocka_unit_test_setup_teardown(mangled_records_are_read_alike, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_stream_takes_no_memory_in_the_end, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
