/* tests/doc/test_packed.c: a packed document is the same tree again, for every kind of node and
 * every bundled file. */
#include "support.h"

#include "doc/packed.h"
#include "rules/bundled.h"

static void assert_same(const bl_doc_node *a, const bl_doc_node *b)
{
    assert_int_equal(a->shape, b->shape);
    assert_int_equal(a->quoted, b->quoted);
    assert_int_equal(a->exact, b->exact);
    assert_int_equal(a->number, b->number);
    assert_int_equal(a->inner, b->inner);
    assert_int_equal(a->span.from, b->span.from);
    assert_int_equal(a->span.to, b->span.to);
    assert_int_equal(a->count, b->count);
    if (a->shape == BL_DOC_SCALAR)
        assert_true(bl_str_equal(a->text, b->text));
    for (size_t i = 0; i < a->count; i++) {
        if (a->shape == BL_DOC_MAP) {
            assert_same(a->pairs[i].key, b->pairs[i].key);
            assert_same(a->pairs[i].value, b->pairs[i].value);
        } else {
            assert_same(a->items[i], b->items[i]);
        }
    }
}

static void assert_round_trip(bylaw_str text)
{
    const bl_source source = {.name = BYLAW_STR("x.yaml"), .text = text};
    bl_arena arena;
    bl_document document;
    bylaw_str packed;

    bl_arena_init(&arena, NULL);
    bl_str out = bl_str_init(&arena);

    assert_int_equal(bl_document_read(&document, &source, BL_DOC_YAML, NULL, &arena, NULL),
                     BYLAW_OK);
    bl_document_pack(&out, document.roots[0]);
    assert_int_equal(bl_str_take(&packed, &out), BYLAW_OK);
    const bl_doc_node *again = bl_document_unpack(packed, &source, &arena);

    assert_non_null(again);
    assert_same(document.roots[0], again);
    /* cut anywhere, it is no tree, and nothing is read beyond the end */
    for (size_t n = 0; n < packed.len && n < 200; n++) {
        char *copy = malloc(n + 1);

        memcpy(copy, packed.ptr, n);
        assert_null(bl_document_unpack((bylaw_str){copy, n}, &source, &arena));
        free(copy);
    }
    bl_arena_dispose(&arena);
}

static void every_kind_of_node_comes_back(void **state)
{
    (void)state;
    assert_round_trip(
        BYLAW_STR("a: 1\nb: [x, 'it''s', \"t\\tab\", ~]\nc: {d: {}, e: []}\nf: |\n  two\n  lines\n"
                  "g: &g {h: 甲}\ni: *g\n"));
    assert_round_trip(BYLAW_STR("only a scalar"));
}

static void every_bundled_file_comes_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < bl_bundled_file_count; i++)
        assert_round_trip(bl_bundled_files[i].text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_node_comes_back),
        cmocka_unit_test(every_bundled_file_comes_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
