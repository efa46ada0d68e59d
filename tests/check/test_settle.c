/* tests/check/test_settle.c: from what is stated to what is held: places that disagree, what
 * follows from what, invariants, and records with more contradictions than anybody would read. */
#include "check/judged.h"

#define WORDS                                                                                      \
    JUDGED_HEAD "kinds: {filing: {zh: 备案, en: filing}}\n"                                      \
                "facts:\n  a: {type: count, zh: 甲, en: a}\n  b: {type: count, zh: 乙, en: b}\n" \
                "  c: {type: count, zh: 丙, en: c}\n  z: {type: int, zh: 数, en: number}\n"

#define NORM                                                                                       \
    "norms:\n  - {id: n, provision: wcasp:7.1a, on: [filing], modality: must, require: a >= 1,\n"  \
    "     says: {zh: 甲, en: a}}\n"

#define REGISTERS 3

/* Where a fact is stated in the places of a clash: "a.yaml=3 r.yaml=4". */
static const char *places(const bl_clash *clash)
{
    static char text[1000];
    size_t n = 0;

    text[0] = '\0';
    for (size_t i = 0; i < clash->count; i++) {
        const bl_statement *s = &clash->statements[i];

        n += (size_t)sprintf(text + n, "%s%.*s=%lld", i > 0 ? " " : "",
                             (int)s->span.source->name.len, s->span.source->name.ptr,
                             (long long)s->value.as.i);
    }
    return text;
}

static judged judge_registers(const bylaw_ruleset *set, const char *facts,
                              const char *const *registers)
{
    static const char *const names[REGISTERS] = {"r.yaml", "s.yaml", "t.yaml"};
    bylaw_register all[REGISTERS];
    size_t count = 0;
    char text[500];

    for (; count < REGISTERS && registers[count] != NULL; count++)
        all[count] =
            (bylaw_register){bylaw_str_from(names[count]), bylaw_str_from(registers[count])};
    snprintf(text, sizeof text, "action: filing\ndate: 2026-11-21\nfacts: {%s}\n", facts);
    return judge_with(set, (bylaw_options){.registers = all, .register_count = count}, text);
}

/* Each place once, the action's own first; places at the same byte of two files are two places; a
 * fact left empty is no place. */
static void each_place_of_a_contradiction_is_told_once(void **state)
{
    static const struct {
        const char *facts;
        const char *registers[REGISTERS + 1];
        size_t clashes;
        const char *places; /* of the first */
    } cases[] = {
        {"a: 3", {"facts: {a: 3}\n"}, 0, ""},
        {"a: 3", {"facts: {a: 4}\n"}, 1, "a.yaml=3 r.yaml=4"},
        {"a: 3", {"facts: {a: 4}\n", "facts: {a: 5}\n"}, 1, "a.yaml=3 r.yaml=4 s.yaml=5"},
        {"b: 3", {"facts: {a: 4}\n", "facts: {a: 5}\n"}, 1, "r.yaml=4 s.yaml=5"},
        {"b: 3",
         {"facts: {a: 4}\n", "facts: {a: 5}\n", "facts: {a: 4}\n"},
         1,
         "r.yaml=4 s.yaml=5 t.yaml=4"},
        {"a: ", {"facts: {a: 4}\n", "facts: {a: 5}\n"}, 1, "r.yaml=4 s.yaml=5"},
        {"a: ", {"facts: {a: 4}\n"}, 0, ""},
        {"a: 3", {"facts: {a: }\n", "facts: {a: 5}\n"}, 1, "a.yaml=3 s.yaml=5"},
    };
    bylaw_ruleset *set = rules_of(WORDS NORM);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        judged j = judge_registers(set, cases[i].facts, cases[i].registers);

        assert_non_null(j.set);
        assert_int_equal(j.set->clash_count, cases[i].clashes);
        if (j.set->clash_count > 0)
            assert_string_equal(places(&j.set->clashes[0]), cases[i].places);
        judged_free(&j);
    }
    bylaw_ruleset_free(set);
}

