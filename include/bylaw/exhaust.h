/** bylaw/exhaust.h: every vote of a small body, tried by the rules.
 *
 *  For each kind that is decided by counting, all (members, present, yes, no, abstain) up to a
 * bound: which norms are never met or never unmet, which two never hold together, where one more
 * vote for undoes an adoption, at which attendance nothing can be adopted, and where readings part.
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

/** `found`, if not NULL, gets how many things were told. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_exhaust(const bylaw_ruleset *set,
                                                     const bylaw_exhaust_telling *telling,
                                                     size_t *found,
                                                     const bylaw_allocator *allocator);

#ifdef __cplusplus
}
#endif
#endif
