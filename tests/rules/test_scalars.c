/* tests/rules/test_scalars.c: facts as people write them, and what is told of those that cannot be
 * read exactly. */
#include "fixture.h"

static const char words[] =
    "ruleset: words\n"
    "title: {zh: 词, en: words}\n"
    "uses: [assembly]\n"
    "types:\n"
    "  row: {name: {type: name, zh: 姓名, en: name}, terms: {type: count, zh: 届数, en: terms},\n"
    "        to: {type: \"date?\", zh: 止, en: to}}\n"
    "facts:\n"
    "  f.int: {type: int, zh: 整数, en: number}\n"
    "  f.count: {type: count, zh: 人数, en: persons}\n"
    "  f.share: {type: fraction, zh: 比例, en: share}\n"
    "  f.flag: {type: bool, zh: 公开, en: open}\n"
    "  f.flag_or_none: {type: \"bool?\", zh: 表态, en: stand}\n"
    "  f.text: {type: text, zh: 说明, en: remark}\n"
    "  f.name: {type: name, zh: 提名人, en: nominator}\n"
    "  f.name_or_none: {type: \"name?\", zh: 代理人, en: proxy}\n"
    "  f.date: {type: date, zh: 日期, en: day}\n"
    "  f.actor: {type: actor, zh: 职务, en: office}\n"
    "  f.actor_or_none: {type: \"actor?\", zh: 机关, en: organ}\n"
    "  f.kind: {type: kind, zh: 事项, en: kind of act}\n"
    "  f.dates: {type: list(date), zh: 开会日期, en: meetings}\n"
    "  f.counts: {type: list(count), zh: 票数, en: counts}\n"
    "  f.rows: {type: list(row), zh: 候选人, en: candidates}\n"
    "provisions: wcasp\n"
    "norms: []\n";

