/* tests/check/test_readings.c: which options of readings are tried, alone and together, what is
 * told of them, and what becomes of it where one of them cannot be judged. */
#include "check/judged.h"

#define READING(name, extra)                                                                          \
    "  " name ": {phrase: 某, asks: {zh: 何谓, en: what}, default: x, options: {x: {zh: 一, en: " \
    "one}, y: {zh: 二, en: two}" extra "}}\n"

#define WORDS                                                                                      \
    JUDGED_HEAD "kinds: {filing: {zh: 备案, en: filing}}\n"                                      \
                "facts:\n  a: {type: bool, zh: 甲, en: a}\n  b: {type: bool, zh: 乙, en: b}\n"   \
                "  n: {type: int, zh: 数, en: number}\n"

#define NORM(id, body)                                                                             \
    "  - {id: " id ", provision: wcasp:7.1a, on: [filing], modality: must, " body                  \
    ", says: {zh: 甲, en: a}}\n"

/* The options of an alternative as "p.y+q.y". */
static const char *options_of(const bl_set_result *r, const bl_alternative *a)
{
    static char text[200];
    size_t n = 0;

    text[0] = '\0';
    for (size_t i = 0; i < a->choice_count; i++) {
        const bl_reading *reading = &r->set->readings[a->choices[i].reading];
        const bylaw_str option = reading->options[a->choices[i].option].name;

        n += (size_t)sprintf(text + n, "%s%.*s.%.*s", i > 0 ? "+" : "", (int)reading->name.len,
                             reading->name.ptr, (int)option.len, option.ptr);
    }
    return text;
}

/* Those of the alternatives that change something, or of the rows of the grid, between blanks; a
 * row or an option that does not weigh in brackets. */
static const char *listed(const bl_set_result *r, bool grid)
{
    static char text[1000];
    size_t n = 0;
    const bl_alternative *items = grid ? r->grid : r->alternatives;
    const size_t count = grid ? r->grid_count : r->alternative_count;

    text[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        if (grid || items[i].changes)
            n += (size_t)sprintf(text + n, items[i].weighed ? "%s%s" : "%s(%s)", n > 0 ? " " : "",
                                 options_of(r, &items[i]));
    }
    return text;
}

static judged judge_filing(const bylaw_ruleset *set, const char *facts, bool grid)
{
    char text[200];

    snprintf(text, sizeof text, "action: filing\ndate: 2026-11-21\nfacts: {%s}\n", facts);
    return judge_with(set, (bylaw_options){.grid = grid}, text);
}

/* Only together do two readings break what each alone leaves whole: both pairs are told, and a
 * triple that holds one of them is not. */
static void what_only_readings_together_change_is_told_once(void **state)
{
    static const char rules[] =
        WORDS "readings:\n" READING("p", "") READING("q", "") READING("r", "") "norms:\n" NORM(
            "one", "when: a, require: b, readings: {p.y: {when: b}, q.y: {require: a}}")
            NORM("two", "when: a, require: b, readings: {p.y: {when: b}, r.y: {require: a}}");
    bylaw_ruleset *set = rules_of(rules);
    judged j = judge_filing(set, "a: no, b: yes", false);

    (void)state;
    assert_string_equal(listed(j.set, false), "p.y+q.y p.y+r.y");
    assert_int_equal(j.set->verdict, BYLAW_CAUTION);
    assert_false(j.set->firm);
    judged_free(&j);
    bylaw_ruleset_free(set);
}

/* y alone breaks the norm; z does only together with the other reading, and y is no part of that.
 */
static void another_option_of_the_same_reading_explains_nothing(void **state)
{
    static const char rules[] = WORDS "readings:\n" READING("p", ", z: {zh: 三, en: three}")
        READING("q", "") "norms:\n" NORM("one", "require: b, readings: {p.y: {require: a}}")
            NORM("two", "when: a, require: b, readings: {p.z: {when: b}, q.y: {require: a}}");
    bylaw_ruleset *set = rules_of(rules);
    judged j = judge_filing(set, "a: no, b: yes", false);

    (void)state;
    assert_string_equal(listed(j.set, false), "p.y p.z+q.y");
    judged_free(&j);
    bylaw_ruleset_free(set);
}

/* One norm goes and another comes, with the same status: that alone shows that the reading matters.
 */
static void a_norm_in_place_of_another_is_a_difference(void **state)
{
    static const char rules[] = WORDS "readings:\n" READING("p", "")
        READING("q", "") "norms:\n" NORM("one", "under: p.x, require: b")
            NORM("two", "under: p.y, require: b, readings: {q.y: {require: a}}");
    bylaw_ruleset *set = rules_of(rules);
    judged j = judge_filing(set, "a: no, b: yes", false);

    (void)state;
    assert_string_equal(listed(j.set, false), "p.y+q.y");
    judged_free(&j);
    bylaw_ruleset_free(set);
}

/* A remote option is tried by itself and does not weigh; where it is the one in use, no row of the
 * grid that has it does. */
static void a_remote_option_is_shown_and_does_not_weigh(void **state)
{
    static const char rules[] =
        WORDS "readings:\n" READING("p", ", z: {zh: 三, en: three, remote: true}")
            READING("q", "") "norms:\n" NORM(
                "one", "require: b, readings: {p.y: {require: a || b}, p.z: {require: a}}")
                NORM("two", "require: b, readings: {q.y: {require: a || b}}");
    bylaw_ruleset *set = rules_of(rules);
    judged j = judge_filing(set, "a: no, b: yes", true);

    (void)state;
    assert_string_equal(listed(j.set, false), "(p.z)");
    assert_int_equal(j.set->verdict, BYLAW_COMPLIANT);
    assert_true(j.set->firm);
    judged_free(&j);
    /* p.z alters a finding, so p matters; its remote option has no row */
    j = judge_filing(set, "a: no, b: no", true);
    assert_string_equal(listed(j.set, true), "");
    judged_free(&j);
    bylaw_ruleset_free(set);
}

