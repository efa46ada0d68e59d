/* tests/check/test_remedy_action.c: what the remedy of one action says: one fact that serves
 * several findings, a field of an element, what is past, any magnitude, the bound of trials,
 * memory. */
#include "check/small_rules.h"

#include "check/remedy.h"

#include <stdio.h>

/* ---- what is said of one action ---- */

typedef struct opened {
    bylaw_ruleset *set;
    bylaw_checker *checker;
} opened;

static void open_rules(opened *o, const char *rules)
{
    o->set = rules_of(rules);
    const bylaw_options options = {
        .sets = (const bylaw_ruleset *const *)(void *)&o->set, .set_count = 1, .remedies = true};

    assert_int_equal(bylaw_checker_new(&o->checker, &options, NULL), BYLAW_OK);
}

static void close_rules(opened *o)
{
    bylaw_checker_free(o->checker);
    bylaw_ruleset_free(o->set);
}

static const bl_set_result *check(opened *o, const char *text)
{
    const bylaw_result *result = NULL;

    assert_int_equal(bylaw_checker_read(o->checker, BYLAW_STR("x.yaml"), bylaw_str_from(text),
                                        BYLAW_FORMAT_YAML, NULL),
                     BYLAW_OK);
    assert_int_equal(bylaw_checker_check(o->checker, 0, &result, NULL), BYLAW_OK);
    return &result->sets[0];
}

/* One fact that serves two findings is one change, though each finding alone would name another. */
static void one_fact_serves_several_findings(void **state)
{
    opened o;

    open_rules(&o, small_rules);
    const bl_set_result *r =
        check(&o, "action: filing\nrules: [wcasp]\ndate: 2026-11-21\nfacts: {a: no, b: no, c: no,"
                  " past: yes, n: 2, m: 2, p: low, rows: []}\n");

    (void)state;
    assert_int_equal(r->remedy->kind, BL_REMEDY_CHANGES);
    assert_int_equal(r->remedy->count, 1);
    assert_true(r->remedy->smallest);
    assert_true(bl_str_is(o.set->facts[r->remedy->changes[0].slot - BL_SLOT_FACTS].name, "b"));
    close_rules(&o);
}

/* The field of an element, with its place; the bound of a number as a bound. */
static void a_field_of_an_element_is_told_by_its_place(void **state)
{
    opened o;

    open_rules(&o, small_rules);
    const bl_set_result *r = check(
        &o, "action: filing\nrules: [wcasp]\ndate: 2026-11-21\nfacts: {a: no, b: yes, c: no,"
            " past: yes, n: 2, m: 2, p: low, rows: [{name: x, grade: high, score: 4, done: no},"
            " {name: y, grade: low, score: 1, done: yes}]}\n");
    const bl_change *change = &r->remedy->changes[0];

    (void)state;
    assert_int_equal(r->remedy->kind, BL_REMEDY_CHANGES);
    assert_int_equal(r->remedy->count, 1);
    assert_true(change->within);
    assert_int_equal(change->element, 1);
    assert_int_equal(change->field, 2);
    assert_int_equal(change->kind, BL_CHANGE_AT_LEAST);
    assert_int_equal(change->value.as.i, 2);
    close_rules(&o);
}

static void what_is_past_is_not_proposed(void **state)
{
    opened o;

    open_rules(&o, small_rules);
    const bl_set_result *r =
        check(&o, "action: filing\nrules: [wcasp]\ndate: 2026-11-21\nfacts: {a: yes, b: yes, c: no,"
                  " past: no, n: 2, m: 2, p: low, rows: []}\n");

    (void)state;
    assert_int_equal(r->remedy->count, 1);
    assert_true(bl_str_is(o.set->facts[r->remedy->changes[0].slot - BL_SLOT_FACTS].name, "a"));
    close_rules(&o);
}

