/* tests/rules/test_inspect.c: what the public functions tell of a rule set. */
#include "fixture.h"

static bylaw_ruleset *load(void)
{
    texts t = fixture_texts();
    bylaw_ruleset *set = NULL;

    assert_int_equal(read_texts(&set, &t, NULL, NULL), BYLAW_OK);
    free_texts(&t);
    return set;
}

static void kinds_are_found_by_id_and_label(void **state)
{
    bylaw_ruleset *set = load();
    size_t at = 99;
    bylaw_str nearest = {NULL, 0};

    (void)state;
    assert_int_equal(bylaw_ruleset_kind_count(set), 2);
    assert_int_equal(bylaw_ruleset_find_kind(&at, NULL, set, BYLAW_STR("解散")), BYLAW_OK);
    const bylaw_kind kind = bylaw_ruleset_kind(set, at);

    assert_true(bl_str_is(kind.id, "dissolution"));
    assert_int_equal(kind.norms, 5);
    assert_int_equal(kind.gaps, 1);
    at = 99;
    assert_int_equal(bylaw_ruleset_find_kind(&at, &nearest, set, BYLAW_STR("disolution")),
                     BYLAW_ENOTFOUND);
    assert_int_equal(at, 99);
    assert_true(bl_str_is(nearest, "dissolution"));
    assert_int_equal(bylaw_ruleset_find_kind(&at, &nearest, set, BYLAW_STR("天气预报")),
                     BYLAW_ENOTFOUND);
    assert_int_equal(nearest.len, 0);
    bylaw_ruleset_free(set);
}

static void asks_tell_facts_with_labels_and_provisions(void **state)
{
    bylaw_ruleset *set = load();
    bylaw_asks *asks = NULL;
    size_t dissolution = 0;

    (void)state;
    assert_int_equal(bylaw_ruleset_find_kind(&dissolution, NULL, set, BYLAW_STR("dissolution")),
                     BYLAW_OK);
    assert_int_equal(bylaw_asks_new(&asks, set, dissolution, NULL), BYLAW_OK);
    assert_int_equal(bylaw_asks_count(asks), 6);
    assert_true(bl_str_is(bylaw_asks_get(asks, 0).fact, "members"));
    assert_true(bl_str_is(bylaw_asks_get(asks, 0).cite.in[BYLAW_ZH], "第十一条"));
    assert_true(bl_str_is(bylaw_asks_get(asks, 3).fact, "announced"));
    assert_int_equal(bylaw_asks_get(asks, 3).need, BYLAW_NEED_LATER);
    assert_int_equal(bylaw_asks_get(asks, 4).need, BYLAW_NEED_READING);
    const bylaw_ask called = bylaw_asks_get(asks, 5);

    assert_true(bl_str_is(called.label.in[BYLAW_ZH], "全体成员均获通知"));
    assert_int_equal(called.need, BYLAW_NEED_PRESUMED);
    assert_true(called.conduct);
    assert_int_equal(called.cite.in[BYLAW_ZH].len, 0);
    bylaw_asks_free(asks);
    bylaw_asks_free(NULL);
    bylaw_ruleset_free(set);
}

static void a_field_of_a_list_is_told_with_its_own_label(void **state)
{
    bylaw_ruleset *set = NULL;
    bylaw_asks *asks = NULL;
    size_t election = 0;
    bool found = false;

    (void)state;
    assert_int_equal(bylaw_ruleset_bundled(&set, BYLAW_STR("wcasp"), NULL, NULL), BYLAW_OK);
    assert_int_equal(bylaw_ruleset_find_kind(&election, NULL, set, BYLAW_STR("选举")), BYLAW_OK);
    assert_int_equal(bylaw_asks_new(&asks, set, election, NULL), BYLAW_OK);
    for (size_t i = 0; i < bylaw_asks_count(asks); i++) {
        const bylaw_ask ask = bylaw_asks_get(asks, i);

        if (!bl_str_is(ask.field, "consecutive_terms"))
            continue;
        found = true;
        assert_int_equal(ask.need, BYLAW_NEED_ALWAYS);
        assert_true(bl_str_is(ask.fact, "candidates"));
        assert_true(bl_str_is(ask.label.in[BYLAW_ZH], "已连任"));
    }
    assert_true(found);
    bylaw_asks_free(asks);
    bylaw_ruleset_free(set);
}

static bylaw_status inspect_once(const bylaw_allocator *allocator, void *data)
{
    bylaw_asks *asks = NULL;
    const bylaw_status status = bylaw_asks_new(&asks, data, 1, allocator);

    bylaw_asks_free(asks);
    return status;
}

static void running_out_of_memory_is_told(void **state)
{
    bylaw_ruleset *set = load();

    (void)state;
    assert_fault_sweep(inspect_once, set);
    bylaw_ruleset_free(set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_are_found_by_id_and_label),
        cmocka_unit_test(asks_tell_facts_with_labels_and_provisions),
        cmocka_unit_test(a_field_of_a_list_is_told_with_its_own_label),
        cmocka_unit_test(running_out_of_memory_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
