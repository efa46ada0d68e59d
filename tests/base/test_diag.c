/* tests/base/test_diag.c: messages are put together from their parts, and stand in their place. */
#include "support.h"

#include "base/diag.h"

static const bl_msg plain = {"plain", {"甲", "a"}};
static const bl_msg counted = {"counted", {"{n} 处错误", "{n} {n|error|errors} in {file}"}};

static void templates_are_filled_in(void **state)
{
    (void)state;
    static const struct template_case {
        const char *template_, *filled;
        int64_t n;
    } cases[] = {
        {"{n} {n|vote|votes}", "1 vote", 1},
        {"{n} {n|vote|votes}", "2 votes", 2},
        {"{n} {n|vote|votes}", "0 votes", 0},
        {"{label}：{text}", "标签：文字", 1},
        {"{unknown} stays {zh: …}", "{unknown} stays {zh: …}", 1},
        {"open { brace", "open { brace", 1},
        {"", "", 1},
    };
    static const bylaw_label label = {{{"标签", 6}, {"label", 5}}};
    bl_arena arena;

    bl_arena_init(&arena, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const bl_arg args[] = {BL_INT("n", cases[i].n), BL_LABEL("label", label),
                               BL_TEXT("text", BYLAW_STR("文字"))};
        bl_str out = bl_str_init(&arena);
        bylaw_str text;

        bl_msg_format(&out, cases[i].template_, BYLAW_ZH, args, 3);
        assert_int_equal(bl_str_take(&text, &out), BYLAW_OK);
        assert_string_equal(text.ptr, cases[i].filled);
    }
    bl_arena_dispose(&arena);
}

static void places_count_lines_and_code_points(void **state)
{
    (void)state;
    static const struct place_case {
        const char *text;
        uint32_t offset;
        size_t line, column;
        const char *excerpt;
    } cases[] = {
        {"ab\ncd", 0, 1, 1, "ab"},         {"ab\ncd", 2, 1, 3, "ab"},
        {"ab\ncd", 3, 2, 1, "cd"},         {"ab\ncd", 5, 2, 3, "cd"},
        {"ab\ncd", 99, 2, 3, "cd"},        {"甲乙\r\n丙", 3, 1, 2, "甲乙"},
        {"甲乙\r\n丙", 8, 2, 1, "丙"},     {"", 0, 1, 1, ""},
        {"\xEF\xBB\xBF甲", 3, 1, 1, "甲"}, {"\xEF\xBB\xBF甲", 0, 1, 1, "甲"},
        {"\n\n\n", 3, 4, 1, ""},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const bl_source source = {
            .name = BYLAW_STR("f"), .text = bylaw_str_from(cases[i].text), .first_line = 10};
        const bl_place place = bl_place_of(&source, cases[i].offset);

        assert_int_equal(place.line, cases[i].line + 10);
        assert_int_equal(place.column, cases[i].column);
        assert_true(bl_str_is(bl_line_of(&source, cases[i].offset), cases[i].excerpt));
    }
}

/* Lines of every length up to several steps of the survey, with characters of one to four bytes. */
static size_t long_text(char *text, size_t room, bool mark)
{
    static const char *const pieces[] = {"a", "甲", "é", "😀", "\x80", "\r", "\n"};
    uint64_t seed = 88172645463325252u;
    size_t n = mark ? 3 : 0;

    memcpy(text, "\xEF\xBB\xBF", n);

    while (n + 4 < room) {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        /* line ends are rare in the middle of the text, so that some lines are very long */
        const bool rare = n > room / 4 && n < room / 4 * 3 && seed % 977 != 0;
        const char *piece = pieces[seed % (rare ? 6 : 7)];

        memcpy(text + n, piece, strlen(piece));
        n += strlen(piece);
    }
    return n;
}

static void a_survey_changes_no_place_and_no_digest(void **state)
{
    static char text[50000];
    char plain_digest[BL_SHA256_HEX], digest[BL_SHA256_HEX];
    bl_arena arena;

    (void)state;
    bl_arena_init(&arena, NULL);
    for (int mark = 0; mark < 2; mark++) {
        const size_t n = long_text(text, sizeof text, mark != 0);
        const bl_source source = {.name = BYLAW_STR("f"), .text = {text, n}, .first_line = 6};
        bl_source surveyed = source;

        assert_true(bl_source_survey(&surveyed, &arena));
        assert_non_null(surveyed.survey);
        for (uint32_t i = 0; i<n + 2; i += i % 4096> 4 && i % 4096 < 4090 ? 7u : 1u) {
            const bl_place a = bl_place_of(&source, i), b = bl_place_of(&surveyed, i);

            assert_int_equal(a.line, b.line);
            assert_int_equal(a.column, b.column);
            const bylaw_str line = bl_line_of(&source, i);

            assert_true(bl_str_equal(line, bl_line_of(&surveyed, i)));
            assert_null(memchr(line.ptr, '\n', line.len));
        }
        assert_true(bl_source_digest(&source, plain_digest));
        for (int k = 0; k < 2; k++) {
            assert_true(bl_source_digest(&surveyed, digest));
            assert_string_equal(plain_digest, digest);
        }
    }
    bl_arena_dispose(&arena);
}

