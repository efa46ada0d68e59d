/* tests/check/test_threshold.c: thresholds over facts of which some are unknown, against the slow
 * and obvious way: try every value that the unknown could have. What every value meets is met, what
 * none meets is not; where one fact alone is unknown nothing else may be said. */
#include "support.h"

#include "check/threshold.h"

enum { A = BL_SLOT_FACTS, B, C, SLOTS, MOST = 3 };

/* A threshold as a norm lays it down. */
typedef struct shape {
    uint32_t count[3], of[3]; /* slots, 0 ends the list */
    int64_t more, of_more;    /* constants added */
    bool no_base;
} shape;

static const shape shapes[] = {
    {.count = {A}, .of = {C}},
    {.count = {A}, .of = {A, B}},
    {.count = {A}, .of = {A, B, C}},
    {.count = {A, B}, .of = {A, B, C}},
    {.count = {A, B}, .of = {C}},
    {.count = {A, A}, .of = {C}},
    {.count = {A, A}, .of = {A, B}},
    {.count = {A, A}, .of = {A, A, B}},
    {.count = {A}, .of = {C}, .of_more = -1},
    {.count = {A}, .of = {B, C}, .more = 1},
    {.count = {A}, .of = {A}},
    {.count = {A}, .of = {A, B}, .of_more = 1},
    {.count = {A}, .of = {A, B}, .of_more = -2},
    {.count = {A}, .no_base = true},
    {.count = {A, B}, .more = -1, .no_base = true},
};

static const struct {
    bylaw_fraction bound;
    bool strict;
} bars[] = {
    {{1, 2}, false}, {{1, 2}, true}, {{2, 3}, false}, {{2, 3}, true},
    {{1, 1}, false}, {{1, 1}, true}, {{0, 1}, false}, {{0, 1}, true},
    {{3, 2}, false}, {{3, 2}, true}, {{2, 1}, false}, {{2, 1}, true},
};

static size_t length(const uint32_t *slots)
{
    size_t n = 0;

    while (n < 3 && slots[n] != 0)
        n++;
    return n;
}

static bl_body body_of(const shape *s, size_t bar)
{
    bl_body body = {.bound = bars[bar].bound, .strict = bars[bar].strict};

    body.count = (bl_sum){s->count, length(s->count), NULL, s->more};
    if (!s->no_base) {
        body.has = BL_HAS_OF;
        body.of = (bl_sum){s->of, length(s->of), NULL, s->of_more};
    }
    return body;
}

static int64_t plain_sum(const bl_sum *sum, const int64_t *values)
{
    int64_t total = sum->constant;

    for (size_t i = 0; i < sum->count; i++)
        total += values[sum->slots[i]];
    return total;
}

/* As a teller would: the base is people, so an empty one has no share. */
static bool plainly_meets(const bl_body *body, const int64_t *values)
{
    const int64_t count = plain_sum(&body->count, values);

    if ((body->has & BL_HAS_OF) == 0) {
        const int64_t bar = body->bound.num / body->bound.den; /* whole numbers only */

        return body->strict ? count > bar : count >= bar;
    }
    const int64_t base = plain_sum(&body->of, values);
    const int64_t have = count * body->bound.den, need = body->bound.num * base;

    return base > 0 && (body->strict ? have > need : have >= need);
}

typedef struct world {
    bylaw_ruleset set;
    bl_invariant invariant;
    uint32_t left[2], right[1];
    bl_value slots[SLOTS];
    int64_t least[SLOTS], most[SLOTS];
    int64_t given[SLOTS]; /* -1: unknown */
    bool possible;        /* some values of the unknown are */
} world;

/* What ties the facts: nothing, a + b <= c, a + a <= c, a + 1 <= c. */
enum { FREE, TOGETHER, TWICE, ONE_LESS, TIES };

static bool is_tied(int tie, const int64_t *v)
{
    return tie == FREE || (tie == TOGETHER && v[A] + v[B] <= v[C]) ||
           (tie == TWICE && v[A] + v[A] <= v[C]) || (tie == ONE_LESS && v[A] + 1 <= v[C]);
}

