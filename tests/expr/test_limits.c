/* Tests of long and deep expressions, from the text to the explanation: the largest that is taken
 * must work throughout, and what is larger by one must be refused as too large, never crash. */
#include "harness.h"

typedef struct shape {
    const char *label;
    const char *head, *open, *core, *close, *tail; /* head open^n core close^n tail */
    size_t least;                                  /* so many must be possible */
    const char *value;                             /* NULL: not looked at */
} shape;

static const shape shapes[] = {
    {"parentheses", "", "(", "zero", ")", "", 200, "0"},
    {"negations", "", "!", "yes", "", "", 24, NULL},
    {"minus signs", "", "-", "zero", "", "", 24, "0"},
    {"lists", "size(", "[", "zero", "]", ")", 100, "1"},
    {"maps", "size(", "{1: ", "zero", "}", ")", 100, "1"},
    {"calls", "", "int(", "zero", ")", "", 100, "0"},
    {"indexes", "dyn([[0]])", "[zero]", "", "", "[0]", 0, NULL},
    {"selects", "{}", ".?a", "", "", ".hasValue()", 24, "false"},
    {"methods", "text", ".trim()", "", "", "", 100, "\"a\""},
    {"loops", "", "[1].all(x, ", "yes", ")", "", 50, "true"},
    {"loops over loops", "[1]", ".map(x, x + zero)", "", "", ".size()", 100, "1"},
    {"names for values", "", "cel.bind(x, zero, ", "x", ")", "", 50, "0"},
    {"conditions to the right", "", "yes ? 1 : ", "2", "", "", 24, "1"},
    {"conditions to the left", "", "yes ? (", "1", ") : 2", "", 24, "1"},
    {"sum", "zero", " + zero", "", "", "", 100, "0"},
    {"product", "zero", " * zero", "", "", "", 100, "0"},
    {"and", "yes", " && yes", "", "", "", 10000, "true"},
    {"or", "!yes", " || !yes", "", "", "", 10000, "false"},
    {"elements", "size([0", ", zero", "", "", "])", 10000, NULL},
    {"entries", "size({0: 0", ", zero + 1: zero", "", "", "})", 1000, NULL},
    {"arguments", "math.greatest(0", ", zero", "", "", ")", 1000, "0"},
    {"text", "size('", "a", "", "", "')", 90000, NULL},
    {"comment", "zero //", "x", "", "", "", 90000, "0"},
};

static const char *build(bl_arena *arena, const shape *s, size_t n)
{
    bl_str text = bl_str_init(arena);
    bylaw_str result;

    bl_str_addz(&text, s->head);
    for (size_t i = 0; i < n; i++)
        bl_str_addz(&text, s->open);
    bl_str_addz(&text, s->core);
    for (size_t i = 0; i < n; i++)
        bl_str_addz(&text, s->close);
    bl_str_addz(&text, s->tail);
    assert_int_equal(bl_str_take(&result, &text), BYLAW_OK);
    return result.ptr;
}

static void open_facts(harness *h)
{
    harness_open(h, BL_ENV_PLAIN);
    harness_declare(h, "zero", BL_SIMPLE(INT), bl_int(0));
    harness_declare(h, "yes", BL_SIMPLE(BOOL), bl_bool(true));
    harness_declare(h, "text", BL_SIMPLE(STRING), bl_string_value(&h->arena, BYLAW_STR("a")));
}

typedef struct trial {
    bool taken;   /* it compiles */
    bool refused; /* as beyond a limit */
    bool told;    /* with a diagnostic */
    char value[64];
} trial;

static trial try_shape(const shape *s, size_t n)
{
    harness h;
    trial t = {.taken = false};
    bl_program *program = NULL;

    open_facts(&h);
    const char *text = build(&h.arena, s, n);
    const bl_source source = {.name = BYLAW_STR("limits"), .text = bylaw_str_from(text)};
    const bl_expr_text expr = {source.text, {&source, 0, (uint32_t)source.text.len}, true};
    const bylaw_status status = bl_compile(&program, h.env, &h.arena, expr, NULL, true, h.diags);

    t.taken = status == BYLAW_OK;
    t.refused = status == BYLAW_ELIMIT;
    t.told = bylaw_diags_errors(h.diags) > 0;
    if (t.taken) {
        const bl_value plain = harness_run(&h, program, false);
        const bl_value traced = harness_run(&h, program, true);

        assert_int_equal(plain.kind, traced.kind);
        assert_non_null(bl_explain(program, &h.eval));
        snprintf(t.value, sizeof t.value, "%s",
                 plain.kind <= BL_STRING ? harness_text(&h, plain) : "other");
    }
    harness_close(&h);
    return t;
}

/* The most that is taken lies between `low`, taken, and `high`, not taken. */
static size_t find_most(const shape *s, size_t low, size_t high)
{
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;

        if (try_shape(s, middle).taken)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void the_largest_works_and_one_more_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        const shape *s = &shapes[i];
        const trial huge = try_shape(s, 200000);

        if (!try_shape(s, s->least).taken)
            fail_msg("%s: %zu are not possible", s->label, s->least);
        if (huge.taken || !huge.refused || !huge.told)
            fail_msg("%s: 200000 are not refused as too many", s->label);
        const size_t most = find_most(s, s->least, 200000);
        const trial at = try_shape(s, most);
        const trial beyond = try_shape(s, most + 1);

        if (!beyond.refused || !beyond.told)
            fail_msg("%s: %zu are refused, but not as too many", s->label, most + 1);
        if (s->value != NULL && strcmp(at.value, s->value) != 0)
            fail_msg("%s: %zu give %s", s->label, most, at.value);
    }
}

/* The depth that the environment is told bounds every way to nest. */
static void a_smaller_limit_holds_as_well(void **state)
{
    static const bl_limits small = {.depth = 10, .nodes = 20, .text = 100, .cost = 1000};
    static const eval_case cases[] = {
        {"((((zero))))", "0"},
        {"zero + 1", "1"},
    };
    static const char *const refused[] = {
        "((((((((((((zero))))))))))))",
        "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21].size() > zero",
        "zero + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1",
    };
    harness h;

    (void)state;
    open_facts(&h);
    bl_env_set_limits(h.env, &small);
    HARNESS_CASES(&h, cases, true);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        if (harness_compile(&h, refused[i], true) != NULL)
            fail_msg("%s is not refused", refused[i]);
        assert_true(bylaw_diags_errors(h.diags) > 0);
    }
    harness_close(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_largest_works_and_one_more_is_refused),
        cmocka_unit_test(a_smaller_limit_holds_as_well),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
