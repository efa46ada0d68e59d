/** bylaw/coverage.h: is every provision of a document accounted for, and does its text still stand?
 *
 *  A coverage tells, provision by provision, what carries it: a norm, a gap, a reason, or its
 * class. An original is the document's own text, cut into its provisions by their anchors: it says
 * which provision the text no longer holds, and quotes the others word for word.
 *
 *  Both borrow from the rule set, which must outlive them; each belongs to one thread.
 *
 *      bylaw_coverage *coverage;
 *      if (bylaw_coverage_new(&coverage, set, NULL) == BYLAW_OK)
 *          printf("%zu of %zu\n", bylaw_coverage_total(coverage)->linked,
 *                 bylaw_coverage_total(coverage)->testable);
 */
#ifndef BYLAW_COVERAGE_H
#define BYLAW_COVERAGE_H

#include <bylaw/ruleset.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What carries a provision. */
typedef enum bylaw_cover {
    BYLAW_COVER_CLASS = 0, /**< its class is the reason: nothing in it can be checked */
    BYLAW_COVER_NORM,      /**< a norm, or for a silence a gap */
    BYLAW_COVER_REASON,    /**< the rule set says why it has no norm of its own */
    BYLAW_COVER_MISSING    /**< nothing, and something should */
} bylaw_cover;

/** "class", "norm", "reason", "missing". */
BYLAW_API const char *bylaw_cover_name(bylaw_cover cover);

/** One provision. */
typedef struct bylaw_provision_cover {
    bylaw_str id;     /**< with the document's name: "wcasp:7.1d" */
    bylaw_label cite; /**< as printed */
    bylaw_label gist; /**< in the words of the rule set's author */
    bylaw_str kind;   /**< its class: "obligation", "metadata", "gap" … */
    bool leaf;        /**< no composite, no gap */
    bool gap;         /**< a silence */
    bool testable;    /**< yes or partly */
    bylaw_cover cover;
    bylaw_label reason; /**< where cover is BYLAW_COVER_REASON; else empty */
} bylaw_provision_cover;

/** The sums of one document. */
typedef struct bylaw_coverage_sum {
    size_t leaves;   /**< provisions that have no parts, without gaps */
    size_t testable; /**< of them */
    size_t checked;  /**< testable leaves with a norm */
    size_t linked;   /**< testable leaves with a norm or a reason */
    size_t carried;  /**< leaves that a reason carries: their class, or one in words */
    size_t gaps;     /**< silences */
    size_t missing;  /**< testable leaves and silences that nothing carries */
} bylaw_coverage_sum;

typedef struct bylaw_coverage bylaw_coverage;

/** BYLAW_ENOMEM. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_coverage_new(bylaw_coverage **out,
                                                          const bylaw_ruleset *set,
                                                          const bylaw_allocator *allocator);
BYLAW_API void bylaw_coverage_free(bylaw_coverage *coverage);
BYLAW_API const bylaw_coverage_sum *bylaw_coverage_total(const bylaw_coverage *coverage);
/** Provisions in order of the document, 0 <= i < count. */
BYLAW_API size_t bylaw_coverage_count(const bylaw_coverage *coverage);
BYLAW_API const bylaw_provision_cover *bylaw_coverage_get(const bylaw_coverage *coverage, size_t i);

/** Where the text of one provision stands in its document. */
typedef struct bylaw_passage {
    bylaw_str id;
    bylaw_label cite;
    bool found; /**< the text that the anchor stands for is there */
    bylaw_str
        text;    /**< without white space. Not found: what now stands in its place, may be empty */
    size_t line; /**< of the document, from 1, where that text begins; 0: nothing stands there */
} bylaw_passage;

typedef struct bylaw_original bylaw_original;

/** Finds every anchored provision of the set in the text of its document. `text` is copied.
 *
 *  BYLAW_ENOMEM; BYLAW_ENOTFOUND: hardly any provision is in it: it is another document */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_original_new(bylaw_original **out,
                                                          const bylaw_ruleset *set, bylaw_str text,
                                                          const bylaw_allocator *allocator);
BYLAW_API void bylaw_original_free(bylaw_original *original);
/** Provisions with an anchor, in order. */
BYLAW_API size_t bylaw_original_count(const bylaw_original *original);
BYLAW_API const bylaw_passage *bylaw_original_get(const bylaw_original *original, size_t i);
/** How many of them the text no longer holds. */
BYLAW_API size_t bylaw_original_changed(const bylaw_original *original);
/** Characters of the text, white space aside, that no provision stands for. */
BYLAW_API size_t bylaw_original_uncovered(const bylaw_original *original);
/** The words of a provision ("wcasp:7.1d"), without white space; `out` is untouched where the
 * provision has no anchor. */
BYLAW_API bylaw_quote bylaw_original_quote(const bylaw_original *original, bylaw_str id,
                                           bylaw_str *out);

/** Drafts a provisions file from the text of a document, a provision a line: ids and citations by
 * 第…条, anchors and lengths as they must be; the rest is for the author to say. `write` is called
 * once. BYLAW_ENOMEM. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_provisions_draft(
    bylaw_str name, bylaw_str text, bylaw_status (*write)(void *context, bylaw_str text),
    void *context, const bylaw_allocator *allocator);

#ifdef __cplusplus
}
#endif
#endif
