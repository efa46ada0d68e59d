/* Random texts, always the same ones: what reads them never fails otherwise than by saying no, and
 * what it reads it writes again. The matcher of regular expressions is compared with the C
 * library's where the two know the same syntax. */
#include "text/excerpt.h"
#include "text/regex.h"
#include "text/unicode.h"
#include "text/utf8.h"
#include "text/wrap.h"

#include "support.h"

#include <regex.h>
#include <stdio.h>

static bl_arena arena;
static uint64_t seed = 88172645463325252u;

static uint32_t below(uint32_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 33) % n;
}

static const char *const pieces[] = {
    "",   "0",  "1",    "9",  "８", "一", "十",     "百",   "千",       "万",     "亿",  "零",
    "〇", "两", "分之", "/",  "-",  "+",  "负",     ".",    ",",        " ",      "　",  "年",
    "月", "日", "张",   "學", "a",  "M",  "\u0301", "\t",   "\n",       ":",      "##[", "::",
    "（", "）", "《",   "，", "“",  "票", "5 票",   "\xFF", "\xE4\xB8", "\u202E", "😀",   "\x1B[1m",
};

static bylaw_str random_text(uint32_t most)
{
    bl_str out = bl_str_init(&arena);
    bylaw_str text;

    for (uint32_t n = below(most); n > 0; n--)
        bl_str_addz(&out, pieces[below(sizeof pieces / sizeof pieces[0])]);
    assert_int_equal(bl_str_take(&text, &out), BYLAW_OK);
    return text;
}

static void numbers_that_are_read_are_written_again(void **state)
{
    (void)state;
    size_t read = 0;

    for (int i = 0; i < 60000; i++) {
        const bylaw_str text = random_text(7);
        int64_t value = 77, again = 0;
        bylaw_fraction f = {77, 7};
        char digits[32];

        if (bl_read_int(&value, text) == BYLAW_OK) {
            snprintf(digits, sizeof digits, "%lld", (long long)value);
            assert_int_equal(bl_read_int(&again, bylaw_str_from(digits)), BYLAW_OK);
            assert_true(again == value);
            read++;
        } else {
            assert_true(value == 77);
        }
        if (bl_read_fraction(&f, text) == BYLAW_OK)
            assert_true(f.den > 0);
        else
            assert_true(f.num == 77 && f.den == 7);
        bl_arena_reset(&arena);
    }
    assert_true(read > 1000);
}

static void keys_are_their_own_keys(void **state)
{
    (void)state;
    for (int i = 0; i < 4000; i++) {
        const bylaw_str text = random_text(9);
        bylaw_str key, again;

        assert_int_equal(bl_name_key(&arena, &key, text), BYLAW_OK);
        assert_true(bl_utf8_valid(key, NULL));
        assert_int_equal(bl_name_key(&arena, &again, key), BYLAW_OK);
        if (!bl_str_equal(key, again))
            fail_msg("'%s' and '%s'", key.ptr, again.ptr);
        bl_arena_reset(&arena);
    }
}

/* Nothing of what is shown can steer a terminal or a CI system. */
static void shown_text_is_harmless(void **state)
{
    (void)state;
    for (int i = 0; i < 20000; i++) {
        const bylaw_str text = random_text(40);
        bl_str escaped = bl_str_init(&arena), excerpt = bl_str_init(&arena);
        bl_str wrapped = bl_str_init(&arena);
        const bl_caret carets[] = {{1 + below(60), 1 + below(60)}, {1 + below(60), 1 + below(60)}};
        bylaw_str out;

        bl_escape_foreign(&escaped, text);
        assert_int_equal(bl_str_take(&out, &escaped), BYLAW_OK);
        assert_true(bl_utf8_valid(out, NULL));
        for (size_t k = 0; k < out.len; k++)
            assert_true((unsigned char)out.ptr[k] >= 0x20 && out.ptr[k] != 0x7F);
        assert_null(strstr(out.ptr, "##["));
        assert_null(strstr(out.ptr, "\u202E"));
        bl_wrap(&wrapped, out, 10 + below(60), below(10), below(6));
        assert_int_equal(bl_str_take(&out, &wrapped), BYLAW_OK);
        bl_excerpt_write(&excerpt, text, 1 + below(99999), carets, below(3), NULL);
        assert_int_equal(bl_str_take(&out, &excerpt), BYLAW_OK);
        const char *end = strchr(out.ptr, '\n');

        assert_non_null(end);
        assert_true(bl_display_width((bylaw_str){out.ptr, (size_t)(end - out.ptr)}) <= 80);
        bl_arena_reset(&arena);
    }
}

