/* Tests of explanations: which causes are told, in which order, with which values and facts. */
#include "harness.h"

static int open_facts(void **state)
{
    harness *h = malloc(sizeof *h);
    bl_value *items;

    harness_open(h, BL_ENV_PLAIN);
    harness_declare(h, "yes", BL_SIMPLE(BOOL), bl_bool(true));
    harness_declare(h, "no", BL_SIMPLE(BOOL), bl_bool(false));
    harness_declare(h, "five", BL_SIMPLE(INT), bl_int(5));
    harness_declare(h, "six", BL_SIMPLE(INT), bl_int(6));
    harness_declare(h, "zero", BL_SIMPLE(INT), bl_int(0));
    harness_unknown(h, "what", BL_SIMPLE(INT));
    harness_unknown(h, "who", BL_SIMPLE(BOOL));
    items = BL_NEW_N(&h->arena, bl_value, 4);
    for (int i = 0; i < 4; i++)
        items[i] = bl_int(i + 1);
    harness_declare(h, "list", harness_type(h, "list(int)"), bl_list_value(&h->arena, items, 4));
    *state = h;
    return 0;
}

static int close_facts(void **state)
{
    harness_close(*state);
    free(*state);
    return 0;
}

static const char *const ops[] = {"", "==", "!=", "<", "<=", ">", ">=", "in", "is"};

static void write_side(harness *h, bl_str *out, bl_value v, int64_t slot)
{
    harness_write(h, out, v);
    if (slot >= 0) {
        bl_str_addc(out, '@');
        bl_str_add(out, h->names[slot]);
    }
}

/* (any cause cause) (all …) (element #1=2 cause) [text: left op right] [text = value] */
static void write_cause(harness *h, bl_str *out, const bl_cause *cause)
{
    static const char *const heads[] = {"[", "[", "(all", "(any", "(element"};

    bl_str_addz(out, cause->negated ? "!" : "");
    bl_str_addz(out, heads[cause->kind]);
    if (cause->kind == BL_CAUSE_COMPARE) {
        write_side(h, out, cause->left, cause->left_slot);
        bl_str_addf(out, " %s ", ops[cause->op]);
        write_side(h, out, cause->right, cause->right_slot);
    } else if (cause->kind == BL_CAUSE_VALUE) {
        bl_str_add(out, cause->text);
        bl_str_addz(out, " = ");
        write_side(h, out, cause->value, cause->left_slot);
    } else if (cause->kind == BL_CAUSE_ELEMENT) {
        bl_str_addf(out, " #%zu=", cause->element_index);
        harness_write(h, out, cause->element);
    }
    for (size_t i = 0; i < cause->child_count; i++) {
        bl_str_addc(out, ' ');
        write_cause(h, out, cause->children[i]);
    }
    bl_str_addz(out, cause->kind <= BL_CAUSE_COMPARE ? "]" : ")");
}

