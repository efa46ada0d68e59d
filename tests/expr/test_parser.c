/* tests/expr/test_parser.c: shapes of trees, printing and parsing again, limits, places. */
#include "support.h"

#include "expr/ast.h"
#include "expr/syntax.h"

typedef struct parsed {
    bl_report report;
    bl_syntax *tree;
    bylaw_status status;
} parsed;

static parsed parse_within(bl_arena *arena, bylaw_str text, const bl_limits *limits)
{
    parsed p = {.report = {.text = {text, BL_NO_SPAN, true}}};

    p.status = bl_parse(&p.tree, arena, arena, BL_ENV_TEST_BLOCK, limits, &p.report);
    return p;
}

static parsed parse(bl_arena *arena, bylaw_str text)
{
    return parse_within(arena, text, &bl_limits_default);
}

/* ---- Shapes ---- */

/* (+ a (* b c)): operators and macros first, then their parts. */
static void write_shape(bl_str *out, const bl_syntax *s)
{
    static const char *const heads[] = {
        [BL_SYN_SELECT] = ".", [BL_SYN_INDEX] = "[]", [BL_SYN_NOT] = "!",   [BL_SYN_NEGATE] = "-",
        [BL_SYN_AND] = "&&",   [BL_SYN_OR] = "||",    [BL_SYN_COND] = "?:", [BL_SYN_LIST] = "list",
        [BL_SYN_MAP] = "map",  [BL_SYN_MACRO] = "",   [BL_SYN_CALL] = "",   [BL_SYN_BINARY] = ""};

    if ((s->flags & BL_SYN_ENTRY) != 0)
        bl_str_addc(out, '?');
    if ((s->flags & BL_SYN_ROOTED) != 0)
        bl_str_addc(out, '.');
    if (s->kind == BL_SYN_BAD) {
        bl_str_addz(out, "BAD");
        return;
    }
    if (s->kind == BL_SYN_LITERAL) {
        bl_value_write(out, s->value);
        return;
    }
    if (s->kind == BL_SYN_NAME) {
        bl_str_add(out, s->name);
        return;
    }
    bl_str_addc(out, '(');
    bl_str_addz(out, heads[s->kind]);
    if (s->kind == BL_SYN_MACRO)
        bl_str_addf(out, "%s:%s", bl_macros[s->op].name,
                    bl_node_kind_name((bl_node_kind)bl_macros[s->op].node));
    else if (s->kind == BL_SYN_BINARY)
        bl_str_addz(out, bl_operators[s->op].sign);
    else if (s->kind == BL_SYN_CALL || s->kind == BL_SYN_SELECT)
        bl_str_add(out, s->name);
    if ((s->flags & BL_SYN_OPTIONAL) != 0)
        bl_str_addc(out, '?');
    if ((s->flags & BL_SYN_MEMBER) != 0)
        bl_str_addc(out, '@');
    for (const bl_syntax *c = s->first; c != NULL; c = c->next) {
        bl_str_addc(out, ' ');
        write_shape(out, c);
    }
    bl_str_addc(out, ')');
}

