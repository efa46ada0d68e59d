/* check/trial.h: actions that are made up to try norms with: the facts that the result of the norms
 * can turn on, and for each the values that can make a difference.
 *
 * What a norm reads decides, not what it is about: the slots of its expressions and thresholds
 * under every reading. Booleans take both values; of an enumeration one value stands for all that
 * the expressions cannot tell apart; numbers and dates stand at, below and above whatever the
 * expressions compare with, found by evaluating them; texts are those named and two that nobody
 * names; lists are short ones of these. */
#ifndef BL_CHECK_TRIAL_H
#define BL_CHECK_TRIAL_H

#include "base/vec.h"
#include "check/case.h"

#define BL_MOST_AXES     12
#define BL_MOST_PROGRAMS 32

typedef BL_VEC(bl_value) bl_values;

/* One fact of an action that was made up. */
typedef struct bl_given {
    uint32_t slot;
    bl_value value;
} bl_given;

/* The value of an axis where the fact is left out. */
#define BL_NOT_STATED ((bl_value){.kind = BL_UNKNOWN})

/* One thing that varies. */
typedef struct bl_axis {
    uint32_t slot; /* a fact; BL_SLOT_DATE, _AS_OF, _DECLARED, _OUTCOME */
    bl_values values;
} bl_axis;

/* What was expressly looked at in the expressions: constants, and values that came up. */
typedef struct bl_pool {
    bl_values numbers, dates, texts, enumerated, fractions, lists;
} bl_pool;

typedef struct bl_trials {
    const bylaw_ruleset *set;
    const bl_enum_value *kind;
    bl_arena *arena;   /* of the axes and their values */
    bl_arena *scratch; /* of what is evaluated to find them */
    const bl_norm *norms[BL_MOST_PROGRAMS];
    size_t norm_count;
    const bl_program *programs[BL_MOST_PROGRAMS];
    size_t program_count;
    int64_t from, until; /* the days on which all of the norms are in force */
    int64_t day;         /* one of them */
    bl_pool pool;
    bl_axis axes[BL_MOST_AXES];
    size_t count;
    size_t at[BL_MOST_AXES]; /* the values at hand */
    bool cut;                /* more facts or values than are tried */
    /* the action at hand */
    bl_action action;
    bl_statement statements[BL_MOST_AXES];
    bl_case the_case;
    bylaw_status status;
} bl_trials;

void bl_trials_init(bl_trials *t, const bylaw_ruleset *set, const bl_enum_value *kind,
                    bl_arena *arena, bl_arena *scratch);
/* Adds what the norm reads. */
void bl_trials_add(bl_trials *t, const bl_norm *norm);
/* Adds one more slot; the axis, or NULL where it is none that varies. */
bl_axis *bl_trials_add_slot(bl_trials *t, uint32_t slot);
/* Gives every axis that has none its values, and stands at the first of each. */
bylaw_status bl_trials_fill(bl_trials *t);
/* The axis of that slot, or NULL. */
bl_axis *bl_trials_axis(bl_trials *t, uint32_t slot);

/* To the next combination of the axes in [from, to), the last turning fastest; false behind the
 * last one, and all stand at the first again. */
bool bl_trials_step(bl_trials *t, size_t from, size_t to);
/* How many combinations there are; SIZE_MAX where it is more. */
size_t bl_trials_size(const bl_trials *t);
/* Stands at that combination of all axes. */
void bl_trials_go(bl_trials *t, size_t number);
/* By which step to go through so many combinations, round and round: 1 where there are at most
 * `most`, else one that spreads as few as are tried over all of them. */
size_t bl_stride(size_t size, size_t most);
/* The facts of the action at hand, in `arena`. Where clash_count is not 0 no such record can be. */
bylaw_status bl_trials_settle(bl_settled *out, bl_trials *t, const uint8_t *chosen,
                              bl_arena *arena);
/* The action at hand, without what is not stated. */
bl_value bl_trials_value(const bl_trials *t, size_t axis);

/* The type with `?` taken off. */
const bl_type *bl_plain_type(const bl_type *type);

#endif
