/* tests/check/test_fault_sites.c: memory that runs out anywhere in the library while it works on
 * everything the project has: the bundled rule sets with their tests and examples, every wrong rule
 * set, action and expression of the other tests, every format. test_every_fault.c fails each single
 * allocation of a few inputs; here each chain of calls that asks for memory fails once. */
#include "sites.h"

#include "check/with_diags.h"
#include "rules/records.h"

#include <glob.h>
#include <unistd.h>

static fault_sites sites;
static bylaw_ruleset *sets[8];
static size_t set_count;
static texts fixture;
static bylaw_ruleset *fixture_set;

/* Of what is tried here only the want of memory is a failure. */
static bylaw_status only_memory(bylaw_status status)
{
    return status == BYLAW_ENOMEM ? status : BYLAW_OK;
}

static void fail_each(with_diags *run, void *data)
{
    diags_step s = {run, data, only_memory};

    assert_faults_at_new_sites(with_diags_around, &s, &sites);
}

/* ---- rule sets ---- */

static bylaw_status read_record_set(const bylaw_allocator *allocator, void *data,
                                    bylaw_diags *diags)
{
    bylaw_ruleset *set = NULL;
    bylaw_status status = read_texts(&set, data, allocator, diags);

    if (status == BYLAW_OK)
        status = bylaw_ruleset_lint(set, allocator, diags);
    bylaw_ruleset_free(set);
    return status;
}

static bool fail_record(record *r)
{
    fail_each(read_record_set, &r->files);
    return true;
}

static void reading_wrong_rule_sets(void **state)
{
    (void)state;
    assert_true(run_records("mistakes.cases", fail_record) >= 100);
    assert_true(run_records("lint.cases", fail_record) >= 10);
}

static bylaw_status read_bundled(const bylaw_allocator *allocator, void *data, bylaw_diags *diags)
{
    bylaw_ruleset *set = NULL;
    const bylaw_status status = bylaw_ruleset_bundled(&set, *(bylaw_str *)data, allocator, diags);

    bylaw_ruleset_free(set);
    return status;
}

static void reading_the_bundled_rule_sets(void **state)
{
    (void)state;
    for (size_t i = 0; i < bylaw_bundled_count(); i++) {
        bylaw_str name = bylaw_bundled_name(i);

        fail_each(read_bundled, &name);
    }
}

static bylaw_status look_into(const bylaw_allocator *allocator, void *data, bylaw_diags *diags)
{
    const bylaw_ruleset *set = data;
    bylaw_coverage *coverage = NULL;
    bylaw_status status = bylaw_ruleset_lint(set, allocator, diags);

    for (size_t i = 0; i < bylaw_ruleset_kind_count(set) && status == BYLAW_OK; i++) {
        bylaw_asks *asks = NULL;

        for (int lang = 0; lang < BYLAW_LANGS && status == BYLAW_OK; lang++) {
            const bylaw_blank_telling telling = {
                .lang = (bylaw_lang)lang, .all = lang == 1, .write = write_nowhere};

            status = bylaw_blank_write(set, i, &telling, NULL, allocator);
        }
        if (status == BYLAW_OK)
            status = bylaw_asks_new(&asks, set, i, allocator);
        bylaw_asks_free(asks);
    }
    if (status == BYLAW_OK)
        status = bylaw_coverage_new(&coverage, set, allocator);
    for (int i = 0; i < 4 && status == BYLAW_OK; i++) {
        const bylaw_handbook_options options = {
            .lang = i & 1 ? BYLAW_EN : BYLAW_ZH, .html = (i & 2) != 0, .write = write_nowhere};

        status = bylaw_handbook_write(set, &options, allocator);
    }
    bylaw_coverage_free(coverage);
    return status;
}

static void looking_into_rule_sets(void **state)
{
    (void)state;
    fail_each(look_into, fixture_set);
    for (size_t i = 0; i < set_count; i++)
        fail_each(look_into, sets[i]);
}

