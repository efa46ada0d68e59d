/* tests/doc/test_json.c: good JSON becomes nodes, one file or a stream of values. */
#include "fixture.h"

static void values_keep_their_text_and_places(void **state)
{
    (void)state;
    fixture f;

    assert_int_equal(
        read_text(&f, BL_DOC_JSON,
                  BYLAW_STR("\xEF\xBB\xBF{\"甲\": [1, -2.5e+3, true, null, \"x\"],\n"
                            " \"\": {}, \"e\": \"\\u0041\\n\\ud83d\\ude00\\u0000/\"}\n")),
        BYLAW_OK);
    assert_int_equal(f.doc.count, 1);
    const bl_doc_node *root = f.doc.roots[0], *list = bl_doc_get(root, "甲");

    assert_int_equal(list->count, 5);
    assert_text(list->items[1], "-2.5e+3");
    assert_true(list->items[1]->number);
    assert_false(list->items[2]->number);
    assert_false(list->items[2]->quoted);
    assert_true(bl_doc_is_empty(list->items[3]));
    assert_text(list->items[4], "x");
    assert_true(list->items[4]->quoted && list->items[4]->exact);
    assert_int_equal(bl_place_of(&f.source, list->items[4]->span.from).column, 32);
    assert_int_equal(bl_doc_get(root, "")->count, 0);
    const bl_doc_node *escaped = bl_doc_get(root, "e");

    assert_false(escaped->exact);
    assert_int_equal(escaped->text.len, 8);
    assert_memory_equal(escaped->text.ptr, "A\n\xF0\x9F\x98\x80\0/", 8);
    assert_int_equal(bl_place_of(&f.source, escaped->span.from).line, 2);
    drop(&f);
}

static void escapes_are_those_of_the_standard(void **state)
{
    (void)state;
    fixture f;

    assert_int_equal(
        read_text(&f, BL_DOC_JSON, BYLAW_STR("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u7532\"]")), BYLAW_OK);
    assert_text(f.doc.roots[0]->items[0], "\"\\/\b\f\n\r\t甲");
    drop(&f);
}

static void nothing_is_no_document(void **state)
{
    (void)state;
    fixture f;

    assert_int_equal(read_text(&f, BL_DOC_JSON, BYLAW_STR(" \n")), BYLAW_OK);
    assert_int_equal(f.doc.count, 0);
    drop(&f);
    assert_int_equal(read_text(&f, BL_DOC_JSON, BYLAW_STR("null")), BYLAW_OK);
    assert_int_equal(f.doc.count, 1);
    assert_null(f.doc.roots[0]);
    drop(&f);
}

static void lines_are_values_each(void **state)
{
    (void)state;
    fixture f;

    assert_int_equal(read_text(&f, BL_DOC_JSONL, BYLAW_STR("{\"a\":1}\n\n{\"a\":2}\n")), BYLAW_OK);
    assert_int_equal(f.doc.count, 2);
    assert_text(bl_doc_get(f.doc.roots[1], "a"), "2");
    drop(&f);
}

static void a_stream_is_read_value_by_value(void **state)
{
    (void)state;
    fixture f;
    const bl_doc_node *value = NULL;
    size_t at = 0;

    assert_int_equal(read_text(&f, BL_DOC_JSONL, BYLAW_STR("")), BYLAW_OK);
    f.source.text = BYLAW_STR(" {\"a\":1} [2] ");
    assert_int_equal(bl_document_next(&value, &f.source, &at, NULL, &f.arena, f.diags), BYLAW_OK);
    assert_text(bl_doc_get(value, "a"), "1");
    assert_int_equal(at, 9);
    assert_int_equal(bl_document_next(&value, &f.source, &at, NULL, &f.arena, f.diags), BYLAW_OK);
    assert_int_equal(value->count, 1);
    assert_int_equal(bl_document_next(&value, &f.source, &at, NULL, &f.arena, f.diags), BYLAW_OK);
    assert_null(value);
    f.source = (bl_source){.name = BYLAW_STR("流"),
                           .text = BYLAW_STR("{\"a\":1,}"),
                           .first_line = 41}; /* line 42 of a stream */
    at = 0;
    assert_int_equal(bl_document_next(&value, &f.source, &at, NULL, &f.arena, f.diags),
                     BYLAW_EINPUT);
    assert_int_equal(at, 0); /* untouched on failure */
    assert_int_equal(bylaw_diags_get(f.diags, 0)->line, 42);
    drop(&f);
}

static void the_name_tells_the_format(void **state)
{
    (void)state;
    static const struct name_case {
        const char *name;
        bylaw_status status;
    } cases[] = {
        {"a.json", BYLAW_EINPUT}, {"a.jsonl", BYLAW_EINPUT}, {"a.yaml", BYLAW_OK}, {"-", BYLAW_OK}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture f;

        assert_int_equal(read_text(&f, BL_DOC_YAML, BYLAW_STR("")), BYLAW_OK);
        f.source = (bl_source){.name = bylaw_str_from(cases[i].name), .text = BYLAW_STR("a: 1")};
        assert_int_equal(
            bl_document_read(&f.doc, &f.source, BL_DOC_BY_NAME, NULL, &f.arena, f.diags),
            cases[i].status);
        drop(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_keep_their_text_and_places),
        cmocka_unit_test(escapes_are_those_of_the_standard),
        cmocka_unit_test(nothing_is_no_document),
        cmocka_unit_test(lines_are_values_each),
        cmocka_unit_test(a_stream_is_read_value_by_value),
        cmocka_unit_test(the_name_tells_the_format),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
