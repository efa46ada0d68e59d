/* check/expression.h: one expression evaluated by itself (bylaw/expr.h), as the report layer tells
 * it.
 */
#ifndef BL_CHECK_EXPRESSION_H
#define BL_CHECK_EXPRESSION_H

#include "rules/ruleset.h"

#include <bylaw/expr.h>

struct bylaw_expr {
    bylaw_allocator allocator;
    bl_arena arena;
    const bl_program *program;
    bl_eval eval;
    bl_value value;
    const bl_cause *cause;  /* never NULL */
    const bylaw_str *names; /* of the slots */
    bylaw_str shown, type;
    const bylaw_str *missing;
    size_t missing_count;
};

/* Facts without a vocabulary (plain_facts.c): what a text says decides what it is. */
typedef struct bl_plain_facts {
    const bylaw_str *names;
    const bl_type *const *types;
    const bl_value *values; /* unknown where left empty */
    size_t count;
} bl_plain_facts;

bylaw_status bl_plain_facts_read(bl_plain_facts *out, const bylaw_expr_options *options,
                                 bl_arena *arena, bylaw_diags *diags);

/* The text `name: value` of a setting, as a source of its own. NULL: no memory. */
const bl_source *bl_setting_source(bl_arena *arena, const bylaw_setting *setting);

#endif