static const struct shape_case {
    const char *text, *shape;
} shape_cases[] = {
    {"a + b * c - d", "(- (+ a (* b c)) d)"},
    {"(a + b) * c", "(* (+ a b) c)"},
    {"a - b - c", "(- (- a b) c)"},
    {"a - (b - c)", "(- a (- b c))"},
    {"a || b && c || d", "(|| a (&& b c) d)"},
    {"a && b && c && d", "(&& a b c d)"},
    {"a && (b && c)", "(&& a (&& b c))"},
    {"(a && b) && c", "(&& a b c)"},
    {"a < b == c", "(== (< a b) c)"},
    {"a in b in c", "(in (in a b) c)"},
    {"a ? b : c ? d : e", "(?: a b (?: c d e))"},
    {"a ? (b ? c : d) : e", "(?: a (?: b c d) e)"},
    {"(a ? b : c) ? d : e", "(?: (?: a b c) d e)"},
    {"!a.b", "(! (.b a))"},
    {"!!a", "(! (! a))"},
    {"-a.b[c]", "(- ([] (.b a) c))"},
    {"-1", "-1"},
    {"--1", "(- -1)"},
    {"- 1", "-1"},
    {"-1.size()", "(size@ -1)"},
    {"-(1)", "(- 1)"},
    {"a-1", "(- a 1)"},
    {"a - -1", "(- a -1)"},
    {"-1u", "(- 1u)"},
    {"-9223372036854775808", "-9223372036854775808"},
    {"a.b.c(d, e).f", "(.f (c@ (.b a) d e))"},
    {".a.b", "(.b .a)"},
    {".f(x)", ".(f x)"},
    {"f()", "(f)"},
    {"a.?b[?c]", "([]? (.b? a) c)"},
    {"[a, ?b, c,]", "(list a ?b c)"},
    {"{a: b, ?c: d,}", "(map a b ?c d)"},
    {"[]", "(list)"},
    {"{}", "(map)"},
    {"[[]]", "(list (list))"},
    {"{'a': {'b': 1}}", "(map \"a\" (map \"b\" 1))"},
    {"a.`b-c`.d", "(.d (.b-c a))"},
    {"a.if.let", "(.let (.if a))"},
    {"a.break()", "(break@ a)"},
    {"has(a.b)", "(has:HAS (.b a))"},
    {"a.has(b)", "(has@ a b)"},
    {"all(a, b)", "(all a b)"},
    {"a.all(b, c)", "(all:ALL@ a b c)"},
    {"a.all(b, c, d)", "(all:ALL@ a b c d)"},
    {"a.all(b)", "(all@ a b)"},
    {"a.exists_one(x, y)", "(exists_one:EXISTS_ONE@ a x y)"},
    {"a.existsOne(x, y, z)", "(existsOne:EXISTS_ONE@ a x y z)"},
    {"a.map(x, y)", "(map:TRANSFORM_LIST@ a x y)"},
    {"a.map(x, y, z)", "(map:TRANSFORM_LIST@ a x y z)"},
    {"a.map(x, y, z, w)", "(map@ a x y z w)"},
    {"a.filter(x, y).size()", "(size@ (filter:FILTER@ a x y))"},
    {"a.transformList(i, x, y)", "(transformList:TRANSFORM_LIST@ a i x y)"},
    {"a.transformMap(i, x, y, z)", "(transformMap:TRANSFORM_MAP@ a i x y z)"},
    {"cel.bind(a, b, c)", "(bind:BIND@ a b c)"},
    {"x.bind(a, b, c)", "(bind@ x a b c)"},
    {".cel.bind(a, b, c)", "(bind@ .cel a b c)"},
    {"a.optMap(b, c)", "(optMap:OPT_MAP@ a b c)"},
    {"a.optFlatMap(b, c)", "(optFlatMap:OPT_FLAT_MAP@ a b c)"},
    {"cel.block([a], b)", "(block:BLOCK@ (list a) b)"},
    {"cel.index(3)", "@index3"},
    {"cel.iterVar(1, 0)", "@it:1:0"},
    {"cel.accuVar(0, 2)", "@ac:0:2"},
    {"cel.index(x)", "(index@ cel x)"},
};

static void expressions_have_their_shapes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shape_cases / sizeof *shape_cases; i++) {
        bl_arena arena;

        bl_arena_init(&arena, NULL);
        const parsed p = parse(&arena, bylaw_str_from(shape_cases[i].text));
        bl_str out = bl_str_init(&arena);

        assert_int_equal(p.status, BYLAW_OK);
        assert_int_equal(p.report.errors, 0);
        write_shape(&out, p.tree);
        bl_str_addc(&out, '\0');
        assert_string_equal(bl_str_view(&out).ptr, shape_cases[i].shape);
        bl_arena_dispose(&arena);
    }
}

/* What is left of a text with mistakes, so that the checker finds more of them. */
static const struct shape_case mended_cases[] = {
    {"a && && b", "(&& a BAD b)"},
    {"a + * b", "(+ a (* BAD b))"},
    {"[a b, c]", "(list a c)"},
    {"f(a b, c)", "(f a c)"},
    {"{a b, c: d}", "(map a BAD c d)"},
    {"a.", "BAD"},
    {"a.in", "BAD"},
    {"if + a", "(+ BAD a)"},
    {"a ? b", "(?: a b BAD)"},
    {"[1, 2", "(list 1 2)"},
    {"a and b or c", "(|| (&& a b) c)"},
    {"not a", "(! a)"},
    {"not(a)", "(not a)"},
    {"a 且 b", "(&& a b)"},
    {"a = b", "(== a b)"},
    {"（a）", "a"},
    {"Type{a: 1}", "BAD"},
    {"a.map(1, b)", "(map:TRANSFORM_LIST@ a BAD b)"},
    {"has(a)", "BAD"},
    {"a;b", "a"},
};

