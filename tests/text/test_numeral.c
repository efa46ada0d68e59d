/* text/numeral.c: numbers as people write them; every number to 99,999 as Chinese spells it, made
 * here in another way. */
#include "text/unicode.h"

#include "support.h"

#include <stdio.h>

static const struct int_case {
    const char *text;
    bylaw_status status;
    int64_t value;
} int_cases[] = {
    {"8", BYLAW_OK, 8},
    {"８", BYLAW_OK, 8},
    {"八", BYLAW_OK, 8},
    {" 8 ", BYLAW_OK, 8},
    {"　8　", BYLAW_OK, 8},
    {"１2", BYLAW_OK, 12},
    {"007", BYLAW_OK, 7},
    {"十", BYLAW_OK, 10},
    {"十二", BYLAW_OK, 12},
    {"二十", BYLAW_OK, 20},
    {"廿一", BYLAW_OK, 21},
    {"卅", BYLAW_OK, 30},
    {"一百零五", BYLAW_OK, 105},
    {"一百〇五", BYLAW_OK, 105},
    {"一百一十", BYLAW_OK, 110},
    {"一百十五", BYLAW_OK, 115},
    {"一千五十", BYLAW_OK, 1050},
    {"两千零一", BYLAW_OK, 2001},
    {"一万零二", BYLAW_OK, 10002},
    {"一万零二十", BYLAW_OK, 10020},
    {"一万二千", BYLAW_OK, 12000},
    {"十万", BYLAW_OK, 100000},
    {"二十三万五千", BYLAW_OK, 235000},
    {"一亿零三百万", BYLAW_OK, 103000000},
    {"一亿二千万", BYLAW_OK, 120000000},
    {"一亿零一", BYLAW_OK, 100000001},
    {"九千九百九十九亿九千九百九十九万九千九百九十九", BYLAW_OK, 999999999999},
    {"壹仟贰佰叁拾肆", BYLAW_OK, 1234},
    {"壹萬", BYLAW_OK, 10000},
    {"二〇二六", BYLAW_OK, 2026},
    {"二零二六", BYLAW_OK, 2026},
    {"〇", BYLAW_OK, 0},
    {"零", BYLAW_OK, 0},
    {"3万", BYLAW_OK, 30000},
    {"12亿", BYLAW_OK, 1200000000},
    {"-5", BYLAW_OK, -5},
    {"+5", BYLAW_OK, 5},
    {"－５", BYLAW_OK, -5},
    {"负十二", BYLAW_OK, -12},
    {"9223372036854775807", BYLAW_OK, INT64_MAX},
    {"-9223372036854775808", BYLAW_OK, INT64_MIN},
    {"9223372036854775808", BYLAW_EOVERFLOW, 0},
    {"99999999999999999999亿", BYLAW_EOVERFLOW, 0},
    {"922337203686亿", BYLAW_EOVERFLOW, 0},
    {"兩百", BYLAW_OK, 200},
    {"三億", BYLAW_OK, 300000000},
    {"3億", BYLAW_OK, 300000000},
    {"+８", BYLAW_OK, 8},
    {"＋8", BYLAW_OK, 8},
    {"卅万", BYLAW_OK, 300000},
    {"廿三", BYLAW_OK, 23},
    {"一百五", BYLAW_EINPUT, 0},
    {"一亿一亿", BYLAW_EINPUT, 0},
    {"一万零", BYLAW_EINPUT, 0},
    {"3万万", BYLAW_EINPUT, 0},
    {"一千二", BYLAW_EINPUT, 0},
    {"一万二", BYLAW_EINPUT, 0},
    {"一万二百", BYLAW_EINPUT, 0},
    {"一百五百", BYLAW_EINPUT, 0},
    {"十十", BYLAW_EINPUT, 0},
    {"十百", BYLAW_EINPUT, 0},
    {"百", BYLAW_EINPUT, 0},
    {"万", BYLAW_EINPUT, 0},
    {"一万万", BYLAW_EINPUT, 0},
    {"一万亿", BYLAW_EINPUT, 0},
    {"二十零", BYLAW_EINPUT, 0},
    {"零五十", BYLAW_EINPUT, 0},
    {"一百零零五", BYLAW_EINPUT, 0},
    {"1,000", BYLAW_EINPUT, 0},
    {"1 000", BYLAW_EINPUT, 0},
    {"8票", BYLAW_EINPUT, 0},
    {"8.0", BYLAW_EINPUT, 0},
    {"1e3", BYLAW_EINPUT, 0},
    {"0x8", BYLAW_EINPUT, 0},
    {"多数", BYLAW_EINPUT, 0},
    {"半数", BYLAW_EINPUT, 0},
    {"3万5千", BYLAW_EINPUT, 0},
    {"二3", BYLAW_EINPUT, 0},
    {"", BYLAW_EINPUT, 0},
    {"-", BYLAW_EINPUT, 0},
    {"--5", BYLAW_EINPUT, 0},
    {"\xE5\x85", BYLAW_EINPUT, 0},
};