static bylaw_status compare_sets(const bylaw_allocator *allocator, void *data, bylaw_diags *diags)
{
    bylaw_ruleset *const *pair = data;
    size_t counts[BYLAW_CHANGES];
    bylaw_status status = BYLAW_OK;

    (void)diags;
    for (int i = 0; i < 2 && status == BYLAW_OK; i++) {
        const bylaw_diff_telling telling = {
            .lang = i == 0 ? BYLAW_ZH : BYLAW_EN, .color = i == 1, .write = write_nowhere};

        status = bylaw_diff(pair[i], pair[1 - i], &telling, counts, allocator);
    }
    return status;
}

/* The small rule set amended: a bar raised, a norm gone, a norm added, a sentence reworded. */
static void comparing_rule_sets(void **state)
{
    static const char *const edits[][2] = {
        {"at_least: 1/2", "at_least: 2/3"},
        {"dissolution-announced", "dissolution-published"},
        {"解散须经大会三分之二成员同意", "解散须经三分之二成员同意"},
        {"proposer.office == 'chair'", "\"proposer.office in ['chair', 'vice_chair']\""},
    };
    texts t = fixture_texts();
    bylaw_ruleset *pair[2] = {fixture_set, NULL};

    (void)state;
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        const bylaw_str text = get_text(&t, "wcasp.yaml");
        const char *at = strstr(text.ptr, edits[i][0]);
        char *made = malloc(text.len + 100);

        assert_non_null(at);
        assert_non_null(made);
        sprintf(made, "%.*s%s%s", (int)(at - text.ptr), text.ptr, edits[i][1],
                at + strlen(edits[i][0]));
        set_text(&t, "wcasp.yaml", (bylaw_str){made, strlen(made)});
    }
    assert_int_equal(read_texts(&pair[1], &t, NULL, NULL), BYLAW_OK);
    fail_each(compare_sets, pair);
    bylaw_ruleset_free(pair[1]);
    free_texts(&t);
}

static bylaw_status exhaust(const bylaw_allocator *allocator, void *data, bylaw_diags *diags)
{
    const bylaw_exhaust_telling telling = {.lang = BYLAW_EN, .most = 3, .write = write_nowhere};
    bylaw_exhaust_counts counts;

    (void)diags;
    return bylaw_exhaust(data, &telling, &counts, allocator);
}

static bylaw_status ask_need(const bylaw_allocator *allocator, void *data, bylaw_diags *diags)
{
    static const bylaw_setting facts[] = {{{"members", 7}, {"8", 1}}};
    bylaw_status status = BYLAW_OK;

    for (int format = BYLAW_NEED_TEXT; format <= BYLAW_NEED_HTML && status == BYLAW_OK; format++) {
        for (int vary = 0; vary < 2 && status == BYLAW_OK; vary++) {
            const bylaw_need_question question = {.set = data,
                                                  .facts = facts,
                                                  .fact_count = 1,
                                                  .vary = vary ? BYLAW_STR("present")
                                                               : (bylaw_str){NULL, 0},
                                                  .from = 1,
                                                  .to = 5};
            const bylaw_need_telling telling = {.format = (bylaw_need_format)format,
                                                .lang = vary ? BYLAW_EN : BYLAW_ZH,
                                                .color = vary,
                                                .write = write_nowhere};

            status = only_memory(bylaw_need_ask(&question, &telling, allocator, diags));
        }
    }
    return status;
}

static void asking_what_votes_need(void **state)
{
    (void)state;
    fail_each(exhaust, fixture_set);
    fail_each(ask_need, fixture_set);
    for (size_t i = 0; i < set_count; i++) {
        if (bl_str_is(bylaw_ruleset_id(sets[i]), "wcasp"))
            fail_each(ask_need, sets[i]);
    }
}

typedef struct text_of_set {
    const bylaw_ruleset *set;
    bylaw_str text;
} text_of_set;

