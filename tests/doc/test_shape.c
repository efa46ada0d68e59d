/* tests/doc/test_shape.c: mappings are read by table; every key that cannot be is told. */
#include "fixture.h"

#include "doc/shape.h"

typedef struct norm {
    bylaw_str id;
    bylaw_label says;
    bool open;
    const bl_doc_node *on;
} norm;

static bool read_list(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    return bl_want_list(reader, node) && bl_read_node(reader, node, slot);
}

static const bl_key norm_keys[] = {
    {"id", BL_REQUIRED, bl_read_text, offsetof(norm, id)},
    {"says", BL_REQUIRED, bl_read_label, offsetof(norm, says)},
    {"open", BL_OPTIONAL_KEY, bl_read_bool, offsetof(norm, open)},
    {"on", BL_OPTIONAL_KEY, read_list, offsetof(norm, on)},
    {NULL, 0, NULL, 0},
};

static const bylaw_label what = {{{"要求", 6}, {"the norm", 8}}};

static bool read_norm(fixture *f, const char *text, norm *out)
{
    assert_int_equal(read_text(f, BL_DOC_YAML, bylaw_str_from(text)), BYLAW_OK);
    bl_reader reader = {.arena = &f->arena, .diags = f->diags};

    return bl_shape_read(&reader, f->doc.roots[0], what, norm_keys, out);
}

static void a_good_mapping_fills_the_struct(void **state)
{
    (void)state;
    fixture f;
    norm out = {.open = false};

    assert_true(read_norm(&f, "id: a\nsays: {zh: 甲, en: b}\nopen: 是\non: [x, y]\n", &out));
    assert_true(bl_str_is(out.id, "a"));
    assert_true(bl_str_is(out.says.in[BYLAW_ZH], "甲"));
    assert_true(bl_str_is(out.says.in[BYLAW_EN], "b"));
    assert_true(out.open);
    assert_int_equal(out.on->count, 2);
    assert_int_equal(bylaw_diags_count(f.diags), 0);
    drop(&f);
}

static void what_is_left_empty_is_absent(void **state)
{
    (void)state;
    fixture f;
    norm out = {.open = true};

    assert_true(read_norm(&f, "id: a\nsays: {zh: 甲, en: b}\nopen:\non: ~\n", &out));
    assert_true(out.open);
    assert_null(out.on);
    drop(&f);
}

static const struct shape_case {
    const char *input, *zh, *en;
} shape_cases[] = {
    {"id: a\nsays: {zh: 甲, eng: b}\n",
     "2:1 says 缺英文（en） [missing-translation]\n"
     "2:15 多出 eng 这个键，是不是 en？ [unknown-key]",
     "2:1 says lacks the English (en)\n2:15 unknown key eng; did you mean en?"},
    {"id: a\nsays: {en: b, zh: }\n", "2:1 says 缺中文（zh） [missing-translation]",
     "2:1 says lacks the Chinese (zh)"},
    {"id: a\nsays: 甲\n", "2:7 says 应为一对中英文：{zh: …, en: …} [wrong-type]",
     "2:7 says is a pair of Chinese and English: {zh: …, en: …}"},
    {"id: a\nsays: {zh: [甲], en: b}\n", "2:12 zh 应为一段文字 [wrong-type]", "2:12 zh is a text"},
    {"says: {zh: 甲, en: b}\n", "1:1 要求缺 id [missing-key]", "1:1 the norm lacks id"},
    {"says: &x {zh: 甲, en: b}\nid: *x\n", "1:10 这里应为一段文字 [wrong-type]",
     "1:10 a text is expected here"},
    {"says: {zh: 甲, en: b}\nid: # left\n  [a]\n", "3:3 这里应为一段文字 [wrong-type]",
     "3:3 a text is expected here"},
    {"says: {zh: 甲, en: b}\nid: a\nopen: [yes]\n", "3:7 open 应为是或否 [wrong-type]",
     "3:7 open is yes or no"},
    {"id:\nsays: {zh: 甲, en: b}\n", "1:1 要求的 id 没有填 [missing-key]",
     "1:1 id of the norm is left empty"},
    {"idd: a\nsays: {zh: 甲, en: b}\nzzzzzz: 1\n",
     "1:1 要求缺 id [missing-key]\n1:1 多出 idd 这个键，是不是 id？ [unknown-key]\n"
     "3:1 多出 zzzzzz 这个键 [unknown-key]",
     "1:1 the norm lacks id\n1:1 unknown key idd; did you mean id?\n3:1 unknown key zzzzzz"},
    {"id: [a]\nsays: {zh: 甲, en: b}\nopen: maybe\non: x\n",
     "1:5 id 应为一段文字 [wrong-type]\n3:7 open 应为是或否 [wrong-type]\n"
     "4:5 on 应为一个列表：[…] 或每行一个“- ” [wrong-type]",
     "1:5 id is a text\n3:7 open is yes or no\n4:5 on is a list: […], or one “- ” a line"},
    {"id: a\nsays: {zh: 甲, en: b}\non: ［x, y］\n", "3:5 括号应为半角“[” [syntax]",
     "3:5 the bracket must be a plain “[”"},
    {"- id: a\n", "1:1 这里应为若干行“名称: 值” [wrong-type]",
     "1:1 a mapping of names to values is expected here"},
    {"  members：8\n  yes:5\n",
     "1:10 冒号应为半角“:”，后面空一格：members: 8 [syntax]\n2:6 冒号后面空一格：yes: 5 [syntax]",
     "1:10 the colon must be a plain “:” with a blank behind it: members: 8\n"
     "2:6 put a blank behind the colon: yes: 5"},
    {"id: \"\"\nsays: {zh: 甲, en: b}\n", "1:5 id 应为一段文字 [wrong-type]", "1:5 id is a text"},
};

static void every_key_that_cannot_be_read_is_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shape_cases / sizeof *shape_cases; i++) {
        const struct shape_case *c = &shape_cases[i];
        norm out = {.open = false};
        fixture f;

        assert_false(read_norm(&f, c->input, &out));
        bl_diags_sort(f.diags, 0);
        assert_told(&f, c->input, c->zh, c->en);
        drop(&f);
    }
}

static void a_part_of_a_text_has_its_own_place(void **state)
{
    (void)state;
    fixture f;

    assert_int_equal(read_text(&f, BL_DOC_YAML, BYLAW_STR("a: 'x == y'\nb: >-\n  x\n  y\n")),
                     BYLAW_OK);
    const bl_span part = bl_doc_part(bl_doc_get(f.doc.roots[0], "a"), 5, 6);

    assert_int_equal(bl_place_of(&f.source, part.from).column, 10);
    assert_int_equal(bl_place_of(&f.source, part.to).column, 11);
    /* Folded: only the whole can be pointed at. */
    assert_int_equal(
        bl_place_of(&f.source, bl_doc_part(bl_doc_get(f.doc.roots[0], "b"), 2, 3).from).line, 2);
    drop(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_mapping_fills_the_struct),
        cmocka_unit_test(what_is_left_empty_is_absent),
        cmocka_unit_test(every_key_that_cannot_be_read_is_told),
        cmocka_unit_test(a_part_of_a_text_has_its_own_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
