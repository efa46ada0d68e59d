/* tests/fuzz/settings_target.c: any bytes as the smaller files: the settings of a repository
 * (.bylaw.yaml), a file of waivers, rule tests, excuses of mutants. */
#include "fuzz.h"

enum { PART_CONFIG, PART_WAIVERS, PART_TESTS, PART_MUTANTS, PARTS };

static const char *const heads[PARTS] = {"=config", "=waivers", "=tests", "=mutants"};

static void read_config(bylaw_str text)
{
    bylaw_diags *diags = fuzz_diags();
    bylaw_config *config = NULL;

    if (fuzz_taken(bylaw_config_read(&config, BYLAW_STR(".bylaw.yaml"), text, NULL, diags),
                   diags)) {
        for (size_t i = 0; i < bylaw_config_count(config); i++) {
            if (bylaw_config_get(config, i)->line == 0)
                fuzz_broken("a setting without a place", text);
        }
    }
    bylaw_config_free(config);
    fuzz_drop(diags);
}

static void read_waivers(bylaw_str text)
{
    static const char action[] =
        "action: dissolution\nrules: [wcasp]\ndate: 2026-11-21\ndeclared: adopted\n"
        "facts: {proposer: {office: vice_chair}, members: 8, present: 7, all_called: no,\n"
        "        vote: {yes: 5, no: 2}}\n";
    const bylaw_ruleset *sets[] = {fuzz_own_set()};
    const bylaw_register file = {BYLAW_STR("waivers.yaml"), text};
    const bylaw_options options = {
        .sets = sets, .set_count = 1, .waiver_files = &file, .waiver_file_count = 1};

    fuzz_check_actions(&options, BYLAW_STR(action), BYLAW_FORMAT_YAML, FUZZ_FEW_FORMATS);
}

static void run_tests(bylaw_str text)
{
    bylaw_diags *diags = fuzz_diags();
    bylaw_tests *tests = NULL;
    bylaw_test_counts counts = {0, 0};

    if (fuzz_taken(bylaw_tests_read(&tests, BYLAW_STR("wcasp.test.yaml"), text, NULL, diags),
                   diags)) {
        fuzz_taken(bylaw_tests_run(tests, fuzz_own_set(), NULL, &counts, diags), diags);
        if (counts.failed > counts.cases)
            fuzz_broken("more failures than cases", text);
    }
    bylaw_tests_free(tests);
    fuzz_drop(diags);
}

static void read_mutants(bylaw_str text)
{
    static const char set[] =
        "ruleset: wcasp\ntitle: {zh: 试, en: trial}\nuses: [assembly]\nnorms:\n"
        "  - {id: n, provision: wcasp:7.1d, on: [resolution], modality: must,\n"
        "     require: all_called && present >= 3, says: {zh: 要, en: must}}\n";
    bylaw_diags *diags = fuzz_diags();
    bylaw_ruleset *read = fuzz_read_set(BYLAW_STR(set), NULL);
    bylaw_mutants *mutants = NULL;

    if (read == NULL || bylaw_mutants_new(&mutants, read, BYLAW_STR("wcasp.yaml"), BYLAW_STR(set),
                                          NULL, diags) != BYLAW_OK)
        fuzz_broken("no mutants", text);
    fuzz_taken(bylaw_mutants_excuse(mutants, BYLAW_STR("x.yaml"), text, diags), diags);
    bylaw_mutants_free(mutants);
    bylaw_ruleset_free(read);
    fuzz_drop(diags);
}

void fuzz(const uint8_t *data, size_t size)
{
    static void (*const readers[PARTS])(bylaw_str) = {read_config, read_waivers, run_tests,
                                                      read_mutants};
    bylaw_str parts[PARTS];

    fuzz_split((bylaw_str){(const char *)data, size}, heads, parts, PARTS);
    for (size_t i = 0; i < PARTS; i++) {
        if (parts[i].ptr != NULL)
            readers[i](parts[i]);
    }
}
