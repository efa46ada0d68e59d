/* text/excerpt.c: see excerpt.h. */
#include "text/excerpt.h"

#include "text/unicode.h"
#include "text/utf8.h"

#include <stdio.h>

#define DEFAULT_COLUMNS 80
#define NUMBER_COLUMNS  4     /* of the line number, more where it needs more */
#define CUT             "..." /* "…" is wide in some terminals */
#define CUT_COLUMNS     3
#define CONTEXT         20 /* columns kept before the first caret of a line that is cut */
#define MIN_ROOM        32 /* columns of text, however narrow the terminal */

static bool is_unsafe(uint32_t cp)
{
    static const uint32_t ranges[][2] = {
        {0x00, 0x1F},     {0x7F, 0x9F},     {0x61C, 0x61C},   {0x200E, 0x200F},
        {0x2028, 0x202E}, {0x2066, 0x2069}, {0xFEFF, 0xFEFF},
    };

    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        if (cp >= ranges[i][0] && cp <= ranges[i][1])
            return true;
    }
    return cp == BL_BAD_CODEPOINT;
}

/* One code point as it is shown. */
typedef struct shown {
    bylaw_str text;
    size_t columns;
    char escape[16];
} shown;

static void show(shown *s, uint32_t cp, bylaw_str raw, bool unsafe)
{
    if (!unsafe) {
        s->text = raw;
        s->columns = (size_t)bl_codepoint_width(cp);
        return;
    }
    const int n = snprintf(s->escape, sizeof s->escape, "\\u{%X}",
                           (unsigned)(cp == BL_BAD_CODEPOINT ? 0xFFFD : cp));

    s->text = (bylaw_str){s->escape, (size_t)n};
    s->columns = (size_t)n;
}

static void next_shown(shown *s, bylaw_str text, size_t *at)
{
    const size_t start = *at;
    const uint32_t cp = bl_utf8_next(text, at);
    const bool command =
        cp == '#' && bl_str_starts(bl_str_slice(text, start, text.len), BYLAW_STR("##["));

    show(s, cp, bl_str_slice(text, start, *at), command || is_unsafe(cp));
}

void bl_escape_foreign(bl_str *out, bylaw_str text)
{
    for (size_t at = 0; at < text.len;) {
        shown s;

        next_shown(&s, text, &at);
        bl_str_add(out, s.text);
    }
}

void bl_escape_head(bl_str *out, bylaw_str text)
{
    size_t at = 0;

    while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == ':'))
        bl_str_addf(out, "\\u{%X}", (unsigned)text.ptr[at++]);
    bl_escape_foreign(out, bl_str_slice(text, at, text.len));
}

#define MAX_CARETS 32 /* on one line; nobody reads more */

/* --- the excerpt ------------------------------------------------------------------------------ */

/* A part of the line as it is shown: columns [from, to). */
typedef struct window {
    size_t from, to;
    bool cut_before, cut_behind;
} window;

/* The column, from 0, at which code point `wanted` (from 1) is shown; where the line is too short,
 * its width. */
static size_t column_of(bylaw_str text, size_t wanted)
{
    size_t columns = 0;

    for (size_t at = 0, n = 1; at < text.len && n < wanted; n++) {
        shown s;

        next_shown(&s, text, &at);
        columns += s.columns;
    }
    return columns;
}

static window choose_window(bylaw_str text, const bl_caret *carets, size_t n, size_t room,
                            bool is_part)
{
    const size_t width = column_of(text, SIZE_MAX);
    window w = {0, width, is_part, false};
    size_t first = SIZE_MAX;

    room -= is_part ? CUT_COLUMNS : 0;
    if (width <= room)
        return w;
    for (size_t i = 0; i < n; i++)
        first = carets[i].column < first ? carets[i].column : first;
    const size_t caret = n > 0 ? column_of(text, first) : 0;

    if (caret > room - CUT_COLUMNS - CONTEXT) {
        w.from = caret > CONTEXT ? caret - CONTEXT : 0;
        room -= w.cut_before ? 0 : CUT_COLUMNS;
        w.cut_before = true;
        if (width - w.from <= room) /* the end is near: show more before it */
            w.from = width - room;
    }
    if (width - w.from > room) {
        w.cut_behind = true;
        w.to = w.from + room - CUT_COLUMNS;
    }
    return w;
}

