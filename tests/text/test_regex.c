/* text/regex.c: what matches, what is refused, and that no pattern takes more than its share. */
#include "text/regex.h"

#include "support.h"

#include <time.h>

static bl_arena arena;

static const struct match_case {
    const char *pattern, *text;
    bool matches;
} match_cases[] = {
    {"", "", true},
    {"", "abc", true},
    {"b", "abc", true},
    {"^b", "abc", false},
    {"^abc$", "abc", true},
    {"^ab$", "abc", false},
    {"ba(na)*", "banana", true},
    {"^ba(na){2}$", "banana", true},
    {"^ba(na){3}$", "banana", false},
    {"^ba(na){1,}$", "banana", true},
    {"^ba(na){0,1}$", "banana", false},
    {"(a|😀){2}", "b😀ab", true},
    {"^.$", "😀", true},
    {"^.{2}$", "中文", true},
    {"a.c", "a\nc", false},
    {"(?s)a.c", "a\nc", true},
    {"a[^b]c", "a\nc", true},
    {"^c", "b\nc", false},
    {"(?m)^c", "b\nc", true},
    {"b$", "b\nc", false},
    {"(?m)b$", "b\nc", true},
    {"b\\z", "b\n", false},
    {"(?m)b\\z", "b\nc", false},
    {"\\Ab", "b\nb", true},
    {"[a-c]+x", "zabcx", true},
    {"[^a-c]", "abc", false},
    {"[]a]", "]", true},
    {"[^]a]", "]", false},
    {"[a-]", "-", true},
    {"[-a]", "-", true},
    {"[a\\-z]", "b", false},
    {"[\\]]", "]", true},
    {"\\d+", "x42", true},
    {"\\d", "４", false}, /* ASCII only */
    {"\\D", "42", false},
    {"^\\s$", "\v", false},
    {"^[[:space:]]$", "\v", true},
    {"^\\w+$", "a_Z9", true},
    {"\\w", "中", false},
    {"^\\W$", "中", true},
    {"[[:alpha:]]", "1", false},
    {"[[:^alpha:]]", "1", true},
    {"[[:alpha:][:digit:]]+", "1", true},
    {"[[:ascii:]]", "中", false},
    {"\\p{Han}{2}", "a中文", true},
    {"\\P{Han}", "中文", false},
    {"\\p{^Han}", "中文", false},
    {"\\pL", "1ü", true},
    {"\\pN", "x", false},
    {"[\\p{Lu}\\d]", "aB", true},
    {"[^\\p{Lu}]", "AB", false},
    {"\\p{Greek}", "λ", true},
    {"\\p{Any}", "\n", true},
    {"(?i)straße", "STRASSE", false},
    {"(?i)ABC", "xabcx", true},
    {"(?i)[a-c]+$", "ABC", true},
    {"(?i)k", "\u212A", true},
    {"(?i)\u212A", "K", true},
    {"(?i)[k]", "\u212A", true},
    {"(?i)[^k]", "\u212A", false},
    {"(?i)σ", "ς", true},
    {"(?i:a)b", "Ab", true},
    {"(?i:a)b", "AB", false},
    {"(?i)a(?-i)b", "AB", false},
    {"(?i)a(?-i)b", "Ab", true},
    {"(a(?i)b)c", "aBc", true},
    {"(a(?i)b)c", "aBC", false},
    {"(?U)a+", "aa", true},
    {"\\bab\\b", "x ab y", true},
    {"\\bab\\b", "xab", false},
    {"\\Bab", "xab", true},
    {"\\x41\\x{4E2D}", "A中", true},
    {"\\101", "A", true},
    {"\\0", "", false},
    {"\\.\\*\\_", ".*_", true},
    {"\\Qa.b*\\Ec", "a.b*c", true},
    {"\\Qa.b", "axb", false},
    {"\\t\\n\\r\\f\\v\\a", "\t\n\r\f\v\a", true},
    {"a|b|", "c", true},
    {"^(a|b|cd)$", "cd", true},
    {"(|a)*b", "aab", true},
    {"(a*)*b", "aab", true},
    {"(a*)+$", "b", true},
    {"(?:)", "x", true},
    {"(?P<year>\\d{4})", "2026", true},
    {"(?<year>\\d{4})", "202", false},
    {"a{,2}", "a{,2}", true}, /* no repetition, so as it stands */
    {"a{2", "a{2", true},
    {"a{}", "a{}", true},
    {"x*?y+?z??", "xyy", true},
    {"a{0}b", "b", true},
    {"^*", "x", true},
    {"[\\x00-\\x{10FFFF}]", "\n", true},
    {"[^\\x00-\\x{10FFFF}]", "abc", false},
    {"第[一二三四五六七八九十]+条", "按第十一条", true},
};

static void patterns_match_as_in_re2(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof match_cases / sizeof match_cases[0]; i++) {
        const struct match_case *c = &match_cases[i];
        const bl_regex *regex = NULL;
        bool matches = !c->matches;

        if (bl_regex_compile(&regex, &arena, bylaw_str_from(c->pattern), 10000) != BYLAW_OK)
            fail_msg("%s does not compile", c->pattern);
        assert_int_equal(bl_regex_search(&matches, regex, bylaw_str_from(c->text), &arena),
                         BYLAW_OK);
        if (matches != c->matches)
            fail_msg("'%s' on '%s'", c->pattern, c->text);
    }
}