/* expected: the value as bl_value_write writes it; or the Chinese and the English message. */
static const struct scalar_case {
    const char *fact, *written, *expected, *english;
} scalar_cases[] = {
    {"f.int", "8", "8", NULL},
    {"f.int", "８", "8", NULL},
    {"f.int", "八", "8", NULL},
    {"f.int", "一百零五", "105", NULL},
    {"f.int", "'8'", "8", NULL},
    {"f.int", "-3", "-3", NULL},
    {"f.int", "9223372036854775807", "9223372036854775807", NULL},
    {"f.int", "9223372036854775808", "整数太大，读不了：9223372036854775808",
     "number is too large to be read: 9223372036854775808"},
    {"f.int", "1,000", "整数应为整数，不能是“1,000”；不知道就留空",
     "number is a whole number, not 1,000; leave it empty if it is not known"},
    {"f.int", "8.0", "整数应为整数，不能是“8.0”；不知道就留空",
     "number is a whole number, not 8.0; leave it empty if it is not known"},
    {"f.int", "1e3", "整数应为整数，不能是“1e3”；不知道就留空",
     "number is a whole number, not 1e3; leave it empty if it is not known"},
    {"f.int", "0x10", "整数应为整数，不能是“0x10”；不知道就留空",
     "number is a whole number, not 0x10; leave it empty if it is not known"},
    {"f.int", "none", "整数不能是“none”；不知道就留空",
     "number cannot be none; leave it empty if it is not known"},
    {"f.int", "[8]", "整数应为一个值，不能是列表或另一组内容",
     "number is a single value, not a list or a mapping"},
    {"f.count", "0", "0", NULL},
    {"f.count", "-1", "人数不能是负数：-1", "persons cannot be negative: -1"},
    {"f.count", "多数", "人数应为整数，不能是“多数”；不知道就留空",
     "persons is a whole number, not 多数; leave it empty if it is not known"},
    {"f.share", "2/3", "fraction(2, 3)", NULL},
    {"f.share", "4/6", "fraction(2, 3)", NULL},
    {"f.share", "三分之二", "fraction(2, 3)", NULL},
    {"f.share", "0.5", "比例应为分数，例如 2/3，不能是“0.5”；不知道就留空",
     "share is a fraction such as 2/3, not 0.5; leave it empty if it is not known"},
    {"f.share", "半数", "比例应为分数，例如 2/3，不能是“半数”；不知道就留空",
     "share is a fraction such as 2/3, not 半数; leave it empty if it is not known"},
    {"f.flag", "true", "true", NULL},
    {"f.flag", "yes", "true", NULL},
    {"f.flag", "是", "true", NULL},
    {"f.flag", "有", "true", NULL},
    {"f.flag", "no", "false", NULL},
    {"f.flag", "否", "false", NULL},
    {"f.flag", "无", "false", NULL},
    {"f.flag", "on", "公开应为是或否，不能是“on”；不知道就留空",
     "open is yes or no, not on; leave it empty if it is not known"},
    {"f.flag", "1", "公开应为是或否，不能是“1”；不知道就留空",
     "open is yes or no, not 1; leave it empty if it is not known"},
    {"f.flag", "none", "公开不能是“none”；不知道就留空",
     "open cannot be none; leave it empty if it is not known"},
    {"f.flag_or_none", "无", "null", NULL},
    {"f.flag_or_none", "否", "false", NULL},
    {"f.text", "no", "\"no\"", NULL},
    {"f.text", "2020-09-18", "\"2020-09-18\"", NULL},
    {"f.text", "'无'", "\"无\"", NULL},
    {"f.text", "无", "说明不能是“无”；不知道就留空",
     "remark cannot be 无; leave it empty if it is not known"},
    {"f.name", "张三", "\"张三\"", NULL},
    {"f.name", "' 张三 '", "\"张三\"", NULL},
    {"f.name", "12", "\"12\"", NULL},
    {"f.name", "'  '", "提名人应为名称，不能是空白", "nominator is a name, not blanks"},
    {"f.name_or_none", "none", "null", NULL},
    {"f.name_or_none", "'none'", "\"none\"", NULL},
    {"f.date", "2026-11-21", "date(\"2026-11-21\")", NULL},
    {"f.date", "2026年11月21日", "date(\"2026-11-21\")", NULL},
    {"f.date", "2026/11/21", "date(\"2026-11-21\")", NULL},
    {"f.date", "2026-11-21T09:30", "date(\"2026-11-21\")", NULL},
    {"f.date", "2026-02-30", "没有2026年2月30日这一天", "there is no 30 February 2026"},
    {"f.date", "2026年13月1日", "没有2026年13月1日这一天", "there is no day 1 of month 13 of 2026"},
    {"f.date", "明天", "日期应为日期，例如 2026-11-21，不能是“明天”；不知道就留空",
     "day is a date such as 2026-11-21, not 明天; leave it empty if it is not known"},
    {"f.actor", "chair", "\"chair\"", NULL},
    {"f.actor", "主席", "\"chair\"", NULL},
    {"f.actor", "vice-chair", "\"vice_chair\"", NULL},
    {"f.actor", "中国科协常务委员会", "\"cast_standing_committee\"", NULL},
    {"f.actor", "会长", "职务没有“会长”，可填哪些：bylaw help actor",
     "office cannot be 会长; see bylaw help actor"},
    {"f.actor", "副主度", "职务没有“副主度”，是不是 vice_chair（副主席）？",
     "office cannot be 副主度; did you mean vice_chair?"},
    {"f.actor", "无", "职务不能是“无”；不知道就留空",
     "office cannot be 无; leave it empty if it is not known"},
    {"f.actor_or_none", "无", "null", NULL},
    {"f.kind", "解散", "\"dissolution\"", NULL},
    {"f.dates", "[]", "[]", NULL},
    {"f.dates", "无", "[]", NULL},
    {"f.dates", "[2026-01-01, 2026年1月2日]", "[date(\"2026-01-01\"), date(\"2026-01-02\")]", NULL},
    {"f.dates", "2026-01-01", "开会日期应为列表：[…] 或每行一个“- ”；一个也没有就写 []",
     "meetings is a list: […], or one “- ” a line; write [] for none"},
    {"f.dates", "[2026-01-01, soon]",
     "开会日期应为日期，例如 2026-11-21，不能是“soon”；不知道就留空",
     "meetings is a date such as 2026-11-21, not soon; leave it empty if it is not known"},
    {"f.counts", "[1, -1]", "票数不能是负数：-1", "counts cannot be negative: -1"},
    {"f.rows", "[{name: 张三, terms: 2, to: none}]", "[{name: \"张三\", terms: 2, to: null}]",
     NULL},
    {"f.rows", "[{姓名: 张三, 届数: 二, to: 2026-01-01}]",
     "[{name: \"张三\", terms: 2, to: date(\"2026-01-01\")}]", NULL},
    {"f.rows", "[{name: 张三, term: 2}]", "候选人没有 term 这一栏，是不是 terms？",
     "candidates has no field term; did you mean terms?"},
    {"f.rows", "[{name: 张三, terms: -2, to: none}]", "候选人的届数不能是负数：-2",
     "terms of candidates cannot be negative: -2"},
    {"f.rows", "[{name: 张三, 姓名: 李四}]", "候选人的 name 写了两次",
     "name of candidates is given twice"},
    {"f.rows", "[张三]", "候选人的每一个应写成 {name: …, terms: …, to: …}",
     "each of candidates is written {name: …, terms: …, to: …}"},
};

