/* text/unicode.h: all that needs Unicode data. unicode.c is the only file that includes ICU; it
 * loads a part of ICU's data only when a text needs it (ASCII and plain Han text takes short cuts).
 */
#ifndef BL_TEXT_UNICODE_H
#define BL_TEXT_UNICODE_H

#include "base/str.h"

/* Display columns: 2 for East Asian wide and fullwidth, 0 for combining and format characters,
 * else 1. Ambiguous ones count 1. No ICU data needed. */
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

/* A whole number as people write it: 8, ８, 八, 十二, 一百零五, 1,000 is refused. BYLAW_EINPUT: not
 * a number or not exact; BYLAW_EOVERFLOW: beyond int64_t. */
bylaw_status bl_read_int(int64_t *out, bylaw_str text);
/* 2/3, ２/３, 三分之二, 半数 is refused, also a whole number. */
bylaw_status bl_read_fraction(bylaw_fraction *out, bylaw_str text);

/* Is the rest of `name` a time zone ICU knows (or +hh:mm)? Offset from UTC in seconds at an
 * instant. */
bylaw_status bl_zone_offset(int32_t *out, bylaw_str zone, int64_t utc_seconds);

/* Regular expressions: RE2 syntax, search anywhere, over code points, time bounded. */
typedef struct bl_regex bl_regex;
bylaw_status bl_regex_compile(bl_regex **out, bylaw_str pattern, const bylaw_allocator *allocator);
void bl_regex_free(bl_regex *regex);
bylaw_status bl_regex_search(bool *out, const bl_regex *regex, bylaw_str text);

/* Order of Chinese titles for listings (pinyin), of other text by code point. -1, 0, +1. */
int bl_collate(bylaw_str a, bylaw_str b);

#endif
