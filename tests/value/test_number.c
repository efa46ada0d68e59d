/* value/number.c: reading and writing numbers, against strtod and in a locale with a decimal comma.
 */
#include "value/number.h"

#include "support.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>

static const struct int_case {
    const char *text;
    bl_number_reading reading;
    int64_t value;
} int_cases[] = {
    {"0", BL_NUMBER_OK, 0},
    {"-0", BL_NUMBER_OK, 0},
    {"+5", BL_NUMBER_OK, 5},
    {"007", BL_NUMBER_OK, 7},
    {"9223372036854775807", BL_NUMBER_OK, INT64_MAX},
    {"-9223372036854775808", BL_NUMBER_OK, INT64_MIN},
    {"9223372036854775808", BL_NUMBER_OUT_OF_RANGE, 0},
    {"-9223372036854775809", BL_NUMBER_OUT_OF_RANGE, 0},
    {"99999999999999999999999999", BL_NUMBER_OUT_OF_RANGE, 0},
    {"99999999999999999999999999x", BL_NUMBER_NOT_A_NUMBER, 0},
    {"", BL_NUMBER_NOT_A_NUMBER, 0},
    {"-", BL_NUMBER_NOT_A_NUMBER, 0},
    {"--1", BL_NUMBER_NOT_A_NUMBER, 0},
    {" 1", BL_NUMBER_NOT_A_NUMBER, 0},
    {"1.0", BL_NUMBER_NOT_A_NUMBER, 0},
    {"0x10", BL_NUMBER_NOT_A_NUMBER, 0},
};

static void whole_numbers_are_read_exactly(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof int_cases / sizeof int_cases[0]; i++) {
        int64_t value = 77;

        if (bl_int_read(&value, bylaw_str_from(int_cases[i].text)) != int_cases[i].reading)
            fail_msg("%s", int_cases[i].text);
        assert_int_equal(value, int_cases[i].reading == BL_NUMBER_OK ? int_cases[i].value : 77);
    }
    uint64_t value = 77;

    assert_int_equal(bl_uint_read(&value, BYLAW_STR("18446744073709551616")),
                     BL_NUMBER_OUT_OF_RANGE);
    assert_int_equal(bl_uint_read(&value, BYLAW_STR("-1")), BL_NUMBER_NOT_A_NUMBER);
    assert_int_equal(value, 77);
    assert_int_equal(bl_uint_read(&value, BYLAW_STR("18446744073709551615")), BL_NUMBER_OK);
    assert_true(value == UINT64_MAX);
}

static bl_arena arena;

static const char *written(void (*write)(bl_str *, double), double d)
{
    bylaw_str text;
    bl_str out = bl_str_init(&arena);

    write(&out, d);
    assert_int_equal(bl_str_take(&text, &out), BYLAW_OK);
    return text.ptr;
}

static const struct text_case {
    double value;
    const char *text, *plain;
} text_cases[] = {
    {0.1, "0.1", "0.1"},
    {1.0, "1", "1"},
    {-0.0, "-0", "-0"},
    {123.456, "123.456", "123.456"},
    {-4.5e-3, "-0.0045", "-0.0045"},
    {1e6, "1000000", "1000000"},
    {1e-5, "1e-05", "0.00001"},
    {1e20, "100000000000000000000", "100000000000000000000"},
    {1e21, "1e+21", "1000000000000000000000"},
    {1.5e300, "1.5e+300", NULL},
    {5e-324, "5e-324", NULL},
    {DBL_MAX, "1.7976931348623157e+308", NULL},
    {DBL_MIN, "2.2250738585072014e-308", NULL},
    {9007199254740993.0, "9007199254740992", "9007199254740992"},
    {0x1p-44, "5.684341886080802e-14", NULL},
    {0x1p-1, "0.5", "0.5"},
    {0.30000000000000004, "0.30000000000000004", "0.30000000000000004"},
    {2.0 / 3, "0.6666666666666666", "0.6666666666666666"},
};

static void the_shortest_text_is_written(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof text_cases / sizeof text_cases[0]; i++) {
        const struct text_case *c = &text_cases[i];

        assert_string_equal(written(bl_double_write, c->value), c->text);
        if (c->plain != NULL)
            assert_string_equal(written(bl_double_write_plain, c->value), c->plain);
    }
    assert_string_equal(written(bl_double_write, (double)NAN), "NaN");
    assert_string_equal(written(bl_double_write, (double)-INFINITY), "-Infinity");
}

/* Whatever the bits: writing and reading gives them back, and reading agrees with strtod. */
static void doubles_go_there_and_back(void **state)
{
    (void)state;
    uint64_t seed = 88172645463325252u;

    for (int i = 0; i < 40000; i++) {
        double d, back = 0;
        char text[64];

        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        uint64_t bits = seed;

        if (i % 4 == 0)
            bits &= UINT64_C(0xFFF0000000000000); /* powers of two */
        if (i % 4 == 1)
            bits &= UINT64_C(0x800FFFFFFFFFFFFF); /* subnormal */
        memcpy(&d, &bits, sizeof d);
        if (!isfinite(d))
            continue;
        const char *shortest = written(bl_double_write, d);

        assert_int_equal(bl_double_read(&back, bylaw_str_from(shortest)), BL_NUMBER_OK);
        if (memcmp(&back, &d, sizeof d) != 0)
            fail_msg("%a is written %s", d, shortest);
        snprintf(text, sizeof text, "%.*f", (int)(seed % 20), d / 1e290);
        assert_int_equal(bl_double_read(&back, bylaw_str_from(text)), BL_NUMBER_OK);
        assert_true(back == strtod(text, NULL));
        bl_arena_reset(&arena);
    }
}

