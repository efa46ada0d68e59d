/* Tests of what the conformance suite does not test: values that are not known. */
#include "harness.h"

static int open_facts(void **state)
{
    harness *h = malloc(sizeof *h);
    static const char *const bools[] = {"a", "b", "c"};
    static const char *const ints[] = {"i", "j"};

    harness_open(h, BL_ENV_PLAIN);
    for (size_t k = 0; k < 3; k++)
        harness_unknown(h, bools[k], BL_SIMPLE(BOOL));
    for (size_t k = 0; k < 2; k++)
        harness_unknown(h, ints[k], BL_SIMPLE(INT));
    harness_unknown(h, "s", BL_SIMPLE(STRING));
    harness_unknown(h, "l", harness_type(h, "list(int)"));
    harness_unknown(h, "m", harness_type(h, "map(string, int)"));
    harness_unknown(h, "o", harness_type(h, "optional_type(int)"));
    harness_declare(h, "zero", BL_SIMPLE(INT), bl_int(0)); /* so that nothing is folded */
    harness_declare(h, "yes", BL_SIMPLE(BOOL), bl_bool(true));
    *state = h;
    return 0;
}

static int close_facts(void **state)
{
    harness_close(*state);
    free(*state);
    return 0;
}

static void logic_absorbs_what_is_unknown(void **state)
{
    static const eval_case cases[] = {
        {"a && false", "false"},
        {"false && a", "false"},
        {"a || true", "true"},
        {"true || a", "true"},
        {"a && true", "?a"},
        {"true && a", "?a"},
        {"a || false", "?a"},
        {"a && b", "?a,b"},
        {"b || a || c", "?a,b,c"},
        {"a && b && false && c", "false"},
        {"!a", "?a"},
        {"!(a && b)", "?a,b"},
        {"a && yes", "?a"},
        {"a || yes", "true"},
        {"(a && b) || (b && c)", "?a,b,c"},
        {"a || (b && false)", "?a"},
        {"a == a", "?a"},
    };

    HARNESS_CASES(*state, cases, true);
}

static void in_logic_what_is_unknown_wins_over_an_error(void **state)
{
    static const eval_case cases[] = {
        {"a && 1 / zero == 1", "?a"},
        {"1 / zero == 1 && a", "?a"},
        {"a || 1 / zero == 1", "?a"},
        {"1 / zero == 1 || a", "?a"},
        {"1 / zero == 1 || a || true", "true"},
        {"1 / zero == 1 && a && false", "false"},
        {"1 / zero == 1 && true", "!divide-by-zero 0-8"},
        {"1 / zero == 1 || false", "!divide-by-zero 0-8"},
        {"1 / zero == 1 || 2 / zero == 1", "!divide-by-zero 0-8"},
        {"1 / zero == 1 || true", "true"},
    };

    HARNESS_CASES(*state, cases, true);
}

static void elsewhere_an_error_wins_and_all_unknowns_are_merged(void **state)
{
    static const eval_case cases[] = {
        {"i + j", "?i,j"},
        {"j + i", "?i,j"},
        {"i + i", "?i"},
        {"i + 1 / zero", "!divide-by-zero 4-12"},
        {"1 / zero + i", "!divide-by-zero 0-8"},
        {"i < j", "?i,j"},
        {"i == 1 / zero", "!divide-by-zero 5-13"},
        {"[i, j, 1]", "?i,j"},
        {"[i, 1 / zero]", "!divide-by-zero 4-12"},
        {"{'x': i, s: j}", "?i,j,s"},
        {"{'x': i, 'y': 1 / zero}", "!divide-by-zero 14-22"},
        {"size(l) + i", "?i,l"},
        {"i in l", "?i,l"},
        {"1 in l", "?l"},
        {"l[i]", "?i,l"},
        {"l[0] + l[1]", "?l"},
        {"s.contains('x')", "?s"},
        {"s + string(i)", "?i,s"},
        {"m['x']", "?m"},
        {"m.x + i", "?i,m"},
        {"-i", "?i"},
        {"dyn(i) == dyn(s)", "?i,s"},
        {"[1, 2][i]", "?i"},
        {"s.matches('a+')", "?s"},
    };

    HARNESS_CASES(*state, cases, true);
}

static void a_condition_is_decided_before_its_branches(void **state)
{
    static const eval_case cases[] = {
        {"a ? 1 : 2", "?a"},           {"a ? i : j", "?a"},
        {"yes ? 1 : i", "1"},          {"yes ? i : 1", "?i"},
        {"a ? 1 / zero : 2", "?a"},    {"1 / zero == 1 ? i : j", "!divide-by-zero 0-8"},
        {"(a && false) ? i : 7", "7"},
    };

    HARNESS_CASES(*state, cases, true);
}

