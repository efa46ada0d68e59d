/* tests/check/test_expression.c: one expression by itself, through the public functions: its value,
 * type, what is missing and why it fails; facts from texts and settings, laid over one another. */
#include "rules/fixture.h"

#include <bylaw/bylaw.h>

static bylaw_diags *diags;

static int open_diags(void **state)
{
    (void)state;
    return bylaw_diags_new(&diags, NULL) == BYLAW_OK ? 0 : -1;
}

static int close_diags(void **state)
{
    (void)state;
    bylaw_diags_free(diags);
    return 0;
}

static bylaw_expr *evaluated(const char *text, const bylaw_expr_options *options)
{
    bylaw_expr *expr = NULL;

    bylaw_diags_clear(diags);
    assert_int_equal(bylaw_expr_evaluate(&expr, bylaw_str_from(text), options, NULL, diags),
                     BYLAW_OK);
    return expr;
}

static void assert_text(bylaw_str is, const char *wanted)
{
    assert_int_equal(is.len, strlen(wanted));
    assert_memory_equal(is.ptr, wanted, is.len);
}

static void a_value_has_a_text_a_type_and_a_cost(void **state)
{
    static const struct {
        const char *text, *value, *type;
        int truth; /* -1: it is none */
    } cases[] = {
        {"1 + 2 * 3", "7", "int", -1},
        {"1 < 2", "true", "bool", 1},
        {"1 > 2", "false", "bool", 0},
        {"['a', 'b']", "[\"a\", \"b\"]", "list(string)", -1},
        {"{'a': 1}", "{\"a\": 1}", "map(string, int)", -1},
        {"date('2026-11-21').addDays(1)", "date(\"2026-11-22\")", "date", -1},
        {"fraction(2, 4)", "fraction(1, 2)", "fraction", -1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bylaw_expr *expr = evaluated(cases[i].text, NULL);
        bool truth = cases[i].truth != 1;

        assert_int_equal(bylaw_expr_state_of(expr), BYLAW_EXPR_VALUE);
        assert_text(bylaw_expr_value(expr), cases[i].value);
        assert_text(bylaw_expr_type(expr), cases[i].type);
        assert_int_equal(bylaw_expr_truth(expr, &truth), cases[i].truth >= 0);
        assert_int_equal(truth, cases[i].truth >= 0 ? cases[i].truth == 1 : true);
        assert_int_equal(bylaw_expr_missing_count(expr), 0);
        assert_int_equal(bylaw_expr_message(expr, BYLAW_EN).len, 0);
        assert_true(bylaw_expr_cost(expr) < 1000);
        bylaw_expr_free(expr);
    }
}

static void what_fails_says_why_in_both_languages(void **state)
{
    bylaw_expr *expr = evaluated("[1, 2][5] > 0 || 1 / 0 > 1", NULL);
    bool truth = true;

    (void)state;
    assert_int_equal(bylaw_expr_state_of(expr), BYLAW_EXPR_FAILED);
    assert_true(bylaw_expr_message(expr, BYLAW_EN).len > 0);
    assert_true(bylaw_expr_message(expr, BYLAW_ZH).len > 0);
    assert_int_equal(bylaw_expr_value(expr).len, 0);
    assert_false(bylaw_expr_truth(expr, &truth));
    assert_true(truth); /* untouched */
    bylaw_expr_free(expr);
}

static void what_is_unknown_names_the_facts(void **state)
{
    texts t = fixture_texts();
    bylaw_ruleset *set = NULL;
    const bylaw_setting settings[] = {{BYLAW_STR("vote.yes"), BYLAW_STR("4")}};

    (void)state;
    assert_int_equal(read_texts(&set, &t, NULL, diags), BYLAW_OK);
    const bylaw_expr_options options = {.set = set, .settings = settings, .setting_count = 1};
    bylaw_expr *expr = evaluated("vote.yes * 2 >= present && announced", &options);

    assert_int_equal(bylaw_expr_state_of(expr), BYLAW_EXPR_UNKNOWN);
    assert_int_equal(bylaw_expr_missing_count(expr), 2);
    assert_text(bylaw_expr_missing(expr, 0), "present");
    assert_text(bylaw_expr_missing(expr, 1), "announced");
    assert_text(bylaw_expr_type(expr), "bool");
    bylaw_expr_free(expr);
    bylaw_ruleset_free(set);
    free_texts(&t);
}

/* A later text replaces what an earlier one says, a setting what any says. */
static void facts_are_laid_over_one_another(void **state)
{
    const bylaw_register facts[] = {
        {BYLAW_STR("a.yaml"),
         BYLAW_STR("facts: {x: 1, y: 2, z: 3, t: text, l: [1, 2], on: yes}\n")},
        {BYLAW_STR("b.json"), BYLAW_STR("{\"y\": 20, \"z\": 30, \"m\": {\"k\": [1.5, null]}}")},
    };
    const bylaw_setting settings[] = {{BYLAW_STR("z"), BYLAW_STR("300")},
                                      {BYLAW_STR("w"), BYLAW_STR("[1, 2, 3]")}};
    const bylaw_expr_options options = {
        .facts = facts, .fact_count = 2, .settings = settings, .setting_count = 2};
    static const struct {
        const char *text, *value;
    } cases[] = {
        {"[x, y, z]", "[1, 20, 300]"}, {"size(w) + size(l)", "5"}, {"t + '!'", "\"text!\""},
        {"m.k[0] > 1.0", "true"},      {"m.k[1] == null", "true"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bylaw_expr *expr = evaluated(cases[i].text, &options);

        assert_text(bylaw_expr_value(expr), cases[i].value);
        bylaw_expr_free(expr);
    }
}

static void wrong_facts_are_told_and_nothing_is_evaluated(void **state)
{
    static const struct {
        const char *file, *text;
    } cases[] = {
        {"a.yaml", "x: [1,\n"},     {"a.json", "{\"x\": }"},     {"a.yaml", "- 1\n- 2\n"},
        {"a.yaml", "x: 1\nx: 2\n"}, {"a.yaml", "just a text\n"}, {"a.json", "[1, 2]"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const bylaw_register facts = {bylaw_str_from(cases[i].file), bylaw_str_from(cases[i].text)};
        const bylaw_expr_options options = {.facts = &facts, .fact_count = 1};
        bylaw_expr *expr = NULL;

        bylaw_diags_clear(diags);
        assert_int_equal(bylaw_expr_evaluate(&expr, BYLAW_STR("1"), &options, NULL, diags),
                         BYLAW_EINPUT);
        assert_null(expr);
        assert_true(bylaw_diags_errors(diags) > 0);
    }
}

static void a_wrong_setting_is_told(void **state)
{
    const bylaw_setting settings[] = {{BYLAW_STR("x"), BYLAW_STR("[1, ")}};
    const bylaw_expr_options options = {.settings = settings, .setting_count = 1};
    bylaw_expr *expr = NULL;

    (void)state;
    bylaw_diags_clear(diags);
    assert_int_equal(bylaw_expr_evaluate(&expr, BYLAW_STR("x"), &options, NULL, diags),
                     BYLAW_EINPUT);
    assert_null(expr);
    assert_true(bylaw_diags_errors(diags) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_has_a_text_a_type_and_a_cost),
        cmocka_unit_test(what_fails_says_why_in_both_languages),
        cmocka_unit_test(what_is_unknown_names_the_facts),
        cmocka_unit_test(facts_are_laid_over_one_another),
        cmocka_unit_test(wrong_facts_are_told_and_nothing_is_evaluated),
        cmocka_unit_test(a_wrong_setting_is_told),
    };

    return cmocka_run_group_tests(tests, open_diags, close_diags);
}
