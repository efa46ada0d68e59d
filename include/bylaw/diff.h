/** bylaw/diff.h: what an amendment changes: two rule sets, norm by norm.
 *
 *  A norm is added, removed, loosened, tightened, changed both ways, or only reworded. Which of
 *  these is found by judging the same made-up actions by both sets: what either form of the norm
 *  reads is varied at the values that either looks at. The first whose result differs is told with
 *  it; a norm for which none is found is told as changed without an example. Readings, silences,
 *  facts, kinds and the set itself are compared as well.
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
    BYLAW_CHANGE_REWORDED, /**< its sentence or its id only */
    BYLAW_CHANGE_WORDS,    /**< a reading, a silence, a fact, a kind; not a norm */
    BYLAW_CHANGE_NONE
} bylaw_change;

#define BYLAW_CHANGES 9

typedef enum bylaw_diff_format { BYLAW_DIFF_TEXT = 0, BYLAW_DIFF_JSON } bylaw_diff_format;

typedef struct bylaw_diff_telling {
    bylaw_diff_format format;
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
