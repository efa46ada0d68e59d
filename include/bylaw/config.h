/** bylaw/config.h: the settings of a repository, `.bylaw.yaml`.
 *
 *      rules: [wcasp, rules/our-union.yaml]
 *      facts: 名册.yaml
 *      readings: {half: exclusive}
 *      lang: zh
 *      formats: [text, {sarif: bylaw.sarif}]
 *      fail-on: caution
 *      strict: true
 *      baseline: .bylaw-baseline.json
 *      limits: {nesting: 200}
 *
 *  Read into a flat list; what the settings do is the caller's business. */
#ifndef BYLAW_CONFIG_H
#define BYLAW_CONFIG_H

#include <bylaw/diag.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct bylaw_config bylaw_config;

/** One setting; a list gives one for each of its entries. */
typedef struct bylaw_config_entry {
    bylaw_str key;   /**< "rules", "facts", "readings", "lang", "formats", "fail-on", "strict",
                        "limits", "baseline" */
    bylaw_str value; /**< as written; of readings the option */
    bylaw_str more;  /**< of readings and limits the name, of formats the file; else empty */
    size_t line;     /**< from 1 */
} bylaw_config_entry;

/** Reads the settings; all text is copied.
 *
 *  BYLAW_EINPUT  every mistake (an unknown key, a value that there is not) is in diags */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_config_read(bylaw_config **out, bylaw_str file,
                                                         bylaw_str text,
                                                         const bylaw_allocator *allocator,
                                                         bylaw_diags *diags);
BYLAW_API void bylaw_config_free(bylaw_config *config);
BYLAW_API size_t bylaw_config_count(const bylaw_config *config);
/** The i-th, in order of the keys above; borrowed. */
BYLAW_API const bylaw_config_entry *bylaw_config_get(const bylaw_config *config, size_t i);

#ifdef __cplusplus
}
#endif
#endif
