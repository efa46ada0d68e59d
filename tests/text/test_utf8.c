/* text/utf8.c: every code point there and back, and every kind of malformed byte. */
#include "text/utf8.h"

#include "support.h"

static void every_code_point_is_read(void **state)
{
    (void)state;
    bl_arena arena;

    bl_arena_init(&arena, NULL);
    bl_str s = bl_str_init(&arena);

    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        size_t at = 0;
        const bool surrogate = cp >= 0xD800 && cp <= 0xDFFF;

        s.len = 0;
        bl_str_add_codepoint(&s, cp);
        const bylaw_str text = bl_str_view(&s);

        if (bl_utf8_next(text, &at) != (surrogate ? BL_BAD_CODEPOINT : cp) ||
            at != (surrogate ? 1 : text.len))
            fail_msg("U+%04X", (unsigned)cp);
    }
    bl_arena_dispose(&arena);
}

static const struct bad_case {
    const char *bytes;
    size_t bad_at, count;
} bad_cases[] = {
    {"a\x80", 1, 2},            /* continuation alone */
    {"\xC0\x80", 0, 2},         /* overlong NUL */
    {"\xE0\x80\xAF", 0, 3},     /* overlong slash */
    {"\xF0\x80\x80\xAF", 0, 4}, /* overlong */
    {"\xED\xA0\x80", 0, 3},     /* surrogate */
    {"\xF4\x90\x80\x80", 0, 4}, /* above U+10FFFF */
    {"\xF8\x88\x80\x80", 0, 4}, /* no such lead */
    {"中\xE4\xB8", 3, 3},       /* cut off */
    {"\xE4\xB8"
     "a",
     0, 3}, /* broken off */
    {"\xFF", 0, 1},
};

static void malformed_bytes_are_one_step_each(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad_cases / sizeof bad_cases[0]; i++) {
        const bylaw_str text = bylaw_str_from(bad_cases[i].bytes);
        size_t bad_at = 99;

        assert_false(bl_utf8_valid(text, &bad_at));
        assert_int_equal(bad_at, bad_cases[i].bad_at);
        assert_int_equal(bl_utf8_count(text), bad_cases[i].count);
    }
}

static void offsets_count_code_points(void **state)
{
    (void)state;
    const bylaw_str text = BYLAW_STR("a中😀b");

    assert_int_equal(bl_utf8_count(text), 4);
    assert_int_equal(bl_utf8_offset(text, 0), 0);
    assert_int_equal(bl_utf8_offset(text, 2), 4);
    assert_int_equal(bl_utf8_offset(text, 3), 8);
    assert_int_equal(bl_utf8_offset(text, 4), 9);
    assert_int_equal(bl_utf8_offset(text, 99), 9);
    assert_true(bl_utf8_valid(text, NULL));
    assert_true(bl_utf8_valid((bylaw_str){NULL, 0}, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_is_read),
        cmocka_unit_test(malformed_bytes_are_one_step_each),
        cmocka_unit_test(offsets_count_code_points),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
