/* tests/doc/test_limits.c: every limit holds at its figure and one beyond it, and inputs built to
 * hurt end in a clear error, quickly and in little memory. */
#include "fixture.h"

#include <time.h>

static bylaw_str build_text(bl_str *out)
{
    bylaw_str text;

    assert_int_equal(bl_str_take(&text, out), BYLAW_OK);
    return text;
}

static void repeat(bl_str *out, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        bl_str_addz(out, text);
}

static void limit_is(bl_doc_format format, bylaw_str within, bylaw_str beyond,
                     const bylaw_limits *limits, const char *zh)
{
    fixture f;

    assert_int_equal(read_within(&f, format, within, limits), BYLAW_OK);
    drop(&f);
    assert_int_equal(read_within(&f, format, beyond, limits), BYLAW_ELIMIT);
    assert_int_equal(bylaw_diags_count(f.diags), 1);
    assert_string_equal(told(&f, BYLAW_ZH).ptr, zh);
    assert_null(f.doc.roots);
    drop(&f);
}

static void bytes_are_limited(void **state)
{
    (void)state;
    bylaw_limits limits = {{0}};

    limits.most[BYLAW_LIMIT_FILE_SIZE] = 8;
    limit_is(BL_DOC_YAML, BYLAW_STR("abc: def"), BYLAW_STR("abc: defg"), &limits,
             "1:1 文件有 9 字节，最多 8 字节（--limit file-size=数 可放宽） [limit]");
    limit_is(BL_DOC_JSON, BYLAW_STR("[1,2,34]"), BYLAW_STR("[1,2,345]"), &limits,
             "1:1 文件有 9 字节，最多 8 字节（--limit file-size=数 可放宽） [limit]");
}

static void depth_is_limited(void **state)
{
    (void)state;
    bylaw_limits limits = {{0}};

    limits.most[BYLAW_LIMIT_NESTING] = 3;
    limit_is(BL_DOC_YAML, BYLAW_STR("a: {b: [1]}"), BYLAW_STR("a: {b: [[1]]}"), &limits,
             "1:9 嵌套超过 3 层（--limit nesting=数 可放宽） [limit]");
    limit_is(BL_DOC_JSON, BYLAW_STR("[[[1]]]"), BYLAW_STR("[[[[1]]]]"), &limits,
             "1:4 嵌套超过 3 层（--limit nesting=数 可放宽） [limit]");
    /* An alias counts with what it stands for. */
    limit_is(BL_DOC_YAML, BYLAW_STR("a: &x [1]\nb: [*x]"), BYLAW_STR("a: &x [1]\nb: [[*x]]"),
             &limits, "2:6 嵌套超过 3 层（--limit nesting=数 可放宽） [limit]");
}

static void nodes_are_limited(void **state)
{
    (void)state;
    bylaw_limits limits = {{0}};

    limits.most[BYLAW_LIMIT_ENTRIES] = 6;
    limit_is(BL_DOC_YAML, BYLAW_STR("[1, 2, 3, 4, 5]"), BYLAW_STR("[1, 2, 3, 4, 5, 6]"), &limits,
             "1:17 展开引用后内容超过 6 项（--limit entries=数 可放宽） [limit]");
    limit_is(BL_DOC_JSON, BYLAW_STR("[1, 2, 3, 4, 5]"), BYLAW_STR("[1, 2, 3, 4, 5, 6]"), &limits,
             "1:17 展开引用后内容超过 6 项（--limit entries=数 可放宽） [limit]");
    limit_is(BL_DOC_YAML, BYLAW_STR("[&x [1], *x, 5]"), BYLAW_STR("[&x [1], *x, *x]"), &limits,
             "1:14 展开引用后内容超过 6 项（--limit entries=数 可放宽） [limit]");
}

