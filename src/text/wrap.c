/* text/wrap.c: see wrap.h. One pass: it remembers the last place where the line may end. */
#include "text/wrap.h"

#include "text/unicode.h"
#include "text/utf8.h"

static bool is_one_of(uint32_t cp, const uint32_t *set)
{
    for (; *set != 0; set++) {
        if (*set == cp)
            return true;
    }
    return false;
}

/* Never at the head of a line. */
static bool clings_before(uint32_t cp)
{
    static const uint32_t set[] = {U'，', U'。', U'；', U'：', U'、', U'）', U'》', U'”',
                                   U'’',  U'！', U'？', U'」', U'』', U'】', U'〉', U'…',
                                   U'—',  U'·',  U'％', U'々', ',',   '.',   ';',   ':',
                                   ')',   ']',   '}',   '!',   '?',   '%',   '#',   0};

    return is_one_of(cp, set);
}

/* Never at the end of one. */
static bool clings_behind(uint32_t cp)
{
    static const uint32_t set[] = {U'（', U'《', U'“', U'‘', U'「', U'『',
                                   U'【', U'〈', '(',  '[',  '{',   0};

    return is_one_of(cp, set);
}

static bool is_digit(uint32_t cp)
{
    return cp >= '0' && cp <= '9';
}

/* Chinese characters and their punctuation: a line may break beside them without a blank. */
static bool is_ideographic(uint32_t cp)
{
    return cp >= 0x2E80 && bl_codepoint_width(cp) == 2;
}

/* May a line end between two code points with nothing between them? */
static bool may_break(uint32_t before, uint32_t after)
{
    if (clings_before(after) || clings_behind(before) || bl_codepoint_width(after) == 0)
        return false;
    if (is_digit(before) || is_digit(after)) /* 第1259条; behind punctuation it may */
        return clings_before(before) && is_ideographic(before);
    return is_ideographic(before) || is_ideographic(after);
}

/* … with blanks between them? Not inside 5 票, nor inside Art. 11. */
static bool may_break_at_blank(uint32_t before, uint32_t after)
{
    return !clings_before(after) && !(is_digit(before) && is_ideographic(after)) &&
           !(before == '.' && is_digit(after));
}

typedef struct line {
    bl_str *out;
    bylaw_str text;
    size_t columns, indent;
    size_t start; /* of the part not yet written */
    size_t width; /* columns up to the place looked at */
    bool may_end; /* there is a place to break: text up to end, then from next */
    size_t end, next;
    size_t next_width; /* columns up to next */
} line;

static void break_line(line *l, size_t end, size_t next, size_t width_behind)
{
    bl_str_add(l->out, bl_str_slice(l->text, l->start, end));
    bl_str_addc(l->out, '\n');
    bl_add_blanks(l->out, l->indent);
    l->start = next;
    l->width = l->indent + width_behind;
    l->may_end = false;
}

/* ESC [ … m at `at`: where it ends, or `at` where there is none. */
static size_t behind_colour(bylaw_str text, size_t at)
{
    if (!bl_str_starts(bl_str_slice(text, at, text.len), BYLAW_STR("\x1B[")))
        return at;
    const size_t end = bl_str_find(text, BYLAW_STR("m"), at);

    return end == SIZE_MAX ? at : end + 1;
}

void bl_wrap(bl_str *out, bylaw_str text, size_t columns, size_t used, size_t indent)
{
    line l = {.out = out, .text = text, .columns = columns, .indent = indent, .width = used};

    l.may_end = used > indent; /* before the first word */
    l.next_width = used;
    uint32_t before = 0;               /* the last code point that is no blank; 0: none yet */
    size_t blank_from = 0, blanks = 0; /* the blanks behind it */
    size_t at = 0;

    while (at < text.len) {
        const size_t here = behind_colour(text, at);

        if (here > at) {
            at = here;
            continue;
        }
        const uint32_t cp = bl_utf8_next(text, &at);

        if (cp == ' ') {
            blank_from = blanks++ == 0 ? here : blank_from;
            l.width++;
            continue;
        }
        if (before != 0 && blanks > 0 ? may_break_at_blank(before, cp)
                                      : before != 0 && may_break(before, cp)) {
            l.end = blanks > 0 ? blank_from : here;
            l.next = here;
            l.next_width = l.width;
            l.may_end = true;
        }
        const size_t width = cp == BL_BAD_CODEPOINT ? 1 : (size_t)bl_codepoint_width(cp);

        if (l.width + width > columns && width > 0) {
            if (l.may_end)
                break_line(&l, l.end, l.next, l.width - l.next_width);
            if (l.width + width > columns && here > l.start && cp != ':' && cp != '#')
                break_line(&l, blanks > 0 && blank_from > l.start ? blank_from : here, here, 0);
        }
        l.width += width;
        before = cp;
        blanks = 0;
    }
    bl_str_add(out, bl_str_slice(text, l.start, text.len));
}

void bl_add_blanks(bl_str *out, size_t n)
{
    while (n-- > 0)
        bl_str_addc(out, ' ');
}

void bl_add_padded(bl_str *out, bylaw_str text, size_t columns)
{
    const size_t width = bl_display_width(text);

    bl_str_add(out, text);
    bl_add_blanks(out, width < columns ? columns - width : 0);
}
