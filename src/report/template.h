/* report/template.h: one line a result, as the user lays it out: {id} and {violated}, say. */
#ifndef BL_REPORT_TEMPLATE_H
#define BL_REPORT_TEMPLATE_H

#include "check/check.h"

/* A piece of a template: text, a word that is computed, or a fact. */
typedef struct bl_template_part {
    bylaw_str text; /* as it is written out, or the name */
    uint32_t word;  /* number in the table of words, or one of those below */
    uint32_t slot;  /* of a fact, under the set that was met last */
} bl_template_part;

typedef struct bl_template {
    bl_template_part *parts;
    size_t count;
    const bylaw_ruleset *set; /* by which the slots are */
} bl_template;

/* false: no memory. A brace that is not closed is text. */
bool bl_template_read(bl_template *out, bylaw_str text, bl_arena *arena);
/* The line of one result, with its end. */
void bl_template_write(bl_str *out, bl_template *t, const bylaw_result *result);

#endif
