/** bylaw/expr.h: one expression by itself: evaluated over facts, and told why it gives what it
 * gives.
 *
 *  Rules are written in expressions; here one can be tried alone, as `bylaw eval` does. The
 * language is described in rules/EXPRESSIONS.md.
 *
 *      bylaw_register facts = {cli_name, text};                 // {"present": 5, "members": 8}
 *      bylaw_expr_options options = {.facts = &facts, .fact_count = 1};
 *      bylaw_expr *expr;
 *      if (bylaw_expr_evaluate(&expr, BYLAW_STR("present * 2 > members"), &options, NULL, diags) ==
 *          BYLAW_OK)
 *          printf("%.*s\n", (int)bylaw_expr_value(expr).len, bylaw_expr_value(expr).ptr);  // true
 *      bylaw_expr_free(expr);
 *
 *  Threads: an evaluated expression is immutable; rule sets are shared as ever.
 */
#ifndef BYLAW_EXPR_H
#define BYLAW_EXPR_H

#include <bylaw/check.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Over what an expression is evaluated. Zero everything that is not needed. All is borrowed during
 * the call only, but for `set`, which must outlive the expression. */
typedef struct bylaw_expr_options {
    /** Whose words the expression uses: it is checked like a rule of that set, and facts are read
     * by the types that the set declares; derived facts are computed, presumptions apply. NULL:
     * plain CEL with the functions for charters; a fact is what its text says: a number, true or
     * false, a list, a map, else a text. */
    const bylaw_ruleset *set;
    const bylaw_register *facts; /**< texts in YAML or JSON (by the file's name): facts by name, or,
                                    as in a register, under the key `facts` */
    size_t fact_count;
    const bylaw_setting *settings; /**< single facts, that replace those of the texts */
    size_t setting_count;
    bool unchecked;             /**< without a set: types are not checked before evaluating */
    const bylaw_limits *limits; /**< NULL: the usual ones */
} bylaw_expr_options;

typedef struct bylaw_expr bylaw_expr;

typedef enum bylaw_expr_state {
    BYLAW_EXPR_VALUE = 0, /**< bylaw_expr_value */
    BYLAW_EXPR_UNKNOWN,   /**< facts are missing: bylaw_expr_missing */
    BYLAW_EXPR_FAILED     /**< division by zero, no such key …: bylaw_expr_message */
} bylaw_expr_state;

/** Compiles and evaluates `text`. Nothing of it is kept.
 *
 *  BYLAW_EINPUT  the expression or the facts are wrong; every mistake is in diags, those of the
 *                expression under the file name "expression"
 *  BYLAW_ELIMIT  the same, for what is beyond a limit
 *  An evaluation that fails is BYLAW_OK: see bylaw_expr_state_of. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_expr_evaluate(bylaw_expr **out, bylaw_str text,
                                                           const bylaw_expr_options *options,
                                                           const bylaw_allocator *allocator,
                                                           bylaw_diags *diags);
/** NULL is allowed. Everything that was borrowed from it ends here. */
BYLAW_API void bylaw_expr_free(bylaw_expr *expr);

BYLAW_API bylaw_expr_state bylaw_expr_state_of(const bylaw_expr *expr);
/** The value as an expression that gives it again: `true`, `[1, 2]`, `"text"`,
 * `date("2026-11-21")`; empty unless the state is BYLAW_EXPR_VALUE. */
BYLAW_API bylaw_str bylaw_expr_value(const bylaw_expr *expr);
/** true where the value is true or false; *out is which. */
BYLAW_API bool bylaw_expr_truth(const bylaw_expr *expr, bool *out);
/** Its type as it was checked: `bool`, `list(int)`, `dyn`. */
BYLAW_API bylaw_str bylaw_expr_type(const bylaw_expr *expr);
/** The facts that are missing: `vote.yes`, `ballots[2].choice`; i from 0 to count - 1. */
BYLAW_API size_t bylaw_expr_missing_count(const bylaw_expr *expr);
BYLAW_API bylaw_str bylaw_expr_missing(const bylaw_expr *expr, size_t i);
/** Why it failed, one sentence without a full stop; empty unless the state is BYLAW_EXPR_FAILED. */
BYLAW_API bylaw_str bylaw_expr_message(const bylaw_expr *expr, bylaw_lang lang);
/** Units that the evaluation cost. */
BYLAW_API uint64_t bylaw_expr_cost(const bylaw_expr *expr);

/** Writes the result; with `explain`, also the sub-expressions that suffice for it, each in the
 * author's own spelling with its values, the shortest cause first.
 *
 *  format  BYLAW_REPORT_TEXT or BYLAW_REPORT_JSON as of bylaw/report.h: false, true
 *  write   called with each piece; anything but BYLAW_OK ends the call with that status */
BYLAW_API BYLAW_NODISCARD bylaw_status
bylaw_expr_write(const bylaw_expr *expr, bool json, bool explain, bylaw_lang lang,
                 bylaw_status (*write)(void *context, bylaw_str text), void *context);

#ifdef __cplusplus
}
#endif
#endif
