/* tests/doc/test_yaml.c: good YAML becomes nodes whose places lead back into the file. */
#include "fixture.h"

static void a_mapping_is_read_with_its_places(void **state)
{
    (void)state;
    fixture f;

    assert_int_equal(read_text(&f, BL_DOC_YAML,
                               BYLAW_STR("# 提案\naction: 决议\nfacts:\n  vote: {yes: 5, no: 2}\n"
                                         "  roll: [甲, 乙]\ndate:\n")),
                     BYLAW_OK);
    assert_int_equal(f.doc.count, 1);
    const bl_doc_node *root = f.doc.roots[0];

    assert_int_equal(root->count, 3);
    assert_text(bl_doc_get(root, "action"), "决议");
    assert_int_equal(bl_place_of(&f.source, bl_doc_get(root, "action")->span.from).column, 9);
    const bl_doc_node *yes = bl_doc_get(bl_doc_get(bl_doc_get(root, "facts"), "vote"), "yes");

    assert_text(yes, "5");
    assert_true(yes->exact);
    assert_int_equal(bl_place_of(&f.source, yes->span.from).line, 4);
    assert_int_equal(bl_place_of(&f.source, yes->span.from).column, 15);
    assert_int_equal(bl_doc_get(bl_doc_get(root, "facts"), "roll")->count, 2);
    assert_true(bl_doc_is_empty(bl_doc_get(root, "date")));
    assert_true(bl_doc_is_empty(bl_doc_get(root, "nothing")));
    drop(&f);
}

/* Text after reading, and whether an offset into it leads to the same byte of the file. */
static const struct scalar_case {
    const char *yaml, *text;
    bool quoted, exact;
} scalar_cases[] = {
    {"a: x == 'y'", "x == 'y'", false, true},
    {"a: 'x y'", "x y", true, true},
    {"a: 'it''s'", "it's", true, false},
    {"a: \"x y\"", "x y", true, true},
    {"a: \"x\\ty\"", "x\ty", true, false},
    {"a: &b x", "x", false, true},
    {"a: |\n  x == y\n", "x == y\n", true, true},
    {"a: |-\n  x == y\n", "x == y", true, true},
    {"a: >-\n  x ==\n  y\n", "x == y", true, false},
    {"a: x\n  y\n", "x y", false, false},
    {"a: ~", "~", false, true},
    {"a: 1/2 # half", "1/2", false, true},
};

static void scalars_keep_their_text_and_lead_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof scalar_cases / sizeof *scalar_cases; i++) {
        const struct scalar_case *c = &scalar_cases[i];
        fixture f;

        assert_int_equal(read_text(&f, BL_DOC_YAML, bylaw_str_from(c->yaml)), BYLAW_OK);
        const bl_doc_node *node = bl_doc_get(f.doc.roots[0], "a");

        assert_text(node, c->text);
        if (node->quoted != c->quoted || node->exact != c->exact)
            fail_msg("%s: quoted %d exact %d", c->yaml, node->quoted, node->exact);
        if (node->exact)
            assert_memory_equal(f.source.text.ptr + node->span.from + node->inner, node->text.ptr,
                                node->text.len);
        drop(&f);
    }
}

/* Of a mapping or list: what the source holds between its first and its last byte. */
static const struct span_case {
    const char *yaml, *span;
} span_cases[] = {
    {"a:\n  b: 1\n  c: 2 # two\n\nd: 3\n", "b: 1\n  c: 2"},
    {"a: {b: 1, c: 2}   # x\n", "{b: 1, c: 2}"},
    {"a: &x [1,\n  2]\nb: 1\n", "[1,\n  2]"},
    {"a:\n  - x: 1\n  - [y]\n", "- x: 1\n  - [y]"},
    {"a:\n  b: 1\n  c:\n# end\n", "b: 1\n  c:"},
    {"a: {}\n", "{}"},
    {"a:\n  b: &y 1\n  c: *y\nd: 1\n", "b: &y 1\n  c: *y"},
};

static void a_collection_spans_its_content(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof span_cases / sizeof *span_cases; i++) {
        fixture f;

        assert_int_equal(read_text(&f, BL_DOC_YAML, bylaw_str_from(span_cases[i].yaml)), BYLAW_OK);
        const bl_span span = bl_doc_get(f.doc.roots[0], "a")->span;
        const bylaw_str text = bl_str_slice(f.source.text, span.from, span.to);

        if (!bl_str_is(text, span_cases[i].span))
            fail_msg("%s: %.*s", span_cases[i].yaml, (int)text.len, text.ptr);
        drop(&f);
    }
}

static void several_documents_and_empty_ones(void **state)
{
    (void)state;
    fixture f;

    assert_int_equal(read_text(&f, BL_DOC_YAML, BYLAW_STR("a: 1\n---\n---\nb: 2\n...\n")),
                     BYLAW_OK);
    assert_int_equal(f.doc.count, 3);
    assert_non_null(f.doc.roots[0]);
    assert_null(f.doc.roots[1]);
    assert_text(bl_doc_get(f.doc.roots[2], "b"), "2");
    drop(&f);
    assert_int_equal(read_text(&f, BL_DOC_YAML, BYLAW_STR("# nothing\n")), BYLAW_OK);
    assert_int_equal(f.doc.count, 0);
    drop(&f);
    assert_int_equal(read_text(&f, BL_DOC_YAML, BYLAW_STR("")), BYLAW_OK);
    assert_int_equal(f.doc.count, 0);
    drop(&f);
}

static void a_byte_order_mark_moves_no_place(void **state)
{
    (void)state;
    fixture f;

    assert_int_equal(read_text(&f, BL_DOC_YAML,
                               BYLAW_STR("\xEF\xBB\xBF"
                                         "a: 甲乙\nb: 丙\n")),
                     BYLAW_OK);
    const bl_doc_node *b = bl_doc_get(f.doc.roots[0], "b");

    assert_text(b, "丙");
    assert_true(b->exact);
    assert_int_equal(bl_place_of(&f.source, b->span.from).column, 4);
    drop(&f);
}

static void an_alias_is_the_same_node(void **state)
{
    (void)state;
    fixture f;

    assert_int_equal(read_text(&f, BL_DOC_YAML, BYLAW_STR("a: &n [1, 2]\nb: *n\n")), BYLAW_OK);
    assert_ptr_equal(bl_doc_get(f.doc.roots[0], "a"), bl_doc_get(f.doc.roots[0], "b"));
    drop(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mapping_is_read_with_its_places),
        cmocka_unit_test(scalars_keep_their_text_and_lead_back),
        cmocka_unit_test(a_collection_spans_its_content),
        cmocka_unit_test(several_documents_and_empty_ones),
        cmocka_unit_test(a_byte_order_mark_moves_no_place),
        cmocka_unit_test(an_alias_is_the_same_node),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
