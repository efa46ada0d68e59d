/* tests/base/test_store.c: arena, vector, map and text building, at their edges. */
#include "support.h"

#include <stdio.h>

#include "base/map.h"
#include "base/vec.h"

static void an_arena_forgets_and_keeps_its_chunks(void **state)
{
    (void)state;
    fault_allocator counts = {.fail_at = 0};
    const bylaw_allocator allocator = {fault_resize, &counts};
    bl_arena arena;

    bl_arena_init(&arena, &allocator);
    for (int i = 0; i < 1000; i++)
        memset(bl_arena_alloc(&arena, 100), i, 100);
    const size_t calls = counts.calls;

    bl_arena_reset(&arena);
    for (int i = 0; i < 1000; i++)
        memset(bl_arena_alloc(&arena, 100), i, 100);
    assert_int_equal(counts.calls, calls); /* nothing more from the system */
    bl_arena_dispose(&arena);
    assert_int_equal(counts.live_bytes, 0);
}

static void a_mark_takes_the_arena_back(void **state)
{
    (void)state;
    bl_arena arena;

    bl_arena_init(&arena, NULL);
    const bl_mark empty = bl_arena_mark(&arena);
    char *first = bl_arena_alloc(&arena, 16);

    memcpy(first, "kept", 5);
    const bl_mark mark = bl_arena_mark(&arena);
    void *second = bl_arena_alloc(&arena, 16);

    bl_arena_alloc(&arena, 1 << 20);
    bl_arena_release(&arena, mark);
    assert_ptr_equal(bl_arena_alloc(&arena, 16), second);
    assert_string_equal(first, "kept");
    bl_arena_release(&arena, empty);
    assert_ptr_equal(bl_arena_alloc(&arena, 16), first);
    bl_arena_dispose(&arena);
}

static void an_arena_refuses_what_cannot_be(void **state)
{
    (void)state;
    bl_arena arena;

    bl_arena_init(&arena, NULL);
    assert_null(bl_arena_alloc(&arena, SIZE_MAX));
    assert_null(bl_arena_calloc(&arena, SIZE_MAX / 2, 3));
    arena.limit = 10000;
    assert_non_null(bl_arena_alloc(&arena, 100));
    assert_null(bl_arena_alloc(&arena, 10000));
    assert_non_null(bl_arena_alloc(&arena, 100));
    assert_non_null(bl_arena_alloc(&arena, 0));
    bl_arena_dispose(&arena);
}

static void growing_keeps_what_was_there(void **state)
{
    (void)state;
    bl_arena arena;
    BL_VEC(int) a = {0}, b = {0};

    bl_arena_init(&arena, NULL);
    for (int i = 0; i < 5000; i++) {
        assert_true(bl_vec_push(&arena, &a, i));
        if (i % 3 == 0)
            assert_true(bl_vec_push(&arena, &b, -i)); /* in between: a cannot grow in place */
    }
    for (int i = 0; i < 5000; i++)
        assert_int_equal(a.items[i], i);
    for (size_t i = 0; i < b.count; i++)
        assert_int_equal(b.items[i], -3 * (int)i);
    bl_arena_dispose(&arena);
}

static void a_map_finds_what_it_was_given(void **state)
{
    (void)state;
    static char keys[1000][16];
    bl_arena arena;

    bl_arena_init(&arena, NULL);
    bl_map map = bl_map_init(&arena);

    assert_null(bl_map_get(&map, BYLAW_STR("k1")));
    for (int i = 0; i < 1000; i++) {
        snprintf(keys[i], sizeof keys[i], "k%d", i);
        assert_true(bl_map_put(&map, bylaw_str_from(keys[i]), keys[i]));
    }
    assert_true(bl_map_put(&map, BYLAW_STR("k7"), keys[8])); /* replaces */
    assert_int_equal(map.count, 1000);
    for (int i = 0; i < 1000; i++) {
        assert_ptr_equal(bl_map_get(&map, bylaw_str_from(keys[i])), keys[i == 7 ? 8 : i]);
        assert_true(bl_str_is(map.entries[i].key, keys[i])); /* in order of insertion */
    }
    assert_null(bl_map_get(&map, BYLAW_STR("k1000")));
    bl_arena_dispose(&arena);
}

static void the_nearest_name_is_near(void **state)
{
    (void)state;
    static const struct near_case {
        const char *word, *nearest;
    } cases[] = {
        {"prsent", "present"},
        {"presnet", "present"},
        {"dissolution", "dissolution"},
        {"disolution", "dissolution"},
        {"zzz", ""},
        {"", ""},
        {"到会数", "到会人数"},
    };
    static const char *const words[] = {"present", "dissolution", "ballots", "到会人数"};
    bl_arena arena;

    bl_arena_init(&arena, NULL);
    bl_map map = bl_map_init(&arena);

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_true(bl_map_put(&map, bylaw_str_from(words[i]), &map));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const bylaw_str found = bl_map_nearest(&map, bylaw_str_from(cases[i].word));

        if (!bl_str_is(found, cases[i].nearest))
            fail_msg("%s: %.*s", cases[i].word, (int)found.len, found.ptr);
    }
    bl_arena_dispose(&arena);
}

static const struct distance_case {
    const char *a, *b;
    size_t most, distance;
} distance_cases[] = {
    {"", "", 3, 0},         {"abc", "abc", 3, 0}, {"abc", "acb", 3, 1}, {"abc", "abcd", 3, 1},
    {"abc", "bc", 3, 1},    {"abc", "axc", 3, 1}, {"abc", "xyz", 3, 3}, {"abc", "xyz", 2, 3},
    {"甲乙", "甲丙", 3, 1}, {"", "abc", 3, 3},    {"", "abcd", 3, 4},
};

