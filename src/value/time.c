/* value/time.c: see time.h. */
#include "value/time.h"

#include "base/fraction.h" /* bl_i128 */
#include "value/date.h"

#include <assert.h>

#define SECONDS_PER_DAY 86400
#define NANOS           1000000000

bool bl_timestamp_in_range(bl_time t)
{
    return t.seconds >= BL_TIMESTAMP_MIN && t.seconds <= BL_TIMESTAMP_MAX;
}

bool bl_duration_in_range(bl_time d)
{
    return d.seconds >= -BL_DURATION_MAX &&
           (d.seconds < BL_DURATION_MAX || (d.seconds == BL_DURATION_MAX && d.nanos == 0));
}

static bl_i128 total(bl_time t)
{
    return (bl_i128)t.seconds * NANOS + t.nanos;
}

/* The times and durations that there are, and their sums, are far from the ends of int64_t. */
static bl_time from_total(bl_i128 nanos)
{
    bl_i128 seconds = nanos / NANOS, rest = nanos % NANOS;

    if (rest < 0) {
        rest += NANOS;
        seconds--;
    }
    assert(seconds >= INT64_MIN && seconds <= INT64_MAX);
    return (bl_time){(int64_t)seconds, (uint32_t)rest};
}

/* --- reading ---------------------------------------------------------------------------------- */

typedef struct cursor {
    bylaw_str text;
    size_t at;
} cursor;

static char peek(const cursor *c)
{
    return c->at < c->text.len ? c->text.ptr[c->at] : '\0';
}

static bool accept(cursor *c, char wanted)
{
    if (c->at >= c->text.len || c->text.ptr[c->at] != wanted)
        return false;
    c->at++;
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Exactly n digits. */
static bool read_fixed(cursor *c, int n, int64_t *out)
{
    int64_t value = 0;

    for (; n > 0; n--) {
        if (!is_digit(peek(c)))
            return false;
        value = value * 10 + (c->text.ptr[c->at++] - '0');
    }
    *out = value;
    return true;
}

/* [ "." digits ]; more than nine digits are refused: they would be lost. */
static bool read_fraction(cursor *c, int64_t *nanos)
{
    int n = 0;

    *nanos = 0;
    if (!accept(c, '.'))
        return true;
    for (; is_digit(peek(c)); n++) {
        if (n == 9)
            return false;
        *nanos = *nanos * 10 + (c->text.ptr[c->at++] - '0');
    }
    if (n == 0)
        return false;
    for (; n < 9; n++)
        *nanos *= 10;
    return true;
}

/* "Z" | ("+" | "-") hh ":" mm */
static bool read_offset(cursor *c, int64_t *seconds)
{
    int64_t hours, minutes;

    *seconds = 0;
    if (accept(c, 'Z') || accept(c, 'z'))
        return true;
    const bool negative = peek(c) == '-';

    if (!accept(c, '+') && !accept(c, '-'))
        return false;
    if (!read_fixed(c, 2, &hours) || !accept(c, ':') || !read_fixed(c, 2, &minutes) || hours > 23 ||
        minutes > 59)
        return false;
    *seconds = (hours * 60 + minutes) * 60;
    if (negative)
        *seconds = -*seconds;
    return true;
}

bl_time_reading bl_timestamp_read(bl_time *out, bylaw_str text)
{
    cursor c = {text, 0};
    int64_t year, month, day, hour, minute, second, nanos, offset, days;

    if (!read_fixed(&c, 4, &year) || !accept(&c, '-') || !read_fixed(&c, 2, &month) ||
        !accept(&c, '-') || !read_fixed(&c, 2, &day) || !(accept(&c, 'T') || accept(&c, 't')) ||
        !read_fixed(&c, 2, &hour) || !accept(&c, ':') || !read_fixed(&c, 2, &minute) ||
        !accept(&c, ':') || !read_fixed(&c, 2, &second) || !read_fraction(&c, &nanos) ||
        !read_offset(&c, &offset) || c.at != text.len)
        return BL_TIME_NOT_A_TIME;
    if (hour > 23 || minute > 59 || second > 59 || !bl_date_make(&days, year, month, day))
        return BL_TIME_OUT_OF_RANGE;
    const bl_time t = {days * SECONDS_PER_DAY + (hour * 60 + minute) * 60 + second - offset,
                       (uint32_t)nanos};

    if (!bl_timestamp_in_range(t))
        return BL_TIME_OUT_OF_RANGE;
    *out = t;
    return BL_TIME_OK;
}

static const struct unit {
    const char *name;
    int64_t nanos;
} units[] = {
    {"ns", 1},
    {"us", 1000},
    {"µs", 1000},
    {"μs", 1000},
    {"ms", 1000000},
    {"s", INT64_C(1000000000)},
    {"m", INT64_C(60000000000)},
    {"h", INT64_C(3600000000000)},
};

static int64_t read_unit(cursor *c)
{
    size_t end = c->at;

    while (end < c->text.len && !is_digit(c->text.ptr[end]) && c->text.ptr[end] != '.')
        end++;
    const bylaw_str name = bl_str_slice(c->text, c->at, end);

    c->at = end;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (bl_str_is(name, units[i].name))
            return units[i].nanos;
    }
    return 0;
}

#define MAX_NANOS ((bl_i128)BL_DURATION_MAX * NANOS)

