/* value/time.c: timestamps and durations as CEL's data wants them. */
#include "value/time.h"

#include "support.h"

static bl_arena arena;

static const struct stamp_case {
    const char *text;
    bl_time_reading reading;
    int64_t seconds;
    uint32_t nanos;
    const char *written; /* NULL: as it was read */
} stamp_cases[] = {
    {"1970-01-01T00:00:00Z", BL_TIME_OK, 0, 0, NULL},
    {"2009-02-13T23:31:30Z", BL_TIME_OK, 1234567890, 0, NULL},
    {"1969-12-31T23:59:59.5Z", BL_TIME_OK, -1, 500000000, NULL},
    {"0001-01-01T00:00:00Z", BL_TIME_OK, BL_TIMESTAMP_MIN, 0, NULL},
    {"9999-12-31T23:59:59.999999999Z", BL_TIME_OK, BL_TIMESTAMP_MAX, 999999999, NULL},
    {"2009-02-14T07:31:30+08:00", BL_TIME_OK, 1234567890, 0, "2009-02-13T23:31:30Z"},
    {"2009-02-13T23:31:30.100Z", BL_TIME_OK, 1234567890, 100000000, "2009-02-13T23:31:30.1Z"},
    {"2009-02-13t23:31:30z", BL_TIME_OK, 1234567890, 0, "2009-02-13T23:31:30Z"},
    {"0000-01-01T00:00:00Z", BL_TIME_OUT_OF_RANGE, 0, 0, NULL},
    {"0001-01-01T00:00:00+00:01", BL_TIME_OUT_OF_RANGE, 0, 0, NULL},
    {"9999-12-31T23:59:59-00:01", BL_TIME_OUT_OF_RANGE, 0, 0, NULL},
    {"2026-02-30T00:00:00Z", BL_TIME_OUT_OF_RANGE, 0, 0, NULL},
    {"2026-02-03T24:00:00Z", BL_TIME_OUT_OF_RANGE, 0, 0, NULL},
    {"2009-02-13T23:31:30", BL_TIME_NOT_A_TIME, 0, 0, NULL},
    {"2009-02-13T23:31:30.Z", BL_TIME_NOT_A_TIME, 0, 0, NULL},
    {"2009-02-13T23:31:30.0123456789Z", BL_TIME_NOT_A_TIME, 0, 0, NULL},
    {"2009-02-13 23:31:30Z", BL_TIME_NOT_A_TIME, 0, 0, NULL},
    {"2009-02-13T23:31:30Zx", BL_TIME_NOT_A_TIME, 0, 0, NULL},
    {"10000-01-01T00:00:00Z", BL_TIME_NOT_A_TIME, 0, 0, NULL},
    {"2026-02-03T23:60:00Z", BL_TIME_OUT_OF_RANGE, 0, 0, NULL},
    {"2026-02-03T23:59:60Z", BL_TIME_OUT_OF_RANGE, 0, 0, NULL},
    {"2009-02-13T23:31:30+24:00", BL_TIME_NOT_A_TIME, 0, 0, NULL},
    {"2009-02-13T23:31:30+23:60", BL_TIME_NOT_A_TIME, 0, 0, NULL},
    {"2009-02-13T23:31:30-00:00", BL_TIME_OK, 1234567890, 0, "2009-02-13T23:31:30Z"},
    {"2009-02-13T23:31:30.123456789+08:00", BL_TIME_OK, 1234539090, 123456789,
     "2009-02-13T15:31:30.123456789Z"},
    {"", BL_TIME_NOT_A_TIME, 0, 0, NULL},
};

static const struct stamp_case duration_cases[] = {
    {"1000000s", BL_TIME_OK, 1000000, 0, NULL},
    {"0", BL_TIME_OK, 0, 0, "0s"},
    {"-0", BL_TIME_OK, 0, 0, "0s"},
    {"1h45m47s", BL_TIME_OK, 6347, 0, "6347s"},
    {"-1.5s", BL_TIME_OK, -2, 500000000, NULL},
    {"-1ns", BL_TIME_OK, -1, 999999999, "-0.000000001s"},
    {"1.5h", BL_TIME_OK, 5400, 0, "5400s"},
    {".5s", BL_TIME_OK, 0, 500000000, "0.5s"},
    {"1m1ms", BL_TIME_OK, 60, 1000000, "60.001s"},
    {"3us", BL_TIME_OK, 0, 3000, "0.000003s"},
    {"3µs", BL_TIME_OK, 0, 3000, "0.000003s"},
    {"+2m", BL_TIME_OK, 120, 0, "120s"},
    {"0.0000000019s", BL_TIME_OK, 0, 1, "0.000000001s"},
    {"315576000000s", BL_TIME_OK, BL_DURATION_MAX, 0, NULL},
    {"-315576000000s", BL_TIME_OK, -BL_DURATION_MAX, 0, NULL},
    {"315576000001s", BL_TIME_OUT_OF_RANGE, 0, 0, NULL},
    {"315576000000s1ns", BL_TIME_OUT_OF_RANGE, 0, 0, NULL},
    {"320000000000s", BL_TIME_OUT_OF_RANGE, 0, 0, NULL},
    {"99999999999999999999999999999999999999999h", BL_TIME_OUT_OF_RANGE, 0, 0, NULL},
    {"99999999999999999999999999999999999999999hx", BL_TIME_NOT_A_TIME, 0, 0, NULL},
    {"", BL_TIME_NOT_A_TIME, 0, 0, NULL},
    {"-", BL_TIME_NOT_A_TIME, 0, 0, NULL},
    {"5", BL_TIME_NOT_A_TIME, 0, 0, NULL},
    {"s", BL_TIME_NOT_A_TIME, 0, 0, NULL},
    {".s", BL_TIME_NOT_A_TIME, 0, 0, NULL},
    {"1d", BL_TIME_NOT_A_TIME, 0, 0, NULL},
    {"1s ", BL_TIME_NOT_A_TIME, 0, 0, NULL},
    {"1s2", BL_TIME_NOT_A_TIME, 0, 0, NULL},
    {"-320000000000s", BL_TIME_OUT_OF_RANGE, 0, 0, NULL},
    {"1s.5s", BL_TIME_OK, 1, 500000000, "1.5s"},
    {"0.12345678901234567890s", BL_TIME_OK, 0, 123456789, "0.123456789s"},
};

