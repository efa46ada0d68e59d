/* value/value.c, compare.c, write.c: makers, equality, order, unknowns, the text of a value. */
#include "value/type.h"

#include "support.h"

#include <math.h>

static bl_arena arena;

static bl_value str(const char *text)
{
    return bl_string_value(&arena, bylaw_str_from(text));
}

static bl_value name(const char *text)
{
    return bl_name_value(&arena, bylaw_str_from(text));
}

static bl_value frac(int64_t num, int64_t den)
{
    return bl_fraction_value(&arena, (bylaw_fraction){num, den});
}

static bl_value list(size_t n, ...)
{
    bl_value *items = BL_NEW_N(&arena, bl_value, n + 1);
    va_list args;

    va_start(args, n);
    for (size_t i = 0; i < n; i++)
        items[i] = va_arg(args, bl_value);
    va_end(args);
    return bl_list_value(&arena, items, n);
}

static bl_value map_of(size_t n, ...)
{
    bl_map_pair *pairs = BL_NEW_N(&arena, bl_map_pair, n + 1);
    va_list args;

    va_start(args, n);
    for (size_t i = 0; i < n; i++) {
        pairs[i].key = va_arg(args, bl_value);
        pairs[i].value = va_arg(args, bl_value);
    }
    va_end(args);
    return bl_map_value(&arena, pairs, n);
}

static bl_attr attrs[3] = {{1, {NULL, 0}}, {2, {NULL, 0}}, {2, {"[0].by", 6}}};

static bl_value unknown(size_t i)
{
    return bl_unknown_value(&arena, &attrs[i]);
}

static const char *text_of(bl_value v)
{
    bylaw_str text;
    bl_str out = bl_str_init(&arena);

    bl_value_write(&out, v);
    assert_int_equal(bl_str_take(&text, &out), BYLAW_OK);
    return text.ptr;
}

#define assert_text(v, text) assert_string_equal(text_of(v), text)
#define assert_equal_is(a, b, text)                                                                \
    do {                                                                                           \
        assert_text(bl_value_equal(&arena, (a), (b)), (text));                                     \
        if ((text)[0] != 'u')                                                                      \
            assert_text(bl_value_equal(&arena, (b), (a)), (text));                                 \
    } while (0)

static void numbers_are_equal_across_kinds(void **state)
{
    (void)state;
    assert_equal_is(bl_int(1), bl_uint(1), "true");
    assert_equal_is(bl_int(1), bl_double(1), "true");
    assert_equal_is(bl_int(-1), bl_uint(UINT64_MAX), "false");
    assert_equal_is(bl_uint(UINT64_MAX), bl_double(0x1p64), "true");
    assert_equal_is(bl_int(2), frac(2, 1), "true");
    assert_equal_is(frac(1, 2), bl_double(0.5), "false"); /* no floating point beside fractions */
    assert_equal_is(bl_double((double)NAN), bl_double((double)NAN), "false");
    assert_equal_is(bl_double(-0.0), bl_double(0.0), "true");
    assert_equal_is(bl_int(1), str("1"), "false");
    assert_equal_is(bl_int(1), bl_bool(true), "false");
    assert_equal_is(BL_NULL_VALUE, BL_NULL_VALUE, "true");
    assert_equal_is(BL_NULL_VALUE, bl_int(0), "false");
}

