/* tests/check/test_every_fault.c: memory that runs out, and writing that fails, at every single
 * point of the public functions: nothing but that status comes out, nothing is left allocated. */
#include "support.h"

#include "check/with_diags.h"
#include "rules/fixture.h"

static texts files;
static bylaw_ruleset *whole; /* the small rule set, read with the C library's memory */

/* Mistakes of the input are no failure of what is tried here. */
static bylaw_status only_memory(bylaw_status status)
{
    return status == BYLAW_EINPUT || status == BYLAW_ELIMIT || status == BYLAW_EDOMAIN ? BYLAW_OK
                                                                                       : status;
}

static void sweep(with_diags *run, void *data)
{
    diags_step s = {run, data, only_memory};

    assert_fault_sweep(with_diags_around, &s);
}

/* ---- rule sets ---- */

static bylaw_status read_set(const bylaw_allocator *allocator, void *data, bylaw_diags *diags)
{
    bylaw_ruleset *set = NULL;
    const bylaw_status status = read_texts(&set, data, allocator, diags);

    if (status != BYLAW_OK)
        assert_null(set);
    bylaw_ruleset_free(set);
    return status;
}

static void reading_a_rule_set(void **state)
{
    (void)state;
    sweep(read_set, &files);
}

/* The rule set with one piece of its text replaced by another. */
static bylaw_str edited(bylaw_str text, const char *piece, const char *by)
{
    const char *at = strstr(text.ptr, piece);
    const size_t before = at == NULL ? 0 : (size_t)(at - text.ptr), gone = strlen(piece);
    char *made = malloc(text.len + strlen(by) + 1);

    assert_non_null(at);
    assert_non_null(made);
    memcpy(made, text.ptr, before);
    strcpy(made + before, by);
    strcat(made, at + gone);
    return (bylaw_str){made, strlen(made)};
}

