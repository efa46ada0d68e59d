/* check/exhaust.h: a rule set tried out: every vote of a small body, and every norm over the facts
 * that it reads. What is found is told by report/exhaust.c. */
#ifndef BL_CHECK_EXHAUST_H
#define BL_CHECK_EXHAUST_H

#include "check/trial.h"

#define BL_MOST_VOTE_NORMS 12 /* conditions on one kind that are decided by counting */

typedef struct bl_example {
    const bl_given *items;
    size_t count;
} bl_example;

/* What another option of readings makes of the cases tried. */
typedef struct bl_parting {
    bl_choice choice;
    bool remote;
    size_t cases; /* that come out otherwise */
    bl_example example;
} bl_parting;

typedef BL_VEC(bl_parting) bl_partings;

/* One norm over all cases tried. */
typedef struct bl_tried {
    const bl_norm *norm;
    size_t cases, applies, met, unmet;
    bl_partings partings; /* of a norm tried by itself */
    bool cut;             /* not all cases were tried */
} bl_tried;

/* Two norms of which, where both apply, each is met now and then, and never both. */
typedef struct bl_contrary {
    const bl_norm *norms[2];
} bl_contrary;

typedef BL_VEC(bl_contrary) bl_contraries;

/* Two norms that have more cases together than are tried, in none of which both were met. */
typedef struct bl_undecided {
    const bl_norm *norms[2];
    size_t cases, tried;
} bl_undecided;

/* The votes on one kind of action. */
typedef struct bl_votes_tried {
    const bl_enum_value *kind;
    size_t cases, flags; /* flags: how many ways to set what is no count */
    bl_tried norms[BL_MOST_VOTE_NORMS];
    size_t norm_count;
    bl_contraries contraries;
    size_t undone; /* cases in which one more vote undoes an adoption */
    bl_example undone_at;
    bl_partings undone_under; /* the same, under readings that bring it about */
    size_t stuck;             /* attendances at which nothing can be adopted */
    bl_example stuck_at;
    bl_partings partings;
    bool cut;
} bl_votes_tried;

typedef struct bl_exhausted {
    BL_VEC(bl_votes_tried) votes;
    BL_VEC(bl_tried) norms;
    bl_contraries contraries;
    BL_VEC(bl_undecided) undecided;
    size_t without_body; /* norms that say nothing to be met */
    size_t cases, judged;
} bl_exhausted;

/* Tries out the whole set; counts up to `most`. The results live in `arena`. */
bylaw_status bl_exhaust(bl_exhausted *out, const bylaw_ruleset *set, int64_t most, bl_arena *arena);

#endif
