/* value/date.c: see date.h. Days are counted in a calendar whose year begins on 1 March, so that
 * the leap day is the last of its year and month lengths follow one formula. */
#include "value/date.h"

#include "text/unicode.h"
#include "text/utf8.h"

#define MIN_YEAR        1
#define MAX_YEAR        9999
#define DAYS_PER_ERA    146097 /* 400 years */
#define DAYS_TO_EPOCH   719468 /* from 0000-03-01 to 1970-01-01 */
#define MONTHS_TO_MARCH 2

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int64_t month_length(int64_t year, int64_t month)
{
    static const int8_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return lengths[month - 1] + (month == 2 && is_leap(year));
}

static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
    const int64_t y = month > MONTHS_TO_MARCH ? year : year - 1;
    const int64_t era = y / 400;
    const int64_t year_of_era = y % 400;
    const int64_t months = (month + 12 - MONTHS_TO_MARCH - 1) % 12; /* March is 0 */
    const int64_t day_of_year = (153 * months + 2) / 5 + day - 1;
    const int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * DAYS_PER_ERA + day_of_era - DAYS_TO_EPOCH;
}

bool bl_date_make(int64_t *days, int64_t year, int64_t month, int64_t day)
{
    if (year < MIN_YEAR || year > MAX_YEAR || month < 1 || month > 12 || day < 1 ||
        day > month_length(year, month))
        return false;
    *days = days_of(year, month, day);
    return true;
}

bl_ymd bl_date_parts(int64_t days)
{
    const int64_t shifted = days + DAYS_TO_EPOCH;
    const int64_t era = (shifted >= 0 ? shifted : shifted - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
    const int64_t day_of_era = shifted - era * DAYS_PER_ERA;
    const int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int64_t months = (5 * day_of_year + 2) / 153;
    const int64_t month = months < 10 ? months + 3 : months - 9;

    return (bl_ymd){(int32_t)(era * 400 + year_of_era + (month <= MONTHS_TO_MARCH)), (int32_t)month,
                    (int32_t)(day_of_year - (153 * months + 2) / 5 + 1)};
}

int bl_date_weekday(int64_t days)
{
    const int64_t from_thursday = days % 7; /* 1970-01-01 was one */

    return (int)((from_thursday + 7 + 3) % 7) + 1;
}

bool bl_date_add_days(int64_t *out, int64_t days, int64_t n)
{
    int64_t sum;

    if (__builtin_add_overflow(days, n, &sum) || sum < days_of(MIN_YEAR, 1, 1) ||
        sum > days_of(MAX_YEAR, 12, 31))
        return false;
    *out = sum;
    return true;
}

bool bl_date_add_months(int64_t *out, int64_t days, int64_t n)
{
    const bl_ymd from = bl_date_parts(days);
    int64_t months;

    if (__builtin_add_overflow((int64_t)from.year * 12 + from.month - 1, n, &months) ||
        months < (int64_t)MIN_YEAR * 12)
        return false;
    const int64_t year = months / 12, month = months % 12 + 1;

    if (year > MAX_YEAR)
        return false;
    const int64_t last = month_length(year, month);

    return bl_date_make(out, year, month, from.day < last ? from.day : last);
}

/* --- reading what people write ---------------------------------------------------------------- */

static bool is_one_of(uint32_t cp, const uint32_t *set)
{
    while (*set != 0) {
        if (*set++ == cp)
            return true;
    }
    return false;
}

static void skip_blanks(bl_cursor *c)
{
    static const uint32_t blanks[] = {' ', '\t', 0xA0, 0x3000, 0};

    while (is_one_of(bl_peek(c), blanks))
        bl_skip(c);
}

/* Digits in a row; returns how many. */
static int read_digits(bl_cursor *c, int (*value_of)(uint32_t), int most, int64_t *value)
{
    int n = 0;

    for (*value = 0; n < most && value_of(bl_peek(c)) >= 0; n++) {
        *value = *value * 10 + value_of(bl_peek(c));
        bl_skip(c);
    }
    return n;
}

/* 一 … 九十九 as months and days are spelled: 十二, 二十一, 廿一, 三十, 卅一. */
static bool read_spelled(bl_cursor *c, int64_t *value)
{
    int64_t tens = 0;
    bool any = false;

    if (bl_han_digit_of(bl_peek(c)) > 0) {
        tens = bl_han_digit_of(bl_peek(c));
        bl_skip(c);
        if (bl_peek(c) != U'十') {
            *value = tens;
            return true;
        }
        bl_skip(c);
        any = true;
    } else if (is_one_of(bl_peek(c), (const uint32_t[]){U'十', U'廿', U'卅', 0})) {
        tens = bl_peek(c) == U'十' ? 1 : bl_peek(c) == U'廿' ? 2 : 3;
        bl_skip(c);
        any = true;
    }
    *value = tens * 10;
    if (any && bl_han_digit_of(bl_peek(c)) > 0) {
        *value += bl_han_digit_of(bl_peek(c));
        bl_skip(c);
    }
    return any;
}

static bool read_year(bl_cursor *c, int64_t *year)
{
    const size_t start = c->at;

    if (read_digits(c, bl_digit_of, 4, year) == 4)
        return true;
    c->at = start;
    return read_digits(c, bl_han_digit_of, 4, year) == 4;
}

static bool read_small(bl_cursor *c, int64_t *value)
{
    return read_digits(c, bl_digit_of, 2, value) > 0 || read_spelled(c, value);
}

static bool read_mark(bl_cursor *c, const uint32_t *marks, uint32_t *found)
{
    skip_blanks(c);
    *found = bl_peek(c);
    if (!is_one_of(*found, marks))
        return false;
    bl_skip(c);
    skip_blanks(c);
    return true;
}

/* year mark month mark day [日], both marks alike. */
static bool read_parts(bl_cursor *c, int64_t parts[3])
{
    static const uint32_t year_marks[] = {'-', '/', '.', U'年', U'－', U'／', U'．', 0};
    uint32_t mark, second;

    if (!read_year(c, &parts[0]) || !read_mark(c, year_marks, &mark))
        return false;
    const uint32_t month_marks[] = {mark == U'年' ? U'月' : mark, 0};

    if (!read_small(c, &parts[1]) || !read_mark(c, month_marks, &second) ||
        !read_small(c, &parts[2]))
        return false;
    if (mark != U'年')
        return bl_digit_of(bl_peek(c)) < 0;
    return read_mark(c, (const uint32_t[]){U'日', U'号', U'號', 0}, &second);
}

/* A time of day or a day of the week is made of these and of digits. */
static bool is_time(bylaw_str text)
{
    static const uint32_t letters[] = {
        'T',   't',   'Z',   'z',   ':',   '.',   '+',   '-',   ' ',   '(',   ')',
        U'：', U'（', U'）', U'　', U'时', U'時', U'点', U'點', U'分', U'秒', U'半',
        U'整', U'正', U'上', U'下', U'中', U'午', U'早', U'晚', U'凌', U'晨', U'傍',
        U'星', U'期', U'周', U'週', U'日', U'天', U'十', U'起', U'许', U'刻', 0};
    bool said = false;

    for (size_t at = 0; at < text.len;) {
        const uint32_t cp = bl_utf8_next(text, &at);

        if (bl_digit_of(cp) >= 0 || bl_han_digit_of(cp) >= 0 || cp == U'午' || cp == U'晨' ||
            cp == U'晚')
            said = true;
        else if (!is_one_of(cp, letters))
            return false;
        else
            said = said || cp == U'日' || cp == U'天';
    }
    return said;
}

bl_date_reading bl_date_read(int64_t *days, bylaw_str *rest, bylaw_str text)
{
    bl_cursor c = {bl_str_trim(text), 0};
    int64_t parts[3];

    skip_blanks(&c);
    if (!read_parts(&c, parts))
        return BL_DATE_NOT_A_DATE;
    const size_t end = c.at;

    skip_blanks(&c);
    if (c.at < c.text.len && !is_time(bl_str_slice(c.text, end, c.text.len)))
        return BL_DATE_NOT_A_DATE;
    if (!bl_date_make(days, parts[0], parts[1], parts[2]))
        return BL_DATE_NO_SUCH_DAY;
    if (rest != NULL)
        *rest = bl_str_slice(c.text, c.at < c.text.len ? end : c.at, c.text.len);
    return BL_DATE_OK;
}

void bl_date_write_iso(bl_str *out, int64_t days)
{
    const bl_ymd d = bl_date_parts(days);

    bl_str_addf(out, "%04d-%02d-%02d", (int)d.year, (int)d.month, (int)d.day);
}

static const char *const month_names[] = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};

