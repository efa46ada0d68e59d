/* check/mutants.h: what the makers of mutants share: the list, and the place they are at. */
#ifndef BL_CHECK_MUTANTS_H
#define BL_CHECK_MUTANTS_H

#include "base/vec.h"
#include "doc/document.h"
#include "rules/ruleset.h"

#include <bylaw/mutate.h>

typedef struct bl_mutation {
    bylaw_mutant told;
    uint32_t from, to; /* bytes of the text that `text` replaces */
    bylaw_str text;
} bl_mutation;

struct bylaw_mutants {
    bylaw_allocator allocator;
    bl_arena arena;
    bl_arena made; /* the text of the latest */
    bl_source source;
    const bylaw_ruleset *set;
    bylaw_str place; /* of what is being changed */
    BL_VEC(bl_mutation) items;
    bool failed; /* no memory */
};

/* Adds the change of bytes [from, to) into `text`. was, now: as told; now empty: dropped. Returns
 * it, or NULL when memory ran out. */
bl_mutation *bl_mutant_add(bylaw_mutants *m, bl_span span, bylaw_str text, bylaw_str was,
                           bylaw_str now);
/* A text put together in the list's arena. */
bylaw_str bl_mutant_joined(bylaw_mutants *m, bylaw_str a, bylaw_str b, bylaw_str c);

/* A scalar or key replaced as a whole. */
bl_mutation *bl_mutant_replace(bylaw_mutants *m, const bl_doc_node *node, const char *now);

bylaw_str bl_mutant_fraction(bylaw_mutants *m, bylaw_fraction f); /* 2/3, 5 */

/* Every change of a set, from its root. */
void bl_mutate_set(bylaw_mutants *m, const bl_doc_node *root);
/* Every change of a threshold; norm: whose it is, or NULL. */
void bl_mutate_threshold(bylaw_mutants *m, const bl_norm *norm, const bl_doc_node *node);
/* Every change of an expression that stands in a scalar; `truth`: it is a yes or no. */
void bl_mutate_expression(bylaw_mutants *m, const bl_doc_node *node, bool truth);

#endif
