/* tests/check/test_faults.c: every allocation of reading a rule set, of reading an action and of
 * checking it fails in turn: nothing leaks, and nothing but BYLAW_ENOMEM comes out. */
#include "rules/fixture.h"

#include <bylaw/bylaw.h>

static void reading_a_rule_set_survives_every_failure(void **state)
{
    texts t = fixture_texts();

    (void)state;
    assert_fault_sweep(read_texts_once, &t);
    free_texts(&t);
}

static void reading_a_wrong_rule_set_survives_every_failure(void **state)
{
    static const char wrong[] =
        "ruleset: wcasp\ntitle: {zh: 章程}\nuses: [assembley]\nnorms:\n"
        "  - {id: a, provision: wcasp:99, on: [resolutoin], modality: must,\n"
        "     require: vote.yes / members >= 2/3 && 到会 > 1, says: {zh: 甲, eng: a}}\n";
    texts t = fixture_texts();
    char *copy = malloc(sizeof wrong);

    (void)state;
    assert_non_null(copy);
    memcpy(copy, wrong, sizeof wrong);
    set_text(&t, "wcasp.yaml", (bylaw_str){copy, sizeof wrong - 1});
    assert_fault_sweep(read_wrong_texts_once, &t);
    free_texts(&t);
}

typedef struct checking {
    const bylaw_ruleset *set;
    const char *text;
    const char *reg; /* a register, or NULL */
    bylaw_verdict verdict;
    bool mistaken; /* it cannot be read */
} checking;

static bylaw_status check_it(const bylaw_allocator *allocator, void *data)
{
    const checking *c = data;
    const bylaw_register reg = {BYLAW_STR("名册.yaml"), bylaw_str_from(c->reg)};
    const bylaw_setting fact = {BYLAW_STR("announced"), BYLAW_STR("是")};
    const bylaw_options options = {.sets = &c->set,
                                   .set_count = 1,
                                   .registers = &reg,
                                   .register_count = c->reg != NULL,
                                   .facts = &fact,
                                   .fact_count = 1,
                                   .at = BYLAW_STR("2026-12-01")};
    bylaw_diags *diags = NULL;
    bylaw_checker *checker = NULL;
    const bylaw_result *result = NULL;
    bylaw_status status = bylaw_diags_new(&diags, allocator);

    if (status == BYLAW_OK)
        status = bylaw_checker_new(&checker, &options, allocator);
    if (status == BYLAW_OK)
        status = bylaw_checker_read(checker, BYLAW_STR("件.yaml"), bylaw_str_from(c->text),
                                    BYLAW_FORMAT_YAML, diags);
    for (size_t i = 0; status == BYLAW_OK && i < bylaw_checker_count(checker); i++)
        status = bylaw_checker_check(checker, i, &result, diags);
    if (status == BYLAW_OK)
        assert_int_equal(bylaw_result_verdict(result), c->verdict);
    bylaw_checker_free(checker);
    bylaw_diags_free(diags);
    return c->mistaken && status == BYLAW_EINPUT ? BYLAW_OK : status;
}

static checking checkings[] = {
    {NULL,
     "action: 解散\nrules: [wcasp]\ndate: 2026-11-21\ndeclared: 通过\n"
     "facts: {proposer: {office: 主席}, members: 8, present: 7, vote: {yes: 5, no: 2}}\n",
     NULL, BYLAW_VIOLATION, false},
    {NULL,
     "action: 决议\nrules: [wcasp]\ndate: 2026-11-21\nfacts:\n  present: 8\n  ballots:\n"
     "    - {member: 甲, choice: 赞成}\n    - {member: 乙, choice: 反对}\n"
     "    - {member: 乙, choice: 反对}\n",
     "facts: {roll: [甲, 乙, 丙, 丁]}\n", BYLAW_VIOLATION, false},
    {NULL,
     "facts: {members: 8, present: 8}\n---\naction: 决议\nrules: [wcasp]\ndate: 2026-11-21\n"
     "facts: {vote: {yes: 4}}\n---\naction: 解散\nrules: [wcasp]\ndate: 2026-11-21\n",
     NULL, BYLAW_UNDETERMINED, false},
    {NULL,
     "action: 决意\nrules: [wcasp, wcsap]\ndate: 2026-02-30\ndeclared: 也许\n"
     "facts: {prsent: 8, vote: {yes: 多数}, proposer: {office: 会长}}\nwaivers: [{norm: x}]\n",
     NULL, BYLAW_COMPLIANT, true},
};

static void checking_an_action_survives_every_failure(void **state)
{
    texts t = fixture_texts();
    bylaw_ruleset *set = NULL;

    (void)state;
    assert_int_equal(read_texts(&set, &t, NULL, NULL), BYLAW_OK);
    for (size_t i = 0; i < sizeof checkings / sizeof *checkings; i++) {
        checkings[i].set = set;
        assert_fault_sweep(check_it, &checkings[i]);
    }
    bylaw_ruleset_free(set);
    free_texts(&t);
}

typedef struct testing {
    const bylaw_ruleset *set;
    bylaw_str text;
} testing;

static bylaw_status test_it(const bylaw_allocator *allocator, void *data)
{
    const testing *t = data;
    bylaw_diags *diags = NULL;
    bylaw_tests *tests = NULL;
    bylaw_test_counts counts = {0, 0};
    bylaw_status status = bylaw_diags_new(&diags, allocator);

    if (status == BYLAW_OK)
        status = bylaw_tests_read(&tests, BYLAW_STR("wcasp.test.yaml"), t->text, allocator, diags);
    if (status == BYLAW_OK)
        status = bylaw_tests_run(tests, t->set, NULL, &counts, diags);
    bylaw_tests_free(tests);
    bylaw_diags_free(diags);
    return status;
}

static void running_rule_tests_survives_every_failure(void **state)
{
    texts t = fixture_texts();
    bylaw_ruleset *set = NULL;
    testing it = {NULL, BYLAW_STR("tests: wcasp\ncases:\n  - name: half\n    action: resolution\n"
                                  "    date: 2026-11-21\n    facts: {present: 8, vote: {yes: 4}}\n"
                                  "    expect: {verdict: caution, need: {majority: 4}}\n")};

    (void)state;
    assert_int_equal(read_texts(&set, &t, NULL, NULL), BYLAW_OK);
    it.set = set;
    assert_fault_sweep(test_it, &it);
    bylaw_ruleset_free(set);
    free_texts(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_a_rule_set_survives_every_failure),
        cmocka_unit_test(reading_a_wrong_rule_set_survives_every_failure),
        cmocka_unit_test(checking_an_action_survives_every_failure),
        cmocka_unit_test(running_rule_tests_survives_every_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
