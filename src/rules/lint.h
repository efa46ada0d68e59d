/* rules/lint.h: what a rule set that can be used probably does not mean. */
#ifndef BL_RULES_LINT_H
#define BL_RULES_LINT_H

#include "rules/ruleset.h"

/* Adds a warning for everything that looks wrong.
 *   BYLAW_ENOMEM */
bylaw_status bl_lint(const bylaw_ruleset *set, const bylaw_allocator *allocator,
                     bylaw_diags *diags);

/* Is the provision to be checked by a norm (testable, and a leaf), or a silence to be named by a
 * gap; and is it, or has it a reason? For `coverage`. */
typedef enum bl_cover {
    BL_COVER_NOT_NEEDED,
    BL_COVER_NORM,   /* by a norm, or by a gap where it is a silence */
    BL_COVER_REASON, /* says why not */
    BL_COVER_MISSING
} bl_cover;
/* One a provision, in order of set->provisions; NULL: no memory. */
const bl_cover *bl_coverage(const bylaw_ruleset *set, bl_arena *arena);

#endif
