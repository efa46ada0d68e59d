/* tests/expr/test_lexer.c: text as tokens, and literals as values. */
#include "support.h"

#include "expr/lexer.h"

typedef struct lexed {
    bl_arena arena;
    bl_report report;
    bl_lexer lexer;
} lexed;

static void open_text(lexed *l, bylaw_str text)
{
    bl_arena_init(&l->arena, NULL);
    l->report = (bl_report){.text = {text, BL_NO_SPAN, true}};
    l->lexer = (bl_lexer){.text = text, .arena = &l->arena, .report = &l->report};
}

/* ---- Literals ---- */

/* The value as bl_value_write spells it; "!" where a mistake was told. */
#define TEXT(literal)                                                                              \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }
static const struct literal_case {
    bylaw_str text;
    const char *value;
} literal_cases[] = {
    {TEXT("0"), "0"},
    {TEXT("42u"), "42u"},
    {TEXT("42U"), "42u"},
    {TEXT("0x7fffffffffffffff"), "9223372036854775807"},
    {TEXT("0XaBu"), "171u"},
    {TEXT("9223372036854775807"), "9223372036854775807"},
    {TEXT("18446744073709551615u"), "18446744073709551615u"},
    {TEXT("18446744073709551616u"), "!"},
    {TEXT("9223372036854775809"), "!"},
    {TEXT("00000000000000000000000000007"), "7"},
    {TEXT("1.5"), "1.5"},
    {TEXT(".5"), "0.5"},
    {TEXT("1e3"), "1000.0"},
    {TEXT("1E-3"), "0.001"},
    {TEXT("1.5e+2"), "150.0"},
    {TEXT("1e-400"), "0.0"},
    {TEXT("1e400"), "!"},
    {TEXT("1e"), "!"},
    {TEXT("1_000"), "!"},
    {TEXT("12u8"), "!"},
    {TEXT("1.5u"), "!"},
    {TEXT("0xg"), "!"},
    {TEXT("true"), "true"},
    {TEXT("null"), "null"},
    {TEXT("''"), "\"\""},
    {TEXT("'a\"b'"), "\"a\\\"b\""},
    {TEXT("\"\\a\\b\\f\\n\\r\\t\\v\\\\\\'\\\"\\`\\?\""), "\"\\a\\b\\f\\n\\r\\t\\v\\\\'\\\"`?\""},
    {TEXT("'\\x41\\X42\\103\\u4e2d\\U0001F431'"), "\"ABC中🐱\""},
    {TEXT("'\\xff'"), "\"ÿ\""},
    {TEXT("'\\377'"), "\"ÿ\""},
    {TEXT("'\\400'"), "!"},
    {TEXT("'\\18'"), "!"},
    {TEXT("'\\uD800'"), "!"},
    {TEXT("'\\U00110000'"), "!"},
    {TEXT("'\\u12'"), "!"},
    {TEXT("'\\z'"), "!"},
    {TEXT("'\\中'"), "!"},
    {TEXT("r'\\n\\'"), "\"\\\\n\\\\\""},
    {TEXT("R\"\\\""), "\"\\\\\""},
    {TEXT("'''a'b''c'''"), "\"a'b''c\""},
    {TEXT("'''a\r\nb\rc'''"), "\"a\\nb\\nc\""},
    {TEXT("r\"\"\"\\\r\n\"\"\""), "\"\\\\\\n\""},
    {TEXT("'''\\r\\n'''"), "\"\\r\\n\""},
    {TEXT("'\\\\'"), "\"\\\\\""},
    {TEXT("b'abc'"), "b\"abc\""},
    {TEXT("b'\\xff\\377\\000'"), "b\"\\xff\\xff\\x00\""},
    {TEXT("b'ÿ'"), "b\"\\xc3\\xbf\""},
    {TEXT("b'\\u0041'"), "!"},
    {TEXT("br'\\xff'"), "b\"\\\\xff\""},
    {TEXT("BR'''\\'''"), "b\"\\\\\""},
    {TEXT("'a\0b'"), "\"a\\u0000b\""},
    {TEXT("'open"), "!"},
    {TEXT("'open\n'"), "!"},
    {TEXT("'''open'"), "!"},
    {TEXT("'ends with \\"), "!"},
    {TEXT("“章程”"), "!"},
};

static void literals_have_their_values(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof literal_cases / sizeof *literal_cases; i++) {
        const struct literal_case *c = &literal_cases[i];
        lexed l;

        open_text(&l, c->text);
        const bl_token token = bl_lexer_next(&l.lexer);
        bl_str out = bl_str_init(&l.arena);

        if (l.report.errors > 0)
            bl_str_addc(&out, '!');
        else
            bl_value_write(&out, token.value);
        bl_str_addc(&out, '\0');
        assert_int_equal(token.kind, BL_TOK_LITERAL);
        assert_string_equal(bl_str_view(&out).ptr, c->value);
        assert_false(l.lexer.failed);
        bl_arena_dispose(&l.arena);
    }
}

