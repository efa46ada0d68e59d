/* text/numeral.c: whole numbers and fractions as people write them, see unicode.h. Exact or
 * refused: what speakers shorten (一百五 for 150) has two meanings and is not read. */
#include "base/fraction.h"
#include "text/unicode.h"
#include "text/utf8.h"

#include <assert.h>

static bool at_end(const bl_cursor *c)
{
    return c->at >= c->text.len;
}

static int find(uint32_t cp, const uint32_t *row, int n)
{
    for (int i = 0; i < n; i++) {
        if (row[i] == cp)
            return i;
    }
    return -1;
}

int bl_digit_of(uint32_t cp)
{
    if (cp >= '0' && cp <= '9')
        return (int)(cp - '0');
    return cp >= 0xFF10 && cp <= 0xFF19 ? (int)(cp - 0xFF10) : -1;
}

int bl_han_digit_of(uint32_t cp)
{
    static const uint32_t digits[] = {U'〇', U'一', U'二', U'三', U'四',
                                      U'五', U'六', U'七', U'八', U'九'};

    return cp == U'零' || cp == U'○' ? 0 : find(cp, digits, 10);
}

/* Also banker's and traditional digits. */
static int any_han_digit_of(uint32_t cp)
{
    static const uint32_t rows[][9] = {
        {U'壹', U'贰', U'叁', U'肆', U'伍', U'陆', U'柒', U'捌', U'玖'},
        {U'弌', U'貳', U'參', U'肆', U'伍', U'陸', U'柒', U'捌', U'玖'},
    };
    const int plain = bl_han_digit_of(cp);

    for (size_t i = 0; plain < 0 && i < sizeof rows / sizeof rows[0]; i++) {
        const int digit = find(cp, rows[i], 9);

        if (digit >= 0)
            return digit + 1;
    }
    return cp == U'两' || cp == U'兩' ? 2 : plain;
}

/* 十 百 千: their power of ten, else 0. */
static int small_unit_of(uint32_t cp)
{
    static const uint32_t plain[] = {U'十', U'百', U'千'}, formal[] = {U'拾', U'佰', U'仟'};
    const int at = find(cp, plain, 3);

    return (at >= 0 ? at : find(cp, formal, 3)) + 1;
}

static bool is_zero(uint32_t cp)
{
    return any_han_digit_of(cp) == 0;
}

static const int64_t powers[] = {1, 10, 100, 1000};

/* section = [digit 千] [零] [digit 百] [零] [digit 十] [零] [digit], units falling, at most 9999.
 * A last digit stands behind 十, behind 零 or alone. 十 at the head, and behind 百 or 千, may go
 * without its 一. false: nothing that could be one. */
static bool read_section(bl_cursor *c, int64_t *value)
{
    int last_unit = 4;
    bool zero = false, any = false;

    *value = 0;
    while (!at_end(c)) {
        const uint32_t cp = bl_peek(c);
        int64_t digit = any_han_digit_of(cp);

        if (digit == 0) {
            if (zero || last_unit == 0)
                return false;
            zero = true;
            bl_skip(c);
            continue;
        }
        const bool bare_ten = small_unit_of(cp) == 1 && !zero;

        if (digit < 0 && !bare_ten)
            break;
        if (bare_ten)
            digit = 1;
        else
            bl_skip(c);
        const int unit = small_unit_of(bl_peek(c));

        if (unit >= last_unit || (unit == 0 && any && last_unit != 1 && !zero))
            return false;
        if (unit > 0)
            bl_skip(c);
        *value += digit * powers[unit];
        last_unit = unit;
        zero = false;
        any = true;
    }
    return any && !zero;
}

/* 廿 and 卅 are twenty and thirty, of days above all. */
static bool read_short_tens(bl_cursor *c, int64_t *value)
{
    const uint32_t cp = bl_peek(c);

    if (cp != U'廿' && cp != U'卅')
        return false;
    bl_skip(c);
    *value = cp == U'廿' ? 20 : 30;
    if (any_han_digit_of(bl_peek(c)) > 0) {
        *value += any_han_digit_of(bl_peek(c));
        bl_skip(c);
    }
    return true;
}

/* A run of digits, one kind throughout. BYLAW_EINPUT: there is none. */
static bylaw_status read_positional(bl_cursor *c, int (*value_of)(uint32_t), int64_t *value)
{
    bylaw_status status = BYLAW_EINPUT;

    for (*value = 0; value_of(bl_peek(c)) >= 0; bl_skip(c)) {
        if (status == BYLAW_EINPUT)
            status = BYLAW_OK;
        if (__builtin_mul_overflow(*value, INT64_C(10), value) ||
            __builtin_add_overflow(*value, (int64_t)value_of(bl_peek(c)), value))
            status = BYLAW_EOVERFLOW;
    }
    return status;
}

/* 万 or 亿: their value, else 1. */
static int64_t large_unit_of(uint32_t cp)
{
    if (cp == U'万' || cp == U'萬')
        return 10000;
    return cp == U'亿' || cp == U'億' ? 100000000 : 1;
}