static const struct double_case {
    const char *text;
    bl_number_reading reading;
    double value;
} double_cases[] = {
    {"0", BL_NUMBER_OK, 0},
    {"-0.0", BL_NUMBER_OK, -0.0},
    {"6.02214e23", BL_NUMBER_OK, 6.02214e23},
    {"-5.43E-21", BL_NUMBER_OK, -5.43e-21},
    {".5", BL_NUMBER_OK, .5},
    {"5.", BL_NUMBER_OK, 5},
    {"1e400", BL_NUMBER_OUT_OF_RANGE, 0},
    {"1e99999999999999999999", BL_NUMBER_OUT_OF_RANGE, 0},
    {"1e-99999999999999999999", BL_NUMBER_OK, 0},
    {"0e99999999999999999999", BL_NUMBER_OK, 0},
    {"Infinity", BL_NUMBER_OK, (double)INFINITY},
    {"-inf", BL_NUMBER_OK, (double)-INFINITY},
    {"", BL_NUMBER_NOT_A_NUMBER, 0},
    {".", BL_NUMBER_NOT_A_NUMBER, 0},
    {"1e", BL_NUMBER_NOT_A_NUMBER, 0},
    {"1e+", BL_NUMBER_NOT_A_NUMBER, 0},
    {"1..2", BL_NUMBER_NOT_A_NUMBER, 0},
    {"e5", BL_NUMBER_NOT_A_NUMBER, 0},
    {"1,5", BL_NUMBER_NOT_A_NUMBER, 0},
    {"0x1p3", BL_NUMBER_NOT_A_NUMBER, 0},
    {" 1", BL_NUMBER_NOT_A_NUMBER, 0},
    {"infinit", BL_NUMBER_NOT_A_NUMBER, 0},
};

static void doubles_are_read_strictly(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof double_cases / sizeof double_cases[0]; i++) {
        const struct double_case *c = &double_cases[i];
        double value = 77;

        if (bl_double_read(&value, bylaw_str_from(c->text)) != c->reading)
            fail_msg("%s", c->text);
        assert_true(value == (c->reading == BL_NUMBER_OK ? c->value : 77));
        if (c->value == 0 && c->reading == BL_NUMBER_OK)
            assert_int_equal(signbit(value) != 0, signbit(c->value) != 0);
    }
    double value = 0;

    assert_int_equal(bl_double_read(&value, BYLAW_STR("nan")), BL_NUMBER_OK);
    assert_true(isnan(value));
}

/* More digits than any double has: those behind the limit still decide a tie. */
static void endless_digits_round_correctly(void **state)
{
    (void)state;
    enum { LENGTH = 5000 };
    char text[LENGTH + 1];
    double value = 0;

    /* Half way between 1 and the next double, and a digit far behind. */
    const char *half = "1.00000000000000011102230246251565404236316680908203125";

    memset(text, '0', LENGTH);
    memcpy(text, half, strlen(half));
    text[LENGTH] = '\0';
    assert_int_equal(bl_double_read(&value, bylaw_str_from(text)), BL_NUMBER_OK);
    assert_true(value == 1.0);
    text[LENGTH - 1] = '1';
    assert_int_equal(bl_double_read(&value, bylaw_str_from(text)), BL_NUMBER_OK);
    assert_true(value == 1.0 + DBL_EPSILON);
    memset(text, '0', LENGTH);
    text[0] = '1';
    assert_int_equal(bl_double_read(&value, bylaw_str_from(text)), BL_NUMBER_OUT_OF_RANGE);
}

static void fixed_and_scientific_follow_printf(void **state)
{
    (void)state;
    bylaw_str text;
    bl_str out = bl_str_init(&arena);

    bl_double_write_fixed(&out, 1.2345, 3);
    bl_str_addc(&out, ' ');
    bl_double_write_fixed(&out, 2.5, 0);
    bl_str_addc(&out, ' ');
    bl_double_write_fixed(&out, -1.2, 5);
    bl_str_addc(&out, ' ');
    bl_double_write_scientific(&out, 1052.032911275, 6);
    bl_str_addc(&out, ' ');
    bl_double_write_scientific(&out, (double)NAN, 6);
    bl_str_addc(&out, ' ');
    bl_double_write_fixed(&out, (double)-INFINITY, 6);
    assert_int_equal(bl_str_take(&text, &out), BYLAW_OK);
    assert_string_equal(text.ptr, "1.234 2 -1.20000 1.052033e+03 NaN -Infinity");
    out = bl_str_init(&arena);
    bl_double_write_fixed(&out, 1e300, 2);
    assert_int_equal(bl_str_take(&text, &out), BYLAW_OK);
    assert_int_equal(text.len, 301 + 3);
}

/* A host may have set a locale that writes 0,5. */
static void the_locale_changes_nothing(void **state)
{
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8",
                                        "ru_RU.UTF-8", "de_DE",      "fr_FR"};
    const char *set = NULL;

    for (size_t i = 0; i < sizeof names / sizeof names[0] && set == NULL; i++)
        set = setlocale(LC_NUMERIC, names[i]);
    if (set == NULL)
        skip();
    the_shortest_text_is_written(state);
    doubles_are_read_strictly(state);
    fixed_and_scientific_follow_printf(state);
    setlocale(LC_NUMERIC, "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_numbers_are_read_exactly),
        cmocka_unit_test(the_shortest_text_is_written),
        cmocka_unit_test(doubles_go_there_and_back),
        cmocka_unit_test(doubles_are_read_strictly),
        cmocka_unit_test(endless_digits_round_correctly),
        cmocka_unit_test(fixed_and_scientific_follow_printf),
        cmocka_unit_test(the_locale_changes_nothing),
    };

    bl_arena_init(&arena, NULL);
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);

    bl_arena_dispose(&arena);
    return failed;
}
