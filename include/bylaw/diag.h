/** bylaw/diag.h: what is wrong with an input, and where.
 *
 *  Reading never stops at the first mistake: a call that returns BYLAW_EINPUT has added one
 * diagnostic for each mistake to the list it was given. The list owns all its text.
 *
 *  Threads: one list belongs to one thread at a time.
 */
#ifndef BYLAW_DIAG_H
#define BYLAW_DIAG_H

#include <bylaw/base.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum bylaw_severity {
    BYLAW_ERROR = 0, /**< the input cannot be used */
    BYLAW_WARNING    /**< it can, but probably does not say what was meant */
} bylaw_severity;

/** One mistake. All text is owned by the list and lives as long as it. */
typedef struct bylaw_diag {
    bylaw_severity severity;
    bylaw_str code;        /**< stable, e.g. "unknown-fact" */
    bylaw_label message;   /**< one sentence a language, with the hint, without place or code */
    bylaw_str file;        /**< as the caller named it; empty where there is no file */
    size_t line;           /**< from 1; 0 where the mistake has no place */
    size_t column;         /**< from 1, in code points */
    size_t end_line;       /**< of the first position behind the mistake */
    size_t end_column;     /**< from 1; one past the last code point */
    bylaw_str excerpt;     /**< the line `line` without its end; a part of a very long one */
    size_t excerpt_column; /**< the column of the excerpt's first character: 1 if it is all */
} bylaw_diag;

typedef struct bylaw_diags bylaw_diags;

/** An empty list. BYLAW_ENOMEM. Free it with bylaw_diags_free. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_diags_new(bylaw_diags **out,
                                                       const bylaw_allocator *allocator);
BYLAW_API void bylaw_diags_free(bylaw_diags *diags);

/** How many there are: errors and warnings. At most 10,000 are kept; bylaw_diags_errors counts them
 * all. */
BYLAW_API size_t bylaw_diags_count(const bylaw_diags *diags);
/** false: memory ran out, and not every diagnostic that belongs in the list stands there. So it is
 * until bylaw_diags_clear. */
BYLAW_API bool bylaw_diags_complete(const bylaw_diags *diags);
BYLAW_API size_t bylaw_diags_errors(const bylaw_diags *diags);

/** The i-th, 0 <= i < count, in order of file, line and column once a reading call has returned. */
BYLAW_API const bylaw_diag *bylaw_diags_get(const bylaw_diags *diags, size_t i);

/** Forgets all entries and keeps the memory for the next ones. */
BYLAW_API void bylaw_diags_clear(bylaw_diags *diags);

#ifdef __cplusplus
}
#endif
#endif
