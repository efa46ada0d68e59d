/* text/excerpt.c: what is escaped, and where carets stand. */
#include "text/excerpt.h"

#include "text/unicode.h"

#include "support.h"

static bl_arena arena;

static const struct escape_case {
    const char *text, *shown, *at_head; /* at_head NULL: the same */
} escape_cases[] = {
    {"", "", NULL},
    {"西部科技期刊联盟 abc", "西部科技期刊联盟 abc", NULL},
    {"a\tb\nc\r", "a\\u{9}b\\u{A}c\\u{D}", NULL},
    {"\x1B[31m", "\\u{1B}[31m", NULL},
    {"\x7F\xC2\x85", "\\u{7F}\\u{85}", NULL},
    {"##[error]x", "\\u{23}#[error]x", NULL},
    {"###[error]", "#\\u{23}#[error]", NULL},
    {"##x #[", "##x #[", NULL},
    {"a\u202Eb\u2066c\u200Fd\u061Ce", "a\\u{202E}b\\u{2066}c\\u{200F}d\\u{61C}e", NULL},
    {"\u2028\u2029\uFEFF", "\\u{2028}\\u{2029}\\u{FEFF}", NULL},
    {"a\xFF\xE4\xB8", "a\\u{FFFD}\\u{FFFD}\\u{FFFD}", NULL},
    {"::error::x", "::error::x", "\\u{3A}\\u{3A}error::x"},
    {"  ::x", "  ::x", "\\u{20}\\u{20}\\u{3A}\\u{3A}x"},
};

static const char *taken(bl_str *out)
{
    bylaw_str text;
    assert_int_equal(bl_str_take(&text, out), BYLAW_OK);
    return text.ptr;
}

static void foreign_text_cannot_steer(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof escape_cases / sizeof escape_cases[0]; i++) {
        const struct escape_case *c = &escape_cases[i];
        bl_str out = bl_str_init(&arena), head = bl_str_init(&arena);

        bl_escape_foreign(&out, bylaw_str_from(c->text));
        assert_string_equal(taken(&out), c->shown);
        bl_escape_head(&head, bylaw_str_from(c->text));
        assert_string_equal(taken(&head), c->at_head != NULL ? c->at_head : c->shown);
    }
    bl_str out = bl_str_init(&arena);

    bl_escape_foreign(&out, (bylaw_str){"a\0b", 3});
    assert_string_equal(taken(&out), "a\\u{0}b");
}

static const char *excerpt(const char *text, size_t line, const bl_caret *carets, size_t n,
                           const bl_excerpt_style *style)
{
    bl_str out = bl_str_init(&arena);

    bl_excerpt_write(&out, bylaw_str_from(text), line, carets, n, style);
    return taken(&out);
}

static void carets_stand_under_what_they_mean(void **state)
{
    (void)state;
    assert_string_equal(excerpt("date: 2026-02-30", 3, &(bl_caret){7, 17}, 1, NULL),
                        "   3 | date: 2026-02-30\n"
                        "     |       ^^^^^^^^^^\n");
    assert_string_equal(
        excerpt("  proposer: {name: 张三, office: 会长}", 7, &(bl_caret){32, 34}, 1, NULL),
        "   7 |   proposer: {name: 张三, office: 会长}\n"
        "     |                                  ^^^^\n");
    assert_string_equal(excerpt("  members：8", 6, &(bl_caret){10, 11}, 1, NULL),
                        "   6 |   members：8\n"
                        "     |          ^^\n");
    const bl_caret two[] = {{33, 37}, {41, 59}};

    assert_string_equal(
        excerpt("    require: proposer.office == '会长' && vote.yes / members >= 2/3", 20, two, 2,
                NULL),
        "  20 |     require: proposer.office == '会长' && vote.yes / members >= 2/3\n"
        "     |                                 ^^^^^^    ^^^^^^^^^^^^^^^^^^\n");
}

static void a_place_without_width_still_gets_a_caret(void **state)
{
    (void)state;
    assert_string_equal(excerpt("abc", 1, &(bl_caret){4, 4}, 1, NULL), "   1 | abc\n"
                                                                       "     |    ^\n");
    assert_string_equal(excerpt("", 1, &(bl_caret){1, 1}, 1, NULL), "   1 | \n"
                                                                    "     | ^\n");
    assert_string_equal(excerpt("ab", 1, &(bl_caret){900, 901}, 1, NULL), "   1 | ab\n"
                                                                          "     |   ^\n");
    assert_string_equal(excerpt("a\u0301b", 1, &(bl_caret){2, 3}, 1, NULL), "   1 | a\u0301b\n"
                                                                            "     |  ^\n");
    assert_string_equal(excerpt("ab", 123456, NULL, 0, NULL), "123456 | ab\n");
    assert_string_equal(excerpt("ab", 123456, &(bl_caret){1, SIZE_MAX}, 1, NULL), "123456 | ab\n"
                                                                                  "       | ^^\n");
}

