/* doc/yaml_slip.h: the slips that people make in YAML: a full-width colon, no blank behind a colon,
 * a leading “!”. They are looked for where libyaml noticed that something is wrong. */
#ifndef BL_DOC_YAML_SLIP_H
#define BL_DOC_YAML_SLIP_H

#include "doc/build.h"

#define BL_NOWHERE SIZE_MAX

/* A mistake as libyaml tells it, places as byte offsets. */
typedef struct bl_yaml_trouble {
    const char *problem, *context; /* libyaml's sentences; NULL where it has none */
    size_t at;                     /* of the problem */
    size_t from;                   /* of what was being read: a quote, a key; or BL_NOWHERE */
    size_t flow;                   /* of the innermost open [ or {; or BL_NOWHERE */
} bl_yaml_trouble;

typedef struct bl_hint {
    bl_build *build;
    char *bytes; /* the text again, to mend */
    bylaw_str text;
    const bl_yaml_trouble *trouble;
} bl_hint;

typedef enum bl_slip_result { BL_NO_SLIP, BL_SLIP_TOLD, BL_SLIP_MENDED } bl_slip_result;

/* Looks for a slip near the trouble, tells it, and mends the text where that moves nothing. */
bl_slip_result bl_yaml_find_slip(bl_hint *hint);

/* Tells that the value at `from` begins with “!”, which YAML takes for a tag: it needs quotes. */
void bl_yaml_tell_tag(bl_build *build, bylaw_str text, size_t from, bool flow);

/* Is this a full-width bracket at the beginning of a text? Then its half-width form, else empty. */
bylaw_str bl_yaml_near_bracket(bylaw_str text);

#endif