static bylaw_status change(const bylaw_allocator *allocator, void *data, bylaw_diags *diags)
{
    const text_of_set *d = data;
    bylaw_mutants *mutants = NULL;
    bylaw_str text;
    bylaw_status status =
        bylaw_mutants_new(&mutants, d->set, BYLAW_STR("x.yaml"), d->text, allocator, diags);

    for (size_t i = 0; i < 3 && status == BYLAW_OK && i < bylaw_mutants_count(mutants); i++)
        status = bylaw_mutants_text(mutants, i, &text);
    bylaw_mutants_free(mutants);
    return status;
}

static void changing_rule_sets(void **state)
{
    (void)state;
    for (size_t i = 0; i < set_count; i++) {
        char path[256];
        const bylaw_str id = bylaw_ruleset_id(sets[i]);

        snprintf(path, sizeof path, "rules/%.*s.yaml", (int)id.len, id.ptr);
        text_of_set d = {sets[i], read_file(path)};

        fail_each(change, &d);
        free_text(d.text);
    }
}

/* ---- actions ---- */

typedef struct file {
    const char *path;
    bylaw_str text;
} file;

static bylaw_str registers_read[4];
static size_t register_count;

static void forget_registers(void)
{
    while (register_count > 0)
        free_text(registers_read[--register_count]);
}

static bylaw_status open_file(void *context, bylaw_str name, bylaw_str from, bylaw_str *text,
                              bylaw_str *shown)
{
    char path[1024];

    (void)context;
    (void)from;
    snprintf(path, sizeof path, "rules/examples/%.*s", (int)name.len, name.ptr);
    *text = read_file(path);
    *shown = name;
    if (text->ptr == NULL)
        return BYLAW_ENOTFOUND;
    if (register_count == sizeof registers_read / sizeof *registers_read)
        forget_registers();
    registers_read[register_count++] = *text;
    return BYLAW_OK;
}

static bylaw_options full_options(void)
{
    static const char text[] = "waivers: [{norm: '*', reason: x, by: y, until: 2030-01-01}]\n";
    static const bylaw_register waivers = {{"w.yaml", 6}, {text, sizeof text - 1}};
    static const bylaw_str ignored[] = {{"nothing*", 8}};

    return (bylaw_options){.sets = (const bylaw_ruleset *const *)sets,
                           .set_count = set_count,
                           .open = open_file,
                           .remedies = true,
                           .grid = true,
                           .waiver_files = &waivers,
                           .waiver_file_count = 1,
                           .ignore = ignored,
                           .ignore_count = 1};
}

static bylaw_status tell_alone(const bylaw_result *result, const bylaw_allocator *allocator,
                               bylaw_diags *diags)
{
    bylaw_status status = bylaw_result_not_governed(result, BYLAW_ERROR, diags);

    for (int lang = 0; lang < BYLAW_LANGS && status == BYLAW_OK; lang++) {
        const bylaw_explain_telling explaining = {
            .lang = (bylaw_lang)lang, .color = lang == 1, .write = write_nowhere};

        status = only_memory(bylaw_explain(result, (bylaw_str){NULL, 0}, &explaining, allocator));
        for (int format = 0; format <= BYLAW_NEED_HTML && status == BYLAW_OK; format++) {
            const bylaw_need_telling telling = {.format = (bylaw_need_format)format,
                                                .lang = (bylaw_lang)lang,
                                                .write = write_nowhere};

            status = only_memory(bylaw_need_result(result, &telling, allocator));
        }
    }
    bylaw_result_unused_waivers(result, diags);
    return status;
}

