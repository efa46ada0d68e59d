/** bylaw/mutate.h: one thing changed in a rule set at a time, to see whether its tests notice.
 *
 *  A mutant is the text of a rule set with one small change: >= became >, 2/3 became 1/2, an item
 *  left a list, a day moved. Read its text as a rule set and run the tests: where none fails, a
 *  case is missing, or the change means nothing; then an excuse is filed for it, with the reason.
 *
 *  Threads: one list of mutants belongs to one thread at a time.
 */
#ifndef BYLAW_MUTATE_H
#define BYLAW_MUTATE_H

#include <bylaw/ruleset.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One change. All is borrowed from the list. */
typedef struct bylaw_mutant {
    bylaw_str place; /**< stable: "norms.majority.threshold" */
    bylaw_label
        change;  /**< "1/2 改成 2/3", "1/2 changed to 2/3"; a second one of a place ends in #2 */
    size_t line; /**< from 1 */
    size_t column, end_column; /**< from 1, in code points, of that line */
    bylaw_str excerpt;         /**< the line */
    bool excused;              /**< it means nothing: `reason` */
    bylaw_label reason;
    /** A bar that moved: a case that tells the two apart. `base` 0: there is no base. */
    bool has_case;
    int64_t base, count;
    bool met;                            /**< what the unchanged rule says of it */
    bylaw_str norm;                      /**< whose bar */
    bylaw_label count_label, base_label; /**< what is counted: 赞成票, 到会成员数 */
    bylaw_str count_name, base_name;     /**< the facts; empty where it is a sum of several */
    bylaw_str kind;                      /**< a kind that the norm is on */
} bylaw_mutant;

typedef struct bylaw_mutants bylaw_mutants;

/** All mutants of a rule set that has been read from `text` without mistakes. Both must outlive the
 * list.
 *
 *  BYLAW_ENOMEM, BYLAW_EINPUT as bylaw_ruleset_read */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_mutants_new(bylaw_mutants **out,
                                                         const bylaw_ruleset *set, bylaw_str file,
                                                         bylaw_str text,
                                                         const bylaw_allocator *allocator,
                                                         bylaw_diags *diags);
BYLAW_API void bylaw_mutants_free(bylaw_mutants *mutants);
BYLAW_API size_t bylaw_mutants_count(const bylaw_mutants *mutants);
BYLAW_API const bylaw_mutant *bylaw_mutants_get(const bylaw_mutants *mutants, size_t i);

/** The whole text with that change; lives until the next call. BYLAW_ENOMEM. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_mutants_text(bylaw_mutants *mutants, size_t i,
                                                          bylaw_str *out);

/** Reads the excuses that are filed beside a rule set (NAME.mutants.yaml) and marks the mutants
 * that they are of. An excuse that is of none is a mistake. `text` must outlive the list.
 *
 *      mutants: wcasp
 *      equivalent:
 *        - place: norms.majority.when
 *          change: "< changed to <="
 *          reason: {zh: …, en: …} */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_mutants_excuse(bylaw_mutants *mutants, bylaw_str file,
                                                            bylaw_str text, bylaw_diags *diags);

#ifdef __cplusplus
}
#endif
#endif
