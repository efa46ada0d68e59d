/* check/remedy.h: the two halves of the remedy: remedy.c knows what can change and how thresholds
 * are inverted; remedy_search.c tries values of everything else. */
#ifndef BL_CHECK_REMEDY_H
#define BL_CHECK_REMEDY_H

#include "check/case.h"

#define BL_MOST_CHANGES 4 /* a remedy of more changes is no advice */

/* One action, judged, of which something is not in order. */
typedef struct bl_seek {
    const bl_case *c;
    const uint8_t *chosen;
    const bl_judgement *j;
    bool vote_held;
    size_t trials; /* spent so far */
    bylaw_status status;
} bl_seek;

/* Is that reached by the changed action? `j` lives for the call. */
typedef bool bl_goal(const bl_judgement *j, const void *context);

void bl_seek_begin(bl_seek *s, const bl_case *c, const uint8_t *chosen, const bl_judgement *j);
/* Can the value of this fact still be another, or is it yet to be known? */
bool bl_seek_open(const bl_seek *s, uint32_t slot);
/* Judges the action with these values in place of what it states. */
bool bl_seek_try(bl_seek *s, const bl_change *changes, size_t count, bl_goal *goal,
                 const void *context);
/* The goal of one finding: that norm, that element, satisfied. */
bool bl_goal_finding(const bl_judgement *j, const void *finding);
bool bl_seek_keep(bl_seek *s, bl_remedy *out, bl_remedy_kind kind, const bl_change *changes,
                  size_t count);

/* The smallest set of values of the facts that the finding's expression reads. */
void bl_search_finding(bl_seek *s, bl_remedy *out, const bl_finding *f);

#endif
