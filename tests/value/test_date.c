/* value/date.c: every day of the calendar against a count by hand, and dates as people write them.
 */
#include "value/date.h"

#include "support.h"

#include <stdio.h>

static bool leap(int y)
{
    return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static int length_of(int y, int m)
{
    if (m == 2)
        return leap(y) ? 29 : 28;
    return m == 4 || m == 6 || m == 9 || m == 11 ? 30 : 31;
}

static void every_day_goes_there_and_back(void **state)
{
    (void)state;
    int64_t expected = -719162; /* 0001-01-01 */
    int weekday = 1;            /* a Monday */

    for (int y = 1; y <= 9999; y++) {
        for (int m = 1; m <= 12; m++) {
            for (int d = 1; d <= length_of(y, m); d++) {
                int64_t days = 0;
                assert_true(bl_date_make(&days, y, m, d));
                const bl_ymd parts = bl_date_parts(days);

                if (days != expected || parts.year != y || parts.month != m || parts.day != d ||
                    bl_date_weekday(days) != weekday)
                    fail_msg("%04d-%02d-%02d", y, m, d);
                expected++;
                weekday = weekday % 7 + 1;
            }
        }
    }
}

static void days_that_do_not_exist_are_refused(void **state)
{
    (void)state;
    static const int64_t wrong[][3] = {
        {2026, 2, 29},        {2026, 2, 30},     {1900, 2, 29},     {2026, 13, 1},
        {2026, 0, 1},         {2026, 1, 0},      {2026, 4, 31},     {0, 1, 1},
        {10000, 1, 1},        {2026, 1, 32},     {-1, 1, 1},        {2026, 1, -1},
        {2026, -1, 1},        {INT64_MAX, 1, 1}, {INT64_MIN, 1, 1}, {2026, INT64_MAX, 1},
        {2026, 1, INT64_MIN},
    };

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        int64_t days = 77;
        assert_false(bl_date_make(&days, wrong[i][0], wrong[i][1], wrong[i][2]));
        assert_int_equal(days, 77);
    }
}

static int64_t day(int y, int m, int d)
{
    int64_t days = 0;
    assert_true(bl_date_make(&days, y, m, d));
    return days;
}

static const struct month_case {
    int from[3];
    int64_t n;
    int to[3];
} month_cases[] = {
    {{2026, 1, 31}, 1, {2026, 2, 28}},   {{2024, 1, 31}, 1, {2024, 2, 29}},
    {{2024, 2, 29}, 12, {2025, 2, 28}},  {{2024, 2, 29}, 48, {2028, 2, 29}},
    {{2026, 3, 31}, -1, {2026, 2, 28}},  {{2026, 12, 31}, 1, {2027, 1, 31}},
    {{2026, 1, 1}, -1, {2025, 12, 1}},   {{2026, 5, 31}, 1, {2026, 6, 30}},
    {{2026, 11, 21}, 0, {2026, 11, 21}}, {{9999, 11, 30}, 1, {9999, 12, 30}},
    {{1, 2, 1}, -1, {1, 1, 1}},
};

static void months_end_on_their_last_day(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof month_cases / sizeof month_cases[0]; i++) {
        const struct month_case *c = &month_cases[i];
        int64_t out = 0;

        assert_true(bl_date_add_months(&out, day(c->from[0], c->from[1], c->from[2]), c->n));
        assert_int_equal(out, day(c->to[0], c->to[1], c->to[2]));
    }
}

static void steps_out_of_the_calendar_are_refused(void **state)
{
    (void)state;
    int64_t out = 77;

    assert_false(bl_date_add_months(&out, day(9999, 12, 1), 1));
    assert_false(bl_date_add_months(&out, day(1, 1, 31), -1));
    assert_false(bl_date_add_months(&out, day(1, 1, 31), INT64_MIN));
    assert_false(bl_date_add_months(&out, day(1, 1, 31), INT64_MAX));
    assert_false(bl_date_add_days(&out, day(9999, 12, 31), 1));
    assert_false(bl_date_add_days(&out, day(1, 1, 1), -1));
    assert_false(bl_date_add_days(&out, day(1, 1, 1), INT64_MAX));
    assert_false(bl_date_add_days(&out, day(1, 1, 1), INT64_MIN));
    assert_int_equal(out, 77);
    assert_true(bl_date_add_days(&out, day(2024, 2, 28), 1));
    assert_int_equal(out, day(2024, 2, 29));
}