/* spelled = [section 亿] [零] [section 万] [零] [section]. Behind a large unit a section below its
 * thousand begins with 零, or it could mean 一万二 (12,000). */
static bylaw_status read_spelled(bl_cursor *c, int64_t *value)
{
    int64_t last_scale = INT64_MAX;

    *value = 0;
    while (!at_end(c)) {
        const bool zero = is_zero(bl_peek(c));
        int64_t section;

        if (zero && last_scale == INT64_MAX)
            return BYLAW_EINPUT;
        if (zero)
            bl_skip(c);
        if (!read_short_tens(c, &section) && !read_section(c, &section))
            return BYLAW_EINPUT;
        const int64_t scale = large_unit_of(bl_peek(c));

        if (scale >= last_scale ||
            (last_scale != INT64_MAX && !zero && scale == 1 && section < 1000))
            return BYLAW_EINPUT;
        if (scale > 1)
            bl_skip(c);
        assert(section < 10000); /* so that all of it is below 10^12 */
        *value += section * scale;
        last_scale = scale;
        if (scale == 1)
            break;
    }
    return at_end(c) ? BYLAW_OK : BYLAW_EINPUT;
}

/* 3万, 2亿: digits with one large unit. */
static bylaw_status read_digits(bl_cursor *c, int64_t *value)
{
    const bylaw_status status = read_positional(c, bl_digit_of, value);
    const int64_t scale = large_unit_of(bl_peek(c));

    assert(status != BYLAW_EINPUT); /* it begins with a digit */
    if (scale > 1)
        bl_skip(c);
    if (!at_end(c))
        return BYLAW_EINPUT;
    return status == BYLAW_OK && !__builtin_mul_overflow(*value, scale, value) ? BYLAW_OK
                                                                               : BYLAW_EOVERFLOW;
}

static bylaw_status read_magnitude(bylaw_str text, int64_t *value)
{
    bl_cursor c = {text, 0};

    if (bl_digit_of(bl_peek(&c)) >= 0)
        return read_digits(&c, value);
    const bylaw_status status = read_positional(&c, any_han_digit_of, value);

    /* 二〇二六; one digit alone may begin 二百 */
    if (status != BYLAW_EINPUT && at_end(&c))
        return status;
    c.at = 0;
    return read_spelled(&c, value);
}

static bylaw_str without_blanks(bylaw_str text)
{
    text = bl_str_trim(text);
    while (bl_str_starts(text, BYLAW_STR("　")))
        text = bl_str_trim(bl_str_slice(text, 3, text.len));
    while (bl_str_ends(text, BYLAW_STR("　")))
        text = bl_str_trim(bl_str_slice(text, 0, text.len - 3));
    return text;
}

bylaw_status bl_read_int(int64_t *out, bylaw_str text)
{
    static const uint32_t minus[] = {'-', U'－', U'−', U'负', U'負'};
    bl_cursor c = {without_blanks(text), 0};
    const bool negative = find(bl_peek(&c), minus, 5) >= 0;
    int64_t value;

    if (negative || bl_peek(&c) == '+' || bl_peek(&c) == U'＋')
        bl_skip(&c);
    const bylaw_str rest = bl_str_slice(c.text, c.at, c.text.len);

    if (negative && bl_str_is(rest, "9223372036854775808")) { /* has no positive counterpart */
        *out = INT64_MIN;
        return BYLAW_OK;
    }
    const bylaw_status status = rest.len > 0 ? read_magnitude(rest, &value) : BYLAW_EINPUT;

    if (status == BYLAW_OK)
        *out = negative ? -value : value;
    return status;
}

/* numerator mark denominator, the other way round for 分之. */
static const struct fraction_mark {
    const char *text;
    bool denominator_first;
} marks[] = {{"/", false}, {"／", false}, {"⁄", false}, {"∕", false}, {"分之", true}};

bylaw_status bl_read_fraction(bylaw_fraction *out, bylaw_str text)
{
    int64_t first, second = 1;
    bylaw_status status;

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const bylaw_str mark = bylaw_str_from(marks[i].text);
        const size_t at = bl_str_find(text, mark, 0);

        if (at == SIZE_MAX)
            continue;
        if ((status = bl_read_int(&first, bl_str_slice(text, 0, at))) != BYLAW_OK ||
            (status = bl_read_int(&second, bl_str_slice(text, at + mark.len, text.len))) !=
                BYLAW_OK)
            return status;
        const int64_t num = marks[i].denominator_first ? second : first;
        const int64_t den = marks[i].denominator_first ? first : second;

        if (den <= 0)
            return BYLAW_EINPUT;
        /* unreached: both fit, so that it never fails */
        return bl_fraction_make(out, num, den) ? BYLAW_OK : BYLAW_EOVERFLOW;
    }
    if ((status = bl_read_int(&first, text)) != BYLAW_OK)
        return status;
    *out = (bylaw_fraction){first, 1};
    return BYLAW_OK;
}