static void mistakes_leave_the_rest(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof mended_cases / sizeof *mended_cases; i++) {
        bl_arena arena;

        bl_arena_init(&arena, NULL);
        const parsed p = parse(&arena, bylaw_str_from(mended_cases[i].text));
        bl_str out = bl_str_init(&arena);
        const bool clean =
            strcmp(mended_cases[i].text, "not(a)") == 0; /* a function of that name */

        assert_int_equal(p.status, BYLAW_OK);
        assert_int_equal(p.report.errors == 0, clean);
        write_shape(&out, p.tree);
        bl_str_addc(&out, '\0');
        assert_string_equal(bl_str_view(&out).ptr, mended_cases[i].shape);
        bl_arena_dispose(&arena);
    }
}

/* ---- Printing ---- */

static void assert_round_trip(bl_arena *arena, const bl_syntax *tree)
{
    bl_str out = bl_str_init(arena);

    bl_syntax_write(&out, tree);
    const bylaw_str text = bl_str_view(&out);
    const parsed again = parse(arena, text);

    if (again.status != BYLAW_OK || again.report.errors != 0 || !bl_syntax_same(tree, again.tree))
        fail_msg("printed as %.*s, which is another tree", (int)text.len, text.ptr);
}

static void what_is_printed_parses_to_the_same_tree(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shape_cases / sizeof *shape_cases; i++) {
        bl_arena arena;

        bl_arena_init(&arena, NULL);
        assert_round_trip(&arena, parse(&arena, bylaw_str_from(shape_cases[i].text)).tree);
        bl_arena_dispose(&arena);
    }
}

/* Random texts from a small grammar that puts parentheses anywhere. */
typedef struct generator {
    bl_str out;
    uint64_t seed;
} generator;

static uint32_t roll(generator *g, uint32_t sides)
{
    g->seed = g->seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(g->seed >> 33) % sides;
}

static void generate(generator *g, int depth);

static void generate_list(generator *g, int depth, const char *open, const char *close, bool pairs)
{
    const uint32_t count = roll(g, 4);

    bl_str_addz(&g->out, open);
    for (uint32_t i = 0; i < count; i++) {
        bl_str_addz(&g->out, i > 0 ? ", " : "");
        bl_str_addz(&g->out, open[0] != 'f' && roll(g, 4) == 0 ? "?" : "");
        generate(g, depth - 1);
        if (pairs) {
            bl_str_addz(&g->out, ": ");
            generate(g, depth - 1);
        }
    }
    bl_str_addz(&g->out, close);
}

static void generate_leaf(generator *g)
{
    static const char *const leaves[] = {
        "a",     "b.c",  ".d",          "1",    "-1",   "2u",    "1.5",
        "-.5",   "'x'",  "b'\\x00'",    "true", "null", "'\\n'", "-9223372036854775808",
        "1e300", "'中'", "cel.index(0)"};

    bl_str_addz(&g->out, leaves[roll(g, sizeof leaves / sizeof *leaves)]);
}

static void generate_postfix(generator *g, int depth)
{
    static const char *const tails[] = {
        ".f",  ".?f",    ".`f g`",        ".m()",  ".all(x, x)",
        "[0]", "[?'k']", ".map(x, y, x)", ".f.if", ".transformMap(k, v, k)"};
    const bool parentheses = roll(g, 2) == 0;

    bl_str_addz(&g->out, parentheses ? "(" : "");
    if (parentheses)
        generate(g, depth - 1);
    else
        generate_leaf(g);
    bl_str_addz(&g->out, parentheses ? ")" : "");
    bl_str_addz(&g->out, tails[roll(g, sizeof tails / sizeof *tails)]);
}

static void generate(generator *g, int depth)
{
    const bool parentheses = roll(g, 3) == 0;

    if (depth <= 0) {
        generate_leaf(g);
        return;
    }
    bl_str_addz(&g->out, parentheses ? "(" : "");
    switch (roll(g, 8)) {
    case 0:
        bl_str_addz(&g->out, roll(g, 2) == 0 ? "!" : "-");
        bl_str_addz(&g->out, "(");
        generate(g, depth - 1);
        bl_str_addz(&g->out, ")");
        break;
    case 1:
        generate_list(g, depth, "[", "]", false);
        break;
    case 2:
        generate_list(g, depth, "{", "}", true);
        break;
    case 3:
        generate_list(g, depth, "f(", ")", false);
        break;
    case 4:
        generate_postfix(g, depth);
        break;
    case 5:
        bl_str_addz(&g->out, "(");
        generate(g, depth - 1);
        bl_str_addz(&g->out, ") ? (");
        generate(g, depth - 1);
        bl_str_addz(&g->out, ") : ");
        generate(g, depth - 1);
        break;
    default:
        generate(g, depth - 1);
        bl_str_addf(&g->out, " %s ", bl_operators[roll(g, (uint32_t)bl_operator_count)].sign);
        generate(g, depth - 1);
    }
    bl_str_addz(&g->out, parentheses ? ")" : "");
}

