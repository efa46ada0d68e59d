/* tests/check/test_action.c: actions, registers, waivers and options as people get them wrong: what
 * is told first, how many mistakes, and that want of memory anywhere on the way is told as that. */
#include "check/with_diags.h"
#include "rules/one_set.h"

#include <bylaw/bylaw.h>

/* What is given beside the text of the action. */
typedef struct given {
    const char *at, *fact, *reading, *reg, *waivers, *flat, *opened, *select;
    bool strict, no_sets, line;
} given;

static const struct action_case {
    const char *label, *text, *told; /* "code" of the first mistake and how many; "" for none */
    given given;
} action_cases[] = {
#define HEAD "action: resolution\nrules: [wcasp]\ndate: 2026-11-21\n"
#define GOOD HEAD "facts: {members: 8, present: 8, vote: {yes: 5, no: 3}}\n"
    {"nothing wrong", GOOD, "", {0}},
    {"a title, and what is proposed", GOOD "title: 一\nproposed: new.yaml\n", "", {0}},
    {"proposed is left empty", GOOD "proposed:\n", "", {0}},
    {"proposed is a list", GOOD "proposed: [x]\n", "", {0}},
    {"a date in words", "action: resolution\nrules: [wcasp]\ndate: soon\n", "not-a-date", {0}},
    {"a date that is none",
     "action: resolution\nrules: [wcasp]\ndate: 2026-02-30\n",
     "no-such-day",
     {0}},
    {"a date left empty",
     "action: resolution\nrules: [wcasp]\ndate:\nfacts: {present: 3}\n",
     "",
     {0}},
    {"a date that is a list", "action: resolution\nrules: [wcasp]\ndate: [1]\n", "not-a-date", {0}},
    {"declared left empty", GOOD "declared:\n", "", {0}},
    {"declared otherwise", GOOD "declared: maybe\n", "unknown-value", {0}},
    {"declared is a list", GOOD "declared: [adopted]\n", "unknown-value", {0}},
    {"facts are a list", HEAD "facts: [1]\n", "wrong-type", {0}},
    {"facts are a word", HEAD "facts: none\n", "wrong-type", {0}},
    {"rules is a mapping", "action: resolution\nrules: {a: b}\n", "wrong-type", {0}},
    {"rules holds a list", "action: resolution\nrules: [[wcasp]]\n", "wrong-type", {0}},
    {"rules holds nothing", "action: resolution\nrules: ['']\n", "unknown-ruleset", {0}},
    {"one set as a word", "action: resolution\nrules: wcasp\ndate: 2026-11-21\n", "", {0}},
    {"a set that nobody has", "action: resolution\nrules: [wcasq]\n", "unknown-ruleset", {0}},
    {"a set twice", "action: resolution\nrules: [wcasp, wcasp]\ndate: 2026-11-21\n", "", {0}},
    {"waivers are a mapping", GOOD "waivers: {a: b}\n", "wrong-type", {0}},
    {"a waiver that is a word", GOOD "waivers: [all-called]\n", "wrong-type", {0}},
    {"a waiver of nothing", GOOD "waivers: [{reason: x}]\n", "missing-key", {0}},
    {"a grantor that is a list",
     GOOD "waivers: [{norm: all-called, reason: x, by: [y]}]\n",
     "waiver-grantor",
     {0}},
    {"no grantor where one is needed",
     GOOD "waivers: [{norm: all-called, reason: x}]\n",
     "waiver-grantor",
     {0}},
    {"a waiver until no day",
     GOOD "waivers: [{norm: all-called, reason: x, by: y, until: soon}]\n",
     "not-a-date",
     {0}},
    {"no kind", "action:\nrules: [wcasp]\n", "missing-key", {0}},
    {"a list of kinds", "action: [resolution]\nrules: [wcasp]\n", "missing-key", {0}},
    {"an unknown kind", "action: resolutoin\nrules: [wcasp]\n", "unknown-kind", {0}},
    {"a kind like no other", "action: zzzzzz\nrules: [wcasp]\n", "unknown-kind", {0}},
    {"a key too many", GOOD "fact: {}\n", "unknown-key", {0}},
    {"facts alone", "facts: {members: 8}\n", "", {0}},
    {"no action at all", "rules: [wcasp]\n", "missing-key", {0}},
    {"a list of actions", "[1, 2]\n", "wrong-type", {0}},
    {"a rule set", "ruleset: x\n", "not-an-action", {0}},
    {"rule tests", "tests: x\n", "not-an-action", {0}},
    {"nothing at all", "", "empty-file", {0}},
    {"empty documents", "---\n---\n", "empty-file", {0}},
    {"an empty document before one", "---\n---\n" GOOD, "", {0}},
    {"what is shared",
     "rules: [wcasp]\ndate: 2026-11-21\nas_of: 2026-12-01\ndeclared: adopted\nregister: r.yaml\n"
     "waivers: [{norm: all-called, reason: x, by: y}]\nfacts: {present: 8}\n---\naction: "
     "resolution\n"
     "facts: {present: 7, vote: {yes: 5}}\n",
     "",
     {.opened = "facts: {members: 8}\n"}},
    {"a register that is not there", GOOD "register: r.yaml\n", "no-such-file", {0}},
    {"a register that is none", GOOD "register: r.yaml\n", "wrong-type", {.opened = "[1]\n"}},
    {"a register with nothing", GOOD "register: r.yaml\n", "empty-file", {.opened = "\n"}},
    {"a register with an empty document",
     GOOD "register: r.yaml\n",
     "",
     {.opened = "---\n---\nfacts: {roll: [甲会]}\n"}},
    {"a register of another shape", GOOD, "missing-key", {.reg = "fact: {roll: [甲会]}\n"}},
    {"a register that cannot be read", GOOD, "syntax", {.reg = "facts: [\n"}},
    {"waivers in a file", GOOD, "", {.waivers = "waivers: [{norm: x, reason: y, by: z}]\n"}},
    {"waivers without a grantor in a file",
     GOOD,
     "waiver-grantor",
     {.waivers = "waivers: [{norm: x, reason: y}]\n"}},
    {"a file of waivers without any", GOOD, "wrong-type", {.waivers = "\n"}},
    {"a file of waivers that is a list", GOOD, "wrong-type", {.waivers = "[1]\n"}},
    {"two documents of waivers",
     GOOD,
     "wrong-type",
     {.waivers = "waivers: []\n---\nwaivers: []\n"}},
    {"an unknown fact", HEAD "facts: {membres: 8}\n", "unknown-fact", {0}},
    {"a fact like no other", HEAD "facts: {zzzzzzzz: 8}\n", "unknown-fact", {0}},
    {"an unknown fact of a group", HEAD "facts: {vote: {yse: 8}}\n", "unknown-fact", {0}},
    {"a group left empty", HEAD "facts: {vote: }\n", "", {0}},
    {"a group that is none", HEAD "facts: {vote: none}\n", "unknown-fact", {0}},
    {"a fact by its label", HEAD "facts: {proposer: 张三}\n", "", {0}},
    {"a group as a list", HEAD "facts: {vote: [1]}\n", "unknown-fact", {0}},
    {"a fact as a mapping", HEAD "facts: {present: {a: 1}}\n", "unknown-fact", {0}},
    {"a fact of another type", HEAD "facts: {present: many}\n", "wrong-value", {0}},
    {"as of a day that is none", GOOD, "no-such-day", {.at = "2026-02-30"}},
    {"as of soon", GOOD, "not-a-date", {.at = "soon"}},
    {"as of a day", GOOD, "", {.at = "2026-12-01"}},
    {"a fact filled in", HEAD, "", {.fact = "present=8"}},
    {"a list filled in", HEAD, "", {.fact = "roll=[甲会, 乙会]"}},
    {"a fact filled in with two lines", HEAD, "wrong-type", {.fact = "body.id=a\n---\nb"}},
    {"a fact filled in that cannot be read", HEAD, "syntax", {.fact = "present=["}},
    {"an unknown fact filled in", HEAD, "unknown-fact", {.fact = "presnt=8"}},
    {"a reading fixed", GOOD, "", {.reading = "half=exclusive"}},
    {"a reading of the set fixed", GOOD, "", {.reading = "wcasp:half=exclusive"}},
    {"a reading of another set", GOOD, "unknown-reading", {.reading = "other:half=exclusive"}},
    {"an option misspelt", GOOD, "unknown-option", {.reading = "half=exclusiv"}},
    {"an option like no other", GOOD, "unknown-option", {.reading = "half=zzzzzzzz"}},
    {"a reading misspelt", GOOD, "unknown-reading", {.reading = "hal=exclusive"}},
    {"a reading like no other", GOOD, "unknown-reading", {.reading = "zzzzzz=exclusive"}},
    {"no rule sets", "action: resolution\n", "no-rules", {.no_sets = true}},
    {"flat records",
     "{\"kind\": \"resolution\", \"date\": \"2026-11-21\", \"present\": 8, \"vote.yes\": 5}\n",
     "",
     {.flat = "kind", .line = true}},
    {"flat records with groups",
     "{\"kind\": \"resolution\", \"date\": \"2026-11-21\", \"present\": 8, \"vote\": {\"yes\": "
     "5}}\n",
     "",
     {.flat = "kind", .line = true}},
    {"a flat record without a kind",
     "{\"date\": \"2026-11-21\"}\n",
     "missing-key",
     {.flat = "kind", .line = true}},
    {"a flat record with a fact that is none",
     "{\"kind\": \"resolution\", \"presnt\": 8}\n",
     "unknown-fact",
     {.flat = "kind", .line = true}},
    {"a flat record that is none", "[1]\n", "wrong-type", {.flat = "kind", .line = true}},
    {"a flat record cut off",
     "{\"kind\": \"resolution\"",
     "syntax",
     {.flat = "kind", .line = true}},
    {"a line with facts for those after it", "{\"facts\": {\"present\": 8}}\n", "", {.line = true}},
    {"a line",
     "{\"action\": \"resolution\", \"rules\": [\"wcasp\"], \"date\": \"2026-11-21\", \"facts\": "
     "{\"present\": 8}}\n",
     "",
     {.line = true}},
    {"an empty line", "\n", "", {.line = true}},
    {"strict", GOOD, "", {.strict = true}},
    {"what is selected is told if it is nothing", GOOD, "unknown-norm", {.select = "majorty"}},
#undef HEAD
#undef GOOD
};

