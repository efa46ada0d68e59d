/* tests/check/test_accept.c: which norms are looked at under --select and --ignore, and which a
 * waiver names: an id, SET/ID or a printed citation in either language; * and ? stand for what is
 * left open. */
#include "check/small_rules.h"
#include "rules/one_set.h"

/* Of the norms on a dissolution: dissolution-vote (11b), -proposer (11a), -announced (11c),
 * all-called (7.1a), one-vote (7.1f). Initials tell which were looked at, in order of the document.
 */
static const char action[] =
    "action: dissolution\nrules: [wcasp]\ndate: 2026-11-21\n"
    "facts: {proposer: {office: vice_chair}, members: 8, vote: {yes: 8}}\n";

static const struct pattern_case {
    const char *label, *pattern;
    const char *norms; /* those it fits; NULL: it fits none, and that is told */
} pattern_cases[] = {
    {"an id", "dissolution-vote", "dissolution-vote"},
    {"another id", "all-called", "all-called"},
    {"any beginning", "*-vote", "dissolution-vote one-vote"},
    {"any end", "dissolution-*", "dissolution-proposer dissolution-vote dissolution-announced"},
    {"several stars", "*is*v*", "dissolution-vote"},
    {"stars at the end", "one-vote**", "one-vote"},
    {"one character", "one-vot?", "one-vote"},
    {"a character that is not there", "one-vote?", NULL},
    {"the set and the id", "wcasp/all-called", "all-called"},
    {"the set and a pattern", "wcasp/*-vote", "dissolution-vote one-vote"},
    {"a pattern of the set", "w*/one-vote", "one-vote"},
    {"another set", "other/one-vote", NULL},
    {"a citation in Chinese", "第七条（一）", "all-called one-vote"},
    {"a citation in English", "Art. 7(1)", "all-called one-vote"},
    {"a pattern of citations", "Art. 11*",
     "dissolution-proposer dissolution-vote dissolution-announced"},
    {"the id of a provision", "wcasp:11b", "dissolution-vote"},
    {"everything", "*",
     "all-called one-vote dissolution-proposer dissolution-vote "
     "dissolution-announced"},
    {"nothing", "no-such-norm", NULL},
    {"an empty pattern", "", NULL},
};

static bool is_in(const char *list, bylaw_str id)
{
    for (const char *at = list; at != NULL && *at != '\0';) {
        const size_t len = strcspn(at, " ");

        if (len == id.len && memcmp(at, id.ptr, len) == 0)
            return true;
        at += len + (at[len] == ' ');
    }
    return false;
}

static size_t words_of(const char *list)
{
    size_t n = list != NULL && *list != '\0';

    for (; list != NULL && *list != '\0'; list++)
        n += *list == ' ';
    return n;
}

/* Checks the action and compares the norms looked at with those of the list, or with all others. */
static void compare(const struct pattern_case *c, bool ignore)
{
    const bylaw_ruleset *const sets[] = {set};
    const bylaw_str pattern = bylaw_str_from(c->pattern);
    const bylaw_options options = {.sets = sets,
                                   .set_count = 1,
                                   .select = &pattern,
                                   .select_count = !ignore,
                                   .ignore = &pattern,
                                   .ignore_count = ignore};
    bylaw_checker *checker = NULL;
    bylaw_diags *diags = NULL;
    const bylaw_result *result = NULL;
    size_t found = 0;

    assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
    assert_int_equal(bylaw_checker_new(&checker, &options, NULL), BYLAW_OK);
    assert_int_equal(bylaw_checker_read(checker, BYLAW_STR("x.yaml"), BYLAW_STR(action),
                                        BYLAW_FORMAT_YAML, diags),
                     BYLAW_OK);
    assert_int_equal(bylaw_checker_check(checker, 0, &result, diags), BYLAW_OK);
    for (size_t i = 0; i < bylaw_result_norm_count(result); i++) {
        const bylaw_norm_result norm = bylaw_result_norm(result, i);

        found++;
        if (is_in(c->norms, norm.norm) == ignore)
            fail_msg("%s: %.*s", c->label, (int)norm.norm.len, norm.norm.ptr);
    }
    if (found != (ignore ? 5 - words_of(c->norms) : words_of(c->norms)))
        fail_msg("%s: %zu norms", c->label, found);
    bylaw_diags_clear(diags);
    bylaw_checker_unused(checker, diags);
    assert_int_equal(bylaw_diags_errors(diags), c->norms == NULL);
    bylaw_checker_free(checker);
    bylaw_diags_free(diags);
}

static void a_pattern_selects_the_norms_that_it_fits(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pattern_cases / sizeof *pattern_cases; i++)
        compare(&pattern_cases[i], false);
}

static void a_pattern_leaves_out_the_norms_that_it_fits(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pattern_cases / sizeof *pattern_cases; i++)
        compare(&pattern_cases[i], true);
}

/* The proposer is a vice-chair: dissolution-proposer is violated, unless it is waived. A name that
 * is nobody's is a mistake in an action; in a file, which is shared, it merely waives nothing here.
 */
static const struct {
    const char *label, *norm;
    bool known, waived;
} waiver_cases[] = {
    {"the id", "dissolution-proposer", true, true},
    {"the set and the id", "wcasp/dissolution-proposer", true, true},
    {"a citation in Chinese", "第十一条", true, true},
    {"a citation in English", "Art. 11", true, true},
    {"another id", "dissolution-vote", true, false},
    {"another set of the same length", "wcapp/dissolution-proposer", false, false},
    {"another norm of the set, as long", "wcasp/dissolution-announces", false, false},
    {"a set and an id that only end alike", "wcasp-dissolution-proposer", false, false},
    {"a pattern is no name", "dissolution-*", false, false},
};

