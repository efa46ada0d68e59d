/* tests/base/test_fraction.c: shares against bars, one vote below, on and above, and at the ends of
 * int64_t. */
#include "support.h"

#include "base/fraction.h"

static const struct share_case {
    const char *label;
    int64_t part, whole;
    bylaw_fraction bar;
    int expected;
} share_cases[] = {
    {"2/3 of 8 is missed by 5", 5, 8, {2, 3}, -1},
    {"2/3 of 8 is reached by 6", 6, 8, {2, 3}, +1},
    {"2/3 of 9 is missed by 5", 5, 9, {2, 3}, -1},
    {"2/3 of 9 is met exactly by 6", 6, 9, {2, 3}, 0},
    {"2/3 of 9 is passed by 7", 7, 9, {2, 3}, +1},
    {"half of 8 is met exactly by 4", 4, 8, {1, 2}, 0},
    {"a third of 2^63-1 is met exactly", INT64_MAX / 7, INT64_MAX, {1, 7}, 0},
    {"one below it is below", INT64_MAX / 7 - 1, INT64_MAX, {1, 7}, -1},
    {"all of 2^63-1", INT64_MAX, INT64_MAX, {1, 1}, 0},
};

static void shares_compare_exactly(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof share_cases / sizeof *share_cases; i++) {
        const struct share_case *c = &share_cases[i];
        int order = 99;

        assert_int_equal(bylaw_share_compare(&order, c->part, c->whole, c->bar), BYLAW_OK);
        if (order != c->expected)
            fail_msg("%s: %d", c->label, order);
    }
}

/* Reduced first, refused only where the result does not fit. */
static void sums_and_products_are_exact_or_refused(void **state)
{
    static const struct {
        bool (*run)(bylaw_fraction *, bylaw_fraction, bylaw_fraction);
        bylaw_fraction a, b, expected; /* expected.den 0: refused */
    } cases[] = {
        {bl_fraction_add, {1, 2}, {1, 3}, {5, 6}},
        {bl_fraction_add, {INT64_MAX, 1}, {1, 1}, {0, 0}},
        {bl_fraction_add, {INT64_MIN, 1}, {-1, 1}, {0, 0}},
        {bl_fraction_add, {INT64_MIN, INT64_MAX}, {INT64_MIN, INT64_MAX}, {0, 0}},
        {bl_fraction_add, {1, INT64_MAX}, {1, INT64_MAX - 1}, {0, 0}},
        {bl_fraction_sub, {1, 2}, {1, 3}, {1, 6}},
        {bl_fraction_sub, {INT64_MIN, 1}, {1, 1}, {0, 0}},
        {bl_fraction_sub, {INT64_MIN, INT64_MAX}, {INT64_MAX, INT64_MAX - 1}, {0, 0}},
        {bl_fraction_mul, {INT64_MAX, 2}, {2, INT64_MAX}, {1, 1}},
        {bl_fraction_mul, {INT64_MAX, 1}, {2, 1}, {0, 0}},
        {bl_fraction_mul, {1, INT64_MAX}, {1, 2}, {0, 0}},
        {bl_fraction_div, {1, 2}, {-1, 3}, {-3, 2}},
        {bl_fraction_div, {1, 2}, {0, 1}, {0, 0}},
        {bl_fraction_div, {INT64_MIN, 1}, {-1, 1}, {0, 0}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bylaw_fraction f = {77, 7};

        if (cases[i].run(&f, cases[i].a, cases[i].b) != (cases[i].expected.den != 0))
            fail_msg("case %zu: %lld/%lld", i, (long long)f.num, (long long)f.den);
        if (cases[i].expected.den != 0)
            assert_true(f.num == cases[i].expected.num && f.den == cases[i].expected.den);
        else
            assert_true(f.num == 77 && f.den == 7);
    }
}

static void no_part_of_an_empty_whole(void **state)
{
    int order = 99;

    (void)state;
    assert_int_equal(bylaw_share_compare(&order, -1, 8, (bylaw_fraction){1, 2}), BYLAW_EDOMAIN);
    assert_int_equal(bylaw_share_compare(&order, 1, -8, (bylaw_fraction){1, 2}), BYLAW_EDOMAIN);
    assert_int_equal(order, 99);
}

static void an_empty_meeting_has_no_share(void **state)
{
    (void)state;
    int order = 99;
    int64_t least = 99;

    assert_int_equal(bylaw_share_compare(&order, 0, 0, (bylaw_fraction){1, 2}), BYLAW_EDOMAIN);
    assert_int_equal(order, 99); /* untouched on failure */
    assert_int_equal(bylaw_share_least(&least, 0, (bylaw_fraction){1, 2}, false), BYLAW_EDOMAIN);
    assert_int_equal(least, 99);
}

/* The least count by trying every one, for every base and bar of small size. */
static void the_least_count_is_the_first_that_reaches(void **state)
{
    (void)state;
    for (int64_t whole = 1; whole <= 40; whole++) {
        for (int64_t den = 1; den <= 6; den++) {
            for (int64_t num = 0; num <= den; num++) {
                for (int strict = 0; strict <= 1; strict++) {
                    int64_t least = -1, slow = 0;

                    while (strict ? slow * den <= num * whole : slow * den < num * whole)
                        slow++;
                    assert_int_equal(
                        bylaw_share_least(&least, whole, (bylaw_fraction){num, den}, strict),
                        BYLAW_OK);
                    assert_int_equal(least, slow);
                }
            }
        }
    }
}

static void fractions_keep_every_digit_or_refuse(void **state)
{
    (void)state;
    bylaw_fraction f = {9, 9};

    assert_true(bl_fraction_make(&f, 6, -9));
    assert_int_equal(f.num, -2);
    assert_int_equal(f.den, 3);
    assert_true(bl_fraction_add(&f, (bylaw_fraction){1, 2}, (bylaw_fraction){1, 3}));
    assert_int_equal(f.num, 5);
    assert_int_equal(f.den, 6);
    assert_false(bl_fraction_make(&f, 1, 0));
    assert_false(bl_fraction_mul(&f, (bylaw_fraction){INT64_MAX, 1}, (bylaw_fraction){2, 1}));
    assert_int_equal(f.num, 5); /* untouched */
    assert_int_equal(bl_fraction_compare((bylaw_fraction){INT64_MAX, INT64_MAX - 1},
                                         (bylaw_fraction){INT64_MAX - 1, INT64_MAX - 2}),
                     -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_compare_exactly),
        cmocka_unit_test(sums_and_products_are_exact_or_refused),
        cmocka_unit_test(no_part_of_an_empty_whole),
        cmocka_unit_test(an_empty_meeting_has_no_share),
        cmocka_unit_test(the_least_count_is_the_first_that_reaches),
        cmocka_unit_test(fractions_keep_every_digit_or_refuse),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