static void entries_are_put_in_order_of_place(void **state)
{
    (void)state;
    const bl_source source = {.name = BYLAW_STR("f"), .text = BYLAW_STR("ab\ncd")};
    bylaw_diags *diags = NULL;

    assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
    bl_error0(diags, &plain, ((bl_span){&source, 4, 5}));
    bl_error0(diags, &plain, ((bl_span){&source, 1, 2}));
    bl_warn(diags, &counted, ((bl_span){&source, 0, 1}), BL_INT("n", 1),
            BL_TEXT("file", BYLAW_STR("f")));
    bl_diags_sort(diags, 0);
    assert_int_equal(bylaw_diags_count(diags), 3);
    assert_int_equal(bylaw_diags_errors(diags), 2);
    const bylaw_diag *first = bylaw_diags_get(diags, 0);

    assert_int_equal(first->severity, BYLAW_WARNING);
    assert_true(bl_str_is(first->message.in[BYLAW_EN], "1 error in f"));
    assert_true(bl_str_is(first->code, "counted"));
    assert_int_equal(bylaw_diags_get(diags, 1)->column, 2);
    assert_int_equal(bylaw_diags_get(diags, 2)->line, 2);
    assert_int_equal(bl_diags_status(diags, 2), BYLAW_OK);
    assert_int_equal(bl_diags_status(diags, 1), BYLAW_EINPUT);
    bylaw_diags_clear(diags);
    assert_int_equal(bylaw_diags_count(diags), 0);
    assert_int_equal(bylaw_diags_errors(diags), 0);
    bylaw_diags_free(diags);
}

/* Of a long line the part around the mistake, whole characters only. */
static void a_long_line_is_shown_around_the_mistake(void **state)
{
    (void)state;
    enum { LENGTH = 30000 };
    char *text = malloc(LENGTH);
    bylaw_diags *diags = NULL;

    assert_non_null(text);
    for (size_t i = 0; i < LENGTH; i += 3)
        memcpy(text + i, "中", 3);
    const bl_source source = {.name = BYLAW_STR("f"), .text = {text, LENGTH}};

    assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
    for (uint32_t at = 0; at <= LENGTH; at += 300) {
        bylaw_diags_clear(diags);
        bl_error0(diags, &plain, ((bl_span){&source, at, at + 3}));
        const bylaw_diag *d = bylaw_diags_get(diags, 0);

        assert_int_equal(d->column, at / 3 + 1);
        assert_true(d->excerpt.len <= 2000 && d->excerpt.len % 3 == 0);
        assert_true(d->excerpt_column <= d->column);
        assert_true(d->column - d->excerpt_column <= d->excerpt.len / 3);
        assert_memory_equal(d->excerpt.ptr, text + 3 * (d->excerpt_column - 1), d->excerpt.len);
    }
    bylaw_diags_free(diags);
    free(text);
}

static void a_flood_is_counted_but_not_kept(void **state)
{
    (void)state;
    bylaw_diags *diags = NULL;

    assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
    for (int i = 0; i < 10001; i++)
        bl_error0(diags, &plain, BL_NO_SPAN);
    assert_int_equal(bylaw_diags_count(diags), 10000);
    assert_int_equal(bylaw_diags_errors(diags), 10001);
    bylaw_diags_free(diags);
}

static bylaw_status add_some(const bylaw_allocator *allocator, void *data)
{
    const bl_source source = {.name = BYLAW_STR("f"), .text = BYLAW_STR("ab\ncd")};
    bylaw_diags *diags = NULL;
    bylaw_status status = bylaw_diags_new(&diags, allocator);

    (void)data;
    if (status != BYLAW_OK)
        return status;
    for (int i = 0; i < 100; i++)
        bl_warn(diags, &counted, ((bl_span){&source, 1, 4}), BL_INT("n", i),
                BL_TEXT("file", BYLAW_STR("f")));
    status = bl_diags_status(diags, 0);
    bylaw_diags_free(diags);
    return status;
}

static void running_out_of_memory_is_remembered(void **state)
{
    (void)state;
    assert_fault_sweep(add_some, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(templates_are_filled_in),
        cmocka_unit_test(places_count_lines_and_code_points),
        cmocka_unit_test(a_survey_changes_no_place_and_no_digest),
        cmocka_unit_test(entries_are_put_in_order_of_place),
        cmocka_unit_test(a_long_line_is_shown_around_the_mistake),
        cmocka_unit_test(a_flood_is_counted_but_not_kept),
        cmocka_unit_test(running_out_of_memory_is_remembered),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
