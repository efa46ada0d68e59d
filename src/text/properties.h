/* text/properties.h: what Unicode says of each code point, as far as bylaw asks. The tables are
 * written from ICU when bylaw is built (tools/unicode_tables.c): a program that measures a line or
 * runs a regular expression need not load ICU for it. The functions are declared in unicode.h. */
#ifndef BL_TEXT_PROPERTIES_H
#define BL_TEXT_PROPERTIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct bl_codepoint {
    int32_t next;     /* added, leads to the next that folds to the same, in a ring; 0: alone */
    uint8_t category; /* general category, as ICU numbers them */
    uint8_t script;   /* likewise */
    uint8_t width;    /* columns */
    bool ideographic;
} bl_codepoint;

/* What code points have in common: bl_codepoint_kinds[bl_codepoint_table[b][cp % BLOCK]], where
 * b = bl_codepoint_blocks[cp / BLOCK]. */
enum { BL_CODEPOINT_BLOCK = 256 };
extern const uint8_t bl_codepoint_blocks[0x110000 / BL_CODEPOINT_BLOCK];
extern const uint16_t bl_codepoint_table[][BL_CODEPOINT_BLOCK];
extern const bl_codepoint bl_codepoint_kinds[];

/* What \p{…} may name. */
typedef struct bl_property_name {
    char name[28];
    uint32_t categories; /* a bit each; 0: a script */
    int32_t script;
} bl_property_name;
extern const bl_property_name bl_property_names[];
extern const size_t bl_property_name_count;

#endif