/* Each fact as given, else anything from 0 to MOST. */
static bl_settled settle(world *w, int tie)
{
    static const bl_unknown nothing = {0};
    const bl_invariant *broken;

    memcpy(w->left, (uint32_t[]){A, tie == TOGETHER ? B : A}, sizeof w->left);
    w->right[0] = C;
    w->invariant = (bl_invariant){.linear = true,
                                  .left = {w->left, tie == ONE_LESS ? 1 : 2, NULL, tie == ONE_LESS},
                                  .right = {w->right, 1, NULL, 0}};
    w->set = (bylaw_ruleset){.invariants = &w->invariant, .invariant_count = tie != FREE};
    for (uint32_t slot = A; slot < SLOTS; slot++) {
        const bool known = w->given[slot] >= 0;

        w->slots[slot] =
            known ? bl_int(w->given[slot]) : (bl_value){.kind = BL_UNKNOWN, .as.unknown = &nothing};
        w->least[slot] = known ? w->given[slot] : 0;
        w->most[slot] = known ? w->given[slot] : MOST;
    }
    bl_bounds(&w->set, w->least, w->most, &broken);
    w->possible = broken == NULL;
    return (bl_settled){.slots = w->slots, .least = w->least, .most = w->most, .set = &w->set};
}

/* How many of the possible worlds meet it, and how many there are. */
static void try_all(const world *w, const bl_body *body, int tie, size_t *met, size_t *tried)
{
    int64_t v[SLOTS] = {0};

    *met = *tried = 0;
    for (int n = 0; n < (MOST + 1) * (MOST + 1) * (MOST + 1); n++) {
        v[A] = n % (MOST + 1);
        v[B] = n / (MOST + 1) % (MOST + 1);
        v[C] = n / ((MOST + 1) * (MOST + 1));
        bool fits = is_tied(tie, v);

        for (uint32_t slot = A; slot < SLOTS; slot++)
            fits = fits && (w->given[slot] < 0 || w->given[slot] == v[slot]);
        *tried += fits;
        *met += fits && plainly_meets(body, v);
    }
}

static size_t unknown_in(const world *w)
{
    size_t n = 0;

    for (uint32_t slot = A; slot < SLOTS; slot++)
        n += w->given[slot] < 0;
    return n;
}

static void compare(world *w, const bl_body *body, int tie, bl_arena *arena)
{
    bl_figures f;
    size_t met, tried;
    const bl_settled facts = settle(w, tie);

    if (!w->possible)
        return;
    const bl_value said = bl_threshold_judge(&f, body, &facts, arena);

    try_all(w, body, tie, &met, &tried);
    assert_true(tried > 0);
    if (bl_is_true(said))
        assert_int_equal(met, tried);
    else if (bl_is_false(said))
        assert_int_equal(met, 0);
    else
        assert_int_equal(said.kind, BL_UNKNOWN);
    if (unknown_in(w) == 0)
        assert_int_not_equal(said.kind, BL_UNKNOWN);
    if (f.count_known && f.base_known && f.need_known) /* the figures say the same */
        assert_int_equal(f.count >= f.need && f.base > 0, bl_is_true(said));
    if (f.unreachable) /* none of the possible counts is enough, then */
        assert_int_equal(met, 0);
}

static void what_is_said_holds_for_every_value_of_the_unknown(void **state)
{
    bl_arena arena;
    world w;

    (void)state;
    bl_arena_init(&arena, NULL);
    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
        for (size_t bar = 0; bar < sizeof bars / sizeof *bars; bar++) {
            const bl_body body = body_of(&shapes[s], bar);

            if (shapes[s].no_base && bars[bar].bound.den != 1)
                continue; /* such a bar is a whole number */
            for (int n = 0; n < TIES * 5 * 5 * 5; n++) {
                w.given[A] = n / TIES % 5 - 1;
                w.given[B] = n / TIES / 5 % 5 - 1;
                w.given[C] = n / TIES / 25 - 1;
                compare(&w, &body, n % TIES, &arena);
            }
            bl_arena_reset(&arena);
        }
    }
    bl_arena_dispose(&arena);
}