static void order_mixes_numbers(void **state)
{
    (void)state;
    assert_int_equal(bl_value_compare(bl_int(-1), bl_uint(0)), -1);
    assert_int_equal(bl_value_compare(bl_uint(UINT64_MAX), bl_int(INT64_MAX)), 1);
    /* CEL rounds the int to a double. */
    assert_int_equal(bl_value_compare(bl_int(INT64_MAX), bl_double(0x1p63)), 0);
    assert_int_equal(bl_value_compare(bl_double((double)NAN), bl_int(0)), 2);
    assert_int_equal(bl_value_compare(frac(2, 3), frac(3, 4)), -1);
    assert_int_equal(bl_value_compare(frac(INT64_MAX, 2), bl_int(INT64_MAX)), -1);
    assert_int_equal(bl_value_compare(bl_uint(UINT64_MAX), frac(INT64_MAX, 1)), 1);
    assert_int_equal(bl_value_compare(frac(1, 2), bl_double(0.5)), 2);
    assert_int_equal(bl_value_compare(str("a"), str("b")), -1);
    assert_int_equal(bl_value_compare(str("a"), bl_int(1)), 2);
    assert_int_equal(bl_value_compare(bl_bool(false), bl_bool(true)), -1);
    assert_int_equal(bl_value_compare(bl_date_value(1), bl_date_value(2)), -1);
    assert_int_equal(bl_value_compare(BL_NULL_VALUE, BL_NULL_VALUE), 2);
    assert_int_equal(bl_value_compare(list(0), list(0)), 2);
}

static void lists_and_maps_are_equal_deep_down(void **state)
{
    (void)state;
    assert_equal_is(list(2, bl_int(1), str("a")), list(2, bl_double(1), str("a")), "true");
    assert_equal_is(list(1, bl_int(1)), list(2, bl_int(1), bl_int(1)), "false");
    assert_equal_is(map_of(2, str("a"), bl_int(1), bl_int(2), bl_int(3)),
                    map_of(2, bl_uint(2), bl_double(3), str("a"), bl_int(1)), "true");
    assert_equal_is(map_of(1, str("a"), bl_int(1)), map_of(1, str("b"), bl_int(1)), "false");
    const bl_value one = bl_int(1);

    assert_equal_is(bl_optional_value(&arena, &one), bl_optional_value(&arena, &one), "true");
    assert_equal_is(bl_optional_value(&arena, &one), bl_optional_value(&arena, NULL), "false");
    assert_equal_is(bl_type_value(BL_SIMPLE(LIST)),
                    bl_type_value(bl_type_list(&arena, BL_SIMPLE(INT))), "true");
}

static void a_known_difference_outweighs_the_unknown(void **state)
{
    (void)state;
    assert_equal_is(list(2, unknown(0), bl_int(1)), list(2, bl_int(5), bl_int(2)), "false");
    assert_equal_is(list(2, unknown(0), bl_int(1)), list(2, bl_int(5), bl_int(1)), "unknown(#1)");
    assert_equal_is(list(2, unknown(1), unknown(0)), list(2, bl_int(5), bl_int(1)),
                    "unknown(#1, #2)");
    assert_equal_is(unknown(0), unknown(2), "unknown(#1, #2[0].by)");
    assert_equal_is(unknown(0), bl_oom_value(), "error(\"out of memory\")");
}

static void unknowns_merge_without_repetition(void **state)
{
    (void)state;
    bl_value all = bl_unknown_merge(&arena, unknown(2), unknown(0));

    all = bl_unknown_merge(&arena, all, unknown(1));
    all = bl_unknown_merge(&arena, all, unknown(0));
    assert_text(all, "unknown(#1, #2, #2[0].by)");
    assert_text(bl_unknown_merge(&arena, bl_int(1), unknown(0)), "unknown(#1)");
    assert_text(bl_unknown_merge(&arena, unknown(0), bl_int(1)), "unknown(#1)");
    assert_text(bl_unknown_merge(&arena, unknown(0), bl_oom_value()), "error(\"out of memory\")");
}

static void names_are_equal_by_key_and_look_alikes_are_unknown(void **state)
{
    (void)state;
    assert_equal_is(name("西部 ＡＢ"), name("西部ab"), "true");
    assert_equal_is(name("國學會"), name("国学会"), "true");
    assert_equal_is(name("张三"), name("李四"), "false");
    assert_equal_is(name("期刊1社"), name("期刊l社"), "unknown(\"期刊1社\" ~ \"期刊l社\")");
    assert_equal_is(name("张三"), str("张 三"), "true");
}

