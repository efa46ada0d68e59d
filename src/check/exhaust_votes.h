/* check/exhaust_votes.h: the half of exhaust.h that goes through votes, and what both halves use.
 */
#ifndef BL_CHECK_EXHAUST_VOTES_H
#define BL_CHECK_EXHAUST_VOTES_H

#include "check/exhaust.h"

typedef struct bl_exhausting {
    bl_exhausted *out;
    const bylaw_ruleset *set;
    int64_t most;
    bl_arena *arena;   /* of the results */
    bl_arena *scratch; /* reset with every norm that is tried */
    bl_arena *passing; /* of the axes of two norms, forgotten with them */
    uint8_t *chosen;   /* the defaults, but for what is being tried */
    bylaw_status status;
} bl_exhausting;

/* The values of the axes [from, to) at hand, kept. */
bl_example bl_exhaust_example(bl_exhausting *x, const bl_trials *t, size_t from, size_t to);
/* Notes that an option makes another result of the case at hand. */
void bl_exhaust_part(bl_exhausting *x, bl_partings *partings, bl_choice choice, const bl_trials *t);
/* All votes on one kind, where conditions on it weigh votes against a base. */
void bl_exhaust_votes(bl_exhausting *x, const bl_enum_value *kind);
/* Is it a condition that is decided by counting votes? */
bool bl_exhaust_is_vote(const bylaw_ruleset *set, const bl_norm *norm);

#endif
