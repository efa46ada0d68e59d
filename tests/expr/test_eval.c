/* Tests of evaluation and planning: places of errors, cost, folding, limits, memory. */
#include "harness.h"

#include "expr/faults.h"
#include "expr/program.h"

static int open_plain(void **state)
{
    harness *h = malloc(sizeof *h);

    harness_open(h, BL_ENV_PLAIN);
    harness_declare(h, "zero", BL_SIMPLE(INT), bl_int(0)); /* so that nothing is folded */
    harness_declare(h, "one", BL_SIMPLE(INT), bl_int(1));
    harness_declare(
        h, "text", BL_SIMPLE(STRING),
        bl_string_value(&h->arena, BYLAW_STR("0123456789012345678901234567890123456789")));
    harness_declare(h, "any", BL_SIMPLE(DYN), bl_double(1.0));
    *state = h;
    return 0;
}

static int close_plain(void **state)
{
    harness_close(*state);
    free(*state);
    return 0;
}

static void an_error_says_where_it_arose(void **state)
{
    static const eval_case cases[] = {
        {"1 + 2 / zero", "!divide-by-zero 4-12"},
        {"[1, 2, 3].map(x, x / zero)", "!divide-by-zero 17-25"},
        {"[1, 2].map(x, [3, 4].map(y, x / (y - 4)))", "!divide-by-zero 28-39"},
        {"[1, 2].filter(x, [3, 4][x] > 3)", "!no-index 17-26"},
        {"[2, 0].all(x, 4 / (x * one) > 1)", "!divide-by-zero 14-27"},
        {"{'a': zero}.b", "!no-key 0-13"},
        {"{'a': zero}['b']", "!no-key 0-16"},
        {"[1][zero + 1]", "!no-index 0-13"},
        {"{'a': 1, 'a': zero}", "!duplicate-key 0-19"},
        {"9223372036854775807 + one", "!overflow 0-25"},
        {"cel.bind(x, 1 / zero, x + 1)", "!divide-by-zero 12-20"},
        {"int('x' + text)", "!unreadable 0-15"},
        {"any + 1", "!no-overload 0-7"},
        {"any && true", "!not-bool 0-3"},
        {"any ? 1 : 2", "!not-bool 0-3"},
        {"any.all(x, true)", "!not-a-range 0-3"},
        {"[1].all(x, any)", "!not-bool 11-14"},
        {"[?dyn(one)]", "!not-optional 2-10"},
        {"text.matches('a' + string(any) + '(')", "!bad-regex 0-37"},
        {"text.matches('(')", "!bad-regex 0-17"},
    };

    HARNESS_CASES(*state, cases, true);
}

static void folding_does_not_change_what_is_meant(void **state)
{
    static const eval_case cases[] = {
        {"0.0 / 0.0 in [0.0 / 0.0]", "false"},
        {"[0.0 / 0.0] == [0.0 / 0.0]", "false"},
        {"0.0 / 0.0 == 0.0 / 0.0", "false"},
        {"1 / 0 == 1 || true", "true"},
        {"1 / 0 == 1 && false", "false"},
        {"true ? 1 : 1 / 0", "1"},
        {"[1 / 0].size() == 1 || true", "true"},
        {"1 / 0", "!divide-by-zero 0-5"},
        {"zero == 0 ? 2 : 1 / 0", "2"},
        {"zero == 1 ? 2 : 1 / 0", "!divide-by-zero 16-21"},
        {"[1, 2, 3].exists(x, x / 0 > 1 || x == 3)", "true"},
        {"'a'.matches('[') || true", "true"},
        {"dyn(1.0) in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]", "true"},
        {"dyn(1u) in [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]", "true"},
        {"any in [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]", "true"},
        {"one in [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]", "true"},
        {"zero in [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]", "false"},
        {"text in ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']", "false"},
        {"text in ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', "
         "'0123456789012345678901234567890123456789']",
         "true"},
        {"any in [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]", "true"},
        {"[1, 2, 3].map(x, x * one)", "[1, 2, 3]"},
        {"[1, 2].map(x, [3, 4].map(y, x * y))", "[[3, 4], [6, 8]]"},
    };
    static const eval_case unchecked[] = {
        {"false && 32", "false"},
        {"32 && false", "false"},
        {"true && 32", "!not-bool 8-10"},
        {"true || 32", "true"},
        {"false || one", "!not-bool 9-12"},
        {"nobody || true", "true"},
        {"nobody", "!no-variable 0-6"},
        {"nothing(1)", "!no-function 0-10"},
        {"nothing(1) == 1 || true", "true"},
        {"1 + 'a'", "!no-overload 0-7"},
    };

    HARNESS_CASES(*state, cases, true);
    HARNESS_CASES(*state, unchecked, false);
}