typedef struct fixture {
    bylaw_ruleset *set;
    bylaw_diags *diags;
    bl_arena arena;
} fixture;

static int load_words(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    texts t = fixture_texts();
    const bylaw_resolver resolver = {find_text, &t};

    assert_non_null(f);
    bl_arena_init(&f->arena, NULL);
    assert_int_equal(bylaw_diags_new(&f->diags, NULL), BYLAW_OK);
    assert_int_equal(bylaw_ruleset_read(&f->set, BYLAW_STR("words.yaml"), bylaw_str_from(words),
                                        &resolver, NULL, f->diags),
                     BYLAW_OK);
    free_texts(&t);
    *state = f;
    return 0;
}

static int free_words(void **state)
{
    fixture *f = *state;

    bylaw_ruleset_free(f->set);
    bylaw_diags_free(f->diags);
    bl_arena_dispose(&f->arena);
    free(f);
    return 0;
}

static const bl_doc_node *written_node(fixture *f, const char *written)
{
    bl_source *source = BL_NEW(&f->arena, bl_source);
    bl_str text = bl_str_init(&f->arena);
    bl_document document;

    bl_str_addf(&text, "x: %s\n", written);
    source->text = bl_str_view(&text);
    assert_int_equal(bl_document_read(&document, source, BL_DOC_YAML, NULL, &f->arena, f->diags),
                     BYLAW_OK);
    return bl_doc_get(document.roots[0], "x");
}

static bool read_fact(fixture *f, bl_value *out, const char *name, const char *written)
{
    const bl_fact *fact = bl_map_get(&f->set->fact_index, bylaw_str_from(name));

    assert_non_null(fact);
    const bl_fact_view view = {fact->type, fact->label, fact->is_count, fact->slot, false};

    bylaw_diags_clear(f->diags);
    return bl_value_read(out, written_node(f, written), &view, &f->arena, f->diags);
}

