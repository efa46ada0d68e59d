/** bylaw/explain.h: why one finding is what it is, ready for the minutes.
 *
 *  The provision, what it demands in words, the values with their lines, how the figure comes
 * about, the reading in use and the others, what to do, and a paragraph for the minutes. The result
 * should be of a checker with `remedies` set.
 */
#ifndef BYLAW_EXPLAIN_H
#define BYLAW_EXPLAIN_H

#include <bylaw/check.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How it is told. */
typedef struct bylaw_explain_telling {
    bylaw_lang lang;
    bool color;
    size_t columns; /**< 0: 80 */
    bylaw_status (*write)(void *context, bylaw_str text);
    void *context;
    bylaw_quote_fn *quote; /**< the provisions are then quoted; NULL: none */
    void *quote_context;
} bylaw_explain_telling;

/** Explains the findings that `which` names: a printed citation, a norm's id or SET/ID; of several,
 * the gravest. Empty: everything that is not in order, or where all is, what decided the vote.
 *
 *  BYLAW_ENOTFOUND  nothing of the result is so named
 *  BYLAW_EDOMAIN    the result is brief */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_explain(const bylaw_result *result, bylaw_str which,
                                                     const bylaw_explain_telling *telling,
                                                     const bylaw_allocator *allocator);

#ifdef __cplusplus
}
#endif
#endif
