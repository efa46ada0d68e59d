/** bylaw/exhaust.h: a rule set tried out.
 *
 *  For each kind that is decided by counting, every attendance and every vote of bodies up to a
 *  bound, with every setting of what else its conditions read: which of them are never met or never
 *  unmet, which two never hold together, where one more vote for undoes an adoption, at which
 *  attendance nothing can be adopted, and where readings part. Every other norm is tried over the
 *  facts that it reads: both values of a flag, the values of an enumeration that it can tell apart,
 *  numbers and dates around those that it compares with, short lists.
 */
#ifndef BYLAW_EXHAUST_H
#define BYLAW_EXHAUST_H

#include <bylaw/check.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct bylaw_exhaust_telling {
    bylaw_lang lang;
    size_t columns; /**< 0: 80 */
    int64_t most;   /**< members, 1 to 16 */
    bylaw_status (*write)(void *context, bylaw_str text);
    void *context;
} bylaw_exhaust_telling;

typedef struct bylaw_exhaust_counts {
    size_t found;  /**< things told */
    size_t cases;  /**< actions made up */
    size_t judged; /**< norms judged in them, under all readings */
} bylaw_exhaust_counts;

/** Tells what it finds; `counts` may be NULL. What is found may be what the document means: it is
 * no mistake by itself.
 *
 *      bylaw_exhaust_telling telling = {.lang = BYLAW_EN, .most = 8, .write = put};
 *      bylaw_exhaust(set, &telling, NULL, NULL);
 */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_exhaust(const bylaw_ruleset *set,
                                                     const bylaw_exhaust_telling *telling,
                                                     bylaw_exhaust_counts *counts,
                                                     const bylaw_allocator *allocator);

#ifdef __cplusplus
}
#endif
#endif