static void a_list_knows_near_misses(void **state)
{
    (void)state;
    const bl_value roll = list(3, name("甲学会"), name("乙学会"), name("期刊末来社"));

    assert_text(bl_value_in_list(&arena, name("甲學會"), roll.as.list), "true");
    assert_text(bl_value_in_list(&arena, name("期刊未来社"), roll.as.list),
                "unknown(\"期刊未来社\" ~ \"期刊末来社\")");
    /* One off from two names: not a slip of the pen. */
    assert_text(bl_value_in_list(&arena, name("丙学会"), roll.as.list), "false");
    assert_text(bl_value_in_list(&arena, name("外人"), roll.as.list), "false");
    const bl_value partly = list(2, unknown(0), name("乙"));

    assert_text(bl_value_in_list(&arena, name("乙"), partly.as.list), "true");
    assert_text(bl_value_in_list(&arena, name("丁"), partly.as.list), "unknown(#1)");
    assert_text(
        bl_value_in_list(&arena, bl_double((double)NAN), list(1, bl_double((double)NAN)).as.list),
        "false");
    assert_text(bl_value_in_list(&arena, bl_uint(2), list(2, bl_int(1), bl_int(2)).as.list),
                "true");
}

static void maps_find_keys_across_kinds(void **state)
{
    (void)state;
    enum { N = 500 };
    bl_map_pair *pairs = BL_NEW_N(&arena, bl_map_pair, N + 2);

    for (int i = 0; i < N; i++)
        pairs[i] =
            (bl_map_pair){i % 2 == 0 ? bl_int(i) : bl_uint((uint64_t)i), bl_int((int64_t)i * 10)};
    pairs[N] = (bl_map_pair){bl_uint(UINT64_MAX), str("most")};
    pairs[N + 1] = (bl_map_pair){bl_bool(true), str("true")};
    for (size_t count = 0; count <= N; count += 250) {
        const bl_value map = bl_map_value(&arena, pairs, count);

        for (int i = 0; i < (int)count; i++) {
            const bl_value *found = bl_map_find(map.as.map, bl_double(i));

            assert_non_null(found);
            assert_int_equal(found->as.i, i * 10);
        }
        assert_null(bl_map_find(map.as.map, bl_int((int64_t)count)));
        assert_null(bl_map_find(map.as.map, bl_double(0.5)));
        assert_null(bl_map_find(map.as.map, bl_double((double)NAN)));
        assert_null(bl_map_find(map.as.map, bl_double(1e300)));
        assert_null(bl_map_find(map.as.map, bl_bool(false)));
        assert_null(bl_map_find(map.as.map, BL_NULL_VALUE));
    }
    const bl_value map = bl_map_value(&arena, pairs, N + 2);

    assert_non_null(bl_map_find(map.as.map, bl_uint(UINT64_MAX)));
    assert_null(bl_map_find(map.as.map, bl_int(-1)));
    assert_text(*bl_map_find(map.as.map, bl_bool(true)), "\"true\"");
}

static void sameness_keeps_kinds_apart(void **state)
{
    (void)state;
    assert_true(bl_value_same(bl_double((double)NAN), bl_double((double)NAN)));
    assert_false(bl_value_same(bl_int(1), bl_uint(1)));
    assert_true(bl_value_same(list(1, unknown(0)), list(1, unknown(0))));
    assert_false(bl_value_same(list(1, unknown(0)), list(1, unknown(1))));
    assert_true(bl_value_same(map_of(1, str("a"), bl_int(1)), map_of(1, str("a"), bl_int(1))));
    assert_false(bl_value_same(map_of(1, str("a"), bl_int(1)), map_of(1, str("a"), bl_uint(1))));
    assert_true(bl_value_same(name("國"), name("国")));
    assert_true(bl_value_same(frac(2, 3), frac(2, 3)));
    assert_true(bl_value_same(bl_oom_value(), bl_oom_value()));
}

