/* tests/check/test_bounds.c: what linear invariants leave possible of the unknown, against trying
 * every value: no possible value is cut off, and what is called broken has none. */
#include "support.h"

#include "check/case.h"

enum { A = BL_SLOT_FACTS, B, C, SLOTS, MOST = 3 };

/* left <= right, each a sum of slots (0 ends it) and a constant. */
typedef struct law {
    uint32_t left[3], right[3];
    int64_t left_more, right_more;
} law;

static const law laws[] = {
    {.left = {A, B}, .right = {C}},
    {.left = {A}, .right = {B, C}},
    {.left = {A, A}, .right = {B, C}},
    {.left = {A}, .right = {B, B}},
    {.left = {A, B, C}, .right = {0}, .right_more = 4},
    {.left = {0}, .right = {A, B}, .left_more = 3},
    {.left = {A}, .right = {B}, .left_more = 1},
    {.left = {A}, .right = {B}, .right_more = -1},
    {.left = {C, C, C}, .right = {0}, .right_more = 4},
    {.left = {0}, .right = {A, A, A}, .left_more = 4},
};
enum { LAWS = sizeof laws / sizeof *laws };

static size_t length(const uint32_t *slots)
{
    size_t n = 0;

    while (n < 3 && slots[n] != 0)
        n++;
    return n;
}

static bl_invariant invariant_of(const law *l)
{
    return (bl_invariant){.linear = true,
                          .left = {l->left, length(l->left), NULL, l->left_more},
                          .right = {l->right, length(l->right), NULL, l->right_more}};
}

static int64_t sum_of(const bl_sum *sum, const int64_t *v)
{
    int64_t total = sum->constant;

    for (size_t i = 0; i < sum->count; i++)
        total += v[sum->slots[i]];
    return total;
}

static bool holds(const bl_invariant *two, const int64_t *v)
{
    return sum_of(&two[0].left, v) <= sum_of(&two[0].right, v) &&
           sum_of(&two[1].left, v) <= sum_of(&two[1].right, v);
}

/* given: -1 is unknown. */
static void compare(const bl_invariant *two, const int64_t *given)
{
    bl_invariant pair[2] = {two[0], two[1]};
    const bylaw_ruleset set = {.invariants = pair, .invariant_count = 2};
    const bl_invariant *broken;
    int64_t least[SLOTS] = {0}, most[SLOTS] = {0};
    size_t possible = 0;

    for (uint32_t slot = A; slot < SLOTS; slot++) {
        least[slot] = given[slot] >= 0 ? given[slot] : 0;
        most[slot] = given[slot] >= 0 ? given[slot] : MOST;
    }
    bl_bounds(&set, least, most, &broken);
    for (int n = 0; n < (MOST + 1) * (MOST + 1) * (MOST + 1); n++) {
        int64_t v[SLOTS] = {0};
        bool fits = true;

        v[A] = n % (MOST + 1);
        v[B] = n / (MOST + 1) % (MOST + 1);
        v[C] = n / ((MOST + 1) * (MOST + 1));
        for (uint32_t slot = A; slot < SLOTS; slot++)
            fits = fits && (given[slot] < 0 || given[slot] == v[slot]);
        if (!fits || !holds(two, v))
            continue;
        possible++;
        for (uint32_t slot = A; slot < SLOTS; slot++)
            assert_in_range(v[slot], least[slot], most[slot]);
    }
    if (broken != NULL)
        assert_int_equal(possible, 0);
}

static void no_possible_value_is_cut_off(void **state)
{
    (void)state;
    for (size_t i = 0; i < LAWS; i++) {
        for (size_t k = 0; k < LAWS; k++) {
            const bl_invariant two[] = {invariant_of(&laws[i]), invariant_of(&laws[k])};

            for (int n = 0; n < 5 * 5 * 5; n++) {
                const int64_t given[SLOTS] = {
                    [A] = n % 5 - 1, [B] = n / 5 % 5 - 1, [C] = n / 25 - 1};

                compare(two, given);
            }
        }
    }
}