static void random_trees_survive_printing(void **state)
{
    (void)state;
    size_t clean = 0;

    for (uint64_t seed = 1; seed <= 4000; seed++) {
        bl_arena arena;

        bl_arena_init(&arena, NULL);
        generator g = {bl_str_init(&arena), seed};

        generate(&g, 5);
        const parsed p = parse(&arena, bl_str_view(&g.out));

        assert_int_equal(p.status, BYLAW_OK);
        if (p.report.errors == 0) {
            clean++;
            assert_round_trip(&arena, p.tree);
        }
        bl_arena_dispose(&arena);
    }

    assert_true(clean > 3000); /* 1 ? 2 : 3 ? 4 : 5 in the middle of another is none */
}

/* ---- Places ---- */

static void assert_nested(const bl_syntax *s)
{
    uint32_t last = s->from;

    assert_true(s->from <= s->to);
    for (const bl_syntax *c = s->first; c != NULL; c = c->next) {
        assert_true(c->from >= last && c->to <= s->to);
        assert_true(c->height < s->height);
        last = c->to;
        assert_nested(c);
    }
}

static void parts_lie_within_the_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shape_cases / sizeof *shape_cases; i++) {
        bl_arena arena;

        bl_arena_init(&arena, NULL);
        assert_nested(parse(&arena, bylaw_str_from(shape_cases[i].text)).tree);
        bl_arena_dispose(&arena);
    }
}

static void a_node_spans_what_is_written_for_it(void **state)
{
    (void)state;
    bl_arena arena;

    bl_arena_init(&arena, NULL);
    const bylaw_str text = BYLAW_STR(" (a + b) * c ");
    const bl_syntax *times = parse(&arena, text).tree;

    assert_true(bl_str_is(bl_str_slice(text, times->from, times->to), "(a + b) * c"));
    assert_true(bl_str_is(bl_str_slice(text, times->name_from, times->name_to), "*"));
    assert_true(bl_str_is(bl_str_slice(text, times->first->from, times->first->to), "a + b"));
    bl_arena_dispose(&arena);
}

/* ---- Limits ---- */

/* `open` n times, a middle, `close` n times. */
static bylaw_str nest(bl_arena *arena, const char *open, size_t n, const char *middle,
                      const char *close)
{
    bl_str out = bl_str_init(arena);

    for (size_t i = 0; i < n; i++)
        bl_str_addz(&out, open);
    bl_str_addz(&out, middle);
    for (size_t i = 0; i < n; i++)
        bl_str_addz(&out, close);
    return bl_str_view(&out);
}

static void depth_is_bounded(void **state)
{
    static const struct {
        const char *open, *middle, *close;
    } nests[] = {{"(", "a", ")"},         {"[", "", "]"},
                 {"{1:", "a", "}"},       {"!", "a", ""},
                 {"-", "a", ""},          {"f(", "a", ")"},
                 {"a[", "0", "]"},        {"a.f(", "a", ")"},
                 {"", "a", ".b"},         {"", "a", "[0]"},
                 {"", "a", ".f()"},       {"a ? b : ", "c", ""},
                 {"", "a", " + b"},       {"", "a", " == b"},
                 {"a.all(x, ", "x", ")"}, {"a.map(x, [", "x", "])"},
                 {"has(a.", "b", ")"},    {"((", "a", "))"},
                 {"a + (", "a", ")"},     {"a || (b && ", "c", ")"}};
    (void)state;

    for (size_t i = 0; i < sizeof nests / sizeof *nests; i++) {
        bl_arena arena;

        bl_arena_init(&arena, NULL);
        const parsed shallow =
            parse(&arena, nest(&arena, nests[i].open, 60, nests[i].middle, nests[i].close));
        const parsed deep =
            parse(&arena, nest(&arena, nests[i].open, 9000, nests[i].middle, nests[i].close));

        assert_int_equal(shallow.status, BYLAW_OK);
        assert_int_equal(deep.status, BYLAW_ELIMIT);
        assert_true(deep.report.limit);
        assert_int_equal(deep.report.errors > 0, true);
        bl_arena_dispose(&arena);
    }
}