/* 10^0 to 10^18: a figure of two thirds that two norms weigh, one below, on it, one above. */
static void the_whole_is_exact_at_any_size(void **state)
{
    opened o;

    open_rules(&o, RULE_HEAD
               "facts:\n  n: {type: count, open_until: always, zh: 件数, en: pieces}\n"
               "  m: {type: count, zh: 总数, en: all pieces}\nnorms:\n"
               "  - {id: one, provision: wcasp:7.1a, on: [filing], modality: must,\n"
               "     threshold: {count: n, of: m, at_least: 2/3}, says: {zh: 一, en: one}}\n"
               "  - {id: two, provision: wcasp:7.1a, on: [filing], modality: must,\n"
               "     threshold: {count: n, of: m, more_than: 1/2}, says: {zh: 二, en: two}}\n");
    int64_t size = 1;
    char text[200];

    (void)state;
    for (int power = 0; power <= 18; power++, size *= power <= 18 ? 10 : 1) {
        for (int64_t more = 0; more < 3; more++) {
            const int64_t m = size + more, least = (int64_t)(((bl_i128)m * 2 + 2) / 3);

            for (int64_t side = -1; side <= 1; side++) {
                const int64_t n = least + side;

                snprintf(text, sizeof text,
                         "action: filing\nrules: [wcasp]\ndate: 2026-11-21\n"
                         "facts: {n: %lld, m: %lld}\n",
                         (long long)n, (long long)m);
                const bl_set_result *r = check(&o, text);

                if (least * 2 <= m) /* more than half is the higher bar */
                    continue;
                assert_int_equal(r->verdict, side < 0 ? BYLAW_VIOLATION : BYLAW_COMPLIANT);
                if (side >= 0) {
                    assert_null(r->remedy);
                    continue;
                }
                assert_int_equal(r->remedy->count, 1);
                assert_int_equal(r->remedy->changes[0].kind, BL_CHANGE_AT_LEAST);
                assert_int_equal(r->remedy->changes[0].value.as.i, least);
                assert_true(r->remedy->smallest);
            }
        }
    }
    close_rules(&o);
}

/* ---- the bound ---- */

/* Three numbers of which one combination is right: how late it is tried depends on `wanted`. */
static bl_remedy combination(int64_t of, int64_t *found)
{
    char rules[1200], text[200];

    snprintf(rules, sizeof rules,
             RULE_HEAD "facts:\n  x: {type: count, open_until: always, zh: 甲, en: x}\n"
                       "  y: {type: count, open_until: always, zh: 乙, en: y}\n"
                       "  z: {type: count, open_until: always, zh: 丙, en: z}\nnorms:\n"
                       "  - {id: one, provision: wcasp:7.1a, on: [filing], modality: must,\n"
                       "     require: x %% 17 == %d && y %% 17 == %d && z %% 17 == %d,\n"
                       "     says: {zh: 一, en: one}}\n",
             (int)(of / 289), (int)(of / 17 % 17), (int)(of % 17));
    snprintf(text, sizeof text,
             "action: filing\nrules: [wcasp]\ndate: 2026-11-21\nfacts: {x: 20, y: 20, z: 20}\n");
    opened o;

    open_rules(&o, rules);
    const bl_set_result *r = check(&o, text);
    bl_remedy remedy = {.kind = BL_REMEDY_SETTLED};

    if (r->remedy == NULL) { /* it is right as it stands */
        close_rules(&o);
        return remedy;
    }
    remedy = *r->findings[0].remedy;

    *found = 0;
    for (size_t i = 0; i < remedy.count; i++)
        *found += remedy.changes[i].value.as.i;
    remedy.smallest = r->remedy->smallest;
    assert_int_equal(r->remedy->kind, remedy.kind);
    close_rules(&o);
    return remedy;
}

static void beyond_the_bound_nothing_is_claimed(void **state)
{
    size_t known = 0, unknown = 0, cut = 0;

    (void)state;
    for (int64_t of = 0; of < (int64_t)17 * 17 * 17; of += 153) {
        int64_t sum = 0;
        const bl_remedy remedy = combination(of, &sum);

        if (remedy.kind == BL_REMEDY_SETTLED)
            continue;
        assert_true(remedy.trials <= BL_MOST_TRIALS + 6); /* and the neighbours of what is told */
        if (remedy.kind == BL_REMEDY_CHANGES) {
            known++;
            assert_true(remedy.count <= 3);
            cut += !remedy.smallest;
        } else {
            unknown++;
            assert_int_equal(remedy.kind, BL_REMEDY_NOT_KNOWN);
            assert_int_equal(remedy.count, 0);
            assert_int_equal(remedy.trials, BL_MOST_TRIALS);
        }
    }
    print_message("%zu found, of these %zu not shown to be smallest; %zu not known\n", known, cut,
                  unknown);
    assert_true(known > 0 && unknown > 0);
}

