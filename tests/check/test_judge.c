/* tests/check/test_judge.c: what decisions.test.yaml cannot say of check/judge.c and
 * check/result.c: evaluations that fail, waivers without a day to compare with, the order of many
 * findings, which fact takes an action out of a set's scope. */
#include "check/judged.h"

static const char failing_rules[] = JUDGED_HEAD
    "kinds: {filing: {zh: 备案, en: filing}}\n"
    "types: {row: {n: {type: int, zh: 数, en: number}}}\n"
    "facts:\n  rows: {type: list(row), zh: 各行, en: rows}\n  n: {type: int, zh: 数, en: number}\n"
    "  day: {type: date, zh: 日, en: day}\n"
    "norms:\n"
    "  - {id: each, provision: wcasp:7.1a, on: [filing], each: {r: rows}, modality: must,\n"
    "     label: r.n + 9223372036854775807, require: r.n + 9223372036854775807 > 0,\n"
    "     says: {zh: 甲, en: a}}\n"
    "  - {id: narrowed, provision: wcasp:7.1a, on: [filing], when: n + 9223372036854775807 > 0,\n"
    "     modality: must, require: n > 0, says: {zh: 乙, en: b}}\n";

/* Element, label, what narrows a norm: where several fail the first is told, and nothing else. */
static void the_first_evaluation_that_fails_is_told(void **state)
{
    static const struct {
        const char *facts, *status;
        size_t told;
    } cases[] = {
        {"rows: [{n: 1}], n: 0", "!evaluation", 1},
        {"rows: [{n: 0}, {n: 1}], n: 0", "!evaluation", 1},
        {"rows: [{n: 0}], n: 1", "!evaluation", 1},
        {"rows: [{n: 1}, {n: 1}], n: 1", "!evaluation", 1},
        {"rows: [{n: 0}], n: 0", "satisfied", 0},
        {"rows: [], n: 0", "not-applicable", 0},
    };
    bylaw_ruleset *set = rules_of(failing_rules);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[200];

        snprintf(text, sizeof text, "action: filing\ndate: 2026-11-21\nfacts: {%s}\n",
                 cases[i].facts);
        judged j = judge(set, text);

        assert_string_equal(status_of(&j, "each"), cases[i].status);
        assert_int_equal(bylaw_diags_count(j.diags), cases[i].told);
        judged_free(&j);
    }
    bylaw_ruleset_free(set);
}

static const char waived_rules[] =
    JUDGED_HEAD "kinds: {filing: {zh: 备案, en: filing}}\n"
                "facts: {a: {type: bool, zh: 甲, en: a}}\n"
                "norms:\n"
                "  - {id: done, provision: wcasp:7.1a, on: [filing], modality: must, require: a,\n"
                "     says: {zh: 甲, en: a}}\n"
                "  - {id: advised, provision: wcasp:7.1a, on: [filing], modality: should,\n"
                "     require: a, says: {zh: 乙, en: b}}\n";

/* One day before its end, on it, one after; and where no day is known to compare it with. */
static void a_waiver_holds_until_its_end_and_never_without_a_day(void **state)
{
    static const struct {
        const char *day, *waiver, *status;
    } cases[] = {
        {"date: 2029-12-31\n", "until: 2030-01-01", "waived"},
        {"date: 2030-01-01\n", "until: 2030-01-01", "waived"},
        {"date: 2030-01-02\n", "until: 2030-01-01", "violated"},
        {"", "until: 2030-01-01", "violated"},
        {"as_of: 2030-01-01\n", "until: 2030-01-01", "waived"},
        {"", "", "waived"},
        {"date: 2030-01-02\n", "", "waived"},
    };
    bylaw_ruleset *set = rules_of(waived_rules);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[300];

        snprintf(
            text, sizeof text,
            "action: filing\n%sfacts: {a: no}\nwaivers: [{norm: done, reason: x, by: y%s%s}]\n",
            cases[i].day, cases[i].waiver[0] != '\0' ? ", " : "", cases[i].waiver);
        judged j = judge(set, text);

        assert_string_equal(status_of(&j, "done"), cases[i].status);
        assert_string_equal(status_of(&j, "advised"), "departed");
        judged_free(&j);
    }
    bylaw_ruleset_free(set);
}

/* `count` norms, each of the provision that `order` gives for its number. */
static bylaw_ruleset *many_norms(size_t count, const char *const *order, size_t orders)
{
    char *text = malloc(200 * (count + 2));
    size_t n = 0;

    assert_non_null(text);
    n = (size_t)sprintf(text, "%s%s", JUDGED_HEAD,
                        "kinds: {filing: {zh: 备案, en: filing}}\n"
                        "facts: {a: {type: bool, zh: 甲, en: a}}\nnorms:\n");
    for (size_t i = 0; i < count; i++)
        n += (size_t)sprintf(text + n,
                             "  - {id: n%zu, provision: wcasp:%s, on: [filing], modality: must,\n"
                             "     require: a, says: {zh: 甲, en: a}}\n",
                             i, order[i % orders]);
    bylaw_ruleset *set = rules_of(text);

    free(text);
    return set;
}