static void rows_with_a_remote_option_in_use_do_not_weigh(void **state)
{
    static const char rules[] =
        WORDS "readings:\n"
              "  p: {phrase: 某, asks: {zh: 何谓, en: what}, default: x, options: {x: {zh: 一, en: "
              "one, remote: true}, y: {zh: 二, en: two}}}\n" READING("q", "") "norms:\n" NORM(
                  "one", "require: b, readings: {p.y: {require: a}}")
                  NORM("two", "require: b, readings: {q.y: {require: a}}");
    bylaw_ruleset *set = rules_of(rules);
    judged j = judge_filing(set, "a: no, b: yes", true);

    (void)state;
    assert_string_equal(listed(j.set, true), "(p.x+q.x) (p.x+q.y) p.y+q.x p.y+q.y");
    judged_free(&j);
    bylaw_ruleset_free(set);
}

/* An option, or options together, under which a norm cannot be evaluated: the action has no result,
 * and the options that come after it are not tried. */
static void a_reading_that_cannot_be_judged_leaves_no_result(void **state)
{
#define OVERFLOW "{require: n + 9223372036854775807 > 0}"
    static const struct {
        const char *rules, *facts;
        bool fails;
    } cases[] = {
        {WORDS "readings:\n" READING("p", ", z: {zh: 三, en: three}") "norms:\n" NORM(
             "one", "require: b, readings: {p.y: " OVERFLOW ", p.z: {require: a}}"),
         "a: no, b: yes, n: 1", true},
        {WORDS "readings:\n" READING("p", ", z: {zh: 三, en: three}") "norms:\n" NORM(
             "one", "require: b, readings: {p.y: " OVERFLOW ", p.z: {require: a}}"),
         "a: no, b: yes, n: 0", false},
        /* only p.y and q.y together */
        {WORDS "readings:\n" READING("p", "") READING("q", "") READING("r", "") "norms:\n" NORM(
             "one", "when: a, require: b, readings: {p.y: {when: b}, q.y: " OVERFLOW "}")
             NORM("two", "when: a, require: b, readings: {p.y: {when: b}, r.y: {require: a}}"),
         "a: no, b: yes, n: 1", true},
        /* only with all three */
        {WORDS "readings:\n" READING("p", "") READING("q", "") READING("r", "") "norms:\n" NORM(
             "one",
             "when: a && !b, require: b, readings: {p.y: {when: a || b}, q.y: {require: n > 0}}")
             NORM("two", "when: a, require: b, readings: {p.y: {when: b}, r.y: " OVERFLOW "}"),
         "a: no, b: yes, n: 1", true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bylaw_ruleset *set = rules_of(cases[i].rules);

        for (int grid = 0; grid < 2; grid++) {
            judged j = judge_filing(set, cases[i].facts, grid);

            assert_int_equal(j.status, cases[i].fails ? BYLAW_EINPUT : BYLAW_OK);
            assert_int_equal(bylaw_diags_count(j.diags), cases[i].fails);
            assert_true(cases[i].fails == (j.set == NULL));
            judged_free(&j);
        }
        bylaw_ruleset_free(set);
    }
#undef OVERFLOW
}

/* One combination fewer than there are, as many, one more. */
static void the_limit_of_readings_tried_cuts_exactly(void **state)
{
    static const char rules[] = WORDS "readings:\n" READING("p", "") READING("q", "")
        READING("r", "") "norms:\n" NORM("one", "require: b, readings: {p.y: {require: a || b}}")
            NORM("two", "when: a, require: b, readings: {p.y: {when: b}, q.y: {require: a || b}}")
                NORM("three",
                     "when: a, require: b, readings: {p.y: {when: b}, r.y: {require: a || b}}");
    static const struct {
        uint64_t limit;
        bool cut;
        size_t rows;
        bool grid_cut;
    } cases[] = {
        {3, true, 3, true},  {4, false, 4, true},  {5, false, 5, true},
        {7, false, 7, true}, {8, false, 8, false}, {9, false, 8, false},
    };
    bylaw_ruleset *set = rules_of(rules);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bylaw_limits limits = {.most = {0}};

        limits.most[BYLAW_LIMIT_READINGS_TRIED] = cases[i].limit;
        judged j = judge_with(set, (bylaw_options){.grid = true, .limits = &limits},
                              "action: filing\ndate: 2026-11-21\nfacts: {a: no, b: yes}\n");

        assert_int_equal(j.set->cut, cases[i].cut);
        assert_int_equal(j.set->most_tried, cases[i].limit);
        assert_int_equal(j.set->grid_count, cases[i].rows);
        assert_int_equal(j.set->grid_cut, cases[i].grid_cut);
        judged_free(&j);
    }
    bylaw_ruleset_free(set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_only_readings_together_change_is_told_once),
        cmocka_unit_test(another_option_of_the_same_reading_explains_nothing),
        cmocka_unit_test(a_norm_in_place_of_another_is_a_difference),
        cmocka_unit_test(a_remote_option_is_shown_and_does_not_weigh),
        cmocka_unit_test(rows_with_a_remote_option_in_use_do_not_weigh),
        cmocka_unit_test(a_reading_that_cannot_be_judged_leaves_no_result),
        cmocka_unit_test(the_limit_of_readings_tried_cuts_exactly),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
