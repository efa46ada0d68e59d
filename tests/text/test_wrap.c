/* text/wrap.c: where lines break and where never. */
#include "text/wrap.h"

#include "text/unicode.h"
#include "text/utf8.h"

#include "support.h"

#include <stdio.h>

static bl_arena arena;

static const char *wrapped(const char *text, size_t columns, size_t used, size_t indent)
{
    bl_str out = bl_str_init(&arena);
    bylaw_str result;

    bl_wrap(&out, bylaw_str_from(text), columns, used, indent);
    assert_int_equal(bl_str_take(&result, &out), BYLAW_OK);
    return result.ptr;
}

static const struct wrap_case {
    const char *text;
    size_t columns, used, indent;
    const char *expected;
} wrap_cases[] = {
    {"", 10, 0, 2, ""},
    {"one two three", 80, 0, 2, "one two three"},
    {"one two three", 9, 0, 2, "one two\n  three"},
    {"one  two", 5, 0, 0, "one\ntwo"},
    {"one two", 7, 0, 2, "one two"},
    {"one two ", 7, 0, 2, "one two "},
    {"abcdefghij", 4, 0, 0, "abcd\nefgh\nij"},
    {"ab cdefghij", 4, 0, 0, "ab\ncdef\nghij"},
    {"word", 6, 4, 2, "\n  word"},
    {"解散须经全体成员", 8, 0, 2, "解散须经\n  全体成\n  员"},
    {"解散须经，全体", 8, 0, 0, "解散须\n经，全体"},
    {"解散须。）全体", 8, 0, 0, "解散\n须。）全\n体"},
    {"依照《章程》第", 6, 0, 0, "依照\n《章\n程》第"},
    {"要“甲乙”的", 6, 0, 0, "要“甲\n乙”的"},
    {"赞成 5 票多少", 8, 0, 0, "赞成\n5 票多少"},
    {"赞成 5 票", 7, 0, 0, "赞成\n5 票"},
    {"at least 5 votes", 10, 0, 0, "at least 5\nvotes"},
    {"依民法典第1259条算", 12, 0, 0, "依民法典\n第1259条算"},
    {"在2026年11月21日开", 17, 0, 0, "在2026年11月21日\n开"},
    {"于，2026年11月21日", 16, 0, 0, "于，\n2026年11月21日"},
    {"见 ::error::x", 6, 0, 0, "见 ::e\nrror::\nx"},
    {"见 ##x", 4, 0, 0, "见 ##\nx"},
    {"don’t go", 4, 0, 0, "don’\nt go"},
    {"甲\x1B[1m乙丙\x1B[0m丁", 4, 0, 0, "甲\x1B[1m乙\n丙\x1B[0m丁"},
    {"e\u0301e\u0301e\u0301", 2, 0, 0, "e\u0301e\u0301\ne\u0301"},
};

static void lines_break_where_they_may(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrap_cases / sizeof wrap_cases[0]; i++) {
        const struct wrap_case *c = &wrap_cases[i];
        const char *out = wrapped(c->text, c->columns, c->used, c->indent);

        if (strcmp(out, c->expected) != 0)
            fail_msg("'%s' at %zu:\n%s\nnot\n%s", c->text, c->columns, out, c->expected);
    }
}

static const char *const texts[] = {
    ("解散提案须经全体成员 8 个的三分之二即 6 票同意。表决赞成 5 票，还差 1 票，"
     "依照《西部科技期刊联盟章程》第十一条（一），未获通过（2026年11月21日）。"),
    "Another reading changes this: 三分之二成员 as those attending, 7: at least 5 votes, adopted.",
    "“三分之二成员”若以到会成员 7 个计：至少 5 票；否则 ::error 或者 ##x。",
};

/* At every width: the text is kept but for blanks at breaks, no line is too long, none begins or
 * ends with what may not stand there. */
static void every_width_keeps_the_rules(void **state)
{
    (void)state;
    for (size_t t = 0; t < sizeof texts / sizeof texts[0]; t++) {
        for (size_t columns = 30; columns <= 200; columns++) {
            const char *out = wrapped(texts[t], columns, 5, 3);
            const char *source = texts[t];

            for (const char *line = out; line != NULL;) {
                const char *end = strchr(line, '\n');
                const size_t length = end != NULL ? (size_t)(end - line) : strlen(line);
                const bylaw_str body = {line + (line != out ? 3 : 0),
                                        length - (line != out ? 3 : 0)};
                size_t at = 0;

                assert_true(bl_display_width(body) + (line == out ? 5 : 3) <= columns);
                if (line != out) {
                    assert_memory_equal(line, "   ", 3);
                    const uint32_t first = bl_utf8_next(body, &at);

                    for (const char *bad = "，。；：、）》”:#"; *bad != '\0';) {
                        size_t b = 0;
                        const uint32_t cp = bl_utf8_next(bylaw_str_from(bad), &b);

                        assert_int_not_equal(first, cp);
                        bad += b;
                    }
                    while (*source == ' ')
                        source++;
                }
                assert_false(body.len >= 3 && (memcmp(body.ptr + body.len - 3, "（", 3) == 0 ||
                                               memcmp(body.ptr + body.len - 3, "《", 3) == 0 ||
                                               memcmp(body.ptr + body.len - 3, "“", 3) == 0));
                assert_memory_equal(body.ptr, source, body.len);
                source += body.len;
                line = end != NULL ? end + 1 : NULL;
            }
            assert_int_equal(*source, '\0');
        }
        bl_arena_reset(&arena);
    }
}

static void padding_counts_columns(void **state)
{
    (void)state;
    bl_str out = bl_str_init(&arena);
    bylaw_str text;

    bl_add_padded(&out, BYLAW_STR("中文"), 6);
    bl_add_padded(&out, BYLAW_STR("toolong"), 3);
    bl_add_blanks(&out, 2);
    bl_str_addc(&out, '|');
    assert_int_equal(bl_str_take(&text, &out), BYLAW_OK);
    assert_string_equal(text.ptr, "中文  toolong  |");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_break_where_they_may),
        cmocka_unit_test(every_width_keeps_the_rules),
        cmocka_unit_test(padding_counts_columns),
    };

    bl_arena_init(&arena, NULL);
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);

    bl_arena_dispose(&arena);
    return failed;
}
