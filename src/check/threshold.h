/* check/threshold.h: a threshold over facts of which some may be unknown. */
#ifndef BL_CHECK_THRESHOLD_H
#define BL_CHECK_THRESHOLD_H

#include "check/case.h"

/* true, false, or unknown with the facts that still matter; an error only for want of memory. What
 * every possible value would meet is met, what none can meet is not. */
bl_value bl_threshold_judge(bl_figures *out, const bl_body *body, const bl_settled *facts,
                            bl_arena *arena);

/* The least count that suffices over a base of `rest` beside the count itself (`within`: the count
 * is part of its base), or over a base of `rest` alone. false: none does, or it does not fit. */
bool bl_threshold_need(int64_t *out, int64_t rest, bool within, bylaw_fraction bound, bool strict);

#endif
