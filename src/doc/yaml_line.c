/* doc/yaml_line.c: see yaml_line.h. */
#include "doc/yaml_line.h"

#include "doc/messages.h"

#include <string.h>

size_t bl_line_from(bylaw_str text, size_t at)
{
    if (at > text.len)
        at = text.len;
    while (at > 0 && text.ptr[at - 1] != '\n')
        at--;
    return at;
}

size_t bl_line_to(bylaw_str text, size_t at)
{
    const size_t end = bl_str_find(text, BYLAW_STR("\n"), at);

    return end == SIZE_MAX ? text.len : end;
}

size_t bl_skip_blanks(bylaw_str text, size_t at)
{
    while (at < text.len && text.ptr[at] == ' ')
        at++;
    return at;
}

bool bl_blank_at(bylaw_str text, size_t at)
{
    return at >= text.len || strchr(" \t\r\n", text.ptr[at]) != NULL;
}

bool bl_has_colon(bylaw_str line)
{
    for (size_t i = 0; i < line.len; i++) {
        if (line.ptr[i] == ':' && bl_blank_at(line, i + 1))
            return true;
        if (line.ptr[i] == '#' && i > 0 && bl_blank_at(line, i - 1))
            return false;
    }
    return false;
}

bool bl_is_name(bylaw_str text)
{
    if (text.len == 0 || text.len > 90)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (strchr(" \t\"'{}[],#&*!|>%@`", text.ptr[i]) != NULL)
            return false;
    }
    return true;
}

bylaw_str bl_without_comment(bylaw_str line)
{
    const size_t at = bl_str_find(line, BYLAW_STR(" #"), 0);

    return bl_str_trim(bl_str_slice(line, 0, at == SIZE_MAX ? line.len : at));
}

#define WIDE_COLON BYLAW_STR("：")

/* Blanks that are none to YAML: full-width, no-break, zero width. */
static const char *const odd_blanks[] = {"\xE3\x80\x80", "\xC2\xA0", "\xE2\x80\x8B",
                                         "\xEF\xBB\xBF"};

size_t bl_yaml_odd_blank(bylaw_str text)
{
    for (size_t i = 0; i < sizeof odd_blanks / sizeof *odd_blanks; i++) {
        if (bl_str_starts(text, bylaw_str_from(odd_blanks[i])))
            return strlen(odd_blanks[i]);
    }
    return 0;
}

static size_t behind_blanks(bylaw_str text, size_t at)
{
    size_t odd;

    for (;;) {
        at = bl_skip_blanks(text, at);
        odd = bl_yaml_odd_blank(bl_str_slice(text, at, text.len));
        if (odd == 0)
            return at;
        at += odd;
    }
}

size_t bl_skip_dashes(bylaw_str line)
{
    size_t at = bl_skip_blanks(line, 0);

    while (at + 1 < line.len && line.ptr[at] == '-' && line.ptr[at + 1] == ' ')
        at = bl_skip_blanks(line, at + 1);
    return at;
}

size_t bl_value_at(bylaw_str line)
{
    const size_t from = bl_skip_dashes(line), colon = bl_str_find(line, BYLAW_STR(": "), from);

    if (colon == SIZE_MAX || !bl_is_name(bl_str_slice(line, from, colon)))
        return from;
    return bl_skip_blanks(line, colon + 1);
}

bool bl_yaml_near_colon(bl_near_colon *out, bl_arena *arena, bylaw_str line)
{
    const size_t from = bl_skip_dashes(line);
    const size_t full = bl_str_find(line, WIDE_COLON, from);
    const size_t half = bl_str_find(line, BYLAW_STR(":"), from);

    if (full != SIZE_MAX && half != SIZE_MAX && half < full && bl_blank_at(line, half + 1))
        return false; /* the key ends before: a full-width colon in a text is nobody's mistake */

    if (full != SIZE_MAX && bl_is_name(bl_str_slice(line, from, full)))
        *out = (bl_near_colon){full, WIDE_COLON.len, BL_DOC_MSG(WIDE_COLON), {NULL, 0}};
    else if (half != SIZE_MAX && !bl_blank_at(line, half + 1) && line.ptr[half + 1] != '/' &&
             line.ptr[half + 1] != ':' && bl_is_name(bl_str_slice(line, from, half)))
        *out = (bl_near_colon){half, 1, BL_DOC_MSG(NO_BLANK), {NULL, 0}};
    else
        return false;
    bl_str fixed = bl_str_init(arena);

    bl_str_add(&fixed, bl_str_slice(line, from, out->at));
    bl_str_addz(&fixed, ": ");
    bl_str_add(&fixed, bl_without_comment(bl_str_slice(
                           line, behind_blanks(line, out->at + out->width), line.len)));
    if (bl_str_take(&out->fixed, &fixed) != BYLAW_OK)
        return false;
    out->fixed = bl_str_trim(out->fixed);
    return true;
}