static void a_scalar_is_limited(void **state)
{
    (void)state;
    bylaw_limits limits = {{0}};

    limits.most[BYLAW_LIMIT_SCALAR_SIZE] = 4;
    limit_is(BL_DOC_YAML, BYLAW_STR("a: abcd"), BYLAW_STR("a: abcde"), &limits,
             "1:4 这一项有 5 字节，最多 4 字节（--limit scalar-size=数 可放宽） [limit]");
    limit_is(BL_DOC_YAML, BYLAW_STR("abcd: 1"), BYLAW_STR("abcde: 1"), &limits,
             "1:1 这一项有 5 字节，最多 4 字节（--limit scalar-size=数 可放宽） [limit]");
    limit_is(BL_DOC_JSON, BYLAW_STR("[\"abcd\"]"), BYLAW_STR("[\"abcde\"]"), &limits,
             "1:2 这一项有 5 字节，最多 4 字节（--limit scalar-size=数 可放宽） [limit]");
    limit_is(BL_DOC_JSON, BYLAW_STR("[1234]"), BYLAW_STR("[12345]"), &limits,
             "1:2 这一项有 5 字节，最多 4 字节（--limit scalar-size=数 可放宽） [limit]");
}

static void errors_are_limited(void **state)
{
    (void)state;
    bylaw_limits limits = {{0}};
    fixture f;

    limits.most[BYLAW_LIMIT_MISTAKES] = 2;
    assert_int_equal(read_within(&f, BL_DOC_YAML, BYLAW_STR("{a: 1, a: 2, a: 3}"), &limits),
                     BYLAW_EINPUT);
    assert_int_equal(bylaw_diags_count(f.diags), 2);
    drop(&f);
    assert_int_equal(
        read_within(&f, BL_DOC_YAML, BYLAW_STR("{a: 1, a: 2, a: 3, a: 4, a: 5}"), &limits),
        BYLAW_ELIMIT);
    assert_string_equal(
        told(&f, BYLAW_EN).ptr,
        "1:8 a is given twice, first in line 1; keep one\n"
        "1:14 a is given twice, first in line 1; keep one\n"
        "1:20 more than 2 errors; the rest are not listed (--limit mistakes=N raises it)");
    drop(&f);
}

/* The processor time this program has used, in milliseconds. */
static long used_ms(void)
{
    return (long)(clock() / (CLOCKS_PER_SEC / 1000));
}

/* Inputs built to hurt: what they are, and what is told. Each is refused with at most `most_bytes`
 * taken from the allocator beside the text, in seconds at most even under a sanitizer. */
static void is_refused(bl_doc_format format, bylaw_str text, bylaw_status status, size_t most_bytes,
                       const char *en)
{
    fixture f;
    const long before = used_ms();

    assert_int_equal(read_text(&f, format, text), status);
    assert_true(used_ms() - before < 10000);
    assert_true(f.arena.total <= most_bytes);
    if (!bl_str_ends(told(&f, BYLAW_EN), bylaw_str_from(en)))
        fail_msg("%s", told(&f, BYLAW_EN).ptr);
    drop(&f);
}

static void an_alias_bomb_is_refused(void **state)
{
    (void)state;
    bl_arena arena;

    bl_arena_init(&arena, NULL);
    bl_str out = bl_str_init(&arena);

    bl_str_addz(&out, "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 60; i++) {
        bl_str_addf(&out, "a%d: &a%d [", i, i);
        for (int k = 0; k < 10; k++)
            bl_str_addf(&out, "%s*a%d", k > 0 ? ", " : "", i - 1);
        bl_str_addz(&out, "]\n");
    }
    is_refused(BL_DOC_YAML, build_text(&out), BYLAW_ELIMIT, 1 << 20,
               "more than 5000000 entries once aliases are expanded (--limit entries=N raises it)");
    bl_arena_dispose(&arena);
}

static void ten_thousand_levels_are_refused(void **state)
{
    (void)state;
    static const char *const openings[] = {"[", "{a: ", "- ", "? "};
    bl_arena arena;

    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
        bl_arena_init(&arena, NULL);
        bl_str out = bl_str_init(&arena);

        repeat(&out, openings[i], 10000);
        is_refused(BL_DOC_YAML, build_text(&out), BYLAW_ELIMIT, 1 << 20,
                   "nested deeper than 100 levels (--limit nesting=N raises it)");
        bl_arena_dispose(&arena);
    }
    bl_arena_init(&arena, NULL);
    bl_str out = bl_str_init(&arena);

    repeat(&out, "{\"a\":[", 5000);
    is_refused(BL_DOC_JSON, build_text(&out), BYLAW_ELIMIT, 1 << 20,
               "nested deeper than 100 levels (--limit nesting=N raises it)");
    bl_arena_dispose(&arena);
}