static bylaw_status tell(const bylaw_result *result, const bylaw_allocator *allocator,
                         bylaw_diags *diags)
{
    static const bylaw_lang langs[] = {BYLAW_ZH, BYLAW_EN};
    bylaw_status status = tell_alone(result, allocator, diags);

    for (int i = 0; i < 2 * BYLAW_REPORT_FORMATS && status == BYLAW_OK; i++) {
        const bylaw_summary summary = {.verdicts = {1, 1, 1, 1, 1}, .failed = 1};
        const bylaw_report_options options = {.format = (bylaw_report_format)(i / 2),
                                              .langs = langs + (i + 1) % 2,
                                              .lang_count = 1 + (size_t)i % 2,
                                              .color = i % 2 == 1,
                                              .verbosity = 1,
                                              .single = i % 2 == 0,
                                              .template_text = BYLAW_STR("{file} {violated}"),
                                              .write = write_nowhere};
        bylaw_report *report = NULL;

        status = bylaw_report_new(&report, &options, allocator);
        if (status == BYLAW_OK)
            status = bylaw_report_add(report, result);
        if (status == BYLAW_OK)
            status = bylaw_report_add_errors(report, BYLAW_STR("y.yaml"), diags);
        if (status == BYLAW_OK)
            status = bylaw_report_end(report, &summary);
        bylaw_report_free(report);
    }
    return status;
}

static bylaw_status check_file(const bylaw_allocator *allocator, void *data, bylaw_diags *diags)
{
    const file *f = data;
    const bylaw_options options = full_options();
    bylaw_checker *checker = NULL;
    bylaw_status status = bylaw_checker_new(&checker, &options, allocator);

    if (status == BYLAW_OK)
        status = bylaw_checker_read(checker, bylaw_str_from(f->path), f->text, BYLAW_FORMAT_BY_NAME,
                                    diags);
    for (size_t i = 0; status == BYLAW_OK && i < bylaw_checker_count(checker); i++) {
        const bylaw_result *result = NULL;

        status = only_memory(bylaw_checker_check(checker, i, &result, diags));
        if (result != NULL && status == BYLAW_OK)
            status = tell(result, allocator, diags);
    }
    if (status == BYLAW_OK)
        bylaw_checker_unused(checker, diags);
    bylaw_checker_free(checker);
    forget_registers();
    return status;
}