static void scalars_are_read_by_the_type_expected(void **state)
{
    fixture *f = *state;
    size_t wrong = 0;

    for (size_t i = 0; i < sizeof scalar_cases / sizeof *scalar_cases; i++) {
        const struct scalar_case *c = &scalar_cases[i];
        bl_value value = bl_int(-77);
        bl_str zh = bl_str_init(&f->arena), en = bl_str_init(&f->arena);

        if (read_fact(f, &value, c->fact, c->written)) {
            assert_int_equal(bylaw_diags_count(f->diags), 0);
            bl_value_write(&zh, value);
        } else {
            assert_int_equal(value.as.i, -77); /* untouched */
            assert_int_equal(bylaw_diags_count(f->diags), 1);
            bl_str_add(&zh, bylaw_diags_get(f->diags, 0)->message.in[BYLAW_ZH]);
            bl_str_add(&en, bylaw_diags_get(f->diags, 0)->message.in[BYLAW_EN]);
        }
        if (!bl_str_is(bl_str_view(&zh), c->expected) ||
            (c->english == NULL ? en.len > 0 : !bl_str_is(bl_str_view(&en), c->english))) {
            fprintf(stderr, "%s: %s\n    %.*s\n    %.*s\n", c->fact, c->written, (int)zh.len,
                    zh.len > 0 ? zh.ptr : "", (int)en.len, en.len > 0 ? en.ptr : "");
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void what_is_left_empty_in_a_list_is_unknown_with_its_place(void **state)
{
    fixture *f = *state;
    bl_value value;

    assert_true(read_fact(f, &value, "f.rows", "[{name: 张三, terms: }, {terms: 1, to: none}]"));
    const bl_record *first = value.as.list->items[0].as.record;
    const bl_record *second = value.as.list->items[1].as.record;
    const bl_fact *rows = bl_map_get(&f->set->fact_index, BYLAW_STR("f.rows"));

    assert_int_equal(first->fields[1].kind, BL_UNKNOWN);
    assert_int_equal(first->fields[1].as.unknown->attrs[0]->slot, rows->slot);
    assert_true(bl_str_is(first->fields[1].as.unknown->attrs[0]->path, "[0].terms"));
    assert_true(bl_str_is(first->fields[2].as.unknown->attrs[0]->path, "[0].to"));
    assert_true(bl_str_is(second->fields[0].as.unknown->attrs[0]->path, "[1].name"));
    assert_int_equal(second->fields[2].kind, BL_NULL);

    assert_true(read_fact(f, &value, "f.dates", "[2026-01-01, ~]"));
    assert_true(bl_str_is(value.as.list->items[1].as.unknown->attrs[0]->path, "[1]"));
}

static void every_mistake_of_a_list_is_told(void **state)
{
    fixture *f = *state;
    bl_value value;

    assert_false(read_fact(f, &value, "f.rows",
                           "[{name: ' ', terms: x, to: 2026-02-30}, 李四, {nam: 王五}]"));
    assert_int_equal(bylaw_diags_errors(f->diags), 5);
}

static void a_label_that_two_values_share_names_neither(void **state)
{
    static bl_enum_value a = {.id = {"a", 1}, .label = {{{"同", 3}, {"same", 4}}}},
                         b = {.id = {"b", 1}, .label = {{{"同", 3}, {"other", 5}}}};
    static bl_enum_value *const values[] = {&a, &b};
    const bl_enum e = {.values = values, .count = 2};

    (void)state;
    assert_null(bl_enum_find(&e, BYLAW_STR("同")));
    assert_ptr_equal(bl_enum_find(&e, BYLAW_STR("same")), &a);
    assert_ptr_equal(bl_enum_find(&e, BYLAW_STR("b")), &b);
    assert_true(bl_str_is(bl_enum_nearest(&e, BYLAW_STR("sama")), "a"));
    assert_int_equal(bl_enum_nearest(&e, BYLAW_STR("nothing")).len, 0);
}

typedef struct sweep {
    const bl_doc_node *node;
    bl_fact_view view;
} sweep;

static bylaw_status read_once(const bylaw_allocator *allocator, void *data)
{
    const sweep *s = data;
    bl_arena arena;
    bylaw_diags *diags = NULL;
    bl_value value;
    bylaw_status status = bylaw_diags_new(&diags, allocator);

    bl_arena_init(&arena, allocator);
    if (status == BYLAW_OK && !bl_value_read(&value, s->node, &s->view, &arena, diags)) {
        assert_int_equal(bylaw_diags_count(diags), 0); /* that is how it is told */
        status = BYLAW_ENOMEM;
    }
    bl_arena_dispose(&arena);
    bylaw_diags_free(diags);
    return status;
}

static void running_out_of_memory_tells_nothing(void **state)
{
    fixture *f = *state;
    bl_str text = bl_str_init(&f->arena);
    const bl_fact *rows = bl_map_get(&f->set->fact_index, BYLAW_STR("f.rows"));

    bl_str_addc(&text, '[');
    for (int i = 0; i < 300; i++)
        bl_str_addf(&text, "%s{name: 成员%d, terms: }", i > 0 ? ", " : "", i);
    bl_str_addc(&text, ']');
    bl_str_addc(&text, '\0');
    sweep s = {written_node(f, text.ptr), {rows->type, rows->label, false, rows->slot, false}};

    assert_fault_sweep(read_once, &s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(scalars_are_read_by_the_type_expected, load_words,
                                        free_words),
        cmocka_unit_test_setup_teardown(what_is_left_empty_in_a_list_is_unknown_with_its_place,
                                        load_words, free_words),
        cmocka_unit_test_setup_teardown(every_mistake_of_a_list_is_told, load_words, free_words),
        cmocka_unit_test(a_label_that_two_values_share_names_neither),
        cmocka_unit_test_setup_teardown(running_out_of_memory_tells_nothing, load_words,
                                        free_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
