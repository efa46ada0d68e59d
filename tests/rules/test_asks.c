/* tests/rules/test_asks.c: what an action of a kind must state. */
#include "fixture.h"

#include "rules/asks.h"

/* "present vote.yes | if … | later … | reading …" */
static void write_asks(bl_str *out, const bylaw_ruleset *set, const bl_asks *asks)
{
    static const char *const needs[] = {"", " | if", " | later", " | reading"};
    bl_need last = BL_NEED_ALWAYS;

    for (size_t i = 0; i < asks->count; i++) {
        const bl_ask *ask = &asks->items[i];

        if (ask->need != last)
            bl_str_addz(out, needs[ask->need]);
        if (out->len > 0)
            bl_str_addc(out, ' ');
        last = ask->need;
        bl_str_add(out, set->facts[ask->slot - BL_SLOT_FACTS].name);
        if (ask->field != NULL) {
            bl_str_addz(out, "[].");
            bl_str_add(out, ask->field->name);
        }
    }
}

static void assert_asks(const bylaw_ruleset *set, const char *kind, const char *expected,
                        const char *presumed)
{
    const bl_enum_value *value = bl_enum_find(set->kinds, bylaw_str_from(kind));
    bl_arena arena;
    bl_asks asks;

    assert_non_null(value);
    bl_arena_init(&arena, NULL);
    assert_int_equal(bl_asks_of(&asks, set, value, &arena), BYLAW_OK);
    bl_str text = bl_str_init(&arena), given = bl_str_init(&arena);

    write_asks(&text, set, &asks);
    bl_str_addc(&text, '\0');
    assert_string_equal(text.ptr, expected);
    for (size_t i = 0; i < asks.presumed_count; i++) {
        bl_str_addz(&given, i > 0 ? " " : "");
        bl_str_add(&given, set->facts[asks.presumed[i] - BL_SLOT_FACTS].name);
    }
    bl_str_addc(&given, '\0');
    if (presumed != NULL)
        assert_string_equal(given.ptr, presumed);
    size_t sum = 0;

    for (int need = 0; need < BL_NEED__COUNT; need++)
        sum += asks.needs[need];
    assert_int_equal(sum, asks.count);
    bl_arena_dispose(&arena);
}

static bylaw_ruleset *load(texts *t)
{
    bylaw_ruleset *set = NULL;
    bylaw_diags *diags;

    assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
    if (read_texts(&set, t, NULL, diags) != BYLAW_OK)
        for (size_t i = 0; i < bylaw_diags_count(diags); i++)
            fprintf(stderr, "%s\n", bylaw_diags_get(diags, i)->message.in[BYLAW_EN].ptr);
    assert_non_null(set);
    bylaw_diags_free(diags);
    return set;
}

static void a_motion_needs_what_it_is_about(void **state)
{
    texts t = fixture_texts();
    bylaw_ruleset *set = load(&t);

    (void)state;
    assert_asks(set, "resolution", "present vote.yes", "all_called");
    assert_asks(set, "dissolution",
                "members vote.yes proposer.office | later announced | reading present",
                "all_called");
    bylaw_ruleset_free(set);
    free_texts(&t);
}