static const struct read_case {
    const char *text;
    bl_date_reading reading;
    const char *rest;
} read_cases[] = {
    {"2026-11-21", BL_DATE_OK, ""},
    {" 2026-11-21 ", BL_DATE_OK, ""},
    {"2026/11/21", BL_DATE_OK, ""},
    {"2026.11.21", BL_DATE_OK, ""},
    {"2026年11月21日", BL_DATE_OK, ""},
    {"2026 年 11 月 21 日", BL_DATE_OK, ""},
    {"２０２６年１１月２１日", BL_DATE_OK, ""},
    {"二〇二六年十一月二十一日", BL_DATE_OK, ""},
    {"二○二六年十一月廿一日", BL_DATE_OK, ""},
    {"二零二六年十一月二十一号", BL_DATE_OK, ""},
    {"2026年十一月21日", BL_DATE_OK, ""},
    {"2026-11-21T12:00", BL_DATE_OK, "T12:00"},
    {"2026-11-21T12:00:00+08:00", BL_DATE_OK, "T12:00:00+08:00"},
    {"2026-11-21 12:00:00", BL_DATE_OK, " 12:00:00"},
    {"2026年11月21日上午9时", BL_DATE_OK, "上午9时"},
    {"2026年11月21日（星期六）下午2点半", BL_DATE_OK, "（星期六）下午2点半"},
    {"2026年11月21日中午", BL_DATE_OK, "中午"},
    {"2026年11月21日清晨", BL_DATE_NOT_A_DATE, NULL},
    {"2026年11月21日凌晨", BL_DATE_OK, "凌晨"},
    {"2026年11月21日晚", BL_DATE_OK, "晚"},
    {"2026年11月21日星期日", BL_DATE_OK, "星期日"},
    {"2026年11月21日星期天", BL_DATE_OK, "星期天"},
    {"2026年11月21日星期", BL_DATE_NOT_A_DATE, NULL},
    {"2026年十一月廿一日", BL_DATE_OK, ""},
    {"2026年拾壹月21日", BL_DATE_NOT_A_DATE, NULL},
    {"2026年月21日", BL_DATE_NOT_A_DATE, NULL},
    {"2026年11月日", BL_DATE_NOT_A_DATE, NULL},
    {"2026年11-21日", BL_DATE_NOT_A_DATE, NULL},
    {"2026年十百月21日", BL_DATE_NOT_A_DATE, NULL},
    {"2026-02-30", BL_DATE_NO_SUCH_DAY, NULL},
    {"2026年13月1日", BL_DATE_NO_SUCH_DAY, NULL},
    {"0000-01-01", BL_DATE_NO_SUCH_DAY, NULL},
    {"2026-11-00", BL_DATE_NO_SUCH_DAY, NULL},
    {"2026-11/21", BL_DATE_NOT_A_DATE, NULL},
    {"2026年11-21", BL_DATE_NOT_A_DATE, NULL},
    {"2026年11月21", BL_DATE_NOT_A_DATE, NULL},
    {"2026-11", BL_DATE_NOT_A_DATE, NULL},
    {"26-11-21", BL_DATE_NOT_A_DATE, NULL},
    {"12026-11-21", BL_DATE_NOT_A_DATE, NULL},
    {"2026-11-211", BL_DATE_NOT_A_DATE, NULL},
    {"2026-11-21 多数", BL_DATE_NOT_A_DATE, NULL},
    {"2026-11-21x", BL_DATE_NOT_A_DATE, NULL},
    {"2026-11-21T", BL_DATE_NOT_A_DATE, NULL},
    {"二〇二六年十一月二十一", BL_DATE_NOT_A_DATE, NULL},
    {"", BL_DATE_NOT_A_DATE, NULL},
    {"年月日", BL_DATE_NOT_A_DATE, NULL},
    {"2026\xE5\xB9", BL_DATE_NOT_A_DATE, NULL},
    {"\xFF\xFE", BL_DATE_NOT_A_DATE, NULL},
};

