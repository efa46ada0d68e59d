/** bylaw/baseline.h: what a repository has accepted for now: findings that are known, listed in a
 * file, and do not fail a run. A new finding does; one that is gone is told, so that the list only
 * shrinks.
 *
 *  A finding is known by its fingerprint: of the norm, the file, the kind and title of the action,
 * and the element it is about. Lines may move; the figures of the action may change.
 *
 *      bylaw_baseline *baseline;
 *      if (bylaw_baseline_new(&baseline, false, NULL) == BYLAW_OK &&
 *          bylaw_baseline_read(baseline, file, text, diags) == BYLAW_OK &&
 *          bylaw_baseline_weigh(baseline, result, &verdict, &accepted) == BYLAW_OK)
 *          status = bylaw_report_add(report, result);     // tells what is accepted as such
 *      bylaw_baseline_free(baseline);
 *
 *  A baseline belongs to one thread, or to one at a time; results are weighed in a fixed order,
 * since findings that are alike are told apart by counting. */
#ifndef BYLAW_BASELINE_H
#define BYLAW_BASELINE_H

#include <bylaw/check.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct bylaw_baseline bylaw_baseline;

/** An empty one. accept_all: every finding that it weighs is accepted, to be written. BYLAW_ENOMEM.
 */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_baseline_new(bylaw_baseline **out, bool accept_all,
                                                          const bylaw_allocator *allocator);
BYLAW_API void bylaw_baseline_free(bylaw_baseline *baseline);

/** Reads the entries of a file (its schema: bylaw-baseline); all text is copied.
 *
 *  BYLAW_EINPUT  every mistake (a key that is not known, a fingerprint that is none, the same entry
 * twice) is in diags */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_baseline_read(bylaw_baseline *baseline, bylaw_str file,
                                                           bylaw_str text, bylaw_diags *diags);

/** Weighs a result, once, before it is told: reports then tell the accepted findings as accepted,
 * until the next result is weighed.
 *
 *  verdict   the gravest of what is not accepted; that of the result where nothing is. What is not
 *            governed stays so
 *  accepted  how many findings are accepted
 *
 *  BYLAW_EDOMAIN  the result is brief */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_baseline_weigh(bylaw_baseline *baseline,
                                                            const bylaw_result *result,
                                                            bylaw_verdict *verdict,
                                                            size_t *accepted);

/** Each entry that no finding was met of, as a warning: of files that were checked, and of those
 * that `gone` says are no more. What was not looked at may still be so. */
BYLAW_API void bylaw_baseline_obsolete(const bylaw_baseline *baseline,
                                       bool (*gone)(void *context, bylaw_str file), void *context,
                                       bylaw_diags *diags);

/** Writes a file of all findings that were weighed, and of the entries that were read of files that
 * were not looked at, unless `gone`. Sorted: the same findings make the same bytes. */
BYLAW_API BYLAW_NODISCARD bylaw_status
bylaw_baseline_write(bylaw_baseline *baseline, bool (*gone)(void *context, bylaw_str file),
                     void *gone_context, bylaw_status (*write)(void *, bylaw_str), void *context);

#ifdef __cplusplus
}
#endif
#endif