static const char many_norms[] =
    "ruleset: wcasp\n"
    "title: {zh: 试, en: trial}\n"
    "uses: [assembly]\n"
    "kinds: {k: {zh: 事, en: act}, narrow: {is: k, zh: 细, en: narrow}}\n"
    "types: {row: {name: {type: name, zh: 名, en: name}, terms: {type: count, zh: 届, en: terms}, "
    "spare: {type: int, zh: 余, en: spare}}}\n"
    "facts:\n"
    "  gate: {type: bool, zh: 门, en: gate}\n"
    "  behind: {type: bool, zh: 后, en: behind}\n"
    "  limit: {type: count, derive: \"2\", zh: 限, en: limit}\n"
    "  rows: {type: list(row), zh: 行, en: rows}\n"
    "  days: {type: list(date), zh: 日, en: days}\n"
    "  days_held: {type: count, derive: days.size(), zh: 次, en: times}\n"
    "  started: {type: date, zh: 始, en: started}\n"
    "  ended: {type: date, zh: 终, en: ended}\n"
    "  in_order: {type: bool, derive: started < ended, zh: 序, en: in order}\n"
    "  after: {type: bool, derive: started < date, zh: 后于, en: after}\n"
    "  advised: {type: bool, zh: 劝, en: advised}\n"
    "  asked: {type: bool, zh: 问, en: asked}\n"
    "  allowed: {type: bool, zh: 许, en: allowed}\n"
    "  noted: {type: text, zh: 记, en: noted}\n"
    "  late: {type: bool, zh: 迟, en: late}\n"
    "  rare: {type: bool, zh: 稀, en: rare}\n"
    "  open_gap: {type: bool, zh: 空, en: gap}\n"
    "readings: {r: {asks: {zh: 问, en: q}, default: a, options: {a: {zh: 甲, en: a}, b: {zh: 乙, "
    "en: "
    "b}}}}\n"
    "norms:\n"
    "  - {id: n1, provision: wcasp:7.1d, on: [k], modality: must, when: gate, require: behind, "
    "says: {zh: 一, en: one}}\n"
    "  - {id: n2, provision: wcasp:7.1d, on: [k], modality: must, each: {c: rows}, require: "
    "c.terms "
    "< limit, says: {zh: 二, en: two}}\n"
    "  - {id: n3, provision: wcasp:7.1d, on: [k], modality: must, threshold: {count: days_held, "
    "at_least: 1}, says: {zh: 三, en: three}}\n"
    "  - {id: n4, provision: wcasp:7.1d, on: [k], modality: must, require: in_order && after, "
    "says: "
    "{zh: 四, en: four}}\n"
    "  - {id: n5, provision: wcasp:7.1d, on: [k], modality: should, require: advised, says: {zh: "
    "五, "
    "en: five}}\n"
    "  - {id: n6, provision: wcasp:7.1d, on: [k], modality: should, ask: yes, require: asked, "
    "says: "
    "{zh: 六, en: six}}\n"
    "  - {id: n7, provision: wcasp:7.1d, on: [k], modality: may, when: allowed, says: {zh: 七, en: "
    "seven}}\n"
    "  - {id: n8, provision: wcasp:7.1d, on: [k], modality: must, when: stated(noted), require: "
    "noted != '', says: {zh: 八, en: eight}}\n"
    "  - {id: n9, provision: wcasp:7.1d, on: [k], modality: must, when: declared == 'adopted', "
    "require: late, says: {zh: 九, en: nine}}\n"
    "  - {id: n10, provision: wcasp:7.1d, on: [k], modality: must, under: r.b, require: rare, "
    "says: "
    "{zh: 十, en: ten}}\n"
    "  - {id: n11, provision: wcasp:7.1d, on: [k], modality: must, when: kind.is('narrow'), "
    "require: present > 0, says: {zh: 十一, en: eleven}}\n"
    "gaps: [{id: g, provision: wcasp:gap.dissolution-process, on: [k], decides: open_gap, says: "
    "{zh: "
    "空, en: gap}}]\n";

static void each_fact_is_asked_for_once_and_for_its_first_reason(void **state)
{
    texts t = fixture_texts();
    char *text = malloc(sizeof many_norms);

    (void)state;
    assert_non_null(text);
    memcpy(text, many_norms, sizeof many_norms);
    set_text(&t, "wcasp.yaml", (bylaw_str){text, sizeof many_norms - 1});
    bylaw_ruleset *set = load(&t);

    assert_asks(set, "k",
                "gate rows[].terms days_held started ended after asked | if behind | later late | "
                "reading rare",
                "");
    assert_asks(set, "narrow",
                "present gate rows[].terms days_held started ended after asked | if behind | later "
                "late | reading rare",
                "");
    bylaw_ruleset_free(set);
    free_texts(&t);
}

/* The figures that users are shown: lint -v, new. */
static void the_charter_asks_for_two_to_six_facts(void **state)
{
    bylaw_ruleset *set = NULL;

    (void)state;
    assert_int_equal(bylaw_ruleset_bundled(&set, BYLAW_STR("wcasp"), NULL, NULL), BYLAW_OK);
    for (size_t i = 0; i < set->kinds->count; i++) {
        bl_arena arena;
        bl_asks asks;

        if (set->kind_defs[i].norm_count == 0)
            continue;
        bl_arena_init(&arena, NULL);
        assert_int_equal(bl_asks_of(&asks, set, set->kinds->values[i], &arena), BYLAW_OK);
        assert_in_range(asks.needs[BL_NEED_ALWAYS], 1, 6);
        bl_arena_dispose(&arena);
    }
    bylaw_ruleset_free(set);
}

typedef struct sweep {
    const bylaw_ruleset *set;
    const bl_enum_value *kind;
} sweep;

static bylaw_status ask_once(const bylaw_allocator *allocator, void *data)
{
    const sweep *s = data;
    bl_arena arena;
    bl_asks asks;

    bl_arena_init(&arena, allocator);
    const bylaw_status status = bl_asks_of(&asks, s->set, s->kind, &arena);

    bl_arena_dispose(&arena);
    return status;
}

static void running_out_of_memory_is_told(void **state)
{
    texts t = fixture_texts();
    bylaw_ruleset *set = load(&t);
    sweep s = {set, bl_enum_find(set->kinds, BYLAW_STR("dissolution"))};

    (void)state;
    assert_fault_sweep(ask_once, &s);
    bylaw_ruleset_free(set);
    free_texts(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_motion_needs_what_it_is_about),
        cmocka_unit_test(each_fact_is_asked_for_once_and_for_its_first_reason),
        cmocka_unit_test(the_charter_asks_for_two_to_six_facts),
        cmocka_unit_test(running_out_of_memory_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
