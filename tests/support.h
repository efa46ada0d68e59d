/* tests/support.h: what every test program uses: cmocka with its includes, and the allocation fault
 * sweep. */
#ifndef TESTS_SUPPORT_H
#define TESTS_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <bylaw/base.h>

/* To what reads the code without running it (tools/analyze.sh) cmocka's functions return: here an
 * assertion that fails ends the program. */
#ifdef BYLAW_ANALYZED
#undef assert_true
#undef assert_non_null
#undef assert_int_equal
#undef fail_msg
#undef skip
#define assert_true(condition)      ((condition) ? (void)0 : abort())
#define assert_non_null(pointer)    assert_true((pointer) != NULL)
#define assert_int_equal(is, wants) assert_true((intmax_t)(is) == (intmax_t)(wants))
#define fail_msg(...)               ((void)print_error(__VA_ARGS__), abort())
#define skip()                      exit(0)
#endif

/* An allocator that counts, and fails the call number `fail_at` (from 1; 0 never). */
typedef struct fault_allocator {
    size_t calls, fail_at, live_bytes, live_blocks;
} fault_allocator;

static inline void *fault_resize(void *context, void *ptr, size_t old_size, size_t new_size)
{
    fault_allocator *faults = context;

    if (new_size == 0) {
        if (ptr != NULL) {
            faults->live_bytes -= old_size;
            faults->live_blocks--;
        }
        free(ptr);
        return NULL;
    }
    if (++faults->calls == faults->fail_at)
        return NULL;
    void *grown = realloc(ptr, new_size);

    if (grown == NULL)
        return NULL;
    if (ptr == NULL)
        faults->live_blocks++;
    faults->live_bytes += new_size - old_size;
    return grown;
}

/* Runs `step` with every allocation failing in turn until it succeeds: each failure must be
 * BYLAW_ENOMEM and leave nothing allocated. `step` frees all that it made before it returns. */
static inline void assert_fault_sweep(bylaw_status (*step)(const bylaw_allocator *, void *),
                                      void *data)
{
    for (size_t fail_at = 1; fail_at < 1000000; fail_at++) {
        fault_allocator faults = {.fail_at = fail_at};
        const bylaw_allocator allocator = {fault_resize, &faults};
        const bylaw_status status = step(&allocator, data);

        assert_int_equal(faults.live_blocks, 0);
        assert_int_equal(faults.live_bytes, 0);
        if (faults.calls < fail_at) {
            assert_int_equal(status, BYLAW_OK);
            return;
        }
        assert_int_equal(status, BYLAW_ENOMEM);
    }
    fail_msg("the step never came to an end");
}

#endif
