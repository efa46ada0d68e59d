/* Tests of bylaw/expr.h: one expression over facts, told in two languages and in JSON. */
#include "support.h"

#include <bylaw/expr.h>

#include <stdio.h>

typedef struct page {
    char text[8192];
    size_t len;
} page;

static bylaw_status add(void *context, bylaw_str text)
{
    page *p = context;

    assert_true(p->len + text.len < sizeof p->text);
    memcpy(p->text + p->len, text.ptr, text.len);
    p->len += text.len;
    p->text[p->len] = '\0';
    return BYLAW_OK;
}

static const char facts_text[] =
    "present: 5\nmembers: 12\nannounced: false\nquorum: 0.5\nroll: [甲, 乙]\nvote: {yes: 3, no: "
    "2}\n"
    "guests:\nquoted: '5'\nballots: [{by: 甲, choice: 'yes'}, {by: 丙, choice: 'yes'}]\n";

static const bylaw_register facts = {{"facts.yaml", 10}, {facts_text, sizeof facts_text - 1}};

typedef struct example {
    const char *expr;
    bool explain;
    bylaw_lang lang;
    const char *text;
} example;

static const example examples[] = {
    {"present * 2 > members", false, BYLAW_ZH, "false\n"},
    {"present * 2 > members", true, BYLAW_ZH, "false\n✗ present * 2 > members：10 > 12\n"},
    {"announced && present * 2 > members", true, BYLAW_EN,
     "false\n✗ announced && present * 2 > members: false\n  ✗ announced: false\n"
     "  ✗ present * 2 > members: 10 > 12\n"},
    {"vote.yes + vote.no == present", true, BYLAW_EN,
     "true\n✓ vote.yes + vote.no == present: 5 == 5\n"},
    {"guests > 3 && members > 3", true, BYLAW_ZH, "未知，还缺：guests\n? guests > 3：? > 3\n"},
    {"guests > 3", false, BYLAW_EN, "unknown; still missing: guests\n"},
    {"present / (members - 12)", true, BYLAW_ZH,
     "失败：除数为零（第 1 行第 1 列）\n! present / (members - 12)：除数为零\n"},
    {"1 == 1 &&\n present / 0 == 1", false, BYLAW_EN,
     "failed: division by zero (line 2, column 2)\n"},
    {"ballots.all(b, b.by in roll)", true, BYLAW_ZH,
     "false\n✗ ballots.all(b, b.by in roll)：false\n  ✗ 第 2 项，{\"by\": \"丙\", \"choice\": "
     "\"yes\"}\n"
     "    ✗ b.by in roll：\"丙\" in [\"甲\", \"乙\"]\n"},
    {"roll", true, BYLAW_EN, "[\"甲\", \"乙\"]\n= roll: [\"甲\", \"乙\"]\n"},
    {"fraction(present, members) + fraction(1, 4)", false, BYLAW_EN, "fraction(2, 3)\n"},
    {"quoted + 'x'", false, BYLAW_EN, "\"5x\"\n"},
    {"quorum * 2.0", false, BYLAW_EN, "1.0\n"},
    {"'a\\u202eb\\x07'", false, BYLAW_EN, NULL},
};

static void results_are_told_in_both_languages(void **state)
{
    const bylaw_expr_options options = {.facts = &facts, .fact_count = 1};
    bylaw_diags *diags;
    size_t wrong = 0;

    (void)state;
    assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        const example *x = &examples[i];
        bylaw_expr *expr = NULL;
        page out = {.len = 0};

        assert_int_equal(bylaw_expr_evaluate(&expr, bylaw_str_from(x->expr), &options, NULL, diags),
                         BYLAW_OK);
        assert_int_equal(bylaw_expr_write(expr, false, x->explain, x->lang, add, &out), BYLAW_OK);
        bylaw_expr_free(expr);
        if (x->text == NULL) { /* nothing that could mislead a terminal */
            assert_null(strstr(out.text, "\xE2\x80\xAE"));
            assert_null(strchr(out.text, '\a'));
        } else if (strcmp(out.text, x->text) != 0) {
            fprintf(stderr, "%s\nis\n%snot\n%s", x->expr, out.text, x->text);
            wrong++;
        }
    }
    bylaw_diags_free(diags);
    assert_int_equal(wrong, 0);
}

static void machines_get_json(void **state)
{
    const bylaw_expr_options options = {.facts = &facts, .fact_count = 1};
    bylaw_diags *diags;
    bylaw_expr *expr = NULL;
    page out = {.len = 0};

    (void)state;
    assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
    assert_int_equal(bylaw_expr_evaluate(&expr, BYLAW_STR("present > 3 && !(guests == 1)"),
                                         &options, NULL, diags),
                     BYLAW_OK);
    assert_int_equal(bylaw_expr_write(expr, true, true, BYLAW_ZH, add, &out), BYLAW_OK);
    assert_string_equal(
        out.text,
        "{\"version\":1,\"expression\":\"present > 3 && !(guests == 1)\",\"type\":\"bool\","
        "\"state\":\"unknown\",\"value\":null,\"missing\":[\"guests\"],\"cost\":4,"
        "\"explanation\":{\"kind\":\"compare\",\"text\":\"guests == 1\",\"from\":17,\"to\":28,"
        "\"value\":null,\"negated\":true,\"op\":\"==\",\"left\":null,\"left_fact\":\"guests\","
        "\"right\":\"1\"}}\n");
    bylaw_expr_free(expr);
    bylaw_diags_free(diags);
}