static void values_are_written_as_cel(void **state)
{
    (void)state;
    static const bl_field fields[] = {{{"member", 6}, BL_SIMPLE(NAME), {{{NULL, 0}}}, NULL},
                                      {{"votes", 5}, BL_SIMPLE(INT), {{{NULL, 0}}}, NULL}};
    static const bl_type ballot = {
        .kind = BL_T_RECORD, .name = {"ballot", 6}, .fields = fields, .field_count = 2};
    const bl_value values[] = {name("张三"), bl_int(2)};
    const bl_record record = {&ballot, values};
    const bl_value one = bl_int(1);

    assert_text(((bl_value){.kind = BL_RECORD, .as.record = &record}),
                "{member: \"张三\", votes: 2}");
    assert_text(str("a\"b\\\n\x01 中"), "\"a\\\"b\\\\\\n\\u0001 中\"");
    assert_text(bl_bytes_value(&arena, BYLAW_STR("a\xff\"")), "b\"a\\xff\\\"\"");
    assert_text(bl_double(1), "1.0");
    assert_text(bl_double(1e21), "1e+21");
    assert_text(bl_double((double)-INFINITY), "double(\"-Infinity\")");
    assert_text(bl_double((double)NAN), "double(\"NaN\")");
    assert_text(bl_uint(7), "7u");
    assert_text(bl_int(INT64_MIN), "-9223372036854775808");
    assert_text(frac(2, 3), "fraction(2, 3)");
    assert_text(bl_date_value(0), "date(\"1970-01-01\")");
    assert_text(((bl_value){.kind = BL_TIMESTAMP, .extra = 5}),
                "timestamp(\"1970-01-01T00:00:00.000000005Z\")");
    assert_text(((bl_value){.kind = BL_DURATION, .as.i = -1}), "duration(\"-1s\")");
    assert_text(list(2, BL_NULL_VALUE, bl_bool(false)), "[null, false]");
    assert_text(map_of(2, str("a"), bl_int(1), bl_int(2), list(0)), "{\"a\": 1, 2: []}");
    assert_text(bl_type_value(BL_SIMPLE(TIMESTAMP)), "google.protobuf.Timestamp");
    assert_text(bl_type_value(BL_SIMPLE(NULL)), "null_type");
    assert_text(bl_optional_value(&arena, NULL), "optional.none()");
    assert_text(bl_optional_value(&arena, &one), "optional.of(1)");
}

static void types_are_written_as_declared(void **state)
{
    (void)state;
    bl_str out = bl_str_init(&arena);
    bylaw_str text;
    const bl_type *list_type = bl_type_list(&arena, BL_SIMPLE(INT));

    bl_type_write(&out, bl_type_map(&arena, BL_SIMPLE(STRING), list_type));
    bl_str_addc(&out, ' ');
    bl_type_write(&out, bl_type_optional(&arena, BL_SIMPLE(DYN)));
    bl_str_addc(&out, ' ');
    bl_type_write(&out, bl_type_nullable(&arena, BL_SIMPLE(DATE)));
    bl_str_addc(&out, ' ');
    bl_type_write(&out, bl_type_of_type(&arena, BL_SIMPLE(TIMESTAMP)));
    bl_str_addc(&out, ' ');
    bl_type_write(&out, &(const bl_type){.kind = BL_T_PARAM, .name = {"A", 1}});
    assert_int_equal(bl_str_take(&text, &out), BYLAW_OK);
    assert_string_equal(text.ptr,
                        "map(string, list(int)) optional_type(dyn) date? type(timestamp) <A>");
    assert_true(bl_type_same(list_type, bl_type_list(&arena, BL_SIMPLE(INT))));
    assert_false(bl_type_same(list_type, bl_type_list(&arena, BL_SIMPLE(UINT))));
    assert_false(bl_type_same(list_type, BL_SIMPLE(LIST)));
    assert_null(bl_type_list(&arena, NULL));
}