static void check(const struct stamp_case *c, bl_time_reading (*read)(bl_time *, bylaw_str),
                  void (*write)(bl_str *, bl_time))
{
    bl_time t = {77, 7};
    bylaw_str text;

    if (read(&t, bylaw_str_from(c->text)) != c->reading)
        fail_msg("%s", c->text);
    if (c->reading != BL_TIME_OK) {
        assert_int_equal(t.seconds, 77);
        return;
    }
    if (t.seconds != c->seconds || t.nanos != c->nanos)
        fail_msg("%s is %lld and %u", c->text, (long long)t.seconds, (unsigned)t.nanos);
    bl_str out = bl_str_init(&arena);

    write(&out, t);
    assert_int_equal(bl_str_take(&text, &out), BYLAW_OK);
    assert_string_equal(text.ptr, c->written != NULL ? c->written : c->text);
}

static void timestamps_are_read_and_written(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof stamp_cases / sizeof stamp_cases[0]; i++)
        check(&stamp_cases[i], bl_timestamp_read, bl_timestamp_write);
}

/* What is cut off anywhere, or has a letter anywhere, is no time. */
static void no_part_of_a_timestamp_is_one(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof stamp_cases / sizeof stamp_cases[0]; i++) {
        const size_t len = strlen(stamp_cases[i].text);

        for (size_t at = 0; at < len && stamp_cases[i].reading == BL_TIME_OK; at++) {
            char text[64];
            bl_time t;

            assert_int_equal(bl_timestamp_read(&t, (bylaw_str){stamp_cases[i].text, at}),
                             BL_TIME_NOT_A_TIME);
            strcpy(text, stamp_cases[i].text);
            text[at] = 'x';
            assert_int_equal(bl_timestamp_read(&t, (bylaw_str){text, len}), BL_TIME_NOT_A_TIME);
        }
    }
}

static void durations_are_read_and_written(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof duration_cases / sizeof duration_cases[0]; i++)
        check(&duration_cases[i], bl_duration_read, bl_duration_write);
}

static void sums_keep_their_ranges(void **state)
{
    (void)state;
    const bl_time first = {BL_TIMESTAMP_MIN, 0}, last = {BL_TIMESTAMP_MAX, 999999999};
    const bl_time ns = {0, 1}, minus_ns = {-1, 999999999}, most = {BL_DURATION_MAX, 0};
    bl_time out = {77, 7};

    assert_false(bl_timestamp_add(&out, last, ns));
    assert_false(bl_timestamp_add(&out, first, minus_ns));
    assert_false(bl_timestamp_sub(&out, first, ns));
    assert_false(bl_timestamp_diff(&out, last, first)); /* beyond int64 nanoseconds */
    assert_false(bl_duration_add(&out, most, ns));
    assert_false(bl_duration_sub(&out, bl_duration_negate(most), ns));
    assert_int_equal(out.seconds, 77);
    assert_true(bl_timestamp_sub(&out, last, ns));
    assert_true(out.seconds == last.seconds && out.nanos == 999999998);
    assert_true(bl_timestamp_diff(&out, (bl_time){9223372036, 854775807}, (bl_time){0, 0}));
    assert_false(bl_timestamp_diff(&out, (bl_time){9223372036, 854775808}, (bl_time){0, 0}));
    assert_true(bl_timestamp_diff(&out, (bl_time){0, 0}, (bl_time){9223372036, 854775808}));
    assert_false(bl_timestamp_diff(&out, (bl_time){0, 0}, (bl_time){9223372036, 854775809}));
}

static void units_round_to_zero(void **state)
{
    (void)state;
    const bl_time d = {-62, 500000000}; /* -61.5 s */

    assert_int_equal(bl_duration_in(d, 1), -61);
    assert_int_equal(bl_duration_in(d, 60), -1);
    assert_int_equal(bl_duration_in(d, 3600), 0);
    assert_int_equal(bl_duration_milliseconds(d), -61500);
    const bl_time back = bl_duration_negate(d);

    assert_int_equal(back.seconds, 61);
    assert_int_equal(back.nanos, 500000000);
    assert_int_equal(bl_time_compare(d, back), -1);
    assert_int_equal(bl_time_compare(back, d), 1);
    assert_int_equal(bl_time_compare(d, d), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(timestamps_are_read_and_written),
        cmocka_unit_test(no_part_of_a_timestamp_is_one),
        cmocka_unit_test(durations_are_read_and_written),
        cmocka_unit_test(sums_keep_their_ranges),
        cmocka_unit_test(units_round_to_zero),
    };

    bl_arena_init(&arena, NULL);
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);

    bl_arena_dispose(&arena);
    return failed;
}