/* Up to three facts, each of an enumeration of so many values beside the one stated; of each the
 * last is wanted, or none would do. What is said of the finding, and of the whole. */
static void chosen_among(const size_t *others, bool last_will_do, bl_remedy *of_finding,
                         bl_remedy *of_whole)
{
    static char rules[40000];
    size_t n = (size_t)sprintf(rules, "%senums:\n", RULE_HEAD);
    opened o;

    for (size_t f = 0; f < 3; f++) {
        n += (size_t)sprintf(rules + n, "  place%zu:\n", f);
        for (size_t i = 0; i <= others[f]; i++)
            n += (size_t)sprintf(rules + n, "    v%zu: {zh: 地%zu, en: v%zu}\n", i, i, i);
    }
    n += (size_t)sprintf(rules + n, "facts:\n");
    for (size_t f = 0; f < 3; f++)
        n += (size_t)sprintf(
            rules + n, "  p%zu: {type: place%zu, open_until: always, zh: 地点%zu, en: p%zu}\n", f,
            f, f, f);
    n += (size_t)sprintf(
        rules + n, "norms:\n  - {id: one, provision: wcasp:7.1a, on: [filing], modality: must,\n"
                   "     says: {zh: 一, en: one}, require: \"");
    for (size_t f = 0; f < 3 && others[f] > 0; f++) {
        n += (size_t)sprintf(rules + n, "%s!(p%zu in [", f > 0 ? " && " : "", f);
        for (size_t i = 0; i < others[f] + !last_will_do; i++)
            n += (size_t)sprintf(rules + n, "%s'v%zu'", i > 0 ? ", " : "", i);
        n += (size_t)sprintf(rules + n, "])");
    }
    sprintf(rules + n, "\"}\n");
    open_rules(&o, rules);
    const bl_set_result *r = check(&o, "action: filing\nrules: [wcasp]\ndate: 2026-11-21\n"
                                       "facts: {p0: v0, p1: v0, p2: v0}\n");

    *of_finding = *r->findings[0].remedy;
    *of_whole = *r->remedy;
    close_rules(&o);
}

/* One trial fewer than may be spent, exactly as many, one more. Three facts with a, b and c other
 * values take 1 + a + b + c trials for sets of one, as many and ab + ac + bc for sets of two, and
 * abc besides for sets of three. Up to the bound it is known that no set will do, or that the one
 * found is the smallest; beyond it neither is claimed. */
static void the_bound_of_trials_is_exact(void **state)
{
    static const struct {
        size_t others[3], trials;
    } cases[] = {{{4, 14, 14}, 1499}, {{3, 12, 20}, 1500}, {{1, 12, 35}, 1501}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const bool within = cases[i].trials <= BL_MOST_TRIALS;
        const size_t spent = within ? cases[i].trials : BL_MOST_TRIALS;
        bl_remedy one, all;

        chosen_among(cases[i].others, false, &one, &all);
        assert_int_equal(one.kind, within ? BL_REMEDY_NEVER : BL_REMEDY_NOT_KNOWN);
        assert_int_equal(one.trials, spent);
        assert_int_equal(all.count, 0);
        chosen_among(cases[i].others, true, &one, &all);
        assert_int_equal(one.kind, BL_REMEDY_CHANGES);
        assert_int_equal(one.count, 3);
        assert_int_equal(one.trials, spent);
        assert_int_equal(all.kind, BL_REMEDY_CHANGES);
        assert_int_equal(all.smallest, within);
    }
}

/* Of one fact 64 other values are tried: what lies beyond them is not ruled out. */
static void the_bound_of_values_is_exact(void **state)
{
    (void)state;
    for (size_t others = 62; others <= 67; others++) {
        const bool within = others <= 64;
        bl_remedy one, all;

        chosen_among((const size_t[3]){others, 0, 0}, true, &one, &all);
        assert_int_equal(one.kind, within ? BL_REMEDY_CHANGES : BL_REMEDY_NOT_KNOWN);
        assert_int_equal(all.kind, one.kind);
        chosen_among((const size_t[3]){others, 0, 0}, false, &one, &all);
        assert_int_equal(one.kind, within ? BL_REMEDY_NEVER : BL_REMEDY_NOT_KNOWN);
        assert_int_equal(all.kind, one.kind);
    }
}