/* --- regular expressions ---------------------------------------------------------------------- */

static void random_pattern(bl_str *out, int depth)
{
    static const char *const atoms[] = {"a", "b", "c", ".", "[ab]", "[^a]", "[b-c]", "ab"};
    static const char *const repeats[] = {"*", "+", "?", "{2}", "{0,2}", "{1,}", "", "", "", ""};
    const uint32_t parts = 1 + below(3);

    for (uint32_t i = 0; i < parts; i++) {
        if (depth > 0 && below(3) == 0) {
            bl_str_addc(out, '(');
            random_pattern(out, depth - 1);
            if (below(2) == 0) {
                bl_str_addc(out, '|');
                random_pattern(out, depth - 1);
            }
            bl_str_addc(out, ')');
        } else {
            bl_str_addz(out, atoms[below(sizeof atoms / sizeof atoms[0])]);
        }
        bl_str_addz(out, repeats[below(sizeof repeats / sizeof repeats[0])]);
    }
}

static void matching_agrees_with_the_c_library(void **state)
{
    (void)state;
    size_t matched = 0, missed = 0;

    for (int i = 0; i < 6000; i++) {
        bl_str out = bl_str_init(&arena);
        const bool from = below(2) == 0, to = below(2) == 0;
        const bl_regex *ours = NULL;
        bylaw_str pattern;
        regex_t theirs;

        bl_str_addz(&out, from ? "^" : "");
        bl_str_addz(&out, from || to ? "(" : "");
        random_pattern(&out, 2);
        bl_str_addz(&out, from || to ? ")" : "");
        bl_str_addz(&out, to ? "$" : "");
        assert_int_equal(bl_str_take(&pattern, &out), BYLAW_OK);
        assert_int_equal(bl_regex_compile(&ours, &arena, pattern, 10000), BYLAW_OK);
        assert_int_equal(regcomp(&theirs, pattern.ptr, REG_EXTENDED | REG_NOSUB), 0);
        for (int k = 0; k < 8; k++) {
            char text[12];
            size_t n = below(sizeof text - 1);
            bool found = false;

            text[n] = '\0';
            for (size_t c = 0; c < n; c++)
                text[c] = (char)('a' + below(3));
            assert_int_equal(bl_regex_search(&found, ours, (bylaw_str){text, n}, &arena), BYLAW_OK);
            if (found != (regexec(&theirs, text, 0, NULL, 0) == 0))
                fail_msg("'%s' on '%s': %d", pattern.ptr, text, found);
            matched += found;
            missed += !found;
        }
        regfree(&theirs);
        bl_arena_reset(&arena);
    }
    assert_true(matched > 5000 && missed > 5000);
}

/* Any bytes as a pattern: compiled or refused. */
static void any_pattern_compiles_or_is_refused(void **state)
{
    static const char *const bits[] = {
        "(", ")", "[", "]", "{", "}", "*", "+", "?", "|", "^", "$", ".",  "\\", "a",  "-",  ":",
        "i", "P", "<", ">", ",", "1", "9", "d", "p", "Q", "E", "x", "[:", ":]", "(?", "中", "\xFF",
    };
    size_t compiled = 0;

    (void)state;
    for (int i = 0; i < 40000; i++) {
        bl_str out = bl_str_init(&arena);
        const bl_regex *regex = NULL;
        bylaw_str pattern;
        bool found;

        for (uint32_t n = below(12); n > 0; n--)
            bl_str_addz(&out, bits[below(sizeof bits / sizeof bits[0])]);
        assert_int_equal(bl_str_take(&pattern, &out), BYLAW_OK);
        if (bl_regex_compile(&regex, &arena, pattern, 10000) == BYLAW_OK) {
            assert_int_equal(bl_regex_search(&found, regex, pattern, &arena), BYLAW_OK);
            compiled++;
        } else {
            assert_null(regex);
        }
        bl_arena_reset(&arena);
    }
    assert_true(compiled > 2000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_that_are_read_are_written_again),
        cmocka_unit_test(keys_are_their_own_keys),
        cmocka_unit_test(shown_text_is_harmless),
        cmocka_unit_test(matching_agrees_with_the_c_library),
        cmocka_unit_test(any_pattern_compiles_or_is_refused),
    };

    bl_arena_init(&arena, NULL);
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);

    bl_arena_dispose(&arena);
    return failed;
}
