/* Tests of none: known to be nothing. Nothing holds of it, it is before and after nothing, and what
 * is computed from it is none again. */
#include "harness.h"

static bl_enum_value levels[3];
static bl_enum_value *level_list[] = {&levels[0], &levels[1], &levels[2]};
static const bl_enum bodies = {.name = {"body", 4}, .values = level_list, .count = 3};

static int open_facts(void **state)
{
    harness *h = malloc(sizeof *h);
    static const char *const ids[] = {"cast", "cast_council", "chair"};

    harness_open(h, BL_ENV_CHARTER);
    for (uint32_t i = 0; i < 3; i++)
        levels[i] = (bl_enum_value){.id = bylaw_str_from(ids[i]),
                                    .parent = i == 1 ? &levels[0] : NULL,
                                    .of = &bodies,
                                    .index = i,
                                    .has_below = i == 0};
    const bl_type *body = bl_type_enum(&h->arena, &bodies);

    harness_declare(h, "on", bl_type_nullable(&h->arena, BL_SIMPLE(DATE)), BL_NULL_VALUE);
    harness_declare(h, "by", bl_type_nullable(&h->arena, body), BL_NULL_VALUE);
    harness_declare(h, "number", bl_type_nullable(&h->arena, BL_SIMPLE(INT)), BL_NULL_VALUE);
    harness_declare(h, "flag", bl_type_nullable(&h->arena, BL_SIMPLE(BOOL)), BL_NULL_VALUE);
    harness_declare(h, "names",
                    bl_type_nullable(&h->arena, bl_type_list(&h->arena, BL_SIMPLE(NAME))),
                    BL_NULL_VALUE);
    harness_declare(h, "today", BL_SIMPLE(DATE), bl_date_value(20778));
    harness_declare(h, "five", BL_SIMPLE(INT), bl_int(5));
    harness_declare(h, "there", bl_type_nullable(&h->arena, body), bl_enum_of(&levels[1]));
    harness_unknown(h, "someday", BL_SIMPLE(DATE));
    harness_unknown(h, "count", BL_SIMPLE(INT));
    *state = h;
    return 0;
}

static int close_facts(void **state)
{
    harness_close(*state);
    free(*state);
    return 0;
}

static void nothing_holds_of_none(void **state)
{
    static const eval_case cases[] = {
        {"on == none", "true"},
        {"on != none", "false"},
        {"by == 'chair'", "false"},
        {"by != 'chair'", "true"},
        {"there == none", "false"},
        {"on < today", "false"},
        {"on >= today", "false"},
        {"today > on", "false"},
        {"!(on < today)", "true"},
        {"number > 3", "false"},
        {"number + 1 > 3", "false"},
        {"today - on <= 30", "false"},
        {"flag && true", "false"},
        {"flag || five == 5", "true"},
        {"!flag", "true"},
        {"flag ? 1 : 2", "2"},
        {"names.all(x, false)", "true"},
        {"names.exists(x, true)", "false"},
    };

    HARNESS_CASES(*state, cases, true);
}

static void none_decides_an_order_whatever_the_other_side_is(void **state)
{
    static const eval_case cases[] = {
        {"on < someday", "false"},     {"someday <= on", "false"},
        {"number > count", "false"},   {"number + count > 3", "?count"},
        {"on == someday", "?someday"},
    };

    HARNESS_CASES(*state, cases, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_holds_of_none, open_facts, close_facts),
        cmocka_unit_test_setup_teardown(none_decides_an_order_whatever_the_other_side_is,
                                        open_facts, close_facts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