static const struct action_case *current;

static bylaw_status open_register(void *context, bylaw_str name, bylaw_str file, bylaw_str *text,
                                  bylaw_str *shown)
{
    (void)context;
    (void)file;
    if (current->given.opened == NULL)
        return BYLAW_ENOTFOUND;
    *text = bylaw_str_from(current->given.opened);
    *shown = name;
    return BYLAW_OK;
}

static bylaw_setting setting_of(const char *text)
{
    const bylaw_str whole = bylaw_str_from(text);
    const size_t equal = bl_str_find(whole, BYLAW_STR("="), 0);

    return (bylaw_setting){bl_str_slice(whole, 0, equal),
                           bl_str_slice(whole, equal + 1, whole.len)};
}

/* Reads it and checks all that it holds. */
static bylaw_status check_all(const bylaw_allocator *allocator, bylaw_diags *diags)
{
    const given *g = &current->given;
    const bylaw_ruleset *const sets[] = {set};
    const bylaw_setting fact = setting_of(g->fact != NULL ? g->fact : "a=b"),
                        reading = setting_of(g->reading != NULL ? g->reading : "a=b");
    const bylaw_register reg = {BYLAW_STR("f.yaml"), bylaw_str_from(g->reg)},
                         waivers = {BYLAW_STR("w.yaml"), bylaw_str_from(g->waivers)};
    const bylaw_str select = bylaw_str_from(g->select);
    const bylaw_options options = {.sets = sets,
                                   .set_count = !g->no_sets,
                                   .open = open_register,
                                   .at = bylaw_str_from(g->at),
                                   .facts = &fact,
                                   .fact_count = g->fact != NULL,
                                   .readings = &reading,
                                   .reading_count = g->reading != NULL,
                                   .registers = &reg,
                                   .register_count = g->reg != NULL,
                                   .waiver_files = &waivers,
                                   .waiver_file_count = g->waivers != NULL,
                                   .flat = bylaw_str_from(g->flat),
                                   .select = &select,
                                   .select_count = g->select != NULL,
                                   .strict = g->strict};
    bylaw_checker *checker = NULL;
    bylaw_status status = bylaw_checker_new(&checker, &options, allocator);

    if (status != BYLAW_OK)
        return status;
    for (int turn = 0; turn < 2 && status == BYLAW_OK; turn++) {
        const bylaw_str text = bylaw_str_from(current->text);

        status = g->line ? bylaw_checker_read_line(checker, BYLAW_STR("x.jsonl"), 1, text, diags)
                         : bylaw_checker_read(checker, BYLAW_STR("x.yaml"), text, BYLAW_FORMAT_YAML,
                                              diags);
        for (size_t i = 0; status == BYLAW_OK && i < bylaw_checker_count(checker); i++) {
            const bylaw_result *result = NULL;

            status = bylaw_checker_check(checker, i, &result, diags);
            if (status == BYLAW_OK)
                bylaw_result_unused_waivers(result, diags);
        }
    }
    if (status == BYLAW_OK)
        bylaw_checker_unused(checker, diags);
    bylaw_checker_free(checker);
    return status;
}