static void the_least_int_needs_its_minus(void **state)
{
    (void)state;
    lexed l;

    open_text(&l, BYLAW_STR("9223372036854775808"));
    const bl_token token = bl_lexer_next(&l.lexer);

    assert_true(token.needs_minus);
    assert_int_equal(l.report.errors, 0);
    assert_true(token.value.as.i == INT64_MIN);
    bl_arena_dispose(&l.arena);
}

/* ---- Streams ---- */

/* The tokens, one word each: their spelling, or a letter for what has many. */
static const struct stream_case {
    const char *text, *tokens;
    size_t errors;
} stream_cases[] = {
    {"a.b", "a . b", 0},
    {"a .\t b\f\r\n", "a . b", 0},
    {"a // comment\n+ b", "a + b", 0},
    {"a//", "a", 0},
    {"1.size()", "# . size ( )", 0},
    {"x.1", "x #", 0},
    {"a<=b>=c==d!=e", "a <= b >= c == d != e", 0},
    {"a<b>c!d", "a < b > c ! d", 0},
    {"a&&b||c", "a && b || c", 0},
    {"a in [b]", "a in [ b ]", 0},
    {"inner", "inner", 0},
    {"trueish", "trueish", 0},
    {"r", "r", 0},
    {"br + b", "br + b", 0},
    {"rb''", "rb #", 0},
    {"{?k:v}", "{ ? k : v }", 0},
    {"a.`b c`", "a . `", 0},
    {"a.`b", "a . `", 1},
    {"a = b", "a == b", 1},
    {"a & b | c", "a && b || c", 2},
    {"a；b", "a ! b", 1},
    {"（a）", "( a )", 2},
    {"a＝＝b", "a == b", 1},
    {"a＝b", "a == b", 1},
    {"a！＝b", "a != b", 1},
    {"a≥b、c", "a >= b , c", 2},
    {"a×b÷c", "a * b / c", 2},
    {"a\xE3\x80\x80+ b", "a + b", 1},
    {"到会 >= 2", "@ >= #", 0},
    {"a到会", "@", 0},
    {"到会a1 + b", "@ + b", 0},
    {"😀", "@", 0},
    {"a # b", "a ! b", 1},
    {"$", "!", 1},
    {"", "", 0},
};

static void add_token(bl_str *out, const bl_token *token)
{
    if (token->kind == BL_TOK_NAME)
        bl_str_add(out, token->text);
    else if (token->kind == BL_TOK_LITERAL)
        bl_str_addc(out, '#');
    else if (token->kind == BL_TOK_QUOTED)
        bl_str_addc(out, '`');
    else if (token->kind == BL_TOK_FOREIGN)
        bl_str_addc(out, '@');
    else if (token->kind == BL_TOK_BAD)
        bl_str_addc(out, '!');
    else
        bl_str_add(out, bl_token_sign(token->kind));
}

static void tokens_follow_one_another(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof stream_cases / sizeof *stream_cases; i++) {
        const struct stream_case *c = &stream_cases[i];
        uint32_t end = 0;
        lexed l;

        open_text(&l, bylaw_str_from(c->text));
        bl_str out = bl_str_init(&l.arena);

        for (;;) {
            const bl_token token = bl_lexer_next(&l.lexer);

            assert_true(token.from >= end && token.to >= token.from);
            end = token.to;
            if (token.kind == BL_TOK_END)
                break;
            assert_true(token.to > token.from);
            if (out.len > 0)
                bl_str_addc(&out, ' ');
            add_token(&out, &token);
        }
        bl_str_addc(&out, '\0');
        assert_string_equal(bl_str_view(&out).ptr, c->tokens);
        assert_int_equal(l.report.errors, c->errors);
        assert_int_equal(end, strlen(c->text));
        bl_arena_dispose(&l.arena);
    }
}

static void a_token_remembers_that_it_was_told(void **state)
{
    (void)state;
    lexed l;

    open_text(&l, BYLAW_STR("a；b"));
    assert_false(bl_lexer_next(&l.lexer).told);
    assert_true(bl_lexer_next(&l.lexer).told);
    assert_false(bl_lexer_next(&l.lexer).told);
    bl_arena_dispose(&l.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(literals_have_their_values),
        cmocka_unit_test(the_least_int_needs_its_minus),
        cmocka_unit_test(tokens_follow_one_another),
        cmocka_unit_test(a_token_remembers_that_it_was_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