static void distance_counts_edits(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof distance_cases / sizeof *distance_cases; i++) {
        const struct distance_case *c = &distance_cases[i];
        const bylaw_str a = bylaw_str_from(c->a), b = bylaw_str_from(c->b);

        assert_int_equal(bl_str_distance(a, b, c->most), c->distance);
        assert_int_equal(bl_str_distance(b, a, c->most), c->distance);
    }
}

/* The whole table, as the textbook has it. */
static size_t plain_distance(const char *a, const char *b)
{
    size_t d[20][20];
    const size_t n = strlen(a), m = strlen(b);

    for (size_t i = 0; i <= n; i++) {
        for (size_t j = 0; j <= m; j++) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
                continue;
            }
            d[i][j] = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            if (d[i - 1][j] + 1 < d[i][j])
                d[i][j] = d[i - 1][j] + 1;
            if (d[i][j - 1] + 1 < d[i][j])
                d[i][j] = d[i][j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                d[i - 2][j - 2] + 1 < d[i][j])
                d[i][j] = d[i - 2][j - 2] + 1;
        }
    }
    return d[n][m];
}

static void distance_is_what_the_whole_table_gives(void **state)
{
    uint64_t seed = 88172645463325252u;
    char words[2][20];

    (void)state;
    for (int i = 0; i < 20000; i++) {
        for (int w = 0; w < 2; w++) {
            size_t n = 0;

            for (; seed % 16 != 0 && n < 15; n++, seed = seed * 6364136223846793005u + 1)
                words[w][n] = (char)('a' + (seed >> 33) % 3);
            words[w][n] = '\0';
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            seed ^= seed >> 29;
        }
        const bylaw_str a = bylaw_str_from(words[0]), b = bylaw_str_from(words[1]);
        const size_t plain = plain_distance(words[0], words[1]);

        for (size_t most = 0; most <= 17; most++) {
            const size_t found = bl_str_distance(a, b, most);

            if (found != (plain <= most ? plain : most + 1))
                fail_msg("%s %s: %zu, not %zu, at most %zu", words[0], words[1], found, plain,
                         most);
        }
    }
}

static void texts_are_cut_and_found(void **state)
{
    (void)state;
    const bylaw_str text = BYLAW_STR(" ab ab\n");

    assert_int_equal(bl_str_find(text, BYLAW_STR("ab"), 0), 1);
    assert_int_equal(bl_str_find(text, BYLAW_STR("ab"), 2), 4);
    assert_int_equal(bl_str_find(text, BYLAW_STR("ab"), 5), SIZE_MAX);
    assert_int_equal(bl_str_find(text, BYLAW_STR(""), 7), 7);
    assert_int_equal(bl_str_find(text, BYLAW_STR(""), 8), SIZE_MAX);
    assert_true(bl_str_is(bl_str_trim(text), "ab ab"));
    assert_int_equal(bl_str_slice(text, 5, 2).len, 0);
    assert_int_equal(bl_str_slice(text, 5, 99).len, 2);
    assert_true(bl_str_starts(text, BYLAW_STR(" a")) && !bl_str_starts(text, BYLAW_STR("a")));
    assert_true(bl_str_ends(text, BYLAW_STR("b\n")) && !bl_str_ends(BYLAW_STR("b"), text));
    assert_true(bl_str_compare(BYLAW_STR("a"), BYLAW_STR("ab")) < 0);
    assert_true(bl_str_compare(BYLAW_STR("甲"), BYLAW_STR("z")) > 0);
    assert_int_equal(bl_str_compare((bylaw_str){NULL, 0}, BYLAW_STR("")), 0);
}

static void a_text_is_built_and_remembers_failure(void **state)
{
    (void)state;
    bl_arena arena;
    bylaw_str text = BYLAW_STR("untouched");

    bl_arena_init(&arena, NULL);
    bl_str s = bl_str_init(&arena);

    bl_str_addf(&s, "%s",
                "0123456789012345678901234567890123456789012345678901234567890123456789"
                "0123456789012345678901234567890123456789012345678901234567890123456789");
    bl_str_add_int(&s, INT64_MIN);
    bl_str_add_uint(&s, UINT64_MAX);
    bl_str_add_codepoint(&s, 0x1F600);
    bl_str_add_codepoint(&s, 0x7532);
    bl_str_add_codepoint(&s, 0xE9);
    assert_int_equal(bl_str_take(&text, &s), BYLAW_OK);
    assert_true(bl_str_ends(text, BYLAW_STR("9-922337203685477580818446744073709551615😀甲é")));
    bl_arena_dispose(&arena);
    bl_arena_init(&arena, NULL);
    arena.limit = 5000;
    s = bl_str_init(&arena);
    text = BYLAW_STR("untouched");
    for (int i = 0; i < 10000; i++)
        bl_str_addc(&s, 'x');
    assert_int_equal(bl_str_take(&text, &s), BYLAW_ENOMEM);
    assert_true(bl_str_is(text, "untouched"));
    bl_arena_dispose(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_arena_forgets_and_keeps_its_chunks),
        cmocka_unit_test(a_mark_takes_the_arena_back),
        cmocka_unit_test(an_arena_refuses_what_cannot_be),
        cmocka_unit_test(growing_keeps_what_was_there),
        cmocka_unit_test(a_map_finds_what_it_was_given),
        cmocka_unit_test(the_nearest_name_is_near),
        cmocka_unit_test(distance_counts_edits),
        cmocka_unit_test(distance_is_what_the_whole_table_gives),
        cmocka_unit_test(texts_are_cut_and_found),
        cmocka_unit_test(a_text_is_built_and_remembers_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
