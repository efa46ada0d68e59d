/* tests/check/twin.h: the slow and obvious way to the same answers: every threshold by counting in
 * 128 bits, or, where facts are unknown, by trying small values for them; then the outcome and the
 * verdict from what became of the norms, sentence by sentence as rules/FORMAT.md has it. */
#ifndef TESTS_CHECK_TWIN_H
#define TESTS_CHECK_TWIN_H

#include <bylaw/check.h>

/* NULL: the result is what the twin finds. Else what differs, in a static text. */
const char *twin_differs(const bylaw_result *result);

/* How many thresholds were compared so far: with every fact known, and by trying values. */
typedef struct twin_counts {
    size_t known, tried;
} twin_counts;
twin_counts twin_compared(void);

#endif
