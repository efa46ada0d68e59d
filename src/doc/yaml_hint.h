/* doc/yaml_hint.h: says in the reader's language what libyaml found wrong, and recognises the slips
 * that people make: a full-width colon, no blank behind a colon, a tab. */
#ifndef BL_DOC_YAML_HINT_H
#define BL_DOC_YAML_HINT_H

#include "doc/build.h"

#define BL_NOWHERE SIZE_MAX

/* A mistake as libyaml tells it, places as byte offsets. */
typedef struct bl_yaml_trouble {
    const char *problem, *context; /* libyaml's sentences; NULL where it has none */
    size_t at;                     /* of the problem */
    size_t from;                   /* of what was being read: a quote, a key; or BL_NOWHERE */
    size_t flow;                   /* of the innermost open [ or {; or BL_NOWHERE */
} bl_yaml_trouble;

/* Tells the mistake. true when it could be stepped over: `text` (a copy of the source's, of the
 * same length, places unchanged) is mended so that reading it again finds the next mistakes. */
bool bl_yaml_explain(bl_build *build, char *text, const bl_yaml_trouble *trouble);

/* Tells that the value at `from` begins with “!”, which YAML takes for a tag: it needs quotes. */
void bl_yaml_tell_tag(bl_build *build, bylaw_str text, size_t from, bool flow);

/* How many bytes a blank at the beginning of a text has that YAML takes for a letter: full-width,
 * no-break, zero width; 0 where there is none. */
size_t bl_yaml_odd_blank(bylaw_str text);

/* Is this a full-width bracket at the beginning of a text? Then its half-width form, else empty. */
bylaw_str bl_yaml_near_bracket(bylaw_str text);

/* A colon that is not one yet: full-width, or with no blank behind it, after what looks like a key.
 */
typedef struct bl_near_colon {
    size_t at, width; /* in the line */
    const bl_msg *msg;
    bylaw_str fixed; /* the line as it was meant, in the arena */
} bl_near_colon;

/* false where the line has none, or memory ran out. */
bool bl_yaml_near_colon(bl_near_colon *out, bl_arena *arena, bylaw_str line);

#endif