static void dates_are_read_as_people_write_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof read_cases / sizeof read_cases[0]; i++) {
        const struct read_case *c = &read_cases[i];
        int64_t days = 77;
        bylaw_str rest = BYLAW_STR("untouched");

        if (bl_date_read(&days, &rest, bylaw_str_from(c->text)) != c->reading)
            fail_msg("%s", c->text);
        assert_int_equal(days, c->reading == BL_DATE_OK ? day(2026, 11, 21) : 77);
        if (!bl_str_is(rest, c->reading == BL_DATE_OK ? c->rest : "untouched"))
            fail_msg("%s leaves '%.*s'", c->text, (int)rest.len, rest.ptr);
    }
}

static void spelled_days_count_to_thirty_one(void **state)
{
    (void)state;
    static const char *const spelled[] = {
        "一",     "二",     "三",     "四",     "五",     "六",     "七",     "八",
        "九",     "十",     "十一",   "十二",   "十三",   "十四",   "十五",   "十六",
        "十七",   "十八",   "十九",   "二十",   "二十一", "二十二", "二十三", "二十四",
        "二十五", "二十六", "二十七", "二十八", "二十九", "三十",   "卅一"};

    for (int d = 1; d <= 31; d++) {
        char text[64];
        int64_t days = 0;

        snprintf(text, sizeof text, "二〇二六年一月%s日", spelled[d - 1]);
        assert_int_equal(bl_date_read(&days, NULL, bylaw_str_from(text)), BL_DATE_OK);
        assert_int_equal(days, day(2026, 1, d));
    }
}

static void dates_are_written_in_both_languages(void **state)
{
    (void)state;
    bl_arena arena;
    bylaw_str text;

    bl_arena_init(&arena, NULL);
    bl_str out = bl_str_init(&arena);
    bl_date_write_iso(&out, day(2026, 1, 5));
    bl_str_addc(&out, ' ');
    bl_date_write_iso(&out, day(1, 1, 1));
    bl_str_addc(&out, ' ');
    bl_date_write(&out, day(2026, 1, 5), BYLAW_ZH);
    bl_str_addc(&out, ' ');
    bl_date_write(&out, day(2026, 12, 31), BYLAW_EN);
    assert_int_equal(bl_str_take(&text, &out), BYLAW_OK);
    assert_string_equal(text.ptr, "2026-01-05 0001-01-01 2026年1月5日 31 December 2026");
    bl_arena_dispose(&arena);
}

/* A day that is not in the calendar, in words; what has no three numbers as it stands. */
static void a_day_that_does_not_exist_is_told_in_words(void **state)
{
    static const struct {
        const char *text, *zh, *en;
    } cases[] = {
        {"2026-02-30", "2026年2月30日", "30 February 2026"},
        {"2026年13月1日", "2026年13月1日", "day 1 of month 13 of 2026"},
        {"2026-00-01", "2026-00-01", "2026-00-01"},
        {"2026-02", "2026-02", "2026-02"},
        {"0000-00-00", "0000-00-00", "0000-00-00"},
        {"123456789-1-1", "123456年1月1日", "1 January 123456"},
        {"2026-02-30 12:00", "2026年2月30日", "30 February 2026"},
    };
    bl_arena arena;

    (void)state;
    bl_arena_init(&arena, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const bylaw_label told = bl_date_as_told(&arena, bylaw_str_from(cases[i].text));

        if (!bl_str_is(told.in[BYLAW_ZH], cases[i].zh) ||
            !bl_str_is(told.in[BYLAW_EN], cases[i].en))
            fail_msg("%s: %.*s, %.*s", cases[i].text, (int)told.in[BYLAW_ZH].len,
                     told.in[BYLAW_ZH].ptr, (int)told.in[BYLAW_EN].len, told.in[BYLAW_EN].ptr);
    }
    bl_arena_dispose(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_goes_there_and_back),
        cmocka_unit_test(days_that_do_not_exist_are_refused),
        cmocka_unit_test(months_end_on_their_last_day),
        cmocka_unit_test(steps_out_of_the_calendar_are_refused),
        cmocka_unit_test(dates_are_read_as_people_write_them),
        cmocka_unit_test(spelled_days_count_to_thirty_one),
        cmocka_unit_test(dates_are_written_in_both_languages),
        cmocka_unit_test(a_day_that_does_not_exist_is_told_in_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