static void reading_a_rule_set_with_mistakes(void **state)
{
    static const struct {
        const char *piece, *by;
    } edits[] = {
        {"modality: condition", "modalty: condition"},
        {"vote.yes, of: present", "vote.yess, of: presnt"},
        {"proposer.office == 'chair'", "proposer.office == 3 && ("},
        {"at_least: 1/2", "at_least: half"},
        {"options: {inclusive: {zh: 算,", "options: {inclusive: {zh 算"},
        {"uses: [assembly]", "uses: [assembly, asembly]"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        texts t = fixture_texts();

        set_text(&t, "wcasp.yaml",
                 edited(get_text(&files, "wcasp.yaml"), edits[i].piece, edits[i].by));
        sweep(read_set, &t);
        free_texts(&t);
    }
}

static bylaw_status look_into(const bylaw_allocator *allocator, void *data, bylaw_diags *diags)
{
    bylaw_coverage *coverage = NULL;
    bylaw_original *original = NULL;
    bylaw_status status = bylaw_ruleset_lint(whole, allocator, diags);

    (void)data;
    for (size_t i = 0; i < bylaw_ruleset_kind_count(whole) && status == BYLAW_OK; i++) {
        bylaw_asks *asks = NULL;

        status = bylaw_asks_new(&asks, whole, i, allocator);
        bylaw_asks_free(asks);
    }
    if (status == BYLAW_OK)
        status = bylaw_coverage_new(&coverage, whole, allocator);
    if (status == BYLAW_OK)
        status = bylaw_original_new(&original, whole, BYLAW_STR("第一条 甲。\n第二条 乙。\n"),
                                    allocator);
    bylaw_original_free(original);
    bylaw_coverage_free(coverage);
    return status == BYLAW_ENOTFOUND ? BYLAW_OK : status; /* hardly any provision is in that text */
}

static void looking_into_a_rule_set(void **state)
{
    (void)state;
    sweep(look_into, NULL);
}

static bylaw_status change(const bylaw_allocator *allocator, void *data, bylaw_diags *diags)
{
    static const char excuses[] =
        "mutants: wcasp\nequivalent:\n  - place: norms.majority.threshold\n"
        "    change: nothing like it\n    reason: {zh: 甲, en: a}\n";
    bylaw_mutants *mutants = NULL;
    bylaw_str text;
    bylaw_status status = bylaw_mutants_new(&mutants, whole, BYLAW_STR("wcasp.yaml"),
                                            get_text(&files, "wcasp.yaml"), allocator, diags);

    (void)data;
    for (size_t i = 0; status == BYLAW_OK && i < bylaw_mutants_count(mutants) && i < 3; i++)
        status = bylaw_mutants_text(mutants, i, &text);
    if (status == BYLAW_OK)
        status = bylaw_mutants_excuse(mutants, BYLAW_STR("x.yaml"), BYLAW_STR(excuses), diags);
    bylaw_mutants_free(mutants);
    return status;
}

static void changing_a_rule_set(void **state)
{
    (void)state;
    sweep(change, NULL);
}

/* ---- actions ---- */

/* Adopted; lost but declared adopted; open, with what it would take; ballots that contradict; a
 * reading that decides; nothing that governs. */
static const char actions[] =
    "action: dissolution\nrules: [wcasp]\ndate: 2026-11-21\ndeclared: adopted\n"
    "facts: {proposer: {name: 张三, office: chair}, members: 8, present: 7, vote: {yes: 5, no: "
    "2},\n"
    "        announced: true}\n"
    "---\naction: resolution\nrules: [wcasp]\ndate: 2026-11-21\n"
    "facts: {members: 8, present: 8, vote: {yes: 4, no: 4}}\n"
    "---\naction: dissolution\nrules: [wcasp]\ndate: 2026-11-21\n"
    "facts: {proposer: {office: vice_chair}, members: 8}\n"
    "waivers: [{norm: all-called, reason: 特例, by: 大会, until: 2027-01-01}]\n"
    "---\naction: resolution\nrules: [wcasp]\ndate: 2026-11-21\n"
    "facts:\n  roll: [甲会, 乙会, 丙会]\n  present: 3\n  ballots:\n"
    "    - {member: 甲会, choice: yes}\n    - {member: 甲会, choice: no}\n"
    "    - {member: 乙会, choice: yes}\n"
    "---\naction: resolution\nrules: [wcasp]\ndate: 2019-01-01\nfacts: {members: 3}\n"
    "---\naction: resolution\nrules: [wcasp]\ndate: 2026-11-21\nfacts: {members: 3, present: 9}\n";

static const char mistaken[] = "action: disolution\nrules: [wcasp]\ndate: 2026-13-21\n"
                               "facts: {membrs: 8, present: many, vote: {yes: 1, yes: 2}}\n"
                               "---\nacton: x\n";

static bylaw_checker *checker_of(const bylaw_options *options, const bylaw_allocator *allocator,
                                 bylaw_status *status)
{
    bylaw_checker *checker = NULL;

    *status = bylaw_checker_new(&checker, options, allocator);
    return checker;
}

static bylaw_status check_each(bylaw_checker *checker, bylaw_diags *diags)
{
    bylaw_status status = BYLAW_OK;

    for (size_t i = 0; i < bylaw_checker_count(checker) && status == BYLAW_OK; i++) {
        const bylaw_result *result = NULL;

        status = bylaw_checker_check(checker, i, &result, diags);
        if (status == BYLAW_OK)
            status = bylaw_result_not_governed(result, BYLAW_ERROR, diags);
    }
    return status;
}

static const bylaw_setting facts[] = {{{"all_called", 10}, {"yes", 3}}};
static const bylaw_setting readings[] = {{{"half", 4}, {"exclusive", 9}}};
static const bylaw_register registers[] = {
    {{"名册.yaml", 11}, {"facts: {roll: [甲会, 乙会, 丙会]}\n", 40}}};

static bylaw_options options_of(bool full)
{
    const bylaw_ruleset *const *sets = (const bylaw_ruleset *const *)&whole;
    bylaw_options options = {.sets = sets, .set_count = 1};

    if (full) {
        options.facts = facts;
        options.fact_count = 1;
        options.readings = readings;
        options.reading_count = 1;
        options.registers = registers;
        options.register_count = 1;
        options.strict = options.grid = options.remedies = true;
        options.at = BYLAW_STR("2026-12-31");
    }
    return options;
}

static bylaw_status check_text(const bylaw_allocator *allocator, void *data, bylaw_diags *diags)
{
    bylaw_options options = options_of(false);
    bylaw_status status;

    options.remedies = true;
    bylaw_checker *checker = checker_of(&options, allocator, &status);

    if (status == BYLAW_OK)
        status = bylaw_checker_read(checker, BYLAW_STR("x.yaml"), bylaw_str_from(data),
                                    BYLAW_FORMAT_BY_NAME, diags);
    if (status == BYLAW_OK)
        status = check_each(checker, diags);
    bylaw_checker_free(checker);
    return status;
}

static char *writable(const char *text)
{
    return (char *)(uintptr_t)text;
}

static void checking_actions(void **state)
{
    (void)state;
    sweep(check_text, writable(actions));
    sweep(check_text, writable(mistaken));
    sweep(check_text, writable("{\"action\": \"resolution\", \"rules\": [\"wcasp\"], \"date\": "
                               "\"2026-11-21\", \"facts\": {\"present\": 3, \"vote.yes\": 2}}"));
}

static bylaw_status check_with_all(const bylaw_allocator *allocator, void *data, bylaw_diags *diags)
{
    bylaw_options options = options_of(true);
    bylaw_status status;
    bylaw_checker *checker = checker_of(&options, allocator, &status);

    (void)data;
    if (status == BYLAW_OK)
        status = bylaw_checker_read(checker, BYLAW_STR("x.yaml"), bylaw_str_from(actions),
                                    BYLAW_FORMAT_YAML, diags);
    if (status == BYLAW_OK)
        status = check_each(checker, diags);
    bylaw_checker_free(checker);
    return status;
}

static void checking_with_every_option(void **state)
{
    (void)state;
    sweep(check_with_all, NULL);
}

static bylaw_status check_lines(const bylaw_allocator *allocator, void *data, bylaw_diags *diags)
{
    static const char *const lines[] = {
        ("{\"kind\": \"resolution\", \"date\": \"2026-11-21\", \"body.id\": \"wcasp\", "
         "\"members\": 8, \"present\": 8, \"vote.yes\": 3, \"nothing\": 1}"),
        "{\"kind\": \"resolution\", \"present\": \"x\"",
        "{\"kind\": \"dissolution\", \"date\": \"2026-11-21\", \"body.id\": \"wcasp\"}",
    };
    bylaw_options options = options_of(false);
    bylaw_status status;

    (void)data;
    options.flat = BYLAW_STR("kind");
    options.ignore_unknown = true;
    bylaw_checker *checker = checker_of(&options, allocator, &status);

    for (size_t i = 0; i < sizeof lines / sizeof *lines && only_memory(status) == BYLAW_OK; i++) {
        status = bylaw_checker_read_line(checker, BYLAW_STR("x.jsonl"), i + 1,
                                         bylaw_str_from(lines[i]), diags);
        if (status == BYLAW_OK)
            status = check_each(checker, diags);
    }
    bylaw_checker_free(checker);
    return status;
}

static void checking_a_stream(void **state)
{
    (void)state;
    sweep(check_lines, NULL);
}

/* ---- reports: memory, and writing ---- */

/* What is written goes nowhere, until the write number `fail_at`. */
typedef struct sink {
    size_t writes, fail_at;
} sink;

static bylaw_status swallow(void *context, bylaw_str text)
{
    sink *s = context;

    (void)text;
    return ++s->writes == s->fail_at ? BYLAW_EIO : BYLAW_OK;
}

typedef struct reporting {
    bylaw_report_options options;
    bylaw_checker *checker;
    bylaw_diags *mistakes;
    sink sink;
} reporting;

static bylaw_status report_all(const bylaw_allocator *allocator, reporting *r)
{
    const bylaw_summary summary = {.verdicts = {1, 1, 1, 1, 1}, .failed = 1};
    bylaw_report *report = NULL;
    bylaw_status status;

    r->options.write = swallow;
    r->options.context = &r->sink;
    status = bylaw_report_new(&report, &r->options, allocator);
    bylaw_checker_forget(r->checker);
    for (size_t i = 0; i < bylaw_checker_count(r->checker) && status == BYLAW_OK; i++) {
        const bylaw_result *result = NULL;

        status = bylaw_checker_check(r->checker, i, &result, r->mistakes);
        if (status == BYLAW_OK)
            status = bylaw_report_add(report, result);
    }
    if (status == BYLAW_OK)
        status = bylaw_report_add_errors(report, BYLAW_STR("y.yaml"), r->mistakes);
    if (status == BYLAW_OK)
        status = bylaw_report_end(report, &summary);
    bylaw_report_free(report);
    return status;
}

static bylaw_status report_it(const bylaw_allocator *allocator, void *data, bylaw_diags *diags)
{
    (void)diags;
    return report_all(allocator, data);
}

/* Every write in turn: the call that it happens in ends with its status. */
static void fail_each_write(reporting *r)
{
    r->sink = (sink){0, 0};
    assert_int_equal(report_all(NULL, r), BYLAW_OK);
    const size_t writes = r->sink.writes;

    for (size_t at = 1; at <= writes; at++) {
        r->sink = (sink){0, at};
        assert_int_equal(report_all(NULL, r), BYLAW_EIO);
        assert_int_equal(r->sink.writes, at); /* and nothing is written after it */
    }
    r->sink = (sink){0, 0};
}

static void reporting_in_every_format(void **state)
{
    static const bylaw_lang langs[] = {BYLAW_ZH, BYLAW_EN};
    bylaw_options options = options_of(false);
    reporting r = {.sink = {0, 0}};
    bylaw_status status;

    (void)state;
    options.remedies = true;
    assert_int_equal(bylaw_diags_new(&r.mistakes, NULL), BYLAW_OK);
    r.checker = checker_of(&options, NULL, &status);
    assert_int_equal(status, BYLAW_OK);
    assert_int_equal(bylaw_checker_read(r.checker, BYLAW_STR("x.yaml"), bylaw_str_from(mistaken),
                                        BYLAW_FORMAT_YAML, r.mistakes),
                     BYLAW_EINPUT);
    assert_int_equal(bylaw_checker_read(r.checker, BYLAW_STR("x.yaml"), bylaw_str_from(actions),
                                        BYLAW_FORMAT_YAML, r.mistakes),
                     BYLAW_OK);
    for (int format = 0; format < BYLAW_REPORT_FORMATS; format++) {
        if (bylaw_report_format_name((bylaw_report_format)format) == NULL)
            continue;
        for (size_t n = 1; n <= 2; n++) {
            r.options =
                (bylaw_report_options){.format = (bylaw_report_format)format,
                                       .langs = langs,
                                       .lang_count = n,
                                       .color = n == 2,
                                       .verbosity = n == 2,
                                       .single = n == 1,
                                       .template_text = BYLAW_STR("{file} {violated} {vote.yes}")};
            fail_each_write(&r);
            sweep(report_it, &r);
        }
    }
    bylaw_checker_free(r.checker);
    bylaw_diags_free(r.mistakes);
}

static void telling_mistakes(void **state)
{
    bylaw_options options = options_of(false);
    bylaw_diags *diags = NULL;
    bylaw_status status;

    (void)state;
    assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
    bylaw_checker *checker = checker_of(&options, NULL, &status);

    assert_int_equal(bylaw_checker_read(checker, BYLAW_STR("x.yaml"), bylaw_str_from(mistaken),
                                        BYLAW_FORMAT_YAML, diags),
                     BYLAW_EINPUT);
    for (int style_number = 0; style_number < 4; style_number++) {
        const bylaw_diag_style style = {.lang = style_number % 2 == 0 ? BYLAW_ZH : BYLAW_EN,
                                        .color = style_number > 1,
                                        .codes = style_number > 1,
                                        .excerpts = true};
        sink s = {0, 0};

        assert_int_equal(bylaw_diags_write(diags, &style, swallow, &s), BYLAW_OK);
        assert_true(s.writes > 0);
        for (size_t at = s.writes; at > 0; at--) {
            s = (sink){0, at};
            assert_int_equal(bylaw_diags_write(diags, &style, swallow, &s), BYLAW_EIO);
        }
    }
    bylaw_checker_free(checker);
    bylaw_diags_free(diags);
}

/* ---- rule tests, single expressions ---- */

static bylaw_status run_cases(const bylaw_allocator *allocator, void *data, bylaw_diags *diags)
{
    static const char text[] =
        "tests: wcasp\ndate: 2026-11-21\ncases:\n"
        "  - name: majority\n    action: resolution\n    facts: {members: 12, vote: {no: 0}}\n"
        "    table:\n      given: [present, vote.yes]\n"
        "      expect: [outcome, majority, need.majority]\n      rows:\n"
        "        - [3, 2, adopted, satisfied, 2]\n        - [3, 1, adopted, satisfied, 1]\n"
        "  - name: dissolution\n    action: dissolution\n    facts: {members: 8, vote: {yes: x}}\n"
        "    expect: {outcome: adopted}\n";
    bylaw_tests *tests = NULL;
    bylaw_test_counts counts;
    bylaw_status status =
        bylaw_tests_read(&tests, BYLAW_STR("wcasp.test.yaml"), BYLAW_STR(text), allocator, diags);

    (void)data;
    if (status == BYLAW_OK)
        status = bylaw_tests_run(tests, whole, NULL, &counts, diags);
    bylaw_tests_free(tests);
    return status;
}

static void running_rule_tests(void **state)
{
    (void)state;
    sweep(run_cases, NULL);
}

typedef struct asked {
    const char *text;
    const bylaw_ruleset **set;
} asked;

static bylaw_status evaluate(const bylaw_allocator *allocator, void *data, bylaw_diags *diags)
{
    const asked *a = data;
    const bylaw_register given = {BYLAW_STR("f.yaml"),
                                  BYLAW_STR("present: 7\nvote: {yes: 4}\nrows: [{a: 1}]\n")};
    const bylaw_expr_options options = {.set = a->set != NULL ? *a->set : NULL,
                                        .facts = &given,
                                        .fact_count = a->set != NULL ? 0 : 1,
                                        .settings = facts,
                                        .setting_count = 1};
    bylaw_expr *expr = NULL;
    bylaw_status status =
        bylaw_expr_evaluate(&expr, bylaw_str_from(a->text), &options, allocator, diags);

    for (int i = 0; i < 8 && status == BYLAW_OK; i++) {
        sink s = {0, 0};

        status =
            bylaw_expr_write(expr, i & 1, (i & 2) != 0, i & 4 ? BYLAW_EN : BYLAW_ZH, swallow, &s);
    }
    bylaw_expr_free(expr);
    return status;
}

static void evaluating_expressions(void **state)
{
    asked all[] = {
        {"fraction(4, 7) >= fraction(1, 2) && rows.exists(r, r.a > 1)", NULL},
        {"'a' + string(missing) + 'b'", NULL},
        {"1 / 0", NULL},
        {"((", NULL},
        {"vote.yes + vote.no <= present", (const bylaw_ruleset **)(void *)&whole},
        {"all_called && stated(ballots)", (const bylaw_ruleset **)(void *)&whole},
    };

    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        sweep(evaluate, &all[i]);
}

static int open_files(void **state)
{
    bylaw_diags *diags = NULL;

    (void)state;
    files = fixture_texts();
    if (bylaw_diags_new(&diags, NULL) != BYLAW_OK ||
        read_texts(&whole, &files, NULL, diags) != BYLAW_OK)
        return -1;
    bylaw_diags_free(diags);
    return 0;
}

static int close_files(void **state)
{
    (void)state;
    bylaw_ruleset_free(whole);
    free_texts(&files);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_a_rule_set),
        cmocka_unit_test(reading_a_rule_set_with_mistakes),
        cmocka_unit_test(looking_into_a_rule_set),
        cmocka_unit_test(changing_a_rule_set),
        cmocka_unit_test(checking_actions),
        cmocka_unit_test(checking_with_every_option),
        cmocka_unit_test(checking_a_stream),
        cmocka_unit_test(reporting_in_every_format),
        cmocka_unit_test(telling_mistakes),
        cmocka_unit_test(running_rule_tests),
        cmocka_unit_test(evaluating_expressions),
    };

    return cmocka_run_group_tests(tests, open_files, close_files);
}