static const char *const refused[] = {
    "(",
    ")",
    "a)",
    "(a",
    "[a",
    "[",
    "[]",
    "[^]",
    "a**",
    "a*+",
    "a{2}{3}",
    "*a",
    "a|*",
    "(*)",
    "?",
    "+",
    "(?i)*",
    "\\",
    "\\1",
    "(a)\\1",
    "\\8",
    "\\y",
    "\\Z",
    "\\C",
    "\\u4e2d",
    "\\x",
    "\\x4",
    "\\x{",
    "\\x{}",
    "\\x{110000}",
    "\\xZZ",
    "(?=a)",
    "(?!a)",
    "(?<=a)",
    "(?<!a)",
    "(?>a)",
    "(?#a)",
    "(?",
    "(?i",
    "(?-)",
    "(?z)",
    "(?i-)",
    "(?P<n>a)(?P<n>b)",
    "(?P<>a)",
    "(?P<a b>c)",
    "(?P=n)",
    "[b-a]",
    "[a-\\d]",
    "[[:nope:]]",
    "[[:d:]]",
    "\\p",
    "\\p{",
    "\\p{Nope}",
    "\\p{han}",
    "\\pX",
    "a{1001}",
    "a{2,1}",
    "a{1,1001}",
    "\xFF",
    "a\xE4\xB8",
};

static void what_re2_does_not_know_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        const bl_regex *regex = NULL;

        if (bl_regex_compile(&regex, &arena, bylaw_str_from(refused[i]), 10000) != BYLAW_EINPUT)
            fail_msg("'%s' compiles", refused[i]);
        assert_null(regex);
    }
}

static char *repeated(const char *part, size_t n)
{
    char *text = bl_arena_alloc(&arena, strlen(part) * n + 1);

    text[0] = '\0';
    for (size_t i = 0; i < n; i++)
        memcpy(text + strlen(part) * i, part, strlen(part) + 1);
    return text;
}

static void patterns_built_to_hurt_end_at_a_limit(void **state)
{
    (void)state;
    const bl_regex *regex = NULL;

    assert_int_equal(bl_regex_compile(&regex, &arena, BYLAW_STR("((a{1000}){1000}){1000}"), 10000),
                     BYLAW_ELIMIT);
    assert_int_equal(
        bl_regex_compile(&regex, &arena, BYLAW_STR("((a{0,1000}){0,1000}){0,1000}"), 10000),
        BYLAW_ELIMIT);
    assert_int_equal(bl_regex_compile(&regex, &arena, bylaw_str_from(repeated("(", 100000)), 10000),
                     BYLAW_ELIMIT);
    assert_int_equal(bl_regex_compile(&regex, &arena, bylaw_str_from(repeated("a", 100000)), 10000),
                     BYLAW_ELIMIT);
    assert_null(regex);
    /* Nothing repeated a thousand million times is still nothing. */
    assert_int_equal(bl_regex_compile(&regex, &arena, BYLAW_STR("(((){1000}){1000}){1000}"), 10000),
                     BYLAW_OK);
}

/* Backtracking would take 2^n steps here. */
static void a_search_is_linear(void **state)
{
    (void)state;
    const bl_regex *regex = NULL;
    const clock_t start = clock();
    bool matches = true;

    assert_int_equal(bl_regex_compile(&regex, &arena, BYLAW_STR("(a*)*(a|aa)*(a|a)*$"), 10000),
                     BYLAW_OK);
    char *text = repeated("a", 100001);

    text[100000] = 'b';
    assert_int_equal(bl_regex_search(&matches, regex, bylaw_str_from(text), &arena), BYLAW_OK);
    assert_true(matches); /* at the end, of nothing */
    assert_int_equal(bl_regex_compile(&regex, &arena, BYLAW_STR("^(a*)*(a|aa)*(a|a)*$"), 10000),
                     BYLAW_OK);
    assert_int_equal(bl_regex_search(&matches, regex, bylaw_str_from(text), &arena), BYLAW_OK);
    assert_false(matches);
    assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
}

static bylaw_status compile_and_search(const bylaw_allocator *allocator, void *data)
{
    bl_arena small;
    const bl_regex *regex = NULL;
    bool matches = false;

    bl_arena_init(&small, allocator);
    bylaw_status status = bl_regex_compile(&regex, &small, *(const bylaw_str *)data, 10000);

    if (status == BYLAW_OK)
        status = bl_regex_search(&matches, regex, BYLAW_STR("xabcabcdefk2026"), &small);
    bl_arena_dispose(&small);
    return status;
}

static void compiling_survives_every_allocation_failure(void **state)
{
    (void)state;
    bylaw_str pattern =
        BYLAW_STR("(?P<a>(abc){2,900}|[[:alpha:]\\d\\p{Han}^x-z]+)(?i:def\\Qk\\E)\\b.*$");

    assert_fault_sweep(compile_and_search, &pattern);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_match_as_in_re2),
        cmocka_unit_test(what_re2_does_not_know_is_refused),
        cmocka_unit_test(patterns_built_to_hurt_end_at_a_limit),
        cmocka_unit_test(a_search_is_linear),
        cmocka_unit_test(compiling_survives_every_allocation_failure),
    };

    bl_arena_init(&arena, NULL);
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);

    bl_arena_dispose(&arena);
    return failed;
}
