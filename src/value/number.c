/* value/number.c: see number.h. strtod and printf obey the host's locale in one thing, the decimal
 * point. So reading hands strtod a text without one (12.5e3 as 125e2), and writing takes the digits
 * out of %e and puts the point in itself. */
#include "value/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bl_number_reading bl_uint_read(uint64_t *out, bylaw_str text)
{
    uint64_t value = 0;
    bool fits = true;

    if (text.len == 0)
        return BL_NUMBER_NOT_A_NUMBER;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_digit(text.ptr[i]))
            return BL_NUMBER_NOT_A_NUMBER;
        if (__builtin_mul_overflow(value, UINT64_C(10), &value) ||
            __builtin_add_overflow(value, (uint64_t)(text.ptr[i] - '0'), &value))
            fits = false;
    }
    if (!fits)
        return BL_NUMBER_OUT_OF_RANGE;
    *out = value;
    return BL_NUMBER_OK;
}

bl_number_reading bl_int_read(int64_t *out, bylaw_str text)
{
    const bool negative = text.len > 0 && text.ptr[0] == '-';
    const bool has_sign = negative || (text.len > 0 && text.ptr[0] == '+');
    uint64_t magnitude;
    const bl_number_reading reading =
        bl_uint_read(&magnitude, bl_str_slice(text, has_sign, text.len));

    if (reading != BL_NUMBER_OK)
        return reading;
    if (magnitude > (uint64_t)INT64_MAX + negative)
        return BL_NUMBER_OUT_OF_RANGE;
    *out = negative ? (int64_t)(0 - magnitude) : (int64_t)magnitude;
    return BL_NUMBER_OK;
}

/* Digits that no double can tell apart any more: the rest only needs to be known as not zero. */
#define MAX_DIGITS 800

/* A number taken apart: value = digits * 10^exponent. */
typedef struct decimal {
    char digits[MAX_DIGITS + 2];
    int count;
    int64_t exponent;
    bool negative;
} decimal;

static bool is_word(bylaw_str text, const char *word)
{
    if (text.len != strlen(word))
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if ((text.ptr[i] | 0x20) != word[i])
            return false;
    }
    return true;
}

static void take_digit(decimal *d, char digit, bool behind_point)
{
    if (d->count == 0 && digit == '0') {
        d->exponent -= behind_point;
        return;
    }
    if (d->count < MAX_DIGITS) {
        d->digits[d->count++] = digit;
        d->exponent -= behind_point;
        return;
    }
    d->exponent += !behind_point;
    if (digit != '0')
        d->digits[MAX_DIGITS - 1] = '1'; /* sticky: above the half way point, not on it */
}

static bool read_exponent(decimal *d, bylaw_str text, size_t i)
{
    int64_t exponent = 0;
    bool negative = false;

    if (i < text.len && (text.ptr[i] == '+' || text.ptr[i] == '-'))
        negative = text.ptr[i++] == '-';
    if (i == text.len)
        return false;
    for (; i < text.len; i++) {
        if (!is_digit(text.ptr[i]))
            return false;
        if (exponent < 1000000000)
            exponent = exponent * 10 + (text.ptr[i] - '0');
    }
    d->exponent += negative ? -exponent : exponent;
    return true;
}

static bool take_apart(decimal *d, bylaw_str text)
{
    bool point = false, any = false;

    for (size_t i = 0; i < text.len; i++) {
        const char c = text.ptr[i];

        if (is_digit(c)) {
            take_digit(d, c, point);
            any = true;
        } else if (c == '.' && !point) {
            point = true;
        } else if ((c == 'e' || c == 'E') && any) {
            return read_exponent(d, text, i + 1);
        } else {
            return false;
        }
    }
    return any;
}

bl_number_reading bl_double_read(double *out, bylaw_str text)
{
    decimal d = {.count = 0};
    char buffer[MAX_DIGITS + 32];

    if (text.len > 0 && (text.ptr[0] == '-' || text.ptr[0] == '+')) {
        d.negative = text.ptr[0] == '-';
        text = bl_str_slice(text, 1, text.len);
    }
    double value;

    if (is_word(text, "nan")) {
        value = (double)NAN;
    } else if (is_word(text, "inf") || is_word(text, "infinity")) {
        value = (double)INFINITY;
    } else if (!take_apart(&d, text)) {
        return BL_NUMBER_NOT_A_NUMBER;
    } else if (d.count == 0) {
        value = 0;
    } else {
        const int64_t most = 100000; /* beyond it the answer is zero or out of range anyway */
        const int64_t exponent = d.exponent > most ? most : d.exponent < -most ? -most : d.exponent;

        d.digits[d.count] = '\0';
        snprintf(buffer, sizeof buffer, "%se%d", d.digits, (int)exponent);
        value = strtod(buffer, NULL);
        if (isinf(value))
            return BL_NUMBER_OUT_OF_RANGE;
    }
    *out = d.negative ? -value : value;
    return BL_NUMBER_OK;
}

/* --- writing ---------------------------------------------------------------------------------- */

