/* text/utf8.h: UTF-8 as code points; no tables, no ICU. */
#ifndef BL_TEXT_UTF8_H
#define BL_TEXT_UTF8_H

#include "base/str.h"

#define BL_BAD_CODEPOINT ((uint32_t)-1)

/* The code point at *at, which moves behind it; BL_BAD_CODEPOINT (and one byte on) where it is
 * malformed: overlong, surrogate, above U+10FFFF, cut off. */
uint32_t bl_utf8_next(bylaw_str text, size_t *at);
bool bl_utf8_valid(bylaw_str text, size_t *bad_at); /* bad_at may be NULL */
size_t bl_utf8_count(bylaw_str text);
/* Byte offset of the n-th code point (from 0); text.len where there are fewer. */
size_t bl_utf8_offset(bylaw_str text, size_t n);

/* A text that is read one code point after the other. */
typedef struct bl_cursor {
    bylaw_str text;
    size_t at;
} bl_cursor;

/* The next code point; BL_BAD_CODEPOINT at the end. */
static inline uint32_t bl_peek(const bl_cursor *c)
{
    size_t at = c->at;

    return at < c->text.len ? bl_utf8_next(c->text, &at) : BL_BAD_CODEPOINT;
}

static inline void bl_skip(bl_cursor *c)
{
    bl_utf8_next(c->text, &c->at);
}

#endif
