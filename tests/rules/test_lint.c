/* tests/rules/test_lint.c: what a rule set that can be used probably does not mean: each record of
 * lint.cases edits the small rule set and tells what is warned of, no more and no less. */
#include "records.h"

#include "rules/lint.h"

static bool lint_record(record *r)
{
    bylaw_ruleset *set = NULL;
    bylaw_diags *diags;
    bl_str told = bl_str_init(r->arena);

    assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
    if (read_texts(&set, &r->files, NULL, diags) == BYLAW_OK) {
        assert_int_equal(bl_lint(set, NULL, diags), BYLAW_OK);
        assert_int_equal(bylaw_diags_errors(diags), 0);
    }
    write_told(&told, diags);
    bylaw_ruleset_free(set);
    bylaw_diags_free(diags);
    return same_as_expected(r, &told);
}

static void every_doubt_is_told_with_its_place(void **state)
{
    (void)state;
    assert_true(run_records("lint.cases", lint_record) >= 12);
}

static void the_bundled_sets_leave_no_doubt(void **state)
{
    (void)state;
    for (size_t i = 0; i < bylaw_bundled_count(); i++) {
        bylaw_ruleset *set = NULL;
        bylaw_diags *diags;

        assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
        assert_int_equal(bylaw_ruleset_bundled(&set, bylaw_bundled_name(i), NULL, diags), BYLAW_OK);
        assert_int_equal(bl_lint(set, NULL, diags), BYLAW_OK);
        for (size_t k = 0; k < bylaw_diags_count(diags); k++)
            fprintf(stderr, "%s:%zu %s\n", bylaw_diags_get(diags, k)->file.ptr,
                    bylaw_diags_get(diags, k)->line,
                    bylaw_diags_get(diags, k)->message.in[BYLAW_EN].ptr);
        assert_int_equal(bylaw_diags_count(diags), 0);
        bylaw_ruleset_free(set);
        bylaw_diags_free(diags);
    }
}

static bylaw_status lint_once(const bylaw_allocator *allocator, void *data)
{
    bylaw_diags *diags = NULL;
    bylaw_status status = bylaw_diags_new(&diags, allocator);

    if (status == BYLAW_OK)
        status = bl_lint(data, allocator, diags);
    bylaw_diags_free(diags);
    return status;
}

static void running_out_of_memory_is_told(void **state)
{
    texts t = fixture_texts();
    bylaw_ruleset *set = NULL;

    (void)state;
    assert_int_equal(read_texts(&set, &t, NULL, NULL), BYLAW_OK);
    assert_fault_sweep(lint_once, set);
    bylaw_ruleset_free(set);
    free_texts(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_doubt_is_told_with_its_place),
        cmocka_unit_test(the_bundled_sets_leave_no_doubt),
        cmocka_unit_test(running_out_of_memory_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
