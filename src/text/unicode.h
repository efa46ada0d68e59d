/* text/unicode.h: all that needs Unicode data. What is asked of single code points stands in tables
 * (properties.c). The rest is ICU's, which is opened only when a text needs it (ASCII and plain Han
 * text takes short cuts): unicode.c is the only file that includes it. Where ICU cannot be opened
 * BYLAW_ENOMEM is returned, and bl_late_missing tells why. */
#ifndef BL_TEXT_UNICODE_H
#define BL_TEXT_UNICODE_H

#include "base/str.h"

/* Display columns: 2 for East Asian wide and fullwidth, 0 for combining and format characters,
 * else 1. Ambiguous ones count 1. */
int bl_codepoint_width(uint32_t cp);
size_t bl_display_width(bylaw_str text);

/* The key by which names are the same: NFKC, case folding, white space removed, traditional to
 * simplified. */
bylaw_status bl_name_key(bl_arena *arena, bylaw_str *out, bylaw_str name);
/* The confusable skeleton of a name's key. Equal skeletons of different keys: look-alikes. */
bylaw_status bl_name_skeleton(bl_arena *arena, bylaw_str *out, bylaw_str key);
/* Equal skeletons, not equal keys. */
bylaw_status bl_name_looks_like(bl_arena *arena, bool *out, bylaw_str key_a, bylaw_str key_b);
/* Exactly one code point differs (same length in code points). */
bool bl_name_one_off(bylaw_str key_a, bylaw_str key_b);

/* 0..9 of an ASCII or full width digit, else -1. */
int bl_digit_of(uint32_t cp);
/* 0..9 of a Chinese digit as it is commonly written, else -1. Zero is 〇, 零 or a circle. */
int bl_han_digit_of(uint32_t cp);
/* A whole number as people write it: 8, ８, 八, 十二, 一百零五, 1,000 is refused. BYLAW_EINPUT: not
 * a number or not exact; BYLAW_EOVERFLOW: beyond int64_t. */
bylaw_status bl_read_int(int64_t *out, bylaw_str text);
/* 2/3, ２/３, 三分之二, 半数 is refused, also a whole number. */
bylaw_status bl_read_fraction(bylaw_fraction *out, bylaw_str text);

/* Offset from UTC in seconds at an instant, of a zone that ICU knows (Asia/Shanghai, US/Central,
 * UTC) or of +hh:mm, where the sign may be missing. BYLAW_ENOTFOUND: no such zone. */
bylaw_status bl_zone_offset(int32_t *out, bylaw_str zone, int64_t utc_seconds);

/* What \p{…} of a regular expression names: a general category (L, Lu, …), a script (Han, Greek),
 * or Any. */
typedef struct bl_property {
    uint32_t categories; /* a bit for each general category; 0: a script */
    int32_t script;
} bl_property;
bool bl_property_named(bl_property *out, bylaw_str name);
bool bl_codepoint_has(bl_property property, uint32_t cp);

/* A Han character, or what is used as one. */
bool bl_is_ideographic(uint32_t cp);

/* The code points that simple case folding makes one with this one, itself first; how many. */
#define BL_CASE_ORBIT 4
size_t bl_case_orbit(uint32_t out[BL_CASE_ORBIT], uint32_t cp);

/* Order for listings: text without Han characters first, by code point, then Chinese by pinyin.
 * -1, +1, and 0 for the same text only. */
int bl_collate(bylaw_str a, bylaw_str b);

/* The version of ICU that it was built with, e.g. "72.1". Static. */
const char *bl_icu_version(void);

#endif