/* digits [ "." digits ] unit. A part of a nanosecond is cut off. */
static bl_time_reading read_term(cursor *c, bl_i128 *sum)
{
    bl_i128 whole = 0, part = 0, scale = 1;
    bool any = false;

    for (; is_digit(peek(c)); any = true) {
        const int digit = c->text.ptr[c->at++] - '0';

        if (whole <= MAX_NANOS)
            whole = whole * 10 + digit;
    }
    if (accept(c, '.')) {
        for (; is_digit(peek(c)); any = true) {
            const int digit = c->text.ptr[c->at++] - '0';

            if (scale < INT64_C(1000000000000000)) {
                part = part * 10 + digit;
                scale *= 10;
            }
        }
    }
    const int64_t unit = any ? read_unit(c) : 0;

    if (unit == 0)
        return BL_TIME_NOT_A_TIME;
    *sum += whole * unit + part * unit / scale;
    return *sum > MAX_NANOS ? BL_TIME_OUT_OF_RANGE : BL_TIME_OK;
}

bl_time_reading bl_duration_read(bl_time *out, bylaw_str text)
{
    cursor c = {text, 0};
    const bool negative = peek(&c) == '-';
    bl_i128 sum = 0;
    bool out_of_range = false;

    if (negative || peek(&c) == '+')
        c.at++;
    if (bl_str_is(bl_str_slice(text, c.at, text.len), "0")) {
        *out = (bl_time){0, 0};
        return BL_TIME_OK;
    }
    do {
        const bl_time_reading reading = read_term(&c, &sum);

        if (reading == BL_TIME_NOT_A_TIME)
            return reading;
        if (reading == BL_TIME_OUT_OF_RANGE) {
            out_of_range = true;
            sum = 0; /* go on only to see whether it is a duration at all */
        }
    } while (c.at < text.len);
    if (out_of_range)
        return BL_TIME_OUT_OF_RANGE;
    *out = from_total(negative ? -sum : sum);
    return BL_TIME_OK;
}

/* --- writing ---------------------------------------------------------------------------------- */

static void write_fraction(bl_str *out, uint32_t nanos)
{
    int digits = 9;

    if (nanos == 0)
        return;
    while (nanos % 10 == 0) {
        nanos /= 10;
        digits--;
    }
    bl_str_addf(out, ".%0*u", digits, (unsigned)nanos);
}

void bl_timestamp_write(bl_str *out, bl_time t)
{
    const int64_t days = t.seconds >= 0 ? t.seconds / SECONDS_PER_DAY
                                        : (t.seconds - (SECONDS_PER_DAY - 1)) / SECONDS_PER_DAY;
    const int second = (int)(t.seconds - days * SECONDS_PER_DAY);

    bl_date_write_iso(out, days);
    bl_str_addf(out, "T%02d:%02d:%02d", second / 3600, second / 60 % 60, second % 60);
    write_fraction(out, t.nanos);
    bl_str_addc(out, 'Z');
}

void bl_duration_write(bl_str *out, bl_time d)
{
    if (d.seconds < 0) {
        bl_str_addc(out, '-');
        d = bl_duration_negate(d);
    }
    bl_str_add_int(out, d.seconds);
    write_fraction(out, d.nanos);
    bl_str_addc(out, 's');
}

/* --- sums ------------------------------------------------------------------------------------- */

static bool store(bl_time *out, bl_i128 nanos, bool (*in_range)(bl_time))
{
    const bl_time t = from_total(nanos);

    if (!in_range(t))
        return false;
    *out = t;
    return true;
}

bool bl_timestamp_add(bl_time *out, bl_time timestamp, bl_time duration)
{
    return store(out, total(timestamp) + total(duration), bl_timestamp_in_range);
}

bool bl_timestamp_sub(bl_time *out, bl_time timestamp, bl_time duration)
{
    return store(out, total(timestamp) - total(duration), bl_timestamp_in_range);
}

bool bl_timestamp_diff(bl_time *out, bl_time a, bl_time b)
{
    const bl_i128 nanos = total(a) - total(b);

    if (nanos < INT64_MIN || nanos > INT64_MAX)
        return false;
    *out = from_total(nanos);
    return true;
}

bool bl_duration_add(bl_time *out, bl_time a, bl_time b)
{
    return store(out, total(a) + total(b), bl_duration_in_range);
}

bool bl_duration_sub(bl_time *out, bl_time a, bl_time b)
{
    return store(out, total(a) - total(b), bl_duration_in_range);
}

bl_time bl_duration_negate(bl_time d)
{
    return d.nanos == 0 ? (bl_time){-d.seconds, 0} : (bl_time){-d.seconds - 1, NANOS - d.nanos};
}

int bl_time_compare(bl_time a, bl_time b)
{
    const int order = (a.seconds > b.seconds) - (a.seconds < b.seconds);

    return order != 0 ? order : (a.nanos > b.nanos) - (a.nanos < b.nanos);
}

int64_t bl_duration_in(bl_time d, int64_t seconds_per_unit)
{
    return (int64_t)(total(d) / ((bl_i128)seconds_per_unit * NANOS));
}

int64_t bl_duration_milliseconds(bl_time d)
{
    return (int64_t)(total(d) / (NANOS / 1000));
}
