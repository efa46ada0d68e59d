/* tests/rules/test_limits.c: rule sets built to hurt: they end in a few clear mistakes, or load
 * within a moment. */
#include "fixture.h"

typedef struct built {
    texts texts;
    bl_arena arena;
    bl_str text;
} built;

/* A set with `facts` and so on of its own; the text so far, to be added to. */
static void begin(built *b)
{
    b->texts = fixture_texts();
    bl_arena_init(&b->arena, NULL);
    b->text = bl_str_init(&b->arena);
    bl_str_addz(&b->text, "ruleset: wcasp\ntitle: {zh: 试, en: trial}\nuses: [assembly]\n");
}

static size_t finish(built *b, const char *code, bylaw_ruleset **set)
{
    const bylaw_resolver resolver = {find_text, &b->texts};
    bylaw_diags *diags;
    bylaw_ruleset *out = NULL;

    assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
    const bylaw_status status = bylaw_ruleset_read(&out, BYLAW_STR("wcasp.yaml"),
                                                   bl_str_view(&b->text), &resolver, NULL, diags);
    const size_t errors = bylaw_diags_errors(diags);

    assert_int_equal(status, errors > 0 ? BYLAW_EINPUT : BYLAW_OK);
    bool found = code == NULL;

    for (size_t i = 0; code != NULL && i < bylaw_diags_count(diags); i++)
        found |= bl_str_is(bylaw_diags_get(diags, i)->code, code);
    assert_true(found);
    bylaw_diags_free(diags);
    if (set != NULL)
        *set = out;
    else
        bylaw_ruleset_free(out);
    bl_arena_dispose(&b->arena);
    free_texts(&b->texts);
    return errors;
}

static void add_norms(built *b, size_t n, const char *require)
{
    bl_str_addz(&b->text, "norms:\n");
    for (size_t i = 0; i < n; i++)
        bl_str_addf(&b->text,
                    "  - {id: n%zu, provision: wcasp:7.1d, on: [resolution], modality: must, "
                    "require: %s, says: {zh: 要, en: must}}\n",
                    i, require);
}

static void a_hundred_mistakes_are_enough(void **state)
{
    built b;

    (void)state;
    begin(&b);
    add_norms(&b, 3000, "all_caled");
    assert_int_equal(finish(&b, "limit", NULL), 101);
    begin(&b);
    add_norms(&b, 99, "all_caled");
    assert_int_equal(finish(&b, "unknown-fact", NULL), 99);
}

static void there_are_at_most_20000_norms(void **state)
{
    built b;
    bylaw_ruleset *set = NULL;

    (void)state;
    begin(&b);
    add_norms(&b, 20001, "all_called");
    assert_int_equal(finish(&b, "limit", NULL), 1);
    begin(&b);
    add_norms(&b, 20000, "all_called");
    assert_int_equal(finish(&b, NULL, &set), 0);
    assert_int_equal(set->norm_count, 20000);
    bylaw_ruleset_free(set);
}

static void there_are_at_most_1000_kinds(void **state)
{
    (void)state;
    for (size_t n = 1000; n <= 1001; n++) {
        built b;

        begin(&b);
        bl_str_addz(&b.text, "kinds:\n  k0: {zh: 零, en: nought}\n");
        for (size_t i = 1; i < n; i++) /* each a case of the one before: a chain */
            bl_str_addf(&b.text, "  k%zu: {is: k%zu, zh: 第%zu, en: no. %zu}\n", i, i - 1, i, i);
        add_norms(&b, 2, "all_called");
        assert_int_equal(finish(&b, n > 1000 ? "limit" : NULL, NULL), n > 1000);
    }
}

static void long_chains_of_derivations_are_walked(void **state)
{
    built b;
    bylaw_ruleset *set = NULL;
    enum { N = 5000 };

    (void)state;
    begin(&b);
    bl_str_addz(&b.text, "facts:\n");
    for (size_t i = 0; i < N; i++)
        bl_str_addf(&b.text, "  f%zu: {type: int, derive: f%zu + 1, zh: 数, en: number}\n", i,
                    i + 1);
    bl_str_addf(&b.text, "  f%d: {type: int, zh: 数, en: number}\n", N);
    add_norms(&b, 1, "f0 > 0");
    assert_int_equal(finish(&b, NULL, &set), 0);
    assert_int_equal(set->derive_count, N + 3);
    bylaw_ruleset_free(set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hundred_mistakes_are_enough),
        cmocka_unit_test(there_are_at_most_20000_norms),
        cmocka_unit_test(there_are_at_most_1000_kinds),
        cmocka_unit_test(long_chains_of_derivations_are_walked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
