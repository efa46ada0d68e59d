/* check/remedy_threshold.c: a threshold inverted: where all else is known the figure is computed,
 * exactly, for any int64_t; where something else is unknown the figure is found by halving, for the
 * truth of a threshold turns once in each of its terms. Whatever is found is judged again with the
 * changed action before it is told. */
#include "check/remedy.h"

#include "check/threshold.h"

#include <assert.h>

#define MOST_FIGURES 8 /* of a new vote: for, against, abstained, spoilt and the like */

#define LARGE                                                                                      \
    (INT64_MAX / 2) /* how far below nothing a whole number that is no count is sought             \
                     */

/* The threshold as a line in one of its facts: true where slope * x >= rest, and base > 0. */
typedef struct line {
    bl_i128 slope, rest;
    bool exact; /* all other terms are known */
} line;

static bl_i128 floor_div(bl_i128 a, bl_i128 b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

/* How often the slot stands in the sum; what the others come to. */
static int64_t take_apart(const bl_settled *facts, const bl_sum *sum, uint32_t slot,
                          bl_i128 *others, bool *exact)
{
    int64_t times = 0;

    *others = sum->constant;
    for (size_t i = 0; i < sum->count; i++) {
        const bl_value v = facts->slots[sum->slots[i]];

        if (sum->slots[i] == slot)
            times++;
        else if (v.kind == BL_INT)
            *others += v.as.i;
        else
            *exact = false;
    }
    return times;
}

static line line_of(const bl_settled *facts, const bl_figures *f, uint32_t slot)
{
    line l = {.exact = true};
    bl_i128 count = 0, base = 0;
    const int64_t a = take_apart(facts, &f->count_sum, slot, &count, &l.exact);
    const int64_t b = f->has_base ? take_apart(facts, &f->base_sum, slot, &base, &l.exact) : 0;

    if (!f->has_base)
        base = 1;
    /* (a x + count) / (b x + base) against num / den */
    l.slope = (bl_i128)a * f->bound.den - (bl_i128)b * f->bound.num;
    l.rest = (bl_i128)f->bound.num * base - count * f->bound.den;
    if (f->strict)
        l.rest += 1;
    return l;
}

/* The least, or the greatest, x for which an exact line holds. */
static bool turn_of(int64_t *out, const line *l, int64_t least)
{
    if (l->slope == 0)
        return false;
    bl_i128 x = l->slope > 0 ? -floor_div(-l->rest, l->slope) : floor_div(-l->rest, -l->slope);

    x = x < least ? least : x;
    if (x > INT64_MAX)
        return false;
    *out = (int64_t)x;
    return true;
}

bool bl_threshold_turn(int64_t *out, const bl_settled *facts, const bl_figures *f, uint32_t slot,
                       bool is_count)
{
    if (f->count_sum.fields != NULL || f->base_sum.fields != NULL)
        return false;
    const line l = line_of(facts, f, slot);

    return l.exact && turn_of(out, &l, is_count ? 0 : -LARGE);
}

static bl_change to_count(uint32_t slot, bl_change_kind kind, int64_t n)
{
    return (bl_change){.slot = slot, .kind = kind, .value = bl_int(n)};
}

/* Where it turns, between a value that is enough and one that is not: 63 halvings at most. */
static int64_t halve(bl_seek *s, const bl_finding *f, uint32_t slot, int64_t enough,
                     int64_t too_few)
{
    while (enough - too_few > 1 || too_few - enough > 1) {
        const int64_t middle = too_few + (enough - too_few) / 2;
        const bl_change change = to_count(slot, BL_CHANGE_TO, middle);

        if (bl_seek_try(s, &change, 1, bl_goal_finding, f))
            enough = middle;
        else
            too_few = middle;
    }
    return enough;
}

/* The least value of a term of the base with which there is one at all: over none nothing is met.
 */
static int64_t least_of_base(const bl_settled *facts, const bl_sum *base, uint32_t slot)
{
    const size_t times = bl_sum_times(base, slot);
    bl_i128 rest = base->constant;

    if (times == 0)
        return INT64_MIN;
    for (size_t i = 0; i < base->count; i++)
        rest += base->slots[i] != slot ? facts->least[base->slots[i]] : 0;
    const bl_i128 x = -floor_div(rest - 1, (bl_i128)times);

    return x > INT64_MAX ? INT64_MAX : x < INT64_MIN ? INT64_MIN : (int64_t)x;
}

/* The figure of one fact from which on, or up to which, the threshold is met; the others as they
 * are. false: no figure of this fact alone is enough. */
static bool solve_one(bl_seek *s, const bl_finding *f, uint32_t slot, bl_change *out)
{
    const line l = line_of(&s->j->facts, f->figures, slot);
    const int64_t least = bl_seek_fact(s, slot)->is_count ? 0 : -LARGE;
    /* unanimity of those who vote: only that others cannot vote any more makes a vote count */
    const bool rising = l.slope > 0 || (l.slope == 0 && !l.exact);
    int64_t x = 0;

    if (l.exact) {
        if (!turn_of(&x, &l, least))
            return false;
    } else {
        const int64_t low = s->j->facts.least[slot], high = s->j->facts.most[slot];
        const bool known = s->j->facts.slots[slot].kind == BL_INT;
        const int64_t top = known ? INT64_MAX : high;
        const int64_t some = least_of_base(&s->j->facts, &f->figures->base_sum, slot);
        const int64_t lowest = known || low < least ? least : low;
        const int64_t bottom = some > lowest ? some : lowest;
        const bl_change best = to_count(slot, BL_CHANGE_TO, rising ? top : bottom);
        const bl_change worst = to_count(slot, BL_CHANGE_TO, rising ? bottom : top);

        if (!bl_seek_try(s, &best, 1, bl_goal_finding, f))
            return false;
        x = bl_seek_try(s, &worst, 1, bl_goal_finding, f)
                ? worst.value.as.i
                : halve(s, f, slot, best.value.as.i, worst.value.as.i);
    }
    *out = to_count(slot, rising ? BL_CHANGE_AT_LEAST : BL_CHANGE_AT_MOST, x);
    return bl_seek_try(s, out, 1, bl_goal_finding, f);
}

/* More votes than may be present: those present would have to be more as well. */
static bool solve_with_room(bl_seek *s, const bl_finding *f, uint32_t slot, bl_change *out)
{
    const line l = line_of(&s->j->facts, f->figures, slot);

    if (!l.exact || l.slope <= 0)
        return false;
    const bl_i128 x = -floor_div(-l.rest, l.slope);

    if (x > INT64_MAX || x < 0)
        return false;
    out[0] = to_count(slot, BL_CHANGE_AT_LEAST, (int64_t)x);
    for (size_t i = 0; i < s->c->set->fact_count; i++) {
        const bl_fact *fact = &s->c->set->facts[i];
        const bl_value v = s->j->facts.slots[fact->slot];

        if (!fact->is_count || v.kind != BL_INT || v.as.i >= (int64_t)x || fact->slot == slot ||
            !bl_seek_open(s, fact->slot))
            continue;
        out[1] = to_count(fact->slot, BL_CHANGE_AT_LEAST, (int64_t)x);
        if (bl_seek_try(s, out, 2, bl_goal_finding, f))
            return true;
    }
    return false;
}

/* The vote is over: what a new one needs, over the same base. */
static bool solve_new_vote(bl_seek *s, const bl_finding *f, bl_remedy *out)
{
    const bl_figures *g = f->figures;
    bl_change changes[MOST_FIGURES];
    size_t n = 0;
    int64_t rest = g->base - g->need;

    if (!g->need_known || g->count_sum.count != 1 || !bl_seek_of_vote(s, g->count_sum.slots[0]))
        return false;
    changes[n++] = to_count(g->count_sum.slots[0], BL_CHANGE_AT_LEAST, g->need);
    /* a base of votes cast: as many are cast again */
    for (size_t i = 0; i < g->base_sum.count && n < MOST_FIGURES; i++) {
        const uint32_t slot = g->base_sum.slots[i];

        if (slot == g->count_sum.slots[0] || !bl_seek_of_vote(s, slot))
            continue;
        changes[n++] = to_count(slot, BL_CHANGE_TO, rest > 0 ? rest : 0);
        rest = 0;
    }
    if (!bl_seek_try_new_vote(s, changes, n, bl_goal_finding, f))
        return false;
    bl_seek_keep(s, out, BL_REMEDY_NEW_VOTE, changes, 1);
    return true;
}

static bool unreachable(const bl_judgement *j, const void *context)
{
    const bl_finding *f = bl_seek_same(j, context);

    return f != NULL && (bl_is_false(f->value) || f->figures->unreachable);
}

/* Is it out of reach whatever all that can still change may become? So it is where it is not met
 * with all of that unknown. A presumption would take the place of what is unknown. */
static bool is_never_met(bl_seek *s, const bl_finding *f)
{
    bl_change *changes = BL_NEW_N(s->c->arena, bl_change, s->c->set->fact_count + 1);
    size_t n = 0;

    if (changes == NULL) {
        s->status = BYLAW_ENOMEM;
        return false;
    }
    for (size_t i = 0; i < s->c->set->fact_count; i++) {
        const bl_fact *fact = &s->c->set->facts[i];

        if (!bl_seek_open(s, fact->slot))
            continue;
        if (fact->is_presumed)
            return false;
        changes[n++] = (bl_change){.slot = fact->slot, .value = {.kind = BL_UNKNOWN}};
    }
    return bl_seek_try(s, changes, n, unreachable, f);
}

void bl_seek_threshold(bl_seek *s, bl_remedy *out, const bl_finding *f)
{
    assert(f->figures->count_sum.fields == NULL && f->figures->base_sum.fields == NULL);

    const bl_sum *sums[] = {&f->figures->count_sum, &f->figures->base_sum};
    bl_change changes[2];
    bool any = false;

    for (int part = 0; part < 2; part++) {
        for (size_t i = 0; i < sums[part]->count && s->status == BYLAW_OK; i++) {
            const uint32_t slot = sums[part]->slots[i];

            if (!bl_seek_open(s, slot))
                continue;
            any = true;
            if (solve_one(s, f, slot, changes)) {
                bl_seek_keep(s, out, BL_REMEDY_CHANGES, changes, 1);
                return;
            }
            if (part == 0 && solve_with_room(s, f, slot, changes)) {
                bl_seek_keep(s, out, BL_REMEDY_CHANGES, changes, 2);
                return;
            }
        }
    }
    if (!any && solve_new_vote(s, f, out))
        return;
    if (!any)
        out->kind = BL_REMEDY_SETTLED;
    else
        out->kind = is_never_met(s, f) ? BL_REMEDY_NEVER : BL_REMEDY_NOT_KNOWN;
}
