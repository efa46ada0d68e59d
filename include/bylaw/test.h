/** bylaw/test.h: running rule tests: actions with what must come out, beside a rule set.
 *
 *  A test file is read once and may be run against any number of rule sets: the one it was written
 * for, or one that has been changed to see whether a test notices.
 *
 *  Threads: a test file belongs to one thread at a time.
 */
#ifndef BYLAW_TEST_H
#define BYLAW_TEST_H

#include <bylaw/ruleset.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct bylaw_tests bylaw_tests;

/** Of what something was expected. */
typedef enum bylaw_test_of {
    BYLAW_TEST_OTHER = 0, /**< a figure, or which facts, gaps, readings are named */
    BYLAW_TEST_VERDICT,
    BYLAW_TEST_OUTCOME,
    BYLAW_TEST_FINDING
} bylaw_test_of;

/** One expectation that was not met. Borrowed for the call. */
typedef struct bylaw_test_failure {
    bylaw_str name; /**< of the case */
    bylaw_str file;
    size_t line; /**< of the case, or of the row of its table */
    bylaw_test_of of;
    bylaw_str what;       /**< as in the file: verdict, outcome, missing, the id of a norm … */
    bylaw_str expected;   /**< as in the file: not-adopted */
    bylaw_str actual;     /**< in the same words: adopted */
    bylaw_str kind;       /**< of the action */
    const void *came_out; /**< for bylaw_test_tell; NULL: the case could not be judged */
} bylaw_test_failure;

/** How often the cases met one norm, told when all have been run. Borrowed for the call. */
typedef struct bylaw_test_norm {
    bylaw_str id;
    bylaw_label cite; /**< of its first provision */
    size_t satisfied; /**< findings, those under `under` included */
    size_t wrong;     /**< violated, not met, departed */
    size_t open;      /**< undetermined, pending, not examined */
    bool
        needs_wrong; /**< it has something that can be unmet: a permission without a body has not */
    bool needs_satisfied; /**< not so where it can never hold (`require: false`) */
} bylaw_test_norm;

/** What to do with each failure; NULL: nothing. */
typedef struct bylaw_test_listener {
    void (*failed)(void *context, const bylaw_test_failure *failure);
    void *context;
    bool stop_at_first;
    /** Called once a norm at the end, in order of the set; NULL: not counted. */
    void (*norm)(void *context, const bylaw_test_norm *norm);
} bylaw_test_listener;

typedef struct bylaw_test_counts {
    size_t cases;  /**< a row of a table is a case */
    size_t failed; /**< cases with at least one failure */
} bylaw_test_counts;

/** Reads a test file. `text` must live as long as the tests. BYLAW_EINPUT: every mistake is in
 * diags. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_tests_read(bylaw_tests **out, bylaw_str file,
                                                        bylaw_str text,
                                                        const bylaw_allocator *allocator,
                                                        bylaw_diags *diags);
BYLAW_API void bylaw_tests_free(bylaw_tests *tests);

/** The id of the rule set that it is written for. */
BYLAW_API bylaw_str bylaw_tests_ruleset(const bylaw_tests *tests);

/** Runs every case against the set. BYLAW_EINPUT: a case cannot be read with this set (an unknown
 * fact …): it counts as failed, and the mistakes are in diags; the others are run. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_tests_run(bylaw_tests *tests, const bylaw_ruleset *set,
                                                       const bylaw_test_listener *listener,
                                                       bylaw_test_counts *counts,
                                                       bylaw_diags *diags);

#ifdef __cplusplus
}
#endif
#endif