/* So many duties, each with a fact of its own, which is not done. */
static bl_remedy duties(int count)
{
    static char rules[6000], text[1200];
    size_t n = (size_t)snprintf(rules, sizeof rules, "%sfacts:\n", RULE_HEAD);
    size_t m = (size_t)snprintf(text, sizeof text,
                                "action: filing\nrules: [wcasp]\ndate: 2026-11-21\nfacts: {");

    for (int i = 0; i < count; i++) {
        for (const char *part = "ab"; *part != '\0'; part++) {
            n +=
                (size_t)snprintf(rules + n, sizeof rules - n,
                                 "  %c%d: {type: bool, open_until: always, zh: %c项%d, en: %c%d}\n",
                                 *part, i, *part, i, *part, i);
            m += (size_t)snprintf(text + m, sizeof text - m, "%s%c%d: no",
                                  i == 0 && *part == 'a' ? "" : ", ", *part, i);
        }
    }
    n += (size_t)snprintf(rules + n, sizeof rules - n, "norms:\n");
    for (int i = 0; i < count; i++)
        n += (size_t)snprintf(rules + n, sizeof rules - n,
                              "  - {id: n%d, provision: wcasp:7.1a, on: [filing], modality: must,\n"
                              "     require: a%d, says: {zh: 条%d, en: n%d}}\n",
                              i, i, i, i);
    snprintf(text + m, sizeof text - m, "}\n");
    opened o;

    open_rules(&o, rules);
    const bl_remedy remedy = *check(&o, text)->remedy;

    close_rules(&o);
    return remedy;
}

static void as_many_changes_as_there_are_duties(void **state)
{
    (void)state;
    for (int count = 1; count <= 12; count++) {
        const bl_remedy remedy = duties(count);

        assert_int_equal(remedy.kind, BL_REMEDY_CHANGES);
        assert_int_equal(remedy.count, count);
        assert_true(remedy.smallest);
    }
    assert_int_equal(duties(13).kind, BL_REMEDY_NOT_KNOWN); /* more is no advice */
}

/* ---- memory ---- */

static bylaw_status check_small(const bylaw_allocator *allocator, void *data)
{
    const bylaw_ruleset *set = data;
    const bylaw_options options = {.sets = &set, .set_count = 1, .remedies = true};
    const bylaw_result *result = NULL;
    bylaw_checker *checker = NULL;
    bylaw_status status = bylaw_checker_new(&checker, &options, allocator);

    if (status == BYLAW_OK)
        status = bylaw_checker_read(
            checker, BYLAW_STR("x.yaml"),
            BYLAW_STR("action: filing\nrules: [wcasp]\ndate: 2026-11-21\nfacts: {a: no, c: yes,"
                      " past: yes, n: 2, m: 5, p: low, rows: [{name: x, grade: low, score: 4,"
                      " done: no}, {name: y, grade: low, score: 1}]}\n"),
            BYLAW_FORMAT_YAML, NULL);
    if (status == BYLAW_OK)
        status = bylaw_checker_check(checker, 0, &result, NULL);
    if (status == BYLAW_OK)
        assert_int_equal(result->sets[0].remedy->kind, BL_REMEDY_CHANGES);
    bylaw_checker_free(checker);
    return status;
}

static void the_search_survives_every_failure(void **state)
{
    bylaw_ruleset *set = rules_of(small_rules);

    (void)state;
    assert_fault_sweep(check_small, set);
    bylaw_ruleset_free(set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_fact_serves_several_findings),
        cmocka_unit_test(a_field_of_an_element_is_told_by_its_place),
        cmocka_unit_test(what_is_past_is_not_proposed),
        cmocka_unit_test(the_whole_is_exact_at_any_size),
        cmocka_unit_test(beyond_the_bound_nothing_is_claimed),
        cmocka_unit_test(the_bound_of_trials_is_exact),
        cmocka_unit_test(the_bound_of_values_is_exact),
        cmocka_unit_test(as_many_changes_as_there_are_duties),
        cmocka_unit_test(the_search_survives_every_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