static void escapes_move_the_carets(void **state)
{
    (void)state;
    assert_string_equal(excerpt("\tx: ##[y", 2, &(bl_caret){2, 3}, 1, NULL),
                        "   2 | \\u{9}x: \\u{23}#[y\n"
                        "     |      ^\n");
    assert_string_equal(excerpt("\tx", 2, &(bl_caret){1, 2}, 1, NULL), "   2 | \\u{9}x\n"
                                                                       "     | ^^^^^\n");
}

static void colour_goes_around_the_carets(void **state)
{
    (void)state;
    const bl_excerpt_style style = {.caret_on = "<", .caret_off = ">"};
    const bl_caret two[] = {{1, 2}, {3, 4}};

    assert_string_equal(excerpt("abc", 1, two, 2, &style), "   1 | abc\n"
                                                           "     | <^> <^>\n");
}

/* Any caret on any long line: both lines fit, and the caret marks the same character. */
static void long_lines_are_cut_around_the_caret(void **state)
{
    (void)state;
    char text[401];

    for (int i = 0; i < 400; i++)
        text[i] = (char)('a' + i % 26);
    text[400] = '\0';
    for (size_t columns = 40; columns <= 120; columns += 7) {
        for (size_t at = 1; at <= 400; at++) {
            const bl_excerpt_style style = {.columns = columns};
            const char *out = excerpt(text, 1, &(bl_caret){at, at + 1}, 1, &style);
            const char *end = strchr(out, '\n'), *caret = strrchr(out, '^');

            assert_true(end != NULL && caret > end);
            assert_true((size_t)(end - out) <= columns);
            const size_t column = (size_t)(caret - end - 1);

            assert_true(column < columns);
            if (out[column] != text[at - 1])
                fail_msg("%zu of %zu:\n%s", at, columns, out);
        }
        bl_arena_reset(&arena);
    }
}

/* A part of a line of megabytes: columns are those of the line. */
static void parts_of_lines_keep_their_columns(void **state)
{
    (void)state;
    const bl_excerpt_style style = {.first_column = 5001};
    const bl_caret carets[] = {{5003, 5005}, {4000, 4001}, {9000, 9001}};

    assert_string_equal(excerpt("ab中文cd", 1, carets, 3, &style), "   1 | ...ab中文cd\n"
                                                                   "     |      ^^^^\n");
    char text[201];

    memset(text, 'x', 200);
    text[200] = '\0';
    for (size_t at = 0; at < 200; at++) {
        text[at] = '!';
        const char *out = excerpt(text, 1, &(bl_caret){5001 + at, 5002 + at}, 1, &style);
        const char *end = strchr(out, '\n'), *caret = strrchr(out, '^');

        assert_true(end != NULL && caret > end && end - out <= 80);
        assert_memory_equal(out + 7, "...", 3);
        assert_true(out[caret - end - 1] == '!');
        text[at] = 'x';
    }
}

static void wide_characters_are_never_halved(void **state)
{
    (void)state;
    bl_str line = bl_str_init(&arena);

    for (int i = 0; i < 100; i++)
        bl_str_addz(&line, i % 7 == 0 ? "x" : "中");
    const char *text = taken(&line);

    for (size_t at = 1; at <= 100; at++) {
        const char *out = excerpt(text, 1, &(bl_caret){at, at + 3}, 1, NULL);
        const char *end = strchr(out, '\n');

        assert_true(bl_display_width((bylaw_str){out, (size_t)(end - out)}) <= 80);
        assert_true(strlen(end + 1) <= 81);
        assert_null(strstr(out, "\\u"));
    }
}

static bylaw_status write_excerpt(const bylaw_allocator *allocator, void *data)
{
    bl_arena small;
    bylaw_str text;

    (void)data;
    bl_arena_init(&small, allocator);
    bl_str out = bl_str_init(&small);
    bl_excerpt_write(&out, BYLAW_STR("\t\t\t\t\t\t\t\t\t\tabc"), 1, &(bl_caret){2, 9}, 1, NULL);
    const bylaw_status status = bl_str_take(&text, &out);

    bl_arena_dispose(&small);
    return status;
}

static void excerpts_survive_every_allocation_failure(void **state)
{
    (void)state;
    assert_fault_sweep(write_excerpt, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(foreign_text_cannot_steer),
        cmocka_unit_test(carets_stand_under_what_they_mean),
        cmocka_unit_test(a_place_without_width_still_gets_a_caret),
        cmocka_unit_test(escapes_move_the_carets),
        cmocka_unit_test(colour_goes_around_the_carets),
        cmocka_unit_test(long_lines_are_cut_around_the_caret),
        cmocka_unit_test(parts_of_lines_keep_their_columns),
        cmocka_unit_test(wide_characters_are_never_halved),
        cmocka_unit_test(excerpts_survive_every_allocation_failure),
    };

    bl_arena_init(&arena, NULL);
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);

    bl_arena_dispose(&arena);
    return failed;
}