static void explains(void **state, const eval_case *cases, size_t n)
{
    harness *h = *state;
    size_t wrong = 0;

    for (size_t i = 0; i < n; i++) {
        const bl_program *program = harness_compile(h, cases[i].expr, true);

        if (program == NULL)
            fail_msg("%s does not compile", cases[i].expr);
        (void)harness_run(h, program, true);
        const bl_cause *cause = bl_explain(program, &h->eval);
        bl_str text = bl_str_init(&h->arena);
        bylaw_str got;

        assert_non_null(cause);
        write_cause(h, &text, cause);
        assert_int_equal(bl_str_take(&got, &text), BYLAW_OK);
        if (strcmp(got.ptr, cases[i].result) != 0) {
            fprintf(stderr, "%s\n    is   %s\n    not  %s\n", cases[i].expr, got.ptr,
                    cases[i].result);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

#define EXPLAINS(state, cases) explains((state), (cases), sizeof(cases) / sizeof(cases)[0])

static void of_logic_what_suffices_is_told(void **state)
{
    static const eval_case cases[] = {
        {"no", "[no = false@no]"},
        {"five >= six", "[5@five >= 6@six]"},
        {"five + 1 >= six + 1", "[6 >= 7]"},
        {"yes && five >= six", "[5@five >= 6@six]"},
        {"five >= six && yes", "[5@five >= 6@six]"},
        {"yes && five < six", "(all [yes = true@yes] [5@five < 6@six])"},
        {"yes || five > six", "[yes = true@yes]"},
        {"no || five > six", "(all [no = false@no] [5@five > 6@six])"},
        {"five == six && no", "(any [5@five == 6@six] [no = false@no])"},
        {"(five == 5 && six == 7 || no) && no",
         "(any [no = false@no] (all [6@six == 7] [no = false@no]))"},
        {"!(yes && five < six)", "!(all ![yes = true@yes] ![5@five < 6@six])"},
        {"!no", "![no = false@no]"},
        {"!(no || !yes)", "!(all ![no = false@no] [yes = true@yes])"},
        {"yes ? five > six : true", "(all [yes = true@yes] [5@five > 6@six])"},
        {"cel.bind(x, five > six, x || no)", "(all [5@five > 6@six] [no = false@no])"},
        {"five in [1, 2]", "[5@five in [1, 2]]"},
        {"five - five == 1 / 1", "[0 == 1]"},
        {"string(five) == '6'", "[\"5\" == \"6\"]"},
    };

    EXPLAINS(state, cases);
}

static void what_is_unknown_or_wrong_is_told_alone(void **state)
{
    static const eval_case cases[] = {
        {"yes && who", "[who = ?who@who]"},
        {"who && what > 1 && yes", "(any [who = ?who@who] [?what@what > 1])"},
        {"who || no", "[who = ?who@who]"},
        {"yes && 1 / zero == 1", "[!divide-by-zero 7-15 == 1]"},
        {"list.all(x, x < what || x == 1)",
         "(any (element #1=2 [2 < ?what@what]) (element #2=3 [3 < ?what@what]) "
         "(element #3=4 [4 < ?what@what]))"},
        {"who ? yes : no", "[who = ?who@who]"},
    };

    EXPLAINS(state, cases);
}

static void of_a_list_the_elements_that_decide_are_told(void **state)
{
    static const eval_case cases[] = {
        {"list.all(x, x < 3)", "(any (element #2=3 [3 < 3]) (element #3=4 [4 < 3]))"},
        {"list.all(x, x < five)", "(all (element #0=1 [1 < 5@five]) (element #1=2 [2 < 5@five]) "
                                  "(element #2=3 [3 < 5@five]) (element #3=4 [4 < 5@five]))"},
        {"list.exists(x, x == 3)", "(any (element #2=3 [3 == 3]))"},
        {"list.exists(x, x > five)", "(all (element #0=1 [1 > 5@five]) (element #1=2 [2 > 5@five]) "
                                     "(element #2=3 [3 > 5@five]) (element #3=4 [4 > 5@five]))"},
        {"list.exists_one(x, x > 2)", "(all (element #2=3 [3 > 2]) (element #3=4 [4 > 2]))"},
        {"list.exists_one(x, x == 2)", "(any (element #1=2 [2 == 2]))"},
        {"list.all(x, x == 1 || list.exists(y, y == x - 1 && y != 2))",
         "(any (element #2=3 (all [3 == 1] (all (element #0=1 [1 == 2]) (element #1=2 [2 != 2]) "
         "(element #2=3 [3 == 2]) (element #3=4 [4 == 2])))))"},
        {"[].exists(x, x == five)", "[[].exists(x, x == five) = false]"},
        {"list.exists(i, v, i > v)", "(all (element #0=1 [0 > 1]) (element #1=2 [1 > 2]) "
                                     "(element #2=3 [2 > 3]) (element #3=4 [3 > 4]))"},
    };

    EXPLAINS(state, cases);
}

/* Without a bound, each cel.bind doubles the tree. */
static void an_explanation_stays_readable(void **state)
{
    harness *h = *state;
    static const char expr[] =
        "cel.bind(a, no || five > six, cel.bind(b, a || a, cel.bind(c, b || b, cel.bind(d, c || c, "
        "cel.bind(e, d || d, cel.bind(f, e || e, cel.bind(g, f || f, cel.bind(h, g || g, "
        "cel.bind(i, h || h, cel.bind(j, i || i, cel.bind(k, j || j, cel.bind(l, k || k, "
        "cel.bind(m, l || l, cel.bind(n, m || m, cel.bind(o, n || n, cel.bind(p, o || o, "
        "cel.bind(q, p || p, cel.bind(r, q || q, cel.bind(s, r || r, cel.bind(t, s || s, "
        "t || t))))))))))))))))))))";
    const bl_program *program = harness_compile(h, expr, true);

    assert_non_null(program);
    (void)harness_run(h, program, true);
    const size_t before = h->arena.total;

    assert_non_null(bl_explain(program, &h->eval));
    assert_true(h->arena.total - before < (size_t)4 << 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(of_logic_what_suffices_is_told, open_facts, close_facts),
        cmocka_unit_test_setup_teardown(what_is_unknown_or_wrong_is_told_alone, open_facts,
                                        close_facts),
        cmocka_unit_test_setup_teardown(of_a_list_the_elements_that_decide_are_told, open_facts,
                                        close_facts),
        cmocka_unit_test_setup_teardown(an_explanation_stays_readable, open_facts, close_facts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
