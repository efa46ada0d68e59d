/* tests/report/test_fault_sites.c: memory that runs out in what only reports do: baselines, reports
 * of several threads that are joined, differences as JSON. See tests/sites.h. */
#include "sites.h"

#include "check/with_diags.h"
#include "rules/one_set.h"

static fault_sites sites;

static const char actions[] =
    "action: dissolution\nrules: [wcasp]\ndate: 2026-11-21\ndeclared: adopted\n"
    "facts: {proposer: {office: chair}, members: 8, present: 8, vote: {yes: 5, no: 3}}\n"
    "---\naction: resolution\nrules: [wcasp]\ndate: 2026-11-21\ndeclared: adopted\n"
    "facts: {members: 8, present: 8, vote: {yes: 3, no: 5}, all_called: no}\n";

static bylaw_status only_memory(bylaw_status status)
{
    return status == BYLAW_ENOMEM ? status : BYLAW_OK;
}

static void fail_each(with_diags *run, void *data)
{
    diags_step s = {run, data, only_memory};

    assert_faults_at_new_sites(with_diags_around, &s, &sites);
}

/* A checker of the actions, and each result given to `use` until one fails. */
static bylaw_status each_result(bylaw_status (*use)(void *, const bylaw_result *), void *context,
                                const bylaw_allocator *allocator, bylaw_diags *diags)
{
    const bylaw_options options = {.sets = (const bylaw_ruleset *const *)&set, .set_count = 1};
    bylaw_checker *checker = NULL;
    bylaw_status status = bylaw_checker_new(&checker, &options, allocator);

    if (status == BYLAW_OK)
        status = bylaw_checker_read(checker, BYLAW_STR("x.yaml"), bylaw_str_from(actions),
                                    BYLAW_FORMAT_YAML, diags);
    for (size_t i = 0; status == BYLAW_OK && i < bylaw_checker_count(checker); i++) {
        const bylaw_result *result = NULL;

        status = bylaw_checker_check(checker, i, &result, diags);
        if (status == BYLAW_OK)
            status = use(context, result);
    }
    bylaw_checker_free(checker);
    return status;
}

/* ---- baselines ---- */

static bool all_gone(void *context, bylaw_str file)
{
    (void)context;
    (void)file;
    return true;
}

static bylaw_status weigh(void *context, const bylaw_result *result)
{
    bylaw_verdict verdict;
    size_t accepted;

    return bylaw_baseline_weigh(context, result, &verdict, &accepted);
}

static bylaw_status keep_baseline(const bylaw_allocator *allocator, void *data, bylaw_diags *diags)
{
    const char *text = data;
    bylaw_baseline *baseline = NULL;
    bylaw_status status = bylaw_baseline_new(&baseline, text[0] == '\0', allocator);

    if (status == BYLAW_OK && text[0] != '\0')
        status = bylaw_baseline_read(baseline, BYLAW_STR("b.json"), bylaw_str_from(text), diags);
    if (status == BYLAW_OK)
        status = each_result(weigh, baseline, allocator, diags);
    if (status == BYLAW_OK) {
        bylaw_baseline_obsolete(baseline, all_gone, NULL, diags);
        status = bylaw_baseline_write(baseline, all_gone, NULL, write_nowhere, NULL);
    }
    bylaw_baseline_free(baseline);
    return status;
}

static void keeping_a_baseline(void **state)
{
    static char known[] =
        "{\"schema_version\": 1, \"accepted\": [{\"file\": \"y.yaml\", \"id\": \"wcasp/majority\", "
        "\"fingerprint\": "
        "\"5dd28ad38bc75ece18cce59e767da31c90565d118f645124d115a65069d5fd41\"}]}";
    static char none[] = "", broken[] = "{\"accepted\": [{\"fingerprint\": 3}, 4]}";

    (void)state;
    fail_each(keep_baseline, none);
    fail_each(keep_baseline, known);
    fail_each(keep_baseline, broken);
}

/* ---- reports ---- */

static bylaw_status add(void *context, const bylaw_result *result)
{
    return bylaw_report_add(context, result);
}

/* Two parts of a run, joined into one report. */
static bylaw_status join_parts(const bylaw_allocator *allocator, void *data, bylaw_diags *diags)
{
    static const bylaw_lang langs[] = {BYLAW_ZH, BYLAW_EN};
    const bylaw_summary summary = {.verdicts = {1, 1, 1, 1, 1}, .failed = 1};
    const bylaw_report_options options = {.format = *(bylaw_report_format *)data,
                                          .langs = langs,
                                          .lang_count = 2,
                                          .template_text = BYLAW_STR("{file} {violated}\\t{{}}"),
                                          .write = write_nowhere};
    bylaw_report *report = NULL, *part = NULL;
    bylaw_status status = bylaw_report_new(&report, &options, allocator);

    if (status == BYLAW_OK)
        status = bylaw_report_new(&part, &options, allocator);
    for (int i = 0; i < 2 && status == BYLAW_OK; i++) {
        status = each_result(add, part, allocator, diags);
        if (status == BYLAW_OK)
            status = bylaw_report_join(report, part);
    }
    if (status == BYLAW_OK)
        status = bylaw_report_end(report, &summary);
    bylaw_report_free(part);
    bylaw_report_free(report);
    return status;
}

static void joining_parts(void **state)
{
    size_t joined = 0;

    (void)state;
    for (int i = 0; i < BYLAW_REPORT_FORMATS; i++) {
        bylaw_report_format format = (bylaw_report_format)i;

        if (!bylaw_report_format_joins(format))
            continue;
        fail_each(join_parts, &format);
        joined++;
    }
    assert_true(joined > 5);
}

static bylaw_status compare_as_json(const bylaw_allocator *allocator, void *data,
                                    bylaw_diags *diags)
{
    const bylaw_diff_telling telling = {.format = BYLAW_DIFF_JSON, .write = write_nowhere};
    bylaw_ruleset *amended = NULL;
    size_t counts[BYLAW_CHANGES];
    bylaw_status status = read_texts(&amended, data, allocator, diags);

    if (status == BYLAW_OK)
        status = bylaw_diff(set, amended, &telling, counts, allocator);
    bylaw_ruleset_free(amended);
    return status;
}

static void comparing_as_json(void **state)
{
    texts t = fixture_texts();
    char *text = (char *)(uintptr_t)get_text(&t, "wcasp.yaml").ptr;

    (void)state;
    assert_non_null(text);
    char *bar = strstr(text, "2/3");

    assert_non_null(bar);
    memcpy(bar, "1/3", 3);
    fail_each(compare_as_json, &t);
    free_texts(&t);
}

static int open_sites(void **state)
{
    sites = sites_new();
    return open_set(state);
}

static int close_sites(void **state)
{
    print_message("%zu chains of calls\n", sites.count);
    free(sites.ways);
    return close_set(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeping_a_baseline),
        cmocka_unit_test(joining_parts),
        cmocka_unit_test(comparing_as_json),
    };

    return cmocka_run_group_tests(tests, open_sites, close_sites);
}