static void what_needs_no_fact_becomes_a_constant(void **state)
{
    harness *h = *state;
    static const struct {
        const char *expr;
        bool constant;
    } cases[] = {
        {"1 + 2 * 3", true},
        {"[1, 2, 3].map(x, x * 2).exists(x, x == 4)", true},
        {"timestamp('2009-02-13T23:31:30Z').getFullYear()", true},
        {"zero == 0 && false", true},
        {"cel.bind(x, 1, x + 1)", true},
        {"1 / 0", false},
        {"zero + 1", false},
        {"[1, 2].map(x, x + zero)", false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const bl_program *program = harness_compile(h, cases[i].expr, true);

        assert_non_null(program);
        assert_int_equal(bl_program_constant(program) != NULL, cases[i].constant);
    }
}

static void a_program_tells_the_slots_that_it_may_read(void **state)
{
    harness *h = *state;
    size_t count = 99;
    const uint32_t *slots =
        bl_program_slots(harness_compile(h, "one + zero > one * 2 || text == ''", true), &count);

    assert_int_equal(count, 3);
    assert_int_equal(slots[0], 0);
    assert_int_equal(slots[1], 1);
    assert_int_equal(slots[2], 2);
    (void)bl_program_slots(harness_compile(h, "false && one == 1 || zero == 0", true), &count);
    assert_int_equal(count, 1);
    slots = bl_program_slots(harness_compile(h, "true ? one : zero", true), &count);
    assert_int_equal(count, 1);
    assert_int_equal(slots[0], 1);
}

/* The cost of an expression over the facts of open_plain. */
static uint64_t cost_of(harness *h, const char *expr)
{
    const bl_program *program = harness_compile(h, expr, true);

    assert_non_null(program);
    (void)harness_run(h, program, false);
    return h->eval.cost;
}

static void everything_costs_by_the_size_of_what_it_reads_and_makes(void **state)
{
    harness *h = *state;
    bl_value *items = BL_NEW_N(&h->arena, bl_value, 1000);
    char *bytes = bl_arena_alloc(&h->arena, 100000);

    for (size_t i = 0; i < 1000; i++)
        items[i] = bl_int((int64_t)i);
    memset(bytes, 'x', 100000);
    harness_declare(h, "thousand", harness_type(h, "list(int)"),
                    bl_list_value(&h->arena, items, 1000));
    harness_declare(h, "long", BL_SIMPLE(STRING),
                    bl_string_value(&h->arena, (bylaw_str){bytes, 100000}));

    assert_int_equal(cost_of(h, "one"), 0);
    assert_int_equal(cost_of(h, "one + zero"), 1);
    assert_int_equal(cost_of(h, "one + zero + one > 2"), 3);
    assert_true(cost_of(h, "thousand.all(x, x >= 0)") >= 2000);
    assert_true(cost_of(h, "thousand.all(x, x >= 0)") < 3000);
    assert_true(cost_of(h, "thousand.map(x, x + 1)") >= 2000);
    assert_true(cost_of(h, "-1 in thousand") >= 1000);
    assert_true(cost_of(h, "thousand + thousand") >= 2000);
    assert_true(cost_of(h, "thousand == thousand") >= 1000);
    assert_true(cost_of(h, "thousand[999]") < 5);
    assert_true(cost_of(h, "size(thousand)") < 5);
    assert_true(cost_of(h, "long + long") >= 100000 / 16);
    assert_true(cost_of(h, "long == long + ''") >= 100000 / 16);
    assert_true(cost_of(h, "long < long + 'a'") >= 100000 / 16);
    assert_true(cost_of(h, "long == 'a'") < 10); /* as far as the shorter one goes */
    assert_true(cost_of(h, "size(long)") >= 10000);
    assert_true(cost_of(h, "long.contains('y')") >= 10000);
    assert_true(cost_of(h, "long.startsWith('y')") < 10);
    assert_true(cost_of(h, "long.matches('y')") >= 10000);
    assert_true(cost_of(h, "{'a': long}['a'] == 'b'") < 20);
    assert_true(cost_of(h, "{long: 1}") >= 2);
    assert_true(cost_of(h, "bytes(long) == b''") < 20);
    assert_true(cost_of(h, "string(bytes(long)) == ''") >= 100000 / 16);
    /* A short circuit saves what it does not evaluate. */
    assert_true(cost_of(h, "one == 2 && thousand.all(x, x >= 0)") < 10);
}

static void a_limit_on_cost_names_the_expression(void **state)
{
    harness *h = *state;
    static const char expr[] = "[1, 2, 3, 4, 5].map(x, x + one).all(x, x > 0)";
    const bl_program *program = harness_compile(h, expr, true);

    h->cost_limit = 0;
    assert_string_equal(harness_text(h, harness_run(h, program, false)), "true");
    const uint64_t cost = h->eval.cost;

    h->cost_limit = cost;
    assert_string_equal(harness_text(h, harness_run(h, program, false)), "true");
    h->cost_limit = cost - 1;
    const bl_value over = harness_run(h, program, false);

    assert_int_equal(over.kind, BL_ERROR);
    assert_ptr_equal(over.as.fault->msg, &bl_fault_cost_limit);
    assert_non_null(strstr(over.as.fault->message.in[BYLAW_EN].ptr, expr));
    assert_non_null(strstr(over.as.fault->message.in[BYLAW_ZH].ptr, expr));
}

static void no_operator_absorbs_the_limit(void **state)
{
    harness *h = *state;
    static const eval_case cases[] = {
        {"true || [1, 2, 3, 4, 5, 6, 7, 8].all(x, x > one - 9)", "true"}, /* never evaluated */
        {"[1, 2, 3, 4, 5, 6, 7, 8].all(x, x > one - 9) || true", "true"}, /* folded */
        {"[1, 2, 3, 4, 5, 6, 7, 8].all(x, x > one - 9) || one == 1", "!cost-limit 0-58"},
        {"[1, 2, 3, 4, 5, 6, 7, 8].map(x, x + one).size() > 9 && one == 2", "!cost-limit 0-64"},
    };

    h->cost_limit = 6;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const bl_program *program = harness_compile(h, cases[i].expr, true);
        const bl_value v = harness_run(h, program, false);

        if (cases[i].result[0] == '!') {
            assert_int_equal(v.kind, BL_ERROR);
            assert_ptr_equal(v.as.fault->msg, &bl_fault_cost_limit);
        } else {
            assert_string_equal(harness_text(h, v), cases[i].result);
        }
    }
}

