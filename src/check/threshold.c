/* check/threshold.c: see threshold.h. Whole numbers and 128-bit cross products only.
 *
 * A count may be part of its own base (more than half of yes + no): then a vote more raises both,
 * and the least count is solved for, not read off a base. Nothing reaches a threshold over an empty
 * base. */
#include "check/threshold.h"

bool bl_threshold_need(int64_t *out, int64_t rest, bool within, bylaw_fraction bound, bool strict)
{
    if (!within)
        return bylaw_share_least(out, rest, bound, strict) == BYLAW_OK;
    /* c/(c + rest) >= num/den, that is c * (den - num) >= num * rest; and c + rest > 0 */
    const bl_i128 slope = (bl_i128)bound.den - bound.num;
    const bl_i128 need = (bl_i128)bound.num * rest;
    bl_i128 least;

    if (rest < 0)
        return false;
    if (slope > 0)
        least = strict ? need / slope + 1 : (need + slope - 1) / slope;
    else if (slope == 0 && rest == 0 && !strict)
        least = 1;
    else
        return false;
    if (least == 0 && rest == 0)
        least = 1;
    if (least > INT64_MAX)
        return false;
    *out = (int64_t)least;
    return true;
}

/* One term: a fact, or a field of the element under `each`. */
static bl_value term(const bl_sum *sum, size_t i, const bl_value *slots)
{
    const bl_value v = slots[sum->slots[i]];

    if (sum->fields == NULL || sum->fields[i] == UINT32_MAX || v.kind != BL_RECORD)
        return v;
    return v.as.record->fields[sum->fields[i]];
}

static bool same_term(const bl_sum *a, size_t i, const bl_sum *b, size_t k)
{
    const uint32_t field_a = a->fields != NULL ? a->fields[i] : UINT32_MAX;
    const uint32_t field_b = b->fields != NULL ? b->fields[k] : UINT32_MAX;

    return a->slots[i] == b->slots[k] && field_a == field_b;
}

/* What a term can be at least while it is unknown. A field of the element may be any whole number
 * unless it is a count. */
static int64_t term_least(const bl_sum *sum, size_t i, const bl_settled *facts)
{
    const bl_value element = facts->slots[sum->slots[i]];

    if (sum->slots[i] != BL_SLOT_ELEMENT)
        return facts->least[sum->slots[i]];
    return element.kind == BL_RECORD &&
                   element.as.record->type->fields[sum->fields[i]].type == &bl_type_count
               ? 0
               : INT64_MIN;
}

static int64_t clamp(bl_i128 n)
{
    return n > INT64_MAX ? INT64_MAX : n < INT64_MIN ? INT64_MIN : (int64_t)n;
}

/* What the sum can be at least and at most; an open end stays open, whatever is added to it. */
static int64_t sum_least(const bl_sum *sum, const bl_settled *facts)
{
    bl_i128 total = sum->constant;

    for (size_t i = 0; i < sum->count; i++) {
        const bl_value v = term(sum, i, facts->slots);

        total += v.kind == BL_INT ? v.as.i : term_least(sum, i, facts);
    }
    return clamp(total);
}

static int64_t sum_most(const bl_sum *sum, const bl_settled *facts)
{
    bl_i128 total = sum->constant;

    for (size_t i = 0; i < sum->count; i++) {
        const bl_value v = term(sum, i, facts->slots);
        const int64_t most = v.kind == BL_INT                   ? v.as.i
                             : sum->slots[i] == BL_SLOT_ELEMENT ? INT64_MAX
                                                                : facts->most[sum->slots[i]];

        if (most == INT64_MAX && v.kind != BL_INT)
            return INT64_MAX;
        total += most;
    }
    return clamp(total);
}

/* Are all terms of the sum on the left of the invariant, each as often as in the sum? `others` is
 * then what the left comes to beside them, at least. */
static bool is_part(const bl_sum *sum, const bl_sum *left, const bl_settled *facts, bl_i128 *others)
{
    *others = left->constant;
    for (size_t i = 0; i < left->count; i++)
        *others += facts->least[left->slots[i]];
    for (size_t i = 0; i < sum->count; i++) {
        const uint32_t slot = sum->slots[i];

        if (bl_sum_times(left, slot) < bl_sum_times(sum, slot))
            return false; /* so is a field of an element: invariants are of facts */
        *others -= facts->least[slot];
    }
    return sum->count > 0;
}

/* The same, where an invariant bounds several terms together: no and abstained are at most those
 * present that did not vote for it. */
static int64_t sum_most_together(const bl_sum *sum, const bl_settled *facts)
{
    int64_t most = sum_most(sum, facts);

    for (size_t i = 0; i < facts->set->invariant_count; i++) {
        const bl_invariant *inv = &facts->set->invariants[i];
        bl_i128 others = 0;

        if (!inv->linear || !is_part(sum, &inv->left, facts, &others))
            continue;
        const int64_t right = sum_most(&inv->right, facts);

        if (right != INT64_MAX && sum->constant + right - others < most)
            most = clamp(sum->constant + right - others);
    }
    return most;
}

