/* tests/rules/test_bundled.c: the library carries every rule file, byte for byte, and finds each.
 */
#include "support.h"

#include <stdio.h>

#include "rules/bundled.h"

#include <bylaw/ruleset.h>

static void every_text_is_that_of_its_file(void **state)
{
    (void)state;
    assert_true(bl_bundled_text_count() > 0);
    for (size_t i = 0; i < bl_bundled_text_count(); i++) {
        char path[1024];
        bylaw_str text = {NULL, 0};

        snprintf(path, sizeof path, "%s/rules/%s", BYLAW_SOURCE_DIR, bl_bundled_text_name(i).ptr);
        FILE *file = fopen(path, "rb");

        assert_non_null(file);
        assert_true(bl_bundled_find(bl_bundled_text_name(i), &text));
        for (size_t k = 0; k < text.len; k++)
            assert_int_equal(getc(file), (unsigned char)text.ptr[k]);
        assert_int_equal(getc(file), EOF);
        assert_int_equal(text.ptr[text.len], 0);
        fclose(file);
    }
}

static void what_is_needed_is_there_and_nothing_else(void **state)
{
    (void)state;
    bylaw_str text = {NULL, 0};

    assert_true(bl_bundled_find(BYLAW_STR("wcasp.yaml"), &text));
    assert_true(bl_bundled_find(BYLAW_STR("vocabulary/assembly.yaml"), &text));
    assert_true(bl_bundled_find(BYLAW_STR("provisions/wcasp.yaml"), &text));
    text = BYLAW_STR("untouched");
    assert_false(bl_bundled_find(BYLAW_STR("wcasp"), &text));
    assert_false(bl_bundled_find(BYLAW_STR("wcasp.test.yaml"), &text));
    assert_false(bl_bundled_find(BYLAW_STR(""), &text));
    assert_false(bl_bundled_find(BYLAW_STR("zzz"), &text));
    assert_true(bl_str_is(text, "untouched"));
    for (size_t i = 1; i < bl_bundled_text_count(); i++)
        assert_true(bl_str_compare(bl_bundled_text_name(i - 1), bl_bundled_text_name(i)) < 0);
}

/* What a bundled set is not looked through for again when it is read was looked for here. */
static void no_set_has_a_mistake(void **state)
{
    (void)state;
    assert_true(bylaw_bundled_count() > 0);
    for (size_t i = 0; i < bylaw_bundled_count(); i++) {
        char name[256];
        bylaw_str text = {NULL, 0};
        bylaw_ruleset *set = NULL;
        bylaw_diags *diags = NULL;

        snprintf(name, sizeof name, "%.*s.yaml", (int)bylaw_bundled_name(i).len,
                 bylaw_bundled_name(i).ptr);
        assert_true(bl_bundled_find(bylaw_str_from(name), &text));
        assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
        assert_int_equal(bylaw_ruleset_read(&set, bylaw_str_from(name), text, NULL, NULL, diags),
                         BYLAW_OK);
        assert_int_equal(bylaw_diags_count(diags), 0);
        bylaw_ruleset_free(set);
        bylaw_diags_free(diags);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_is_that_of_its_file),
        cmocka_unit_test(what_is_needed_is_there_and_nothing_else),
        cmocka_unit_test(no_set_has_a_mistake),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