static void macros_pass_on_what_is_unknown(void **state)
{
    static const eval_case cases[] = {
        {"l.all(x, x > 0)", "?l"},
        {"l.exists(x, x > 0)", "?l"},
        {"l.exists_one(x, x > 0)", "?l"},
        {"l.map(x, x + 1)", "?l"},
        {"l.filter(x, x > 0)", "?l"},
        {"[1, 2].all(x, x > i)", "?i"},
        {"[1, 2].all(x, x > i || x == 1)", "?i"},
        {"[1, 2].all(x, x < 2 && a)", "false"},
        {"[1, 2].exists(x, x > 1 || a)", "true"},
        {"[1, 2].exists(x, x == i || x == j)", "?i,j"},
        {"[1, 2].all(x, x == 1 ? a : b)", "?a,b"},
        {"[0, 1].all(x, x == 0 ? a : 1 / zero == 1)", "?a"},
        {"[1, 0].exists(x, x == 0 ? a : 1 / zero == 1)", "?a"},
        {"[1, 2].exists_one(x, x == i)", "?i"},
        {"[1, 1, 2].exists_one(x, x == 1 || a)", "false"},
        {"[1, 2].exists_one(x, x == i || 1 / zero == 1)", "?i"},
        {"[1, 2].exists_one(x, x == 1 ? a : 1 / zero == 1)", "!divide-by-zero 34-42"},
        {"[1, 2].map(x, x + i)", "?i"},
        {"[1, 2].map(x, x == 1 ? i : j)", "?i,j"},
        {"[1, 0].map(x, x == 1 ? i : 1 / zero)", "!divide-by-zero 27-35"},
        {"[1, 2].filter(x, x == i)", "?i"},
        {"[].all(x, a)", "true"},
        {"[].exists(x, a)", "false"},
        {"[].map(x, i)", "[]"},
        {"[1, 2].transformList(k, v, v == 1 ? i : j)", "?i,j"},
        {"{'x': 1}.transformMap(k, v, v + i)", "?i"},
        {"cel.bind(x, i, x + x + j)", "?i,j"},
        {"cel.bind(x, i, true)", "true"},
        {"cel.bind(x, 1 / zero, x == 1 || yes)", "true"},
    };

    HARNESS_CASES(*state, cases, true);
}

static void presence_and_optionals_pass_it_on(void **state)
{
    static const eval_case cases[] = {
        {"has(m.x)", "?m"},
        {"has(m.x) && false", "false"},
        {"m.?x", "?m"},
        {"m[?'x']", "?m"},
        {"m.?x.orValue(1)", "?m"},
        {"{}.?x.orValue(i)", "?i"},
        {"optional.of(i)", "?i"},
        {"optional.of(i).hasValue()", "?i"},
        {"o.hasValue()", "?o"},
        {"o.orValue(i)", "?i,o"},
        {"o.optMap(x, x + 1)", "?o"},
        {"optional.of(1).optMap(x, x + i)", "?i"},
        {"optional.of(1).optFlatMap(x, o)", "?o"},
        {"[?o]", "?o"},
        {"{?'x': o}", "?o"},
        {"[1][?i]", "?i"},
    };

    HARNESS_CASES(*state, cases, true);
}

/* The parts of a list may be unknown while the list is known. */
static void an_unknown_element_does_not_hide_the_others(void **state)
{
    harness *h = *state;
    bl_attr *attr = BL_NEW(&h->arena, bl_attr);
    bl_value *items = BL_NEW_N(&h->arena, bl_value, 3);
    static const eval_case cases[] = {
        {"parts[0]", "4"},
        {"parts[1]", "?parts[1]"},
        {"size(parts)", "3"},
        {"4 in parts", "true"},
        {"6 in parts", "true"},
        {"5 in parts", "?parts[1]"},
        {"parts.exists(x, x == 6)", "true"},
        {"parts.all(x, x < 5)", "false"},
        {"parts.all(x, x < 7)", "?parts[1]"},
        {"parts == [4, 5, 7]", "false"},
        {"parts == [4, 5, 6]", "?parts[1]"},
        {"parts != [4, 5, 7]", "true"},
        {"parts.filter(x, x > 5)", "?parts[1]"},
    };

    *attr = (bl_attr){h->count, BYLAW_STR("[1]")};
    items[0] = bl_int(4);
    items[1] = bl_unknown_value(&h->arena, attr);
    items[2] = bl_int(6);
    harness_declare(h, "parts", harness_type(h, "list(int)"), bl_list_value(&h->arena, items, 3));
    HARNESS_CASES(h, cases, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(logic_absorbs_what_is_unknown, open_facts, close_facts),
        cmocka_unit_test_setup_teardown(in_logic_what_is_unknown_wins_over_an_error, open_facts,
                                        close_facts),
        cmocka_unit_test_setup_teardown(elsewhere_an_error_wins_and_all_unknowns_are_merged,
                                        open_facts, close_facts),
        cmocka_unit_test_setup_teardown(a_condition_is_decided_before_its_branches, open_facts,
                                        close_facts),
        cmocka_unit_test_setup_teardown(macros_pass_on_what_is_unknown, open_facts, close_facts),
        cmocka_unit_test_setup_teardown(presence_and_optionals_pass_it_on, open_facts, close_facts),
        cmocka_unit_test_setup_teardown(an_unknown_element_does_not_hide_the_others, open_facts,
                                        close_facts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
