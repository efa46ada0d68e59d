/** bylaw/diff.h: what an amendment changes: two rule sets, norm by norm.
 *
 *  A norm is added, removed, loosened, tightened, changed both ways, or only reworded. Which of
 * these is found by checking the same small actions by both sets: the first whose result differs is
 * told with it. A norm for which none is found is told as changed without an example.
 */
#ifndef BYLAW_DIFF_H
#define BYLAW_DIFF_H

#include <bylaw/check.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum bylaw_change {
    BYLAW_CHANGE_ADDED = 0,
    BYLAW_CHANGE_REMOVED,
    BYLAW_CHANGE_LOOSENED,
    BYLAW_CHANGE_TIGHTENED,
    BYLAW_CHANGE_BOTH,     /**< looser in some cases, tighter in others */
    BYLAW_CHANGE_OTHER,    /**< no action was found that it makes a difference to */
    BYLAW_CHANGE_REWORDED, /**< its sentence only */
    BYLAW_CHANGE_NONE
} bylaw_change;

#define BYLAW_CHANGES 8

typedef struct bylaw_diff_telling {
    bylaw_lang lang;
    bool color;
    size_t columns; /**< 0: 80 */
    bylaw_status (*write)(void *context, bylaw_str text);
    void *context;
} bylaw_diff_telling;

/** Tells every change from `before` to `after`, clause by clause, and counts them. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_diff(const bylaw_ruleset *before,
                                                  const bylaw_ruleset *after,
                                                  const bylaw_diff_telling *telling,
                                                  size_t counts[BYLAW_CHANGES],
                                                  const bylaw_allocator *allocator);

#ifdef __cplusplus
}
#endif
#endif