static void loops_in_loops_end_at_the_limit(void **state)
{
    harness *h = *state;
    /* 10^12 turns without a limit. */
    static const char expr[] =
        "[1,2,3,4,5,6,7,8,9,0].all(a, [1,2,3,4,5,6,7,8,9,0].all(b, [1,2,3,4,5,6,7,8,9,0].all(c, "
        "[1,2,3,4,5,6,7,8,9,0].all(d, [1,2,3,4,5,6,7,8,9,0].all(e, [1,2,3,4,5,6,7,8,9,0].all(f, "
        "[1,2,3,4,5,6,7,8,9,0].all(g, [1,2,3,4,5,6,7,8,9,0].all(h, [1,2,3,4,5,6,7,8,9,0].all(i, "
        "[1,2,3,4,5,6,7,8,9,0].all(j, [1,2,3,4,5,6,7,8,9,0].all(k, [1,2,3,4,5,6,7,8,9,0].all(l, "
        "a + b + c + d + e + f + g + h + i + j + k + l > zero - 1 / zero))))))))))))";
    const bl_program *program = harness_compile(h, expr, true);

    h->cost_limit = 100000;
    for (int traced = 0; traced < 2; traced++) {
        const bl_value v = harness_run(h, program, traced != 0);

        assert_int_equal(v.kind, BL_ERROR);
        assert_ptr_equal(v.as.fault->msg, &bl_fault_cost_limit);
    }
}

/* Text that doubles with each step must be stopped by its cost, not by memory. */
static void growing_text_ends_at_the_limit(void **state)
{
    harness *h = *state;
    static const char expr[] =
        "[1,1,1,1,1,1,1,1,1,1].map(a, text + text).map(a, a + a).map(a, a + a).map(a, a + a)"
        ".map(a, a + a).map(a, a + a).map(a, a + a).map(a, a + a).map(a, a + a).map(a, a + a)"
        ".map(a, a + a).map(a, a + a).map(a, a + a).map(a, a + a).map(a, a + a).map(a, a + a)"
        ".map(a, a + a).map(a, a + a).map(a, a + a).map(a, a + a).map(a, a + a).map(a, a + a)";
    const bl_program *program = harness_compile(h, expr, true);
    const bl_value v = harness_run(h, program, false);

    assert_int_equal(v.kind, BL_ERROR);
    assert_ptr_equal(v.as.fault->msg, &bl_fault_cost_limit);
    assert_true(h->arena.total < (size_t)512 << 20);
}