/* Calls `use` with every file that the pattern fits. */
static size_t each_file(const char *pattern, with_diags *use)
{
    glob_t found;
    size_t count;

    assert_int_equal(glob(pattern, 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        file f = {found.gl_pathv[i], read_file(found.gl_pathv[i])};

        fail_each(use, &f);
        free_text(f.text);
    }
    count = found.gl_pathc;
    globfree(&found);
    return count;
}

static void checking_the_examples(void **state)
{
    (void)state;
    assert_true(each_file("rules/examples/*.yaml", check_file) > 100);
}

static bylaw_status run_rule_tests(const bylaw_allocator *allocator, void *data, bylaw_diags *diags)
{
    const file *f = data;
    bylaw_tests *tests = NULL;
    bylaw_test_counts counts;
    bylaw_status status =
        bylaw_tests_read(&tests, bylaw_str_from(f->path), f->text, allocator, diags);

    for (size_t i = 0; i < set_count && status == BYLAW_OK; i++) {
        const bylaw_str id = bylaw_ruleset_id(sets[i]);
        const bylaw_str of = bylaw_tests_ruleset(tests);

        if (bl_str_equal(id, of))
            status = bylaw_tests_run(tests, sets[i], NULL, &counts, diags);
    }
    bylaw_tests_free(tests);
    return status;
}

static void running_the_rule_tests(void **state)
{
    (void)state;
    assert_true(each_file("rules/*.test.yaml", run_rule_tests) >= 5);
}

/* The rule set of which each norm stands for one way that a decision can go. */
#define DECISIONS "tests/check/decisions/"

static bylaw_status find_decisions(void *context, bylaw_str name, bylaw_str *text, bylaw_str *shown)
{
    char path[256];
    bylaw_str *kept = context;

    snprintf(path, sizeof path, DECISIONS "%.*s", (int)name.len, name.ptr);
    if (kept->ptr == NULL)
        *kept = read_file(path);
    *text = *kept;
    *shown = name;
    return text->ptr == NULL ? BYLAW_ENOTFOUND : BYLAW_OK;
}

static void working_on_each_way_of_a_decision(void **state)
{
    bylaw_str provisions = {NULL, 0};
    const bylaw_resolver resolver = {find_decisions, &provisions};
    text_of_set d = {NULL, read_file(DECISIONS "decisions.yaml")};
    file tests = {DECISIONS "decisions.test.yaml", read_file(DECISIONS "decisions.test.yaml")};

    (void)state;
    assert_int_equal(bylaw_ruleset_read(&sets[set_count], BYLAW_STR("decisions.yaml"), d.text,
                                        &resolver, NULL, NULL),
                     BYLAW_OK);
    d.set = sets[set_count++];
    fail_each(run_rule_tests, &tests);
    fail_each(change, &d);
    set_count--;
    bylaw_ruleset_free(sets[set_count]);
    free_text(d.text);
    free_text(tests.text);
    free_text(provisions);
}

/* ---- what the other tests have: files of transcripts, single expressions ---- */

static bylaw_status read_as_anything(const bylaw_allocator *allocator, void *data,
                                     bylaw_diags *diags)
{
    const file *f = data;
    bylaw_config *config = NULL;
    bylaw_ruleset *set = NULL;
    bylaw_status status =
        only_memory(bylaw_config_read(&config, bylaw_str_from(f->path), f->text, allocator, diags));

    bylaw_config_free(config);
    if (status == BYLAW_OK && bl_str_starts(f->text, BYLAW_STR("ruleset:"))) {
        const bylaw_resolver resolver = {find_text, &fixture};

        status = only_memory(bylaw_ruleset_read(&set, bylaw_str_from(f->path), f->text, &resolver,
                                                allocator, diags));
        bylaw_ruleset_free(set);
    }
    if (status == BYLAW_OK && bl_str_starts(f->text, BYLAW_STR("tests:")))
        status = run_rule_tests(allocator, data, diags);
    return status == BYLAW_OK ? check_file(allocator, data, diags) : status;
}

/* The files that a transcript makes: from the line behind `%file NAME` to the one before `%end`. */
static size_t each_file_of_transcript(bylaw_str transcript)
{
    size_t at = 0, count = 0;

    while ((at = bl_str_find(transcript, BYLAW_STR("\n%file "), at)) != SIZE_MAX) {
        const size_t head = bl_str_find(transcript, BYLAW_STR("\n"), at + 1);
        const size_t end = bl_str_find(transcript, BYLAW_STR("\n%end"), head);
        const bylaw_str name = bl_str_slice(transcript, at + 7, head);
        char path[256];

        assert_true(head <= end && end != SIZE_MAX);
        snprintf(path, sizeof path, "%.*s", (int)name.len, name.ptr);
        file f = {path, bl_str_slice(transcript, head + 1, end + 1)};

        fail_each(read_as_anything, &f);
        count++;
        at = end;
    }
    return count;
}

static void reading_the_files_of_transcripts(void **state)
{
    glob_t found;
    size_t count = 0;

    (void)state;
    assert_int_equal(glob("tests/cli/*.transcript", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        const bylaw_str text = read_file(found.gl_pathv[i]);

        count += each_file_of_transcript(text);
        free_text(text);
    }
    globfree(&found);
    assert_true(count > 50);
}

typedef struct asked {
    bylaw_str text;
    const bylaw_ruleset *set;
} asked;

static bylaw_status evaluate(const bylaw_allocator *allocator, void *data, bylaw_diags *diags)
{
    const bylaw_register given = {
        BYLAW_STR("f.yaml"), BYLAW_STR("x: 7\ns: a\nb: true\nrows: [{a: 1, b: [2, x]}, {a: 2}]\n")};
    const asked *a = data;
    const bylaw_expr_options options = {.set = a->set,
                                        .facts = &given,
                                        .fact_count = a->set == NULL,
                                        .unchecked = a->set == NULL && a->text.len % 2 == 0};
    bylaw_expr *expr = NULL;
    bylaw_status status = bylaw_expr_evaluate(&expr, a->text, &options, allocator, diags);

    for (int i = 0; i < 4 && status == BYLAW_OK; i++)
        status =
            bylaw_expr_write(expr, i & 1, true, i & 2 ? BYLAW_EN : BYLAW_ZH, write_nowhere, NULL);
    bylaw_expr_free(expr);
    return status;
}

static void evaluate_both_ways(bylaw_str text)
{
    asked plain = {text, NULL}, charter = {text, fixture_set};

    fail_each(evaluate, &plain);
    fail_each(evaluate, &charter);
}

/* Lines "> expression" of case records. */
static size_t each_case(const char *path)
{
    const bylaw_str cases = read_file(path);
    size_t count = 0;

    assert_non_null(cases.ptr);
    for (size_t at = 0; (at = bl_str_find(cases, BYLAW_STR("\n> "), at)) != SIZE_MAX; count++) {
        const size_t end = bl_str_find(cases, BYLAW_STR("\n"), at + 1);

        evaluate_both_ways(bl_str_slice(cases, at + 3, end));
        at = end;
    }
    free_text(cases);
    return count;
}

/* What stands between single backquotes on a page. */
static size_t each_example(const char *path)
{
    const bylaw_str page = read_file(path);
    size_t count = 0;

    assert_non_null(page.ptr);
    for (size_t at = 0; (at = bl_str_find(page, BYLAW_STR("`"), at)) != SIZE_MAX; count++) {
        const size_t end = bl_str_find(page, BYLAW_STR("`"), at + 1);

        if (end == SIZE_MAX)
            break;
        if (end > at + 1)
            evaluate_both_ways(bl_str_slice(page, at + 1, end));
        at = end + 1;
    }
    free_text(page);
    return count;
}

static void evaluating_expressions(void **state)
{
    (void)state;
    assert_true(each_case("tests/expr/cases/plain.cases") > 50);
    assert_true(each_case("tests/expr/cases/charter.cases") > 50);
    assert_true(each_example("rules/EXPRESSIONS.md") > 100);
}

static int open_sets(void **state)
{
    (void)state;
    sites = sites_new();
    fixture = fixture_texts();
    if (chdir(BYLAW_SOURCE_DIR) != 0 || read_texts(&fixture_set, &fixture, NULL, NULL) != BYLAW_OK)
        return -1;
    for (set_count = 0; set_count < bylaw_bundled_count(); set_count++) {
        if (bylaw_ruleset_bundled(&sets[set_count], bylaw_bundled_name(set_count), NULL, NULL) !=
            BYLAW_OK)
            return -1;
    }
    return 0;
}

static int close_sets(void **state)
{
    (void)state;
    print_message("%zu chains of calls\n", sites.count);
    while (set_count > 0)
        bylaw_ruleset_free(sets[--set_count]);
    bylaw_ruleset_free(fixture_set);
    free_texts(&fixture);
    free(sites.ways);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_wrong_rule_sets),
        cmocka_unit_test(reading_the_bundled_rule_sets),
        cmocka_unit_test(looking_into_rule_sets),
        cmocka_unit_test(comparing_rule_sets),
        cmocka_unit_test(asking_what_votes_need),
        cmocka_unit_test(changing_rule_sets),
        cmocka_unit_test(checking_the_examples),
        cmocka_unit_test(running_the_rule_tests),
        cmocka_unit_test(working_on_each_way_of_a_decision),
        cmocka_unit_test(reading_the_files_of_transcripts),
        cmocka_unit_test(evaluating_expressions),
    };

    return cmocka_run_group_tests(tests, open_sets, close_sets);
}
