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
#include <bylaw/limits.h>

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
 *                rules/x.yaml:14:5: unknown key modalty; did you mean modality? */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_ruleset_read(bylaw_ruleset **out, bylaw_str file,
                                                          bylaw_str text,
                                                          const bylaw_resolver *resolver,
                                                          const bylaw_allocator *allocator,
                                                          bylaw_diags *diags);

/** The same within other limits than the usual ones; `limits` is looked at during the call only. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_ruleset_read_within(
    bylaw_ruleset **out, bylaw_str file, bylaw_str text, const bylaw_resolver *resolver,
    const bylaw_limits *limits, const bylaw_allocator *allocator, bylaw_diags *diags);

/** The bundled rule set of that name. BYLAW_ENOTFOUND: there is none. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_ruleset_bundled(bylaw_ruleset **out, bylaw_str name,
                                                             const bylaw_allocator *allocator,
                                                             bylaw_diags *diags);

/** Frees the set and all that was borrowed from it. NULL is allowed. */
BYLAW_API void bylaw_ruleset_free(bylaw_ruleset *set);

BYLAW_API bylaw_str bylaw_ruleset_id(const bylaw_ruleset *set);
BYLAW_API bylaw_str bylaw_ruleset_title(const bylaw_ruleset *set, bylaw_lang lang);
/** The title for narrow places; the whole one where the set gives none. */
BYLAW_API bylaw_str bylaw_ruleset_short_title(const bylaw_ruleset *set, bylaw_lang lang);

/** Looks for what a set that can be used probably does not mean: a kind for which nothing need be
 *  stated, a reading that changes nothing, a norm that never applies, a provision that no norm
 *  checks … One warning each, in order of place.
 *
 *      bylaw_ruleset_lint(set, NULL, diags);
 *      clean = bylaw_diags_count(diags) == 0;
 *
 *  BYLAW_ENOMEM */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_ruleset_lint(const bylaw_ruleset *set,
                                                          const bylaw_allocator *allocator,
                                                          bylaw_diags *diags);

/** A kind of action that a set knows. Borrowed from the set. */
typedef struct bylaw_kind {
    bylaw_str id;
    bylaw_label label;
    size_t norms; /**< how many bear on it */
    size_t gaps;
} bylaw_kind;

/** Kinds in order, special ones after those that they are a case of; i from 0 to count - 1. */
BYLAW_API size_t bylaw_ruleset_kind_count(const bylaw_ruleset *set);
BYLAW_API bylaw_kind bylaw_ruleset_kind(const bylaw_ruleset *set, size_t i);
/** By id or label, exactly. BYLAW_ENOTFOUND: *nearest is the nearest id, empty when none is near;
 *  nearest may be NULL. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_ruleset_find_kind(size_t *out, bylaw_str *nearest,
                                                               const bylaw_ruleset *set,
                                                               bylaw_str id_or_label);

/** Whether the words of a provision are at hand. */
typedef enum bylaw_quote {
    BYLAW_QUOTE_NONE,   /**< its document is not */
    BYLAW_QUOTE_WORDS,  /**< they are */
    BYLAW_QUOTE_CHANGED /**< the document no longer says what the rules were made of; the text is
                           what stands there now, empty where nothing does */
} bylaw_quote;

/** Gives the words of a provision ("wcasp:7.1d"): reports quote them. The text is borrowed until
 * the next call. See bylaw_original_quote. */
typedef bylaw_quote bylaw_quote_fn(void *context, bylaw_str provision, bylaw_str *text);

/** Why a fact is asked for of an action of a kind. */
typedef enum bylaw_need {
    BYLAW_NEED_ALWAYS = 0, /**< a norm stays undetermined until it is stated */
    BYLAW_NEED_IF,         /**< so it is once another fact makes the norm apply */
    BYLAW_NEED_LATER,      /**< by a duty that follows what was adopted */
    BYLAW_NEED_READING,    /**< only another reading than the default looks at it */
    BYLAW_NEED_PRESUMED    /**< it has a value while nothing is stated */
} bylaw_need;

/** A fact that is asked for. Borrowed from the set. */
typedef struct bylaw_ask {
    bylaw_str fact;    /**< "vote.yes" */
    bylaw_str field;   /**< of each element of a list: "consecutive_terms"; else empty */
    bylaw_label label; /**< of the field where there is one, else of the fact */
    bylaw_need need;
    bylaw_label cite; /**< the provision that asks for it; empty for what is presumed */
    bool conduct;     /**< presumed regular conduct, asked for when conduct is not presumed */
} bylaw_ask;

typedef struct bylaw_asks bylaw_asks;

/** What an action of the i-th kind must state, by need, then as the facts are declared. Free it
 * with bylaw_asks_free before the set.
 *
 *      for (size_t k = 0; k < bylaw_asks_count(asks); k++)
 *          if (bylaw_asks_get(asks, k).need == BYLAW_NEED_ALWAYS)
 *              …
 *
 *  BYLAW_ENOMEM */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_asks_new(bylaw_asks **out, const bylaw_ruleset *set,
                                                      size_t kind,
                                                      const bylaw_allocator *allocator);
BYLAW_API void bylaw_asks_free(bylaw_asks *asks);
BYLAW_API size_t bylaw_asks_count(const bylaw_asks *asks);
BYLAW_API bylaw_ask bylaw_asks_get(const bylaw_asks *asks, size_t i);

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