static void mistakes_are_told_with_their_place(void **state)
{
    static const char bad[] = "{\"a\": 1, \"a\": 2}";
    const bylaw_register wrong = {BYLAW_STR("f.json"), {bad, sizeof bad - 1}};
    const bylaw_expr_options options = {.facts = &facts, .fact_count = 1};
    const bylaw_expr_options duplicate = {.facts = &wrong, .fact_count = 1};
    bylaw_diags *diags;
    bylaw_expr *expr = NULL;

    (void)state;
    assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
    assert_int_equal(bylaw_expr_evaluate(&expr, BYLAW_STR("presnt > 'a'"), &options, NULL, diags),
                     BYLAW_EINPUT);
    assert_null(expr);
    const bylaw_diag *first = bylaw_diags_get(diags, 0);

    assert_int_equal(first->column, 1);
    assert_non_null(strstr(first->message.in[BYLAW_EN].ptr, "present"));
    assert_true(first->file.len == strlen("expression"));
    bylaw_diags_clear(diags);
    assert_int_equal(bylaw_expr_evaluate(&expr, BYLAW_STR("a"), &duplicate, NULL, diags),
                     BYLAW_EINPUT);
    assert_true(bylaw_diags_errors(diags) > 0);
    bylaw_diags_free(diags);
}

static void settings_replace_facts(void **state)
{
    const bylaw_setting settings[] = {{BYLAW_STR("present"), BYLAW_STR("7")},
                                      {BYLAW_STR("note"), BYLAW_STR("ok")}};
    const bylaw_expr_options options = {
        .facts = &facts, .fact_count = 1, .settings = settings, .setting_count = 2};
    bylaw_diags *diags;
    bylaw_expr *expr = NULL;
    bool truth = false;

    (void)state;
    assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
    assert_int_equal(bylaw_expr_evaluate(&expr, BYLAW_STR("present == 7 && note == 'ok'"), &options,
                                         NULL, diags),
                     BYLAW_OK);
    assert_true(bylaw_expr_truth(expr, &truth));
    assert_true(truth);
    bylaw_expr_free(expr);
    bylaw_diags_free(diags);
}

static void the_words_of_a_rule_set_can_be_used(void **state)
{
    static const char text[] = "facts: {members: 八, present: 6, proposer: {office: 主席}}\n";
    const bylaw_register given = {BYLAW_STR("facts.yaml"), {text, sizeof text - 1}};
    bylaw_expr_options options = {.facts = &given, .fact_count = 1};
    static const struct {
        const char *expr, *text;
    } cases[] = {
        {"members - present", "2\n"},
        {"proposer.office == 'chair'", "true\n"},
        {"vote.yes * 2 > present", "unknown; still missing: vote.yes\n"},
        {"kind.is('dissolution')", "unknown; still missing: kind\n"},
        {"stated(members) && !stated(vote.yes)", "true\n"},
    };
    bylaw_ruleset *set = NULL;
    bylaw_diags *diags;

    (void)state;
    assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
    assert_int_equal(bylaw_ruleset_bundled(&set, BYLAW_STR("wcasp"), NULL, diags), BYLAW_OK);
    options.set = set;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bylaw_expr *expr = NULL;
        page out = {.len = 0};

        if (bylaw_expr_evaluate(&expr, bylaw_str_from(cases[i].expr), &options, NULL, diags) !=
            BYLAW_OK)
            fail_msg("%s: %s", cases[i].expr, bylaw_diags_get(diags, 0)->message.in[BYLAW_EN].ptr);
        assert_int_equal(bylaw_expr_write(expr, false, false, BYLAW_EN, add, &out), BYLAW_OK);
        assert_string_equal(out.text, cases[i].text);
        bylaw_expr_free(expr);
    }
    bylaw_ruleset_free(set);
    bylaw_diags_free(diags);
}

static bylaw_status nowhere(void *context, bylaw_str text)
{
    (void)context;
    (void)text;
    return BYLAW_OK;
}

static bylaw_status evaluate_and_write(const bylaw_allocator *allocator, void *data)
{
    const bylaw_expr_options *options = data;
    bylaw_diags *diags = NULL;
    bylaw_expr *expr = NULL;
    bylaw_status status = bylaw_diags_new(&diags, allocator);

    if (status == BYLAW_OK)
        status = bylaw_expr_evaluate(&expr, BYLAW_STR("ballots.all(b, b.by in roll && guests > 1)"),
                                     options, allocator, diags);
    if (status == BYLAW_OK)
        status = bylaw_expr_write(expr, false, true, BYLAW_ZH, nowhere, NULL);
    if (status == BYLAW_OK)
        status = bylaw_expr_write(expr, true, true, BYLAW_ZH, nowhere, NULL);
    bylaw_expr_free(expr);
    bylaw_diags_free(diags);
    return status;
}

static void every_failing_allocation_is_told(void **state)
{
    bylaw_expr_options options = {.facts = &facts, .fact_count = 1};

    (void)state;
    assert_fault_sweep(evaluate_and_write, &options);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_are_told_in_both_languages),
        cmocka_unit_test(machines_get_json),
        cmocka_unit_test(mistakes_are_told_with_their_place),
        cmocka_unit_test(settings_replace_facts),
        cmocka_unit_test(the_words_of_a_rule_set_can_be_used),
        cmocka_unit_test(every_failing_allocation_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