/* Every fact stated, and two of them at odds: nothing is left to presume, and yet both are unknown.
 */
static void a_full_record_may_be_impossible(void **state)
{
    bylaw_ruleset *set = rules_of(WORDS "invariants: [a + b <= c]\n" NORM);
    judged j = judge(set, "action: filing\ndate: 2026-11-21\nfacts: {a: 3, b: 3, c: 6, z: 0}\n");

    (void)state;
    assert_string_equal(status_of(&j, "n"), "satisfied");
    judged_free(&j);
    j = judge(set, "action: filing\ndate: 2026-11-21\nfacts: {a: 3, b: 4, c: 6, z: 0}\n");
    assert_string_equal(status_of(&j, "n"), "undetermined");
    assert_int_equal(j.set->clash_count, 1);
    assert_string_equal(places(&j.set->clashes[0]), "a.yaml=3 a.yaml=4 a.yaml=6");
    judged_free(&j);
    bylaw_ruleset_free(set);
}

/* What is unknown is bounded by other invariants; their facts are among the places, each once. */
static void what_bounds_an_unknown_fact_is_among_the_places(void **state)
{
    static const struct {
        const char *invariants, *facts, *places;
    } cases[] = {
        {"[a + b <= c, c + b <= z]", "a: 5, b: 0, z: 3", "a.yaml=5 a.yaml=0 a.yaml=3"},
        {"[c + b <= z, a + b <= c]", "a: 5, b: 0, z: 3", "a.yaml=5 a.yaml=0 a.yaml=3"},
        {"[a <= b, b + b <= z]", "a: 5, z: 3", "a.yaml=5 a.yaml=3"},
        {"[a <= b, b + c <= z + z]", "a: 5, c: 0, z: 1", "a.yaml=5 a.yaml=0 a.yaml=1"},
        {"[b <= a, c <= b + z, 'a * z <= 100']", "a: 1, c: 5, z: 0", "a.yaml=5 a.yaml=1 a.yaml=0"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char rules[1000], text[200];

        snprintf(rules, sizeof rules, "%sinvariants: %s\n%s", WORDS, cases[i].invariants, NORM);
        snprintf(text, sizeof text, "action: filing\ndate: 2026-11-21\nfacts: {%s}\n",
                 cases[i].facts);
        bylaw_ruleset *set = rules_of(rules);
        judged j = judge(set, text);

        assert_non_null(j.set);
        assert_int_equal(j.set->clash_count, 1);
        assert_int_equal(j.set->clashes[0].kind, BL_CLASH_INVARIANT);
        assert_string_equal(places(&j.set->clashes[0]), cases[i].places);
        judged_free(&j);
        bylaw_ruleset_free(set);
    }
}

/* An invariant that is no sum: it may hold, be broken, be unknown, and fail to be evaluated, which
 * is neither. */
static void an_invariant_that_cannot_be_evaluated_leaves_no_result(void **state)
{
    static const struct {
        const char *facts, *status;
    } cases[] = {
        {"a: 3, z: 33", "satisfied"},
        {"a: 3, z: 34", "undetermined"},
        {"a: 3", "satisfied"},
        {"a: 3, z: 9223372036854775807", "!evaluation"},
    };
    bylaw_ruleset *set = rules_of(WORDS "invariants: ['a * z < 100', 'a * a < 99']\n" NORM);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[200];

        snprintf(text, sizeof text, "action: filing\ndate: 2026-11-21\nfacts: {%s}\n",
                 cases[i].facts);
        judged j = judge(set, text);

        assert_string_equal(status_of(&j, "n"), cases[i].status);
        judged_free(&j);
    }
    bylaw_ruleset_free(set);
}

/* Facts f1, f2 … of which each follows from the one before; what contradicts the last has its place
 * in the first, while the chain is not too long to follow. */