#ifndef BL_EXACT_CHUNKS /* there every piece is asked for, and what can do without one does */
static void nothing_is_asked_of_the_system_in_the_steady_state(void **state)
{
    harness *h = *state;
    fault_allocator faults = {0};
    const bylaw_allocator allocator = {fault_resize, &faults};
    const bl_program *program = harness_compile(
        h, "[1, 2, 3].map(x, x + one).exists(x, string(x) + text == 'a') || one > 2", true);
    bl_arena arena;

    bl_arena_init(&arena, &allocator);
    for (int turn = 0; turn < 100; turn++) {
        bl_eval eval = {.arena = &arena, .slots = h->slots, .slot_count = h->count};

        bl_arena_reset(&arena);
        assert_true(bl_is_false(bl_evaluate(program, &eval)));
        assert_int_equal(faults.calls, 1); /* the first chunk */
    }
    bl_arena_dispose(&arena);
}

static const char *const swept[] = {
    "[1, 2, 3].map(x, x + one).filter(x, x > 1).exists(x, string(x) + text == 'a')",
    "{'a': [one, 2], 'b': [3]}.transformMap(k, v, v.map(x, x * 2)).a == [2, 4] ? text : 'b'",
    "text.matches('[a-z]+' + string(one)) || text.matches('^[0-9]*$')",
    "one in [10, 9, 8, 7, 6, 5, 4, 3, 2, 1] && [?optional.of(one)].size() == 1",
    "cel.bind(x, {1: one, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 7, 8: 8, 9: 9}, x[1] + x[9])",
};

typedef struct sweep {
    const harness *h;
    const char *expr;
} sweep;

static bylaw_status compile_and_run(const bylaw_allocator *allocator, void *data)
{
    const sweep *s = data;
    bl_arena arena;
    bylaw_diags *diags = NULL;
    bl_program *program = NULL;
    bylaw_status status = BYLAW_ENOMEM;
    const bl_source source = {.name = BYLAW_STR("sweep"), .text = bylaw_str_from(s->expr)};
    const bl_expr_text text = {source.text, {&source, 0, (uint32_t)source.text.len}, true};

    bl_arena_init(&arena, allocator);
    bl_env *env = bl_env_new(&arena, BL_ENV_PLAIN, NULL);

    if (env == NULL || bl_env_add_variable(env, BYLAW_STR("one"), BL_SIMPLE(INT), 1) != BYLAW_OK ||
        bl_env_add_variable(env, BYLAW_STR("text"), BL_SIMPLE(STRING), 2) != BYLAW_OK ||
        (status = bylaw_diags_new(&diags, allocator)) != BYLAW_OK)
        goto done;
    status = bl_compile(&program, env, &arena, text, NULL, true, diags);
    if (status != BYLAW_OK)
        goto done;
    bl_eval eval = {.arena = &arena, .slots = s->h->slots, .slot_count = s->h->count};

    eval.trace = BL_NEW_N(&arena, bl_value, bl_program_size(program));
    status = BYLAW_ENOMEM;
    if (eval.trace == NULL)
        goto done;
    const bl_value v = bl_evaluate(program, &eval);

    if (v.kind != BL_ERROR && bl_explain(program, &eval) != NULL)
        status = BYLAW_OK;
done:
    bylaw_diags_free(diags);
    bl_arena_dispose(&arena);
    return status;
}

static void every_failing_allocation_is_told(void **state)
{
    for (size_t i = 0; i < sizeof swept / sizeof swept[0]; i++) {
        sweep s = {*state, swept[i]};

        assert_fault_sweep(compile_and_run, &s);
    }
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_error_says_where_it_arose, open_plain, close_plain),
        cmocka_unit_test_setup_teardown(folding_does_not_change_what_is_meant, open_plain,
                                        close_plain),
        cmocka_unit_test_setup_teardown(what_needs_no_fact_becomes_a_constant, open_plain,
                                        close_plain),
        cmocka_unit_test_setup_teardown(a_program_tells_the_slots_that_it_may_read, open_plain,
                                        close_plain),
        cmocka_unit_test_setup_teardown(everything_costs_by_the_size_of_what_it_reads_and_makes,
                                        open_plain, close_plain),
        cmocka_unit_test_setup_teardown(a_limit_on_cost_names_the_expression, open_plain,
                                        close_plain),
        cmocka_unit_test_setup_teardown(no_operator_absorbs_the_limit, open_plain, close_plain),
        cmocka_unit_test_setup_teardown(loops_in_loops_end_at_the_limit, open_plain, close_plain),
        cmocka_unit_test_setup_teardown(growing_text_ends_at_the_limit, open_plain, close_plain),
#ifndef BL_EXACT_CHUNKS
        cmocka_unit_test_setup_teardown(nothing_is_asked_of_the_system_in_the_steady_state,
                                        open_plain, close_plain),
        cmocka_unit_test_setup_teardown(every_failing_allocation_is_told, open_plain, close_plain),
#endif
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