static void a_long_scalar_is_refused(void **state)
{
    (void)state;
    const size_t sizes[] = {(size_t)100 << 20, (size_t)20 << 20};

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *text = malloc(sizes[i]);

        assert_non_null(text);
        memset(text, 'x', sizes[i]);
        memcpy(text, "\"a\": \"", 6);
        text[sizes[i] - 1] = '"';
        is_refused(BL_DOC_YAML, (bylaw_str){text, sizes[i]}, BYLAW_ELIMIT, 1 << 20,
                   i == 0 ? "at most 67108864 are read (--limit file-size=N raises it)"
                          : "at most 1048576 are read (--limit scalar-size=N raises it)");
        text[0] = '[';
        text[1] = ' ';
        text[2] = ' ';
        text[3] = ' ';
        is_refused(BL_DOC_JSON, (bylaw_str){text, sizes[i]}, BYLAW_ELIMIT, 1 << 20,
                   i == 0 ? "at most 67108864 are read (--limit file-size=N raises it)"
                          : "at most 1048576 are read (--limit scalar-size=N raises it)");
        free(text);
    }
}

static void many_anchors_are_refused(void **state)
{
    (void)state;
    bl_arena arena;

    bl_arena_init(&arena, NULL);
    bl_str out = bl_str_init(&arena);

    for (int i = 0; i <= 10000; i++)
        bl_str_addf(&out, "- &a%d x\n", i);
    is_refused(BL_DOC_YAML, build_text(&out), BYLAW_ELIMIT, 4 << 20,
               "more than 10000 anchors (&) (--limit anchors=N raises it)");
    bl_arena_dispose(&arena);
}

/* A hundred thousand keys, the same twice at the end: sorted, not compared each with each. */
static void many_keys_are_compared_quickly(void **state)
{
    (void)state;
    bl_arena arena;

    bl_arena_init(&arena, NULL);
    bl_str out = bl_str_init(&arena);

    for (int i = 0; i < 100000; i++)
        bl_str_addf(&out, "k%d: 1\n", i * 7919 % 100000);
    bl_str_addz(&out, "k0: 2\nk7919: 3\nk0: 4\n");
    is_refused(BL_DOC_YAML, build_text(&out), BYLAW_EINPUT, (size_t)64 << 20,
               "100001:1 k0 is given twice, first in line 1; keep one\n"
               "100002:1 k7919 is given twice, first in line 2; keep one\n"
               "100003:1 k0 is given twice, first in line 1; keep one");
    bl_arena_dispose(&arena);
}

/* Ten thousand lines that each want mending: a hundred are told, and the text is not read for ever.
 */
static void many_slips_end(void **state)
{
    (void)state;
    bl_arena arena;

    bl_arena_init(&arena, NULL);
    bl_str out = bl_str_init(&arena);

    bl_str_addz(&out, "x: 1\n");
    repeat(&out, "甲：1\n", 10000);
    is_refused(
        BL_DOC_YAML, build_text(&out), BYLAW_ELIMIT, 4 << 20,
        "102:2 more than 100 errors; the rest are not listed (--limit mistakes=N raises it)");
    bl_arena_dispose(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_are_limited),
        cmocka_unit_test(depth_is_limited),
        cmocka_unit_test(nodes_are_limited),
        cmocka_unit_test(a_scalar_is_limited),
        cmocka_unit_test(errors_are_limited),
        cmocka_unit_test(an_alias_bomb_is_refused),
        cmocka_unit_test(ten_thousand_levels_are_refused),
        cmocka_unit_test(a_long_scalar_is_refused),
        cmocka_unit_test(many_anchors_are_refused),
        cmocka_unit_test(many_keys_are_compared_quickly),
        cmocka_unit_test(many_slips_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