/* Few are put in order where they stand, more than 64 by the C library: the same order. */
static void findings_stand_in_order_of_the_document(void **state)
{
    static const char *const in_order[] = {"7.1a"}, *const mixed[] = {"11a", "7.1d", "7.1a", "11c"};
    static const size_t counts[] = {1, 2, 63, 64, 65, 66, 130};

    (void)state;
    for (size_t i = 0; i < 2 * sizeof counts / sizeof *counts; i++) {
        bylaw_ruleset *set = i % 2 == 0 ? many_norms(counts[i / 2], in_order, 1)
                                        : many_norms(counts[i / 2], mixed, 4);
        judged j = judge(set, "action: filing\ndate: 2026-11-21\nfacts: {a: yes}\n");

        assert_non_null(j.set);
        assert_int_equal(j.set->finding_count, counts[i / 2]);
        for (size_t k = 1; k < j.set->finding_count; k++) {
            const bl_norm *a = j.set->findings[k - 1].norm, *b = j.set->findings[k].norm;

            assert_true(a->provisions[0] < b->provisions[0] ||
                        (a->provisions[0] == b->provisions[0] && a->index < b->index));
        }
        judged_free(&j);
        bylaw_ruleset_free(set);
    }
}

static bylaw_ruleset *scoped_rules(const char *head)
{
    char text[1000];

    snprintf(text, sizeof text,
             "%s%s\nkinds: {filing: {zh: 备案, en: filing}, other: {zh: 另, en: other}}\n"
             "facts:\n  place: {type: text, zh: 地点, en: place}\n"
             "  town: {type: text, zh: 城, en: town}\n  n: {type: count, zh: 数, en: number}\n"
             "  a: {type: bool, zh: 甲, en: a}\n"
             "norms:\n  - {id: done, provision: wcasp:7.1a, on: [filing, other], modality: must,\n"
             "     require: a, says: {zh: 甲, en: a}}\n",
             JUDGED_HEAD, head);
    return rules_of(text);
}

/* The fact that is told and what it would have to be: only where the scope says so plainly. */
static void what_takes_an_action_out_of_scope_is_told_where_it_is_plain(void **state)
{
    static const struct {
        const char *scope, *slot, *wanted;
    } cases[] = {
        {"place == 'A'", "place", "A"},
        {"'A' == place", "place", NULL},
        {"n > 3 || a", "n", NULL},
        {"n < 3 && place == 'A'", "place", "A"},
        {"!(place == 'B')", "place", NULL},
        {"place != 'B'", "place", NULL},
        {"place == town", "place", NULL},
        {"n >= 3", "n", NULL},
        {"a", "a", NULL},
        {"kind == 'other'", NULL, NULL},
        {"place.startsWith('A')", "place", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char head[200];

        snprintf(head, sizeof head, "scope: \"%s\"", cases[i].scope);
        bylaw_ruleset *set = scoped_rules(head);
        judged j = judge(set, "action: filing\nrules: [wcasp]\ndate: 2026-11-21\n"
                              "facts: {place: B, town: C, n: 2, a: no}\n");

        assert_non_null(j.set);
        assert_false(j.set->governed);
        assert_int_equal(j.set->why_not, BL_OUT_OF_SCOPE);
        if (cases[i].slot == NULL)
            assert_int_equal(j.set->scope_slot, BL_SLOT_KIND);
        else if (!bl_str_is(set->facts[j.set->scope_slot - BL_SLOT_FACTS].name, cases[i].slot))
            fail_msg("%s: another fact is told", cases[i].scope);
        const bl_value wanted = j.set->scope_wanted;

        if (cases[i].wanted == NULL ? wanted.kind != BL_NULL
                                    : !bl_str_is(bl_string_of(wanted), cases[i].wanted))
            fail_msg("%s: another value is wanted", cases[i].scope);
        judged_free(&j);
        bylaw_ruleset_free(set);
    }
}

/* Without a date it matters whether the set is in force for all of them. */
static void a_date_is_asked_for_where_the_set_has_a_first_or_last_day(void **state)
{
    static const struct {
        const char *in_force, *date;
        bool matters, governed;
    } cases[] = {
        {"", "", false, true},
        {"in_force: {from: 2020-01-01}", "", true, true},
        {"in_force: {until: 2030-12-31}", "", true, true},
        {"in_force: {from: 2020-01-01, until: 2030-12-31}", "", true, true},
        {"in_force: {from: 2020-01-01}", "date: 2019-12-31\n", false, false},
        {"in_force: {from: 2020-01-01}", "date: 2020-01-01\n", false, true},
        {"in_force: {until: 2030-12-31}", "date: 2030-12-31\n", false, true},
        {"in_force: {until: 2030-12-31}", "date: 2031-01-01\n", false, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[200];
        bylaw_ruleset *set = scoped_rules(cases[i].in_force);

        snprintf(text, sizeof text, "action: filing\n%sfacts: {a: yes}\n", cases[i].date);
        judged j = judge(set, text);

        assert_non_null(j.set);
        assert_int_equal(j.set->governed, cases[i].governed);
        assert_int_equal(j.set->date_matters, cases[i].matters);
        if (cases[i].governed)
            assert_int_equal(j.set->verdict,
                             cases[i].matters ? BYLAW_UNDETERMINED : BYLAW_COMPLIANT);
        else
            assert_int_equal(j.set->why_not, BL_OUT_OF_FORCE);
        judged_free(&j);
        bylaw_ruleset_free(set);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_evaluation_that_fails_is_told),
        cmocka_unit_test(a_waiver_holds_until_its_end_and_never_without_a_day),
        cmocka_unit_test(findings_stand_in_order_of_the_document),
        cmocka_unit_test(what_takes_an_action_out_of_scope_is_told_where_it_is_plain),
        cmocka_unit_test(a_date_is_asked_for_where_the_set_has_a_first_or_last_day),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