/* One invariant: each bound is one that a possible value reaches. */
static void bounds_of_one_invariant_are_tight(void **state)
{
    const bl_invariant inv = {.linear = true,
                              .left = {(const uint32_t[]){A, A}, 2, NULL, 0},
                              .right = {(const uint32_t[]){B, C}, 2, NULL, 0}};
    bl_invariant list[] = {inv};
    const bylaw_ruleset set = {.invariants = list, .invariant_count = 1};
    const bl_invariant *broken;
    int64_t least[SLOTS] = {[A] = 2, [B] = 0, [C] = 0};
    int64_t most[SLOTS] = {[A] = INT64_MAX, [B] = 1, [C] = 4};

    (void)state;
    bl_bounds(&set, least, most, &broken); /* 2a <= b + c, a >= 2, b <= 1, c <= 4 */
    assert_null(broken);
    assert_int_equal(most[A], 2);
    assert_int_equal(least[C], 3);
    assert_int_equal(least[B], 0);
    /* an end that is open stays open, whatever is on the other side */
    memcpy(most, (int64_t[SLOTS]){[A] = INT64_MAX, [B] = INT64_MAX, [C] = 4}, sizeof most);
    memcpy(least, (int64_t[SLOTS]){[A] = 100, [B] = 0, [C] = 0}, sizeof least);
    bl_bounds(&set, least, most, &broken);
    assert_null(broken);
    assert_true(most[A] == INT64_MAX);
    assert_int_equal(least[B], 196);
    assert_int_equal(least[C], 0); /* b alone may be enough */
    /* what no value of the unknown can save */
    memcpy(most, (int64_t[SLOTS]){[A] = 9, [B] = 1, [C] = 4}, sizeof most);
    memcpy(least, (int64_t[SLOTS]){[A] = 3, [B] = 0, [C] = 0}, sizeof least);
    bl_bounds(&set, least, most, &broken);
    assert_ptr_equal(broken, &list[0]);
}

/* a < b and b < a, without an upper end: it would tighten forever. */
static void bounds_that_would_tighten_forever_end(void **state)
{
    bl_invariant list[] = {
        {.linear = true,
         .left = {(const uint32_t[]){A}, 1, NULL, 1},
         .right = {(const uint32_t[]){B}, 1, NULL, 0}},
        {.linear = true,
         .left = {(const uint32_t[]){B}, 1, NULL, 1},
         .right = {(const uint32_t[]){A}, 1, NULL, 0}},
        {.linear = false},
    };
    const bylaw_ruleset set = {.invariants = list, .invariant_count = 3};
    const bl_invariant *broken;
    int64_t least[SLOTS] = {0}, most[SLOTS] = {0};

    (void)state;
    most[A] = most[B] = most[C] = INT64_MAX;
    bl_bounds(&set, least, most, &broken);
    assert_null(broken); /* not found out, and no wrong thing said either */
    assert_true(least[A] > 0 && least[B] > 0);
}

/* Of three on the right one is open, wherever it stands: the other two need not be anything. */
static void one_open_end_among_several_is_enough(void **state)
{
    const bl_invariant inv = {.linear = true,
                              .left = {NULL, 0, NULL, 9},
                              .right = {(const uint32_t[]){A, B, C}, 3, NULL, 0}};
    bl_invariant list[] = {inv};
    const bylaw_ruleset set = {.invariants = list, .invariant_count = 1};
    const bl_invariant *broken;

    (void)state;
    for (uint32_t open = A; open < SLOTS; open++) {
        int64_t least[SLOTS] = {0}, most[SLOTS] = {[A] = 2, [B] = 2, [C] = 2};

        most[open] = INT64_MAX;
        bl_bounds(&set, least, most, &broken); /* 9 <= a + b + c */
        assert_null(broken);
        for (uint32_t slot = A; slot < SLOTS; slot++)
            assert_int_equal(least[slot], slot == open ? 5 : 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_possible_value_is_cut_off),
        cmocka_unit_test(bounds_of_one_invariant_are_tight),
        cmocka_unit_test(bounds_that_would_tighten_forever_end),
        cmocka_unit_test(one_open_end_among_several_is_enough),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