/* One fact unknown and each of a sum once: then the answer is exact, not merely right. */
static void one_unknown_fact_is_weighed_exactly(void **state)
{
    bl_arena arena;
    world w;

    (void)state;
    bl_arena_init(&arena, NULL);
    for (size_t bar = 0; bar < sizeof bars / sizeof *bars; bar++) {
        const bl_body body = body_of(&shapes[0], bar);

        for (int64_t known = 0; known <= MOST; known++) {
            for (int which = 0; which < 2; which++) {
                bl_figures f;
                size_t met, tried;

                w.given[A] = which == 0 ? -1 : known;
                w.given[B] = 0;
                w.given[C] = which == 0 ? known : -1;
                const bl_settled facts = settle(&w, TOGETHER);
                const bl_value said = bl_threshold_judge(&f, &body, &facts, &arena);

                try_all(&w, &body, TOGETHER, &met, &tried);
                assert_int_equal(bl_is_true(said), met == tried);
                assert_int_equal(bl_is_false(said), met == 0);
            }
        }
    }
    bl_arena_dispose(&arena);
}

/* The least count over a base, found by counting up. */
static void the_least_count_is_the_first_that_meets_the_bar(void **state)
{
    (void)state;
    for (size_t bar = 0; bar < sizeof bars / sizeof *bars; bar++) {
        const bylaw_fraction bound = bars[bar].bound;

        for (int64_t rest = 0; rest <= 12; rest++) {
            for (int within = 0; within < 2; within++) {
                int64_t need = -1, found = -1;
                const bool has = bl_threshold_need(&need, rest, within, bound, bars[bar].strict);

                for (int64_t n = 0; n <= 100 && found < 0; n++) {
                    const int64_t base = within ? rest + n : rest;
                    const int64_t have = n * bound.den, bar_at = bound.num * base;

                    if (base > 0 && (bars[bar].strict ? have > bar_at : have >= bar_at))
                        found = n;
                }
                assert_int_equal(has, found >= 0);
                assert_int_equal(need, found); /* untouched where there is none */
            }
        }
    }
}

static void numbers_that_do_not_fit_are_no_answer(void **state)
{
    int64_t need = 7;

    (void)state;
    assert_false(bl_threshold_need(&need, -1, true, (bylaw_fraction){1, 2}, false));
    assert_false(bl_threshold_need(&need, INT64_MAX, true, (bylaw_fraction){2, 3}, false));
    assert_false(bl_threshold_need(&need, INT64_MAX, false, (bylaw_fraction){1, 1}, true));
    assert_int_equal(need, 7);
    assert_true(bl_threshold_need(&need, INT64_MAX, true, (bylaw_fraction){1, 2}, false));
    assert_true(need == INT64_MAX);
}

/* A norm without a base whose bar lies beyond every number; sums that run over. */
static void extreme_numbers_are_judged_and_not_wrapped(void **state)
{
    static const struct {
        int64_t a, b, of; /* of < 0: no base */
        bylaw_fraction bound;
        bool strict, met, need_known;
    } cases[] = {
        {INT64_MAX, INT64_MAX, -1, {INT64_MAX, 1}, false, true, true},
        {INT64_MAX, 0, -1, {INT64_MAX, 1}, true, false, false},
        {INT64_MAX, INT64_MAX, INT64_MAX, {1, 1}, false, true, true},
        {INT64_MAX, 0, INT64_MAX, {1, 1}, true, false, false},
        {INT64_MAX - 1, 0, INT64_MAX, {1, 1}, false, false, true},
        {INT64_MIN, INT64_MIN, 5, {1, 2}, false, false, true},
    };
    bl_arena arena;

    (void)state;
    bl_arena_init(&arena, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        static const uint32_t both[] = {A, B}, base[] = {C};
        const bylaw_ruleset set = {0};
        bl_value slots[SLOTS];
        int64_t least[SLOTS] = {0}, most[SLOTS] = {0};
        bl_figures f;
        const bl_body body = {.has = cases[i].of < 0 ? 0 : BL_HAS_OF,
                              .count = {both, 2, NULL, 0},
                              .of = {base, 1, NULL, 0},
                              .bound = cases[i].bound,
                              .strict = cases[i].strict};

        slots[A] = bl_int(cases[i].a);
        slots[B] = bl_int(cases[i].b);
        slots[C] = bl_int(cases[i].of);
        const bl_settled facts = {.slots = slots, .least = least, .most = most, .set = &set};
        const bl_value said = bl_threshold_judge(&f, &body, &facts, &arena);

        assert_int_equal(bl_is_true(said), cases[i].met);
        assert_int_equal(bl_is_false(said), !cases[i].met);
        assert_int_equal(f.need_known, cases[i].need_known);
    }
    bl_arena_dispose(&arena);
}