static void a_chain_of_derivations_is_followed_to_its_beginning(void **state)
{
    (void)state;
    for (int length = 1; length <= 12; length++) {
        char rules[3000], text[200];
        int n = snprintf(rules, sizeof rules, "%s  f0: {type: count, zh: 零, en: zero}\n", WORDS);

        for (int i = 1; i <= length; i++)
            n += snprintf(rules + n, sizeof rules - (size_t)n,
                          "  f%d: {type: count, derive: f%d + 1, zh: 数%d, en: f%d}\n", i, i - 1, i,
                          i);
        snprintf(rules + n, sizeof rules - (size_t)n, "invariants: [f%d <= c]\n%s", length, NORM);
        snprintf(text, sizeof text,
                 "action: filing\ndate: 2026-11-21\nfacts: {a: 1, f0: 7, c: %d}\n", length + 6);
        bylaw_ruleset *set = rules_of(rules);
        judged j = judge(set, text);

        assert_non_null(j.set);
        assert_int_equal(j.set->clash_count, 1);
        snprintf(text, sizeof text, length <= 9 ? "a.yaml=7 a.yaml=%d" : "a.yaml=%d", length + 6);
        assert_string_equal(places(&j.set->clashes[0]), text);
        assert_int_equal(j.set->verdict, BYLAW_UNDETERMINED);
        judged_free(&j);
        bylaw_ruleset_free(set);
    }
}

/* As many facts as asked for, each stated twice, differently; alone, with an invariant that holds,
 * with one that is broken besides. */
static void contradictions_are_told_up_to_a_number_and_every_one_counts(void **state)
{
    static const size_t counts[] = {1, 63, 64, 65, 80};

    (void)state;
    for (size_t i = 0; i < 3 * sizeof counts / sizeof *counts; i++) {
        static const char *const invariants[] = {"", "invariants: [a <= c]\n",
                                                 "invariants: [a + z <= b]\n"};
        const size_t count = counts[i / 3], broken = i % 3 == 2;
        char *rules = malloc(100 * (count + 20)), *text = malloc(20 * (count + 10)),
             *reg = malloc(20 * (count + 10));

        assert_true(rules != NULL && text != NULL && reg != NULL);
        size_t n = (size_t)sprintf(rules, "%s", WORDS);
        size_t t = (size_t)sprintf(text, "action: filing\ndate: 2026-11-21\nfacts: {a: 1, z: 1");
        size_t r = (size_t)sprintf(reg, "facts: {b: 1");

        for (size_t k = 0; k < count; k++) {
            n +=
                (size_t)sprintf(rules + n, "  f%zu: {type: count, zh: 数%zu, en: f%zu}\n", k, k, k);
            t += (size_t)sprintf(text + t, ", f%zu: 1", k);
            r += (size_t)sprintf(reg + r, ", f%zu: 2", k);
        }
        sprintf(rules + n, "%s%s", invariants[i % 3], NORM);
        strcpy(text + t, "}\n");
        strcpy(reg + r, "}\n");
        const bylaw_register all = {BYLAW_STR("r.yaml"), bylaw_str_from(reg)};
        bylaw_ruleset *set = rules_of(rules);
        judged j = judge_with(set, (bylaw_options){.registers = &all, .register_count = 1}, text);

        assert_non_null(j.set);
        assert_int_equal(j.set->clash_count, count + broken < 64 ? count + broken : 64);
        assert_int_equal(j.set->verdict, BYLAW_UNDETERMINED);
        if (!broken || count < 63)
            assert_string_equal(status_of(&j, "n"), broken ? "undetermined" : "satisfied");
        judged_free(&j);
        bylaw_ruleset_free(set);
        free(rules);
        free(text);
        free(reg);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_place_of_a_contradiction_is_told_once),
        cmocka_unit_test(a_full_record_may_be_impossible),
        cmocka_unit_test(what_bounds_an_unknown_fact_is_among_the_places),
        cmocka_unit_test(an_invariant_that_cannot_be_evaluated_leaves_no_result),
        cmocka_unit_test(a_chain_of_derivations_is_followed_to_its_beginning),
        cmocka_unit_test(contradictions_are_told_up_to_a_number_and_every_one_counts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
