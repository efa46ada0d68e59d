/* rules/asks.h: what an action of a kind must state, as far as the rule set alone can tell. */
#ifndef BL_RULES_ASKS_H
#define BL_RULES_ASKS_H

#include "rules/ruleset.h"

/* Why a fact is asked for; the first that fits. Found by judging the empty action of the kind, of
 * which nothing is stated: presumptions hold, stated(x) is false, all else is unknown. */
typedef enum bl_need {
    BL_NEED_ALWAYS,  /* some norm stays undetermined until it is stated */
    BL_NEED_IF,      /* so it is once another fact makes a norm apply */
    BL_NEED_LATER,   /* a duty that follows the act: of what was adopted, or declared */
    BL_NEED_READING, /* only another option than the default looks at it */
    BL_NEED__COUNT
} bl_need;

typedef struct bl_ask {
    uint32_t slot;
    const bl_field *field; /* of the elements of a list of records; NULL: the fact itself */
    bl_need need;
    const bl_norm *norm; /* the first that asks for it */
} bl_ask;

typedef struct bl_asks {
    const bl_ask *items; /* by need, then as the facts are declared */
    size_t count;
    size_t needs[BL_NEED__COUNT]; /* how many of each */
    const uint32_t *presumed;     /* slots that the norms read and that are presumed */
    size_t presumed_count;
} bl_asks;

/* Does it ask for facts: is it neither advice (unless it says `ask`) nor a permission? */
bool bl_norm_asks(const bl_norm *norm);

/* Norms that give advice, or permit, ask for nothing unless they say so; gaps never do. A list of
 * records of which single fields are asked for does not stand beside them itself.
 *   BYLAW_ENOMEM */
bylaw_status bl_asks_of(bl_asks *out, const bylaw_ruleset *set, const bl_enum_value *kind,
                        bl_arena *arena);

#endif
