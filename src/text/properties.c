/* text/properties.c: widths, properties and cases of code points, from the tables of properties.h.
 */
#include "text/properties.h"

#include "text/unicode.h"
#include "text/utf8.h"

/* What is no code point is like the last one, which stands for nothing. */
static const bl_codepoint *of(uint32_t cp)
{
    if (cp > 0x10FFFF)
        cp = 0x10FFFF;
    const uint16_t *block = bl_codepoint_table[bl_codepoint_blocks[cp / BL_CODEPOINT_BLOCK]];

    return &bl_codepoint_kinds[block[cp % BL_CODEPOINT_BLOCK]];
}

int bl_codepoint_width(uint32_t cp)
{
    return of(cp)->width;
}

bool bl_is_ideographic(uint32_t cp)
{
    return of(cp)->ideographic;
}

size_t bl_display_width(bylaw_str text)
{
    size_t width = 0;

    for (size_t at = 0; at < text.len;) {
        const uint32_t cp = bl_utf8_next(text, &at);

        width += cp == BL_BAD_CODEPOINT ? 1 : (size_t)bl_codepoint_width(cp);
    }
    return width;
}

bool bl_property_named(bl_property *out, bylaw_str name)
{
    for (size_t i = 0; i < bl_property_name_count; i++) {
        const bl_property_name *known = &bl_property_names[i];

        if (bl_str_is(name, known->name)) {
            *out = (bl_property){known->categories, known->script};
            return true;
        }
    }
    return false;
}

bool bl_codepoint_has(bl_property property, uint32_t cp)
{
    const bl_codepoint *known = of(cp);

    return property.categories != 0 ? (property.categories >> known->category & 1) != 0
                                    : property.script == known->script;
}

size_t bl_case_orbit(uint32_t out[BL_CASE_ORBIT], uint32_t cp)
{
    size_t n = 0;
    uint32_t at = cp;

    do {
        out[n++] = at;
        at += (uint32_t)of(at)->next;
    } while (at != cp && n < BL_CASE_ORBIT);
    return n;
}