static void logic_in_a_row_is_not_deep(void **state)
{
    (void)state;
    bl_arena arena;

    bl_arena_init(&arena, NULL);
    const parsed p = parse(&arena, nest(&arena, "a && ", 5000, "a", ""));

    assert_int_equal(p.status, BYLAW_OK);
    assert_int_equal(p.tree->count, 5001);
    bl_arena_dispose(&arena);
}

static void nodes_and_length_are_bounded(void **state)
{
    (void)state;
    bl_arena arena;
    bl_limits limits = bl_limits_default;

    bl_arena_init(&arena, NULL);
    limits.nodes = 100;
    assert_int_equal(parse_within(&arena, nest(&arena, "a,", 90, "", ""), &limits).status,
                     BYLAW_OK); /* with mistakes, within the limit */
    assert_int_equal(parse_within(&arena, nest(&arena, "a || ", 99, "a", ""), &limits).status,
                     BYLAW_ELIMIT);
    limits.text = 10;
    assert_int_equal(parse_within(&arena, BYLAW_STR("a + b + cc"), &limits).status, BYLAW_OK);
    assert_int_equal(parse_within(&arena, BYLAW_STR("a + b + ccc"), &limits).status, BYLAW_ELIMIT);
    assert_int_equal(parse_within(&arena, BYLAW_STR("'一二三四五六七八'"), &limits).status,
                     BYLAW_OK); /* characters, not bytes */
    bl_arena_dispose(&arena);
}

static void many_mistakes_end(void **state)
{
    (void)state;
    bl_arena arena;
    bylaw_diags *diags = NULL;
    bl_syntax *tree = NULL;

    bl_arena_init(&arena, NULL);
    assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
    bl_report report = {.text = {nest(&arena, "# (", 3000, "", ") $"), BL_NO_SPAN, true},
                        .diags = diags};

    bl_parse(&tree, &arena, &arena, 0, &bl_limits_default, &report);
    assert_true(report.errors > 0);
    assert_true(bylaw_diags_count(diags) <= BL_REPORT_MOST);
    bylaw_diags_free(diags);
    bl_arena_dispose(&arena);
}

static void broken_utf8_is_told(void **state)
{
    (void)state;
    bl_arena arena;

    bl_arena_init(&arena, NULL);
    const parsed p = parse(&arena, BYLAW_STR("a == '\xff'"));

    assert_int_equal(p.status, BYLAW_OK);
    assert_int_equal(p.report.errors, 1);
    assert_int_equal(p.tree->kind, BL_SYN_BAD);
    bl_arena_dispose(&arena);
}

static bylaw_status parse_all(const bylaw_allocator *allocator, void *data)
{
    bylaw_status status = BYLAW_OK;
    bl_arena arena;

    (void)data;
    bl_arena_init(&arena, allocator);
    for (size_t i = 0; i < sizeof shape_cases / sizeof *shape_cases && status == BYLAW_OK; i++) {
        const parsed p = parse(&arena, bylaw_str_from(shape_cases[i].text));
        bl_str out = bl_str_init(&arena);
        bylaw_str text;

        status = p.status;
        if (status == BYLAW_OK) {
            bl_syntax_write(&out, p.tree);
            status = bl_str_take(&text, &out);
        }
    }
    bl_arena_dispose(&arena);
    return status;
}

static void running_out_of_memory_is_told(void **state)
{
    (void)state;
    assert_fault_sweep(parse_all, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expressions_have_their_shapes),
        cmocka_unit_test(mistakes_leave_the_rest),
        cmocka_unit_test(what_is_printed_parses_to_the_same_tree),
        cmocka_unit_test(random_trees_survive_printing),
        cmocka_unit_test(parts_lie_within_the_whole),
        cmocka_unit_test(a_node_spans_what_is_written_for_it),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(logic_in_a_row_is_not_deep),
        cmocka_unit_test(nodes_and_length_are_bounded),
        cmocka_unit_test(many_mistakes_end),
        cmocka_unit_test(broken_utf8_is_told),
        cmocka_unit_test(running_out_of_memory_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