/* A fact without an upper end: nothing above it is ruled out, however much is added. */
static void an_open_end_stays_open(void **state)
{
    static const uint32_t a[] = {A}, ab[] = {A, B};
    static const bl_unknown nothing = {0};
    const bylaw_ruleset set = {0};
    bl_value slots[SLOTS];
    int64_t least[SLOTS] = {0}, most[SLOTS] = {0};
    bl_arena arena;
    bl_figures f;
    bl_body body = {.has = BL_HAS_OF,
                    .count = {a, 1, NULL, 0},
                    .of = {ab, 2, NULL, 0},
                    .bound = {1, 2},
                    .strict = true};

    (void)state;
    bl_arena_init(&arena, NULL);
    slots[A] = bl_int(5);
    slots[B] = (bl_value){.kind = BL_UNKNOWN, .as.unknown = &nothing};
    most[B] = INT64_MAX;
    const bl_settled facts = {.slots = slots, .least = least, .most = most, .set = &set};

    assert_int_equal(bl_threshold_judge(&f, &body, &facts, &arena).kind, BL_UNKNOWN);
    most[B] = 5;
    assert_int_equal(bl_threshold_judge(&f, &body, &facts, &arena).kind, BL_UNKNOWN);
    most[B] = 4; /* five of at most nine */
    assert_true(bl_is_true(bl_threshold_judge(&f, &body, &facts, &arena)));
    least[B] = 5, most[B] = INT64_MAX; /* five of at least ten */
    assert_true(bl_is_false(bl_threshold_judge(&f, &body, &facts, &arena)));
    /* the count itself open: any bar over a known base may still be met */
    slots[A] = slots[B];
    most[A] = INT64_MAX;
    slots[B] = bl_int(1000);
    least[B] = most[B] = 1000;
    assert_int_equal(bl_threshold_judge(&f, &body, &facts, &arena).kind, BL_UNKNOWN);
    assert_true(f.need_known);
    assert_int_equal(f.need, 1001);
    assert_false(f.unreachable);
    bl_arena_dispose(&arena);
}

/* Known to be nothing (none): no number, so nothing is met and nothing is asked. */
static void a_count_that_is_none_meets_nothing(void **state)
{
    static const uint32_t a[] = {A}, c[] = {C};
    const bylaw_ruleset set = {0};
    bl_value slots[SLOTS];
    int64_t least[SLOTS] = {0}, most[SLOTS] = {0};
    bl_arena arena;
    bl_figures f;
    const bl_body body = {
        .has = BL_HAS_OF, .count = {a, 1, NULL, 0}, .of = {c, 1, NULL, 0}, .bound = {1, 2}};

    (void)state;
    bl_arena_init(&arena, NULL);
    slots[A] = BL_NULL_VALUE;
    most[A] = INT64_MAX;
    slots[C] = bl_int(8);
    least[C] = most[C] = 8;
    const bl_settled facts = {.slots = slots, .least = least, .most = most, .set = &set};

    assert_true(bl_is_false(bl_threshold_judge(&f, &body, &facts, &arena)));
    bl_arena_dispose(&arena);
}

/* Under `each` a term is a field of the element: a whole number below nothing is possible unless it
 * is a count, and while the element itself is unknown so is all of it. */