/* The part of `of` that is not `count`; false where the count is not wholly within its base. */
static bool rest_of(bl_sum *rest, const bl_sum *of, const bl_sum *count, bl_arena *arena)
{
    uint32_t *slots = BL_NEW_N(arena, uint32_t, of->count + 1);
    uint32_t *fields = BL_NEW_N(arena, uint32_t, of->count + 1);
    bool *used = BL_NEW_N(arena, bool, count->count + 1);
    size_t n = 0, found = 0;

    if (slots == NULL || fields == NULL || used == NULL)
        return false;
    for (size_t i = 0; i < of->count; i++) {
        bool taken = false;

        for (size_t k = 0; k < count->count && !taken; k++) {
            if (!used[k] && same_term(of, i, count, k)) {
                used[k] = true;
                taken = true;
                found++;
            }
        }
        if (!taken) {
            fields[n] = of->fields != NULL ? of->fields[i] : UINT32_MAX;
            slots[n++] = of->slots[i];
        }
    }
    *rest = (bl_sum){slots, n, fields, clamp((bl_i128)of->constant - count->constant)};
    return found == count->count;
}

static bool known(const bl_sum *sum, const bl_value *slots)
{
    for (size_t i = 0; i < sum->count; i++) {
        if (term(sum, i, slots).kind != BL_INT)
            return false;
    }
    return true;
}

static bl_value add_unknown(bl_arena *arena, bl_value so_far, const bl_sum *sum,
                            const bl_value *slots)
{
    for (size_t i = 0; i < sum->count; i++) {
        const bl_value v = term(sum, i, slots);

        if (v.kind == BL_UNKNOWN)
            so_far = so_far.kind == BL_UNKNOWN ? bl_unknown_merge(arena, so_far, v) : v;
    }
    return so_far;
}

/* Does count meet the bar over base, which is not empty? Exact. */
static bool meets(bl_i128 count, bl_i128 base, bylaw_fraction bound, bool strict)
{
    const bl_i128 have = count * bound.den, need = (bl_i128)bound.num * base;

    return strict ? have > need : have >= need;
}

/* A bar that is a whole number of the count itself. */
static bl_value judge_plain(bl_figures *f, const bl_settled *facts, bl_arena *arena)
{
    const int64_t least = sum_least(&f->count_sum, facts);
    const int64_t most = sum_most(&f->count_sum, facts);
    const bl_i128 need = (bl_i128)f->bound.num / f->bound.den + (f->strict ? 1 : 0);

    f->need_known = need <= INT64_MAX;
    f->need = f->need_known ? (int64_t)need : 0;
    f->count_most = most;
    f->unreachable = !f->need_known || most < f->need;
    if (f->unreachable)
        return bl_bool(false);
    if (least >= f->need)
        return bl_bool(true);
    return add_unknown(arena, BL_NULL_VALUE, &f->count_sum, facts->slots);
}

static bl_value judge_share(bl_figures *f, const bl_settled *facts, bl_arena *arena)
{
    bl_sum rest = {0};
    const bool within = rest_of(&rest, &f->base_sum, &f->count_sum, arena);
    const bl_sum *over = within ? &rest : &f->base_sum;
    const int64_t count_least = sum_least(&f->count_sum, facts);
    const int64_t count_most = sum_most(&f->count_sum, facts);
    const int64_t over_least = sum_least(over, facts);
    const int64_t over_most = sum_most_together(over, facts);
    const bl_i128 self_least = within ? count_least : 0, self_most = within ? count_most : 0;
    const bool over_known = known(over, facts->slots);
    /* The share falls with the rest of the base. It grows with the count: but not in a base that
     * can be smaller than the count within it. */
    const bool grows = !within || over_least >= 0 || count_least == count_most;

    /* Votes that have been counted make a base that stands; before that, every vote more makes it
     * larger. */
    if (over_known) {
        const bool counted = !within || f->count_known;

        f->need_known =
            bl_threshold_need(&f->need, clamp(counted ? over_least + self_least : over_least),
                              !counted, f->bound, f->strict);
        f->unreachable = grows && (!f->need_known || count_most < f->need);
    }
    f->count_most = count_most;
    if (grows && (over_known || over_most < INT64_MAX) && over_least + self_least > 0 &&
        meets(count_least, over_most + self_least, f->bound, f->strict))
        return bl_bool(true);
    /* The best that can come: every vote there can be, over the smallest base that is one. */
    const bl_i128 smallest = over_least + self_most;

    if (over_most + self_most <= 0 ||
        (grows && (f->count_known || count_most < INT64_MAX) &&
         !meets(count_most, smallest > 0 ? smallest : 1, f->bound, f->strict)))
        return bl_bool(false);
    return add_unknown(arena, add_unknown(arena, BL_NULL_VALUE, &f->count_sum, facts->slots), over,
                       facts->slots);
}

bl_value bl_threshold_judge(bl_figures *out, const bl_body *body, const bl_settled *facts,
                            bl_arena *arena)
{
    bl_figures *f = out;

    *f = (bl_figures){.present = true,
                      .bound = body->bound,
                      .strict = body->strict,
                      .count_sum = body->count,
                      .base_sum = body->of,
                      .has_base = (body->has & BL_HAS_OF) != 0};
    f->count_known = known(&f->count_sum, facts->slots);
    if (f->count_known)
        f->count = sum_least(&f->count_sum, facts);
    f->base_known = f->has_base && known(&f->base_sum, facts->slots);
    if (f->base_known)
        f->base = sum_least(&f->base_sum, facts);
    const bl_value value =
        f->has_base ? judge_share(f, facts, arena) : judge_plain(f, facts, arena);

    /* Bounds alone may leave it open though every fact is known to be nothing (none): not met. */
    return value.kind == BL_NULL ? bl_bool(false) : value;
}
