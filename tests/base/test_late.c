/* base/late.c: libraries are opened when they are needed; one that is not there is told. */
#include "base/late.h"

#include "support.h"

static void what_is_missing_is_told(void **state)
{
    (void)state;
    static const char *const names[] = {"nettle_version_major", "nettle_no_such_function"};
    static const struct missing_case {
        const char *file;
        size_t count;
    } cases[] = {{"libno-such-library.so.1", 1}, {BYLAW_NETTLE_FILE, 2}};

    assert_null(bl_late_missing());
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        void (*functions[2])(void) = {NULL, NULL};
        bl_late library = {cases[i].file, names, cases[i].count, functions, false};

        assert_false(bl_late_open(&library));
        assert_false(library.is_open);
        assert_string_equal(bl_late_missing(), cases[i].file);
        assert_true(functions[0] == NULL && functions[1] == NULL);
    }
}

static void what_is_there_is_opened(void **state)
{
    (void)state;
    static const char *const names[] = {"nettle_version_major"};
    int (*major)(void) = NULL;
    bl_late library = {BYLAW_NETTLE_FILE, names, 1, &major, false};

    assert_true(bl_late_open(&library));
    assert_true(bl_late_open(&library));
    assert_true(library.is_open && major() >= 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_missing_is_told),
        cmocka_unit_test(what_is_there_is_opened),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