static void fields_of_an_element_are_terms_of_their_own(void **state)
{
    enum { UNKNOWN = -9, ROW = 2 };

    static const bl_unknown nothing = {0};
    static const bl_value unknown = {.kind = BL_UNKNOWN, .as.unknown = &nothing};
    static const uint32_t element[] = {BL_SLOT_ELEMENT, BL_SLOT_ELEMENT, A}, both[] = {0, 1},
                          first[] = {0, UINT32_MAX}, second[] = {1};
    static const bl_sum plain_a = {element + 2, 1, NULL, 0}, none = {NULL, 0, NULL, 0},
                        x = {element, 1, first, 0}, y = {element, 1, second, 0},
                        x_y = {element, 2, both, 0}, x_a = {element + 1, 2, first, 0};
    static const struct {
        const bl_sum *count, *of;
        bylaw_fraction bound;
        bool counts; /* the fields are counts, not any whole numbers */
        int64_t x, y, a;
        bl_kind expected;
        bool met;
    } cases[] = {
        {&x, &none, {3, 1}, true, 2, 0, 0, BL_BOOL, false},
        {&x, &none, {3, 1}, true, 3, 0, 0, BL_BOOL, true},
        {&x, &none, {3, 1}, true, 4, 0, 0, BL_BOOL, true},
        {&x, &none, {0, 1}, true, UNKNOWN, 0, 0, BL_BOOL, true},
        {&x, &none, {0, 1}, false, UNKNOWN, 0, 0, BL_UNKNOWN, false},
        {&x, &none, {1, 1}, true, UNKNOWN, 0, 0, BL_UNKNOWN, false},
        {&x_y, &none, {3, 1}, true, 3, UNKNOWN, 0, BL_BOOL, true},
        {&x_y, &none, {3, 1}, false, 3, UNKNOWN, 0, BL_UNKNOWN, false},
        /* x of x + y is within its base, x of y is not, though both are of one element */
        {&x, &x_y, {1, 2}, true, 3, 3, 0, BL_BOOL, true},
        {&x, &x_y, {1, 2}, true, 3, 4, 0, BL_BOOL, false},
        {&x, &x_y, {1, 2}, true, 3, UNKNOWN, 0, BL_UNKNOWN, false},
        {&x, &y, {1, 1}, true, 3, 3, 0, BL_BOOL, true},
        {&x, &y, {1, 1}, true, 2, 3, 0, BL_BOOL, false},
        {&x, &y, {1, 1}, true, 3, UNKNOWN, 0, BL_UNKNOWN, false},
        /* a field and a fact */
        {&plain_a, &x_a, {1, 2}, true, 3, 0, 3, BL_BOOL, true},
        {&plain_a, &x_a, {1, 2}, true, 4, 0, 3, BL_BOOL, false},
        {&plain_a, &x_a, {1, 2}, true, UNKNOWN, 0, 3, BL_UNKNOWN, false},
    };
    bl_arena arena;

    (void)state;
    bl_arena_init(&arena, NULL);
    for (size_t i = 0; i < 2 * sizeof cases / sizeof *cases; i++) {
        const size_t k = i / 2;
        const bl_field fields[ROW] = {
            {.name = BYLAW_STR("x"), .type = cases[k].counts ? &bl_type_count : BL_SIMPLE(INT)},
            {.name = BYLAW_STR("y"), .type = cases[k].counts ? &bl_type_count : BL_SIMPLE(INT)}};
        const bl_type row = {.kind = BL_T_RECORD, .fields = fields, .field_count = ROW};
        const bl_value values[ROW] = {cases[k].x == UNKNOWN ? unknown : bl_int(cases[k].x),
                                      cases[k].y == UNKNOWN ? unknown : bl_int(cases[k].y)};
        const bl_record record = {&row, values};
        const bylaw_ruleset set = {0};
        bl_value slots[SLOTS] = {[A] = bl_int(cases[k].a)};
        int64_t least[SLOTS] = {0}, most[SLOTS] = {0};
        bl_figures f;
        const bl_body body = {.has = cases[k].of->count > 0 ? BL_HAS_OF : 0,
                              .count = *cases[k].count,
                              .of = *cases[k].of,
                              .bound = cases[k].bound};
        const bool whole = i % 2 == 0;

        least[A] = most[A] = cases[k].a;
        slots[BL_SLOT_ELEMENT] =
            whole ? (bl_value){.kind = BL_RECORD, .as.record = &record} : unknown;
        const bl_settled facts = {.slots = slots, .least = least, .most = most, .set = &set};
        const bl_value said = bl_threshold_judge(&f, &body, &facts, &arena);

        assert_int_equal(said.kind, whole ? cases[k].expected : BL_UNKNOWN);
        if (said.kind == BL_BOOL)
            assert_int_equal(bl_is_true(said), cases[k].met);
    }
    bl_arena_dispose(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_said_holds_for_every_value_of_the_unknown),
        cmocka_unit_test(one_unknown_fact_is_weighed_exactly),
        cmocka_unit_test(the_least_count_is_the_first_that_meets_the_bar),
        cmocka_unit_test(numbers_that_do_not_fit_are_no_answer),
        cmocka_unit_test(extreme_numbers_are_judged_and_not_wrapped),
        cmocka_unit_test(an_open_end_stays_open),
        cmocka_unit_test(a_count_that_is_none_meets_nothing),
        cmocka_unit_test(fields_of_an_element_are_terms_of_their_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
