/* base/str.h: comparing text, and building it. */
#ifndef BL_BASE_STR_H
#define BL_BASE_STR_H

#include "base/alloc.h"

#include <stdarg.h>

bool bl_str_equal(bylaw_str a, bylaw_str b);
bool bl_str_is_all(bylaw_str a, const char *text);
/* Most comparisons fail at the first byte: no call is made for them. */
static inline bool bl_str_is(bylaw_str a, const char *text)
{
    return (a.len > 0 ? a.ptr[0] == text[0] : text[0] == '\0') && bl_str_is_all(a, text);
}
int bl_str_compare(bylaw_str a, bylaw_str b); /* by bytes, which is by code points in UTF-8 */
bool bl_str_starts(bylaw_str a, bylaw_str prefix);
bool bl_str_ends(bylaw_str a, bylaw_str suffix);
/* Offset of the first occurrence at or after `from`, or SIZE_MAX. */
size_t bl_str_find(bylaw_str a, bylaw_str part, size_t from);
/* The part [from, to). */
bylaw_str bl_str_slice(bylaw_str a, size_t from, size_t to);
/* Without ASCII blanks and line ends at both sides. */
bylaw_str bl_str_trim(bylaw_str a);
uint64_t bl_str_hash(bylaw_str a);
/* How many single-character edits (insert, delete, replace, swap of neighbours) lie between two
 * texts, counted in code points; stops counting above `most` and returns most + 1. */
size_t bl_str_distance(bylaw_str a, bylaw_str b, size_t most);
/* How many edits away a text may be that is still suggested for this one: a third of its code
 * points, one or two for short words, never all of them. */
size_t bl_str_near(bylaw_str text);

/* A text being built in an arena. It remembers the first failure; bl_str_take reports it. */
typedef struct bl_str {
    bl_arena *arena;
    char *ptr;
    size_t len, room;
    bool failed;
} bl_str;

bl_str bl_str_init(bl_arena *arena);
void bl_str_add(bl_str *s, bylaw_str text);
void bl_str_addz(bl_str *s, const char *text);
void bl_str_addc(bl_str *s, char c);
void bl_str_add_int(bl_str *s, int64_t n);
void bl_str_add_uint(bl_str *s, uint64_t n);
void bl_str_add_codepoint(bl_str *s, uint32_t cp);
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void bl_str_addf(bl_str *s, const char *format, ...);
bylaw_str bl_str_view(const bl_str *s); /* what stands so far; valid until the next addition */
/* BYLAW_ENOMEM if any step failed, or anything else in its arena: what was put into the text may
 * have holes, then. The text has a NUL behind it. */
bylaw_status bl_str_take(bylaw_str *out, bl_str *s);
/* The same where the arena is asked at the end whether anything failed: empty if any step did. */
bylaw_str bl_str_taken(bl_str *s);

#endif