static void the_first_mistake_is_told(void **state)
{
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof action_cases / sizeof *action_cases; i++) {
        bylaw_diags *diags = NULL;

        current = &action_cases[i];
        assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
        const bylaw_status status = check_all(NULL, diags);
        bylaw_str code = {NULL, 0};

        for (size_t k = 0; k < bylaw_diags_count(diags) && code.len == 0; k++) {
            if (bylaw_diags_get(diags, k)->severity == BYLAW_ERROR)
                code = bylaw_diags_get(diags, k)->code;
        }
        if (!bl_str_is(code, current->told) ||
            (status == BYLAW_OK) != (current->told[0] == '\0' || current->given.select != NULL)) {
            print_error("%s: %d, %.*s\n", current->label, (int)status, (int)code.len, code.ptr);
            wrong++;
        }
        bylaw_diags_free(diags);
    }
    assert_int_equal(wrong, 0);
}

static bylaw_status check_poorly(const bylaw_allocator *allocator, void *data, bylaw_diags *diags)
{
    (void)data;
    return check_all(allocator, diags);
}

static bylaw_status only_memory(bylaw_status status)
{
    return status == BYLAW_ENOMEM ? status : BYLAW_OK;
}

static void want_of_memory_is_told_as_that(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof action_cases / sizeof *action_cases; i++) {
        diags_step s = {check_poorly, NULL, only_memory};

        current = &action_cases[i];
        assert_fault_sweep(with_diags_around, &s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_mistake_is_told),
        cmocka_unit_test(want_of_memory_is_told_as_that),
    };

    return cmocka_run_group_tests(tests, open_set, close_set);
}