/* 0.d1d2d3… * 10^point, of a finite positive number. */
typedef struct digits {
    char text[24];
    int count, point;
} digits;

/* The digits of %.*e, whatever the decimal point of the locale is. */
static void digits_of(digits *out, double d, int count)
{
    char buffer[64];
    const char *c = buffer;

    snprintf(buffer, sizeof buffer, "%.*e", count - 1, d);
    out->count = 0;
    for (; *c != 'e'; c++) {
        if (is_digit(*c))
            out->text[out->count++] = *c;
    }
    out->point = (int)strtol(c + 1, NULL, 10) + 1;
}

static double value_of(const digits *in)
{
    char buffer[64];

    snprintf(buffer, sizeof buffer, "%.*se%d", in->count, in->text, in->point - in->count);
    return strtod(buffer, NULL);
}

/* The next larger number of as many digits. */
static void step_up(digits *d)
{
    int i = d->count - 1;

    while (i >= 0 && d->text[i] == '9')
        d->text[i--] = '0';
    if (i >= 0) {
        d->text[i]++;
    } else {
        memmove(d->text + 1, d->text, (size_t)d->count - 1);
        d->text[0] = '1';
        d->point++;
    }
}

/* At a power of two the doubles below lie closer than those above: the nearest decimal may fall
 * outside on the lower side where the next one up is still inside. */
static void shortest(digits *out, double d)
{
    for (int count = 1; count < 17; count++) {
        digits_of(out, d, count);
        if (value_of(out) == d)
            break;
        step_up(out);
        if (value_of(out) == d)
            break;
        if (count == 1 && fpclassify(d) == FP_NORMAL)
            count = 13; /* 15 digits always survive; a shorter text shows by its zeros */
        if (count == 16)
            digits_of(out, d, 17);
    }
    while (out->count > 1 && out->text[out->count - 1] == '0')
        out->count--;
}

/* NaN and infinities; false for a number. Writes the sign of any. */
static bool write_special(bl_str *out, double d)
{
    if (isnan(d)) {
        bl_str_addz(out, "NaN");
        return true;
    }
    if (signbit(d))
        bl_str_addc(out, '-');
    if (isinf(d))
        bl_str_addz(out, "Infinity");
    else if (d == 0)
        bl_str_addc(out, '0');
    return isinf(d) || d == 0;
}

static void write_plain(bl_str *out, const digits *d)
{
    if (d->point <= 0)
        bl_str_addz(out, "0.");
    for (int i = d->point; i < 0; i++)
        bl_str_addc(out, '0');
    for (int i = 0; i < d->count || i < d->point; i++) {
        if (i == d->point && i > 0)
            bl_str_addc(out, '.');
        bl_str_addc(out, i < d->count ? d->text[i] : '0');
    }
}

void bl_double_write_plain(bl_str *out, double d)
{
    digits found;

    if (write_special(out, d))
        return;
    shortest(&found, fabs(d));
    write_plain(out, &found);
}

void bl_double_write(bl_str *out, double d)
{
    digits found;

    if (write_special(out, d))
        return;
    shortest(&found, fabs(d));
    const int exponent = found.point - 1;

    if (exponent >= -4 && exponent < 21) {
        write_plain(out, &found);
        return;
    }
    bl_str_addc(out, found.text[0]);
    if (found.count > 1)
        bl_str_addc(out, '.');
    bl_str_add(out, (bylaw_str){found.text + 1, (size_t)found.count - 1});
    bl_str_addf(out, "e%c%02d", exponent < 0 ? '-' : '+', abs(exponent));
}

/* Prints into the arena and replaces the locale's decimal point, one or more bytes, by a point. */
static void write_printf(bl_str *out, const char *format, double d, int digits_behind)
{
    char small[64], *buffer = small;
    const int need = snprintf(small, sizeof small, format, digits_behind, fabs(d));

    if (need < 0) {
        out->failed = true;
        return;
    }
    if ((size_t)need >= sizeof small) {
        buffer = bl_arena_alloc(out->arena, (size_t)need + 1);
        if (buffer == NULL) {
            out->failed = true;
            return;
        }
        snprintf(buffer, (size_t)need + 1, format, digits_behind, fabs(d));
    }
    bool in_point = false;

    for (const char *c = buffer; *c != '\0'; c++) {
        const bool plain = is_digit(*c) || *c == 'e' || *c == '+' || *c == '-';

        if (plain)
            bl_str_addc(out, *c);
        else if (!in_point)
            bl_str_addc(out, '.');
        in_point = !plain;
    }
}

static void write_digits(bl_str *out, const char *format, double d, int digits_behind)
{
    if (isnan(d) || isinf(d)) {
        write_special(out, d);
        return;
    }
    if (signbit(d))
        bl_str_addc(out, '-');
    write_printf(out, format, d, digits_behind);
}

void bl_double_write_fixed(bl_str *out, double d, int digits_behind)
{
    write_digits(out, "%.*f", d, digits_behind);
}

void bl_double_write_scientific(bl_str *out, double d, int digits_behind)
{
    write_digits(out, "%.*e", d, digits_behind);
}