static void whole_numbers_are_exact_or_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof int_cases / sizeof int_cases[0]; i++) {
        const struct int_case *c = &int_cases[i];
        int64_t value = 77;
        const bylaw_status status = bl_read_int(&value, bylaw_str_from(c->text));

        if (status != c->status || value != (status == BYLAW_OK ? c->value : 77))
            fail_msg("%s: %d, %lld", c->text, (int)status, (long long)value);
    }
}

/* 1 … 9999 with 零 for a gap; 10 … 19 without 一 at the head. */
static void spell_section(char *out, int n, bool head)
{
    static const char *const digits[] = {"零", "一", "二", "三", "四",
                                         "五", "六", "七", "八", "九"};
    static const char *const units[] = {"", "十", "百", "千"};
    static const int powers[] = {1, 10, 100, 1000};
    bool gap = false, any = false;

    out[0] = '\0';
    for (int p = 3; p >= 0; p--) {
        const int d = n / powers[p] % 10;

        if (d == 0) {
            gap = any;
            continue;
        }
        if (gap)
            strcat(out, "零");
        if (!(head && !any && p == 1 && d == 1))
            strcat(out, digits[d]);
        strcat(out, units[p]);
        gap = false;
        any = true;
    }
}

static void every_spelled_number_is_read(void **state)
{
    (void)state;
    for (int n = 1; n <= 99999; n++) {
        char high[64], low[64], text[160];
        int64_t value = 0;

        spell_section(high, n / 10000, true);
        spell_section(low, n % 10000, n < 10000);
        if (n < 10000)
            snprintf(text, sizeof text, "%s", low);
        else
            snprintf(text, sizeof text, "%s万%s%s", high,
                     n % 10000 > 0 && n % 10000 < 1000 ? "零" : "", low);
        if (bl_read_int(&value, bylaw_str_from(text)) != BYLAW_OK || value != n)
            fail_msg("%s is %d, not %lld", text, n, (long long)value);
    }
}

static const struct fraction_case {
    const char *text;
    bylaw_status status;
    int64_t num, den;
} fraction_cases[] = {
    {"2/3", BYLAW_OK, 2, 3},
    {"２/３", BYLAW_OK, 2, 3},
    {"2／3", BYLAW_OK, 2, 3},
    {"2⁄3", BYLAW_OK, 2, 3},
    {" 2 / 3 ", BYLAW_OK, 2, 3},
    {"三分之二", BYLAW_OK, 2, 3},
    {"百分之五十", BYLAW_EINPUT, 0, 0},
    {"一百分之五十", BYLAW_OK, 1, 2},
    {"十二分之七", BYLAW_OK, 7, 12},
    {"4/8", BYLAW_OK, 1, 2},
    {"0/5", BYLAW_OK, 0, 1},
    {"-1/2", BYLAW_OK, -1, 2},
    {"5", BYLAW_OK, 5, 1},
    {"9223372036854775807/7", BYLAW_OK, 1317624576693539401, 1},
    {"1/0", BYLAW_EINPUT, 0, 0},
    {"1/-2", BYLAW_EINPUT, 0, 0},
    {"半数", BYLAW_EINPUT, 0, 0},
    {"1/2/3", BYLAW_EINPUT, 0, 0},
    {"/2", BYLAW_EINPUT, 0, 0},
    {"2/", BYLAW_EINPUT, 0, 0},
    {"50%", BYLAW_EINPUT, 0, 0},
    {"0.5", BYLAW_EINPUT, 0, 0},
    {"1/99999999999999999999", BYLAW_EOVERFLOW, 0, 0},
};

static void fractions_are_exact_or_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof fraction_cases / sizeof fraction_cases[0]; i++) {
        const struct fraction_case *c = &fraction_cases[i];
        bylaw_fraction f = {77, 7};
        const bylaw_status status = bl_read_fraction(&f, bylaw_str_from(c->text));

        if (status != c->status)
            fail_msg("%s: %d", c->text, (int)status);
        if (status == BYLAW_OK)
            assert_true(f.num == c->num && f.den == c->den);
        if (status != BYLAW_OK)
            assert_true(f.num == 77 && f.den == 7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_numbers_are_exact_or_refused),
        cmocka_unit_test(every_spelled_number_is_read),
        cmocka_unit_test(fractions_are_exact_or_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
