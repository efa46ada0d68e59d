/** bylaw/handbook.h: a rule set as a handbook that a secretary reads instead of the YAML: provision
 * by provision what is checked and how, the facts needed, tables of least votes, readings and
 * silences. In Markdown, or as one HTML page without script.
 *
 *      bylaw_handbook_options options = {.lang = BYLAW_EN, .write = write, .context = file};
 *      status = bylaw_handbook_write(set, &options, NULL);
 *
 *  Threads: sets are shared as ever; a call keeps nothing.
 */
#ifndef BYLAW_HANDBOOK_H
#define BYLAW_HANDBOOK_H

#include <bylaw/ruleset.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct bylaw_handbook_options {
    bylaw_lang lang;
    bool html; /**< else Markdown */
    /** Where it goes, in one call. Anything but BYLAW_OK ends the call with that status. */
    bylaw_status (*write)(void *context, bylaw_str text);
    void *context;
} bylaw_handbook_options;

/** The same set gives the same bytes: a stored handbook is stale when it differs. BYLAW_ENOMEM. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_handbook_write(const bylaw_ruleset *set,
                                                            const bylaw_handbook_options *options,
                                                            const bylaw_allocator *allocator);

#ifdef __cplusplus
}
#endif
#endif