/* Every maker: out of memory is an error value. */
static bylaw_status make_everything(const bylaw_allocator *allocator, void *data)
{
    bl_arena small;
    bl_value parts[8];
    bylaw_status status = BYLAW_OK;

    (void)data;
    bl_arena_init(&small, allocator);
    parts[0] = bl_name_value(&small, BYLAW_STR("國學會"));
    parts[1] = bl_string_value(&small, BYLAW_STR("x"));
    parts[2] = bl_unknown_value(&small, &attrs[0]);
    parts[3] = bl_unknown_merge(&small, parts[2], bl_unknown_value(&small, &attrs[1]));
    parts[4] = bl_fraction_value(&small, (bylaw_fraction){1, 2});
    parts[5] = bl_optional_value(&small, &parts[1]);
    parts[6] = bl_look_alike_value(&small, BYLAW_STR("a"), BYLAW_STR("b"));
    parts[7] = bl_value_equal(&small, parts[0], parts[1]);
    for (size_t i = 0; i < 8; i++) {
        if (parts[i].kind == BL_ERROR)
            status = BYLAW_ENOMEM;
    }
    bl_arena_dispose(&small);
    return status;
}

static void makers_survive_every_allocation_failure(void **state)
{
    (void)state;
    assert_fault_sweep(make_everything, NULL);
}

/* resolution above election; eligibility and submission both above application. */
static void a_value_is_what_stands_above_it_by_any_way(void **state)
{
    static bl_enum kinds;
    static bl_enum_value v[5];
    static bl_enum_value *const values[] = {&v[0], &v[1], &v[2], &v[3], &v[4]};
    static const bl_enum_value *const submission[] = {&v[3]};
    static const char *const ids[] = {"resolution", "election", "eligibility", "submission",
                                      "application"};

    (void)state;
    kinds = (bl_enum){.name = BYLAW_STR("levels"), .values = values, .count = 5};
    for (uint32_t i = 0; i < 5; i++)
        v[i] = (bl_enum_value){.id = bylaw_str_from(ids[i]), .of = &kinds, .index = i};
    v[1].parent = &v[0];
    v[4].parent = &v[2];
    v[4].more_parents = submission;
    v[4].more_count = 1;

    assert_true(bl_is_true(bl_value_is(&arena, bl_enum_of(&v[1]), bl_enum_of(&v[0]))));
    assert_true(bl_is_true(bl_value_is(&arena, bl_enum_of(&v[4]), bl_enum_of(&v[2]))));
    assert_true(bl_is_true(bl_value_is(&arena, bl_enum_of(&v[4]), bl_enum_of(&v[3]))));
    assert_true(bl_is_false(bl_value_is(&arena, bl_enum_of(&v[1]), bl_enum_of(&v[3]))));
    /* A record may be short for something below; a kind is meant as it stands. */
    assert_int_equal(bl_value_is(&arena, bl_enum_of(&v[0]), bl_enum_of(&v[1])).kind, BL_UNKNOWN);
    assert_int_equal(bl_value_is(&arena, bl_enum_of(&v[3]), bl_enum_of(&v[4])).kind, BL_UNKNOWN);
    kinds.exact = true;
    assert_true(bl_is_false(bl_value_is(&arena, bl_enum_of(&v[0]), bl_enum_of(&v[1]))));
    assert_true(bl_is_true(bl_value_is(&arena, bl_enum_of(&v[4]), bl_enum_of(&v[3]))));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_equal_across_kinds),
        cmocka_unit_test(order_mixes_numbers),
        cmocka_unit_test(lists_and_maps_are_equal_deep_down),
        cmocka_unit_test(a_known_difference_outweighs_the_unknown),
        cmocka_unit_test(unknowns_merge_without_repetition),
        cmocka_unit_test(names_are_equal_by_key_and_look_alikes_are_unknown),
        cmocka_unit_test(a_list_knows_near_misses),
        cmocka_unit_test(maps_find_keys_across_kinds),
        cmocka_unit_test(sameness_keeps_kinds_apart),
        cmocka_unit_test(values_are_written_as_cel),
        cmocka_unit_test(types_are_written_as_declared),
        cmocka_unit_test(a_value_is_what_stands_above_it_by_any_way),
        cmocka_unit_test(makers_survive_every_allocation_failure),
    };

    bl_arena_init(&arena, NULL);
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);

    bl_arena_dispose(&arena);
    return failed;
}