static void a_waiver_names_a_norm(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof waiver_cases / sizeof *waiver_cases; i++) {
        const bylaw_ruleset *const sets[] = {set};
        char in_file[256], in_action[512];
        bylaw_diags *diags = NULL;

        snprintf(in_file, sizeof in_file, "waivers: [{norm: '%s', reason: 甲, by: 乙}]\n",
                 waiver_cases[i].norm);
        snprintf(in_action, sizeof in_action, "%s%s", action, in_file);
        assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
        for (int where = 0; where < 3; where++) { /* in a file, in the action, in both */
            const bylaw_register waivers = {BYLAW_STR("w.yaml"), bylaw_str_from(in_file)};
            const bylaw_options options = {.sets = sets,
                                           .set_count = 1,
                                           .waiver_files = &waivers,
                                           .waiver_file_count = where != 1};
            bylaw_checker *checker = NULL;
            const bylaw_result *result = NULL;
            bool waived = false;

            assert_int_equal(bylaw_checker_new(&checker, &options, NULL), BYLAW_OK);
            const bylaw_status wanted =
                where == 0 || waiver_cases[i].known ? BYLAW_OK : BYLAW_EINPUT;
            assert_int_equal(bylaw_checker_read(checker, BYLAW_STR("x.yaml"),
                                                bylaw_str_from(where == 0 ? action : in_action),
                                                BYLAW_FORMAT_YAML, diags),
                             wanted);
            if (wanted == BYLAW_OK)
                assert_int_equal(bylaw_checker_check(checker, 0, &result, diags), BYLAW_OK);
            for (size_t k = 0; result != NULL && k < bylaw_result_norm_count(result); k++) {
                const bylaw_norm_result norm = bylaw_result_norm(result, k);

                if (is_in("dissolution-proposer", norm.norm))
                    waived = norm.standing == BYLAW_NORM_WAIVED;
            }
            if (waived != waiver_cases[i].waived)
                fail_msg("%s, place %d", waiver_cases[i].label, where);
            bylaw_checker_free(checker);
        }
        bylaw_diags_free(diags);
    }
}

/* The nearest norm is proposed for a pattern that names none: of several as near the first by name,
 * whatever their order; and none that is too far. */
static void the_nearest_norm_is_proposed(void **state)
{
    static const struct {
        const char *ids[4], *pattern, *near;
    } cases[] = {
        {{"cab", "aab", "bab"}, "xab", "aab?"},
        {{"aab", "cab", "bab"}, "xab", "aab?"},
        {{"far-away-from-it", "aab"}, "xab", "aab?"},
        {{"abcdefgh", "abcdefgz"}, "abcdefgx", "abcdefgh?"},
        {{"abcdezgz", "abcdefgh"}, "abcdefgx", "abcdefgh?"},
        {{"abcdefgh", "abcdezgz"}, "abcdefgx", "abcdefgh?"},
        {{"far-away-from-it", "another"}, "xab", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[2000];
        int n = sprintf(text, "%sfacts: {a: {type: bool, zh: 甲, en: a}}\nnorms:\n", RULE_HEAD);

        for (size_t k = 0; cases[i].ids[k] != NULL; k++)
            n += sprintf(text + n,
                         "  - {id: %s, provision: wcasp:7.1a, on: [filing], modality: must,\n"
                         "     require: a, says: {zh: 甲, en: a}}\n",
                         cases[i].ids[k]);
        bylaw_ruleset *rules = rules_of(text);
        const bylaw_ruleset *const sets[] = {rules};
        const bylaw_str pattern = bylaw_str_from(cases[i].pattern);
        const bylaw_options options = {
            .sets = sets, .set_count = 1, .select = &pattern, .select_count = 1};
        bylaw_checker *checker = NULL;
        bylaw_diags *diags = NULL;
        const bylaw_result *result = NULL;

        assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
        assert_int_equal(bylaw_checker_new(&checker, &options, NULL), BYLAW_OK);
        assert_int_equal(
            bylaw_checker_read(
                checker, BYLAW_STR("x.yaml"),
                BYLAW_STR("action: filing\nrules: [wcasp]\ndate: 2026-11-21\nfacts: {a: yes}\n"),
                BYLAW_FORMAT_YAML, diags),
            BYLAW_OK);
        assert_int_equal(bylaw_checker_check(checker, 0, &result, diags), BYLAW_OK);
        bylaw_checker_unused(checker, diags);
        assert_int_equal(bylaw_diags_count(diags), 1);
        const bylaw_str said = bylaw_diags_get(diags, 0)->message.in[BYLAW_EN];

        if (cases[i].near != NULL ? bl_str_find(said, bylaw_str_from(cases[i].near), 0) == SIZE_MAX
                                  : bl_str_find(said, BYLAW_STR("did you mean"), 0) != SIZE_MAX)
            fail_msg("%.*s", (int)said.len, said.ptr);
        bylaw_checker_free(checker);
        bylaw_diags_free(diags);
        bylaw_ruleset_free(rules);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pattern_selects_the_norms_that_it_fits),
        cmocka_unit_test(a_pattern_leaves_out_the_norms_that_it_fits),
        cmocka_unit_test(a_waiver_names_a_norm),
        cmocka_unit_test(the_nearest_norm_is_proposed),
    };

    return cmocka_run_group_tests(tests, open_set, close_set);
}
