/* text/utf8.c: see utf8.h. */
#include "text/utf8.h"

/* What the first byte promises: how many bytes, and the least code point that needs so many. */
static const struct lead {
    unsigned char mask, bits;
    uint8_t length;
    uint32_t least;
} leads[] = {
    {0x80, 0x00, 1, 0},
    {0xE0, 0xC0, 2, 0x80},
    {0xF0, 0xE0, 3, 0x800},
    {0xF8, 0xF0, 4, 0x10000},
};

uint32_t bl_utf8_next(bylaw_str text, size_t *at)
{
    const unsigned char *bytes = (const unsigned char *)text.ptr + *at;
    const size_t left = text.len - *at;

    (*at)++;
    if (bytes[0] < 0x80)
        return bytes[0];
    for (size_t i = 1; i < sizeof leads / sizeof leads[0]; i++) {
        const struct lead *lead = &leads[i];

        if ((bytes[0] & lead->mask) != lead->bits)
            continue;
        if (left < lead->length)
            return BL_BAD_CODEPOINT;
        uint32_t cp = bytes[0] & (unsigned char)~lead->mask;

        for (size_t k = 1; k < lead->length; k++) {
            if ((bytes[k] & 0xC0) != 0x80)
                return BL_BAD_CODEPOINT;
            cp = cp << 6 | (bytes[k] & 0x3F);
        }
        if (cp < lead->least || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
            return BL_BAD_CODEPOINT;
        *at += lead->length - 1u;
        return cp;
    }
    return BL_BAD_CODEPOINT;
}

bool bl_utf8_valid(bylaw_str text, size_t *bad_at)
{
    for (size_t at = 0; at < text.len;) {
        const size_t here = at;

        if (bl_utf8_next(text, &at) == BL_BAD_CODEPOINT) {
            if (bad_at != NULL)
                *bad_at = here;
            return false;
        }
    }
    return true;
}

size_t bl_utf8_count(bylaw_str text)
{
    size_t n = 0;

    for (size_t at = 0; at < text.len; n++)
        bl_utf8_next(text, &at);
    return n;
}

size_t bl_utf8_offset(bylaw_str text, size_t n)
{
    size_t at = 0;

    while (n > 0 && at < text.len) {
        bl_utf8_next(text, &at);
        n--;
    }
    return at;
}
