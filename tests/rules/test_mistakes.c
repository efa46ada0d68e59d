/* tests/rules/test_mistakes.c: wrong rule sets, and exactly what is told of them: mistakes.cases.
 */
#include "records.h"

/* A record that expects nothing must load. */
static bool read_wrong(record *r)
{
    bylaw_ruleset *set = NULL;
    bylaw_diags *diags;
    bl_str told = bl_str_init(r->arena);

    assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
    const bylaw_status status = read_texts(&set, &r->files, NULL, diags);

    write_told(&told, diags);
    assert_int_equal(status, bylaw_diags_count(diags) > 0 ? BYLAW_EINPUT : BYLAW_OK);
    if (status != BYLAW_OK)
        assert_null(set); /* untouched on failure */
    bylaw_ruleset_free(set);
    bylaw_diags_free(diags);
    return same_as_expected(r, &told);
}

static void every_mistake_is_told_with_its_place(void **state)
{
    (void)state;
    assert_true(run_records("mistakes.cases", read_wrong) >= 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mistake_is_told_with_its_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
