/** bylaw/blank.h: an action file to fill in.
 *
 *  It lists what must be stated, then what a later duty or another reading looks at; each entry
 * with its label, what may stand there, and the provision that asks for it.
 */
#ifndef BYLAW_BLANK_H
#define BYLAW_BLANK_H

#include <bylaw/ruleset.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct bylaw_blank_telling {
    bylaw_lang lang;
    bool all;       /**< what is presumed is listed too */
    bylaw_str name; /**< of the rule set, as `rules:` is to name it; empty: its id */
    bylaw_status (*write)(void *context, bylaw_str text);
    void *context;
} bylaw_blank_telling;

/** Writes the file for an action of the i-th kind of the set (see bylaw_ruleset_find_kind).
 * `required`, if not NULL, gets how many entries must be filled in. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_blank_write(const bylaw_ruleset *set, size_t kind,
                                                         const bylaw_blank_telling *telling,
                                                         size_t *required,
                                                         const bylaw_allocator *allocator);

#ifdef __cplusplus
}
#endif
#endif