/* Writes the characters that lie wholly in the window; one that its edge halves leaves blanks. */
static void write_line(bl_str *out, bylaw_str text, window w)
{
    size_t column = 0;

    if (w.cut_before)
        bl_str_addz(out, CUT);
    for (size_t at = 0; at < text.len && column < w.to;) {
        shown s;

        next_shown(&s, text, &at);
        const size_t end = column + s.columns;

        if (column >= w.from && end <= w.to) {
            bl_str_add(out, s.text);
        } else {
            for (size_t c = column; c < end; c++) {
                if (c >= w.from && c < w.to)
                    bl_str_addc(out, ' ');
            }
        }
        column = end;
    }
    if (w.cut_behind)
        bl_str_addz(out, CUT);
}

static bool is_marked(size_t column, const size_t (*ranges)[2], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (column >= ranges[i][0] && column < ranges[i][1])
            return true;
    }
    return false;
}

/* Where the carets of a line stand, and how far the last reaches. */
static size_t place_carets(size_t (*ranges)[2], bylaw_str text, const bl_caret *carets, size_t n,
                           window w)
{
    size_t last = 0;

    for (size_t i = 0; i < n; i++) {
        size_t from = column_of(text, carets[i].column);
        size_t to =
            carets[i].end_column > carets[i].column ? column_of(text, carets[i].end_column) : from;

        /* What is cut away is marked at the edge. */
        from = from < w.from ? w.from : from > w.to ? w.to : from;
        to = to > w.to ? w.to : to;
        if (to <= from)
            to = from + 1;
        ranges[i][0] = from;
        ranges[i][1] = to;
        last = to > last ? to : last;
    }
    return last;
}

static void write_carets(bl_str *out, bylaw_str text, const bl_caret *carets, size_t n, window w,
                         const bl_excerpt_style *style)
{
    size_t ranges[MAX_CARETS][2];
    bool on = false;
    const size_t last = place_carets(ranges, text, carets, n, w);

    if (w.cut_before)
        bl_str_addz(out, "   ");
    for (size_t column = w.from; column < last; column++) {
        const bool marked = is_marked(column, (const size_t(*)[2])ranges, n);

        if (marked != on)
            bl_str_addz(out, marked ? style->caret_on : style->caret_off);
        on = marked;
        bl_str_addc(out, marked ? '^' : ' ');
    }
    if (on)
        bl_str_addz(out, style->caret_off);
}

/* The carets of a part of a line, counted from its first character; those outside are left out. */
static size_t carets_of_part(bl_caret *out, bylaw_str text, const bl_caret *carets, size_t n,
                             size_t first_column)
{
    const size_t before = first_column > 1 ? first_column - 1 : 0;
    const size_t most = before > 0 ? bl_utf8_count(text) + 1 : SIZE_MAX;
    size_t kept = 0;

    for (size_t i = 0; i < n && kept < MAX_CARETS; i++) {
        if (carets[i].column <= before || carets[i].column - before > most)
            continue;
        out[kept].column = carets[i].column - before;
        out[kept++].end_column = carets[i].end_column > before ? carets[i].end_column - before : 0;
    }
    return kept;
}

void bl_excerpt_write(bl_str *out, bylaw_str text, size_t line, const bl_caret *carets, size_t n,
                      const bl_excerpt_style *style)
{
    static const bl_excerpt_style plain = {0};
    char number[24];
    bl_caret inside[MAX_CARETS];
    const int digits = snprintf(number, sizeof number, "%*zu | ", NUMBER_COLUMNS, line);

    if (style == NULL)
        style = &plain;
    n = carets_of_part(inside, text, carets, n, style->first_column);
    const size_t columns = style->columns > 0 ? style->columns : DEFAULT_COLUMNS;
    const size_t gutter = (size_t)digits;
    const size_t room = columns > gutter + MIN_ROOM ? columns - gutter : MIN_ROOM;
    const window w = choose_window(text, inside, n, room, style->first_column > 1);

    bl_str_addz(out, number);
    write_line(out, text, w);
    bl_str_addc(out, '\n');
    if (n == 0)
        return;
    bl_str_addf(out, "%*s | ", digits - 3, "");
    write_carets(out, text, inside, n, w, style);
    bl_str_addc(out, '\n');
}