void bl_date_write(bl_str *out, int64_t days, bylaw_lang lang)
{
    const bl_ymd d = bl_date_parts(days);

    if (lang == BYLAW_ZH)
        bl_str_addf(out, "%d年%d月%d日", (int)d.year, (int)d.month, (int)d.day);
    else
        bl_str_addf(out, "%d %s %d", (int)d.day, month_names[d.month - 1], (int)d.year);
}

bylaw_label bl_date_as_told(bl_arena *arena, bylaw_str text)
{
    int64_t parts[3] = {0, 0, 0};
    size_t n = 0;
    bl_str zh = bl_str_init(arena), en = bl_str_init(arena);

    for (size_t i = 0; i < text.len && n < 3; i++) {
        const char c = text.ptr[i];
        const bool digit = c >= '0' && c <= '9';

        if (digit && parts[n] < 100000)
            parts[n] = parts[n] * 10 + (c - '0');
        else if (!digit && parts[n] > 0)
            n++;
    }
    if (parts[0] == 0 || parts[2] == 0)
        return (bylaw_label){{text, text}};
    bl_str_addf(&zh, "%lld年%lld月%lld日", (long long)parts[0], (long long)parts[1],
                (long long)parts[2]);
    if (parts[1] <= 12)
        bl_str_addf(&en, "%lld %s %lld", (long long)parts[2], month_names[parts[1] - 1],
                    (long long)parts[0]);
    else
        bl_str_addf(&en, "day %lld of month %lld of %lld", (long long)parts[2], (long long)parts[1],
                    (long long)parts[0]);
    return (bylaw_label){{bl_str_view(&zh), bl_str_view(&en)}};
}
