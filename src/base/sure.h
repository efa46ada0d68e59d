/* base/sure.h: conditions that cannot come about, and are guarded all the same.
 *
 *     if (BL_NEVER(slot >= set->fact_count)) return NULL; // every caller took it from the index
 *
 * A debug build asserts that it is so; a release build tests the condition and takes the guarded
 * way, so that a mistake of ours ends in an error and not in someone's memory; a build that counts
 * coverage leaves the branch out, for no test can reach it. Where the guard would be no safer than
 * what follows it, a plain assert is enough. */
#ifndef BL_BASE_SURE_H
#define BL_BASE_SURE_H

#include <assert.h>

#if defined BYLAW_COVERAGE
#define BL_NEVER(condition)  0
#define BL_ALWAYS(condition) 1
#elif defined NDEBUG
#define BL_NEVER(condition)  (condition)
#define BL_ALWAYS(condition) (condition)
#else
#define BL_NEVER(condition)  ((condition) ? (assert(!#condition), 1) : 0)
#define BL_ALWAYS(condition) ((condition) ? 1 : (assert(!#condition), 0))
#endif

#endif
