/** bylaw/ruleset.h: reading rule sets.
 *
 *  A rule set is one document's norms, as a YAML text in the format of bylaw-ruleset(5). Once read
 * it is immutable: any number of checkers in any number of threads may use it at once. Those
 * bundled with the library are found by name.
 *
 *      bylaw_diags *diags;
 *      bylaw_ruleset *set;
 *      if (bylaw_diags_new(&diags, NULL) == BYLAW_OK &&
 *          bylaw_ruleset_bundled(&set, BYLAW_STR("wcasp"), NULL, diags) == BYLAW_OK)
 *          …
 *      bylaw_ruleset_free(set);
 */
#ifndef BYLAW_RULESET_H
#define BYLAW_RULESET_H

#include <bylaw/base.h>
#include <bylaw/diag.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct bylaw_ruleset bylaw_ruleset;

/** Finds the other texts that a rule set names: "vocabulary/assembly.yaml",
 * "provisions/wcasp.yaml".
 *
 *  find   BYLAW_OK with *text (which must live until the reading call returns) and *shown, the name
 * for messages; BYLAW_ENOTFOUND: the bundled text of that name is used, if there is one; any other
 * status ends the reading with it */
typedef struct bylaw_resolver {
    bylaw_status (*find)(void *context, bylaw_str name, bylaw_str *text, bylaw_str *shown);
    void *context;
} bylaw_resolver;

/** Reads a rule set from its text. Nothing of `text` is kept.
 *
 *  file      its name in messages, e.g. "rules/wcasp.yaml"; also what the id must agree with
 *  resolver  NULL: only bundled vocabularies and provisions
 *
 *  BYLAW_EINPUT  every mistake of the file is in diags, for example
 *                rules/x.yaml:14:5: unknown key 'modalty' in norm 'majority'; did you mean
 * 'modality'? */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_ruleset_read(bylaw_ruleset **out, bylaw_str file,
                                                          bylaw_str text,
                                                          const bylaw_resolver *resolver,
                                                          const bylaw_allocator *allocator,
                                                          bylaw_diags *diags);

/** The bundled rule set of that name. BYLAW_ENOTFOUND: there is none. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_ruleset_bundled(bylaw_ruleset **out, bylaw_str name,
                                                             const bylaw_allocator *allocator,
                                                             bylaw_diags *diags);

/** Frees the set and all that was borrowed from it. NULL is allowed. */
BYLAW_API void bylaw_ruleset_free(bylaw_ruleset *set);

BYLAW_API bylaw_str bylaw_ruleset_id(const bylaw_ruleset *set);
BYLAW_API bylaw_str bylaw_ruleset_title(const bylaw_ruleset *set, bylaw_lang lang);

/** Names of the bundled sets, in order; i from 0 to bylaw_bundled_count() - 1. Static. */
BYLAW_API size_t bylaw_bundled_count(void);
BYLAW_API bylaw_str bylaw_bundled_name(size_t i);

/** The JSON Schemas of the file formats and of the report, for editors and validators: "action",
 * "ruleset", "report", … in order of name. Static texts, each with a NUL behind it. */
BYLAW_API size_t bylaw_schema_count(void);
BYLAW_API bylaw_str bylaw_schema_name(size_t i); /**< i from 0 to bylaw_schema_count() - 1 */
BYLAW_API bylaw_str bylaw_schema_text(size_t i);

#ifdef __cplusplus
}
#endif
#endif
