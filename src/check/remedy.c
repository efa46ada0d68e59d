/* check/remedy.c: from what is not in order to the smallest change that mends it.
 *
 * Only what can still change is proposed: a fact that is not known yet, or one whose open_until has
 * not passed; never a judgement, a presumption, a record that contradicts itself. A threshold is
 * inverted: where all else is known the figure is computed, exactly, for any int64_t; where
 * something else is unknown the figure is found by halving, for the truth of a threshold turns once
 * in each of its terms. Whatever is found is judged again with the changed action before it is
 * told. */
#include "check/remedy.h"

#include "base/vec.h"
#include "check/threshold.h"

const char *bl_remedy_name(bl_remedy_kind kind)
{
    static const char *const names[] = {
        [BL_REMEDY_CHANGES] = "changes",   [BL_REMEDY_NEW_VOTE] = "new-vote",
        [BL_REMEDY_DECLARE] = "declare",   [BL_REMEDY_SETTLED] = "settled",
        [BL_REMEDY_TOO_LATE] = "too-late", [BL_REMEDY_NEVER] = "never",
        [BL_REMEDY_LATER] = "later",       [BL_REMEDY_NOT_KNOWN] = "not-known",
    };

    return names[kind];
}

static const bl_fact *fact_of(const bl_case *c, uint32_t slot)
{
    return &c->set->facts[slot - BL_SLOT_FACTS];
}

/* ---- what can change ---- */

/* Is the fact one of the figures of a vote: a count that some condition of the set weighs, of the
 * same measure as such a count, or the list that it is counted from? */
static bool is_of_vote(const bl_case *c, uint32_t slot)
{
    const bl_fact *fact = fact_of(c, slot);

    if (fact->open_until != BL_OPEN_VOTE)
        return false;
    for (size_t i = 0; i < c->set->norm_count; i++) {
        const bl_body *body = &c->set->norms[i].body;

        if (body->modality != BL_CONDITION || !(body->has & BL_HAS_BOUND))
            continue;
        for (size_t k = 0; k < body->count.count; k++) {
            const uint32_t counted = body->count.slots[k];
            size_t n = 0;

            if (counted < BL_SLOT_FACTS)
                continue;
            const bl_fact *count = fact_of(c, counted);
            const uint32_t *sources =
                count->derive != NULL ? bl_program_slots(count->derive, &n) : NULL;

            if (counted == slot || (fact->unit != NULL && fact->unit == count->unit))
                return true;
            for (size_t m = 0; m < n; m++) {
                if (sources[m] == slot && fact->type->kind == BL_T_LIST &&
                    fact->type->params[0]->kind == BL_T_RECORD)
                    return true;
            }
        }
    }
    return false;
}

static bool vote_is_held(const bl_case *c)
{
    for (size_t i = 0; i < c->statement_count; i++) {
        if (c->statements[i].value.kind != BL_UNKNOWN && is_of_vote(c, c->statements[i].slot))
            return true;
    }
    return false;
}

void bl_seek_begin(bl_seek *s, const bl_case *c, const uint8_t *chosen, const bl_judgement *j)
{
    *s = (bl_seek){.c = c, .chosen = chosen, .j = j, .vote_held = vote_is_held(c)};
}

bool bl_seek_open(const bl_seek *s, uint32_t slot)
{
    if (slot < BL_SLOT_FACTS)
        return false;
    const bl_fact *fact = fact_of(s->c, slot);
    const bl_value v = s->j->facts.slots[slot];
    const bl_origin origin = s->j->facts.origins[slot];
    const bool declared = s->c->action->declared != BL_DECLARED_NOTHING;

    if (fact->judgement || origin == BL_FROM_PRESUMPTION || origin == BL_IMPOSSIBLE)
        return false;
    if (v.kind == BL_UNKNOWN)
        return true;
    /* what has happened on a day that is past has happened */
    if (v.kind == BL_DATE && s->c->has_as_of && v.as.i < s->c->as_of &&
        fact->open_until != BL_OPEN_EFFECT)
        return false;
    switch (fact->open_until) {
    case BL_OPEN_ALWAYS:
        return true;
    case BL_OPEN_EFFECT:
        return !declared;
    case BL_OPEN_VOTE:
        return !declared && !s->vote_held;
    case BL_OPEN_NEVER:
        break;
    }
    return false;
}

/* ---- judging the changed action ---- */

static bool is_changed(const bl_change *changes, size_t count, uint32_t slot)
{
    for (size_t i = 0; i < count; i++) {
        if (changes[i].slot == slot)
            return true;
    }
    return false;
}

/* The case with these values; in a new vote nothing of the old one stands. */
static bool change_case(bl_case *out, bl_action *action, const bl_case *c, const bl_change *changes,
                        size_t count, bool new_vote)
{
    bl_statement *statements = BL_NEW_N(c->arena, bl_statement, c->statement_count + count + 1);
    size_t n = 0;

    if (statements == NULL)
        return false;
    *out = *c;
    *action = *c->action;
    out->action = action;
    out->diags = NULL;
    for (size_t i = 0; i < count; i++) {
        if (changes[i].slot == BL_SLOT_DECLARED)
            action->declared = bl_string_of(changes[i].value).ptr[0] == 'a' ? BL_DECLARED_ADOPTED
                                                                            : BL_DECLARED_REJECTED;
        else
            statements[n++] = (bl_statement){
                .slot = changes[i].slot, .origin = BL_FROM_OPTION, .value = changes[i].value};
    }
    for (size_t i = 0; i < c->statement_count; i++) {
        const uint32_t slot = c->statements[i].slot;

        if (!is_changed(changes, count, slot) && !(new_vote && is_of_vote(c, slot)))
            statements[n++] = c->statements[i];
    }
    out->statements = statements;
    out->statement_count = n;
    return true;
}

static bool try_case(bl_seek *s, const bl_change *changes, size_t count, bool new_vote,
                     bl_goal *goal, const void *context)
{
    const bl_mark mark = bl_arena_mark(s->c->arena);
    bl_judgement j = {0};
    bl_action action;
    bl_case changed;
    bool reached = false;

    if (s->status != BYLAW_OK)
        return false;
    s->trials++;
    if (!change_case(&changed, &action, s->c, changes, count, new_vote)) {
        s->status = BYLAW_ENOMEM;
        return false;
    }
    const bylaw_status status = bl_judge(&j, &changed, s->chosen);

    /* an expression that fails for these values is no way out, and no failure of the action */
    if (status == BYLAW_OK)
        reached = goal(&j, context);
    else if (status != BYLAW_EINPUT)
        s->status = status;
    bl_arena_release(s->c->arena, mark);
    return reached;
}

bool bl_seek_try(bl_seek *s, const bl_change *changes, size_t count, bl_goal *goal,
                 const void *context)
{
    return try_case(s, changes, count, false, goal, context);
}

bool bl_goal_finding(const bl_judgement *j, const void *context)
{
    const bl_finding *wanted = context;

    for (size_t i = 0; i < j->finding_count; i++) {
        const bl_finding *f = &j->findings[i];

        if (f->norm != wanted->norm)
            continue;
        if (wanted->norm->each != NULL && wanted->element < f->element_count)
            f = &f->elements[wanted->element];
        return f->status == BL_SATISFIED;
    }
    return false;
}

bool bl_seek_keep(bl_seek *s, bl_remedy *out, bl_remedy_kind kind, const bl_change *changes,
                  size_t count)
{
    bl_change *kept = BL_NEW_N(s->c->arena, bl_change, count + 1);

    if (kept == NULL) {
        s->status = BYLAW_ENOMEM;
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        kept[i] = changes[i];
        kept[i].unknown = changes[i].slot >= BL_SLOT_FACTS &&
                          s->j->facts.slots[changes[i].slot].kind == BL_UNKNOWN;
    }
    *out = (bl_remedy){kind, kept, count};
    return true;
}

/* ---- thresholds ---- */

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
static int64_t take_apart(const bl_seek *s, const bl_sum *sum, uint32_t slot, bl_i128 *others,
                          bool *exact)
{
    int64_t times = 0;

    *others = sum->constant;
    for (size_t i = 0; i < sum->count; i++) {
        const bl_value v = s->j->facts.slots[sum->slots[i]];

        if (sum->slots[i] == slot)
            times++;
        else if (v.kind == BL_INT)
            *others += v.as.i;
        else
            *exact = false;
    }
    return times;
}

static line line_of(const bl_seek *s, const bl_figures *f, uint32_t slot)
{
    line l = {.exact = true};
    bl_i128 count = 0, base = 0;
    const int64_t a = take_apart(s, &f->count_sum, slot, &count, &l.exact);
    const int64_t b = f->has_base ? take_apart(s, &f->base_sum, slot, &base, &l.exact) : 0;

    if (!f->has_base)
        base = 1;
    /* (a x + count) / (b x + base) against num / den */
    l.slope = (bl_i128)a * f->bound.den - (bl_i128)b * f->bound.num;
    l.rest = (bl_i128)f->bound.num * base - count * f->bound.den;
    if (f->strict)
        l.rest += 1;
    return l;
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

/* The figure of one fact from which on, or up to which, the threshold is met; the others as they
 * are. false: no figure of this fact alone is enough. */
static bool solve_one(bl_seek *s, const bl_finding *f, uint32_t slot, bl_change *out)
{
    const line l = line_of(s, f->figures, slot);
    const int64_t least = fact_of(s->c, slot)->is_count ? 0 : -LARGE;
    /* unanimity of those who vote: only that others cannot vote any more makes a vote count */
    const bool rising = l.slope > 0 || (l.slope == 0 && !l.exact);
    bl_i128 x;

    if (l.slope == 0 && l.exact)
        return false;
    if (l.exact) {
        x = rising ? -floor_div(-l.rest, l.slope) : floor_div(-l.rest, -l.slope);
        x = x < least ? least : x;
        if (x > INT64_MAX)
            return false;
    } else {
        const int64_t low = s->j->facts.least[slot], high = s->j->facts.most[slot];
        const bool known = s->j->facts.slots[slot].kind == BL_INT;
        const int64_t top = known ? INT64_MAX : high;
        const int64_t bottom = known || low < least ? least : low;
        const bl_change best = to_count(slot, BL_CHANGE_TO, rising ? top : bottom);
        const bl_change worst = to_count(slot, BL_CHANGE_TO, rising ? bottom : top);

        if (!bl_seek_try(s, &best, 1, bl_goal_finding, f))
            return false;
        x = bl_seek_try(s, &worst, 1, bl_goal_finding, f)
                ? worst.value.as.i
                : halve(s, f, slot, best.value.as.i, worst.value.as.i);
    }
    *out = to_count(slot, rising ? BL_CHANGE_AT_LEAST : BL_CHANGE_AT_MOST, (int64_t)x);
    return bl_seek_try(s, out, 1, bl_goal_finding, f);
}

/* More votes than may be present: those present would have to be more as well. */
static bool solve_with_room(bl_seek *s, const bl_finding *f, uint32_t slot, bl_change *out)
{
    const line l = line_of(s, f->figures, slot);

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
    bl_change changes[BL_MOST_CHANGES];
    size_t n = 0;
    int64_t rest = g->base - g->need;

    if (!g->need_known || g->count_sum.count != 1 || g->count_sum.slots[0] < BL_SLOT_FACTS ||
        !is_of_vote(s->c, g->count_sum.slots[0]))
        return false;
    changes[n++] = to_count(g->count_sum.slots[0], BL_CHANGE_AT_LEAST, g->need);
    /* a base of votes cast: as many are cast again */
    for (size_t i = 0; i < g->base_sum.count && n < BL_MOST_CHANGES; i++) {
        const uint32_t slot = g->base_sum.slots[i];

        if (slot == g->count_sum.slots[0] || slot < BL_SLOT_FACTS || !is_of_vote(s->c, slot))
            continue;
        changes[n++] = to_count(slot, BL_CHANGE_TO, rest > 0 ? rest : 0);
        rest = 0;
    }
    return try_case(s, changes, n, true, bl_goal_finding, f) &&
           bl_seek_keep(s, out, BL_REMEDY_NEW_VOTE, changes, 1);
}

static void seek_threshold(bl_seek *s, bl_remedy *out, const bl_finding *f)
{
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
    const bool known = f->figures->base_known || !f->figures->has_base;

    out->kind = !any ? BL_REMEDY_SETTLED : known ? BL_REMEDY_NEVER : BL_REMEDY_NOT_KNOWN;
}

/* ---- one finding ---- */

static bool needs_remedy(const bl_finding *f)
{
    return f->status == BL_VIOLATED || f->status == BL_DEPARTED ||
           f->status == BL_UNDETERMINED_FINDING || f->status == BL_NOT_MET ||
           f->status == BL_PENDING;
}

static bylaw_status remedy_of(bl_seek *s, const bl_remedy **out, const bl_finding *f)
{
    bl_remedy *remedy = BL_NEW(s->c->arena, bl_remedy);

    if (remedy == NULL)
        return BYLAW_ENOMEM;
    remedy->kind = BL_REMEDY_NOT_KNOWN;
    if (f->when_unknown)
        remedy->kind = BL_REMEDY_LATER;
    else if (f->has_due && f->status == BL_VIOLATED)
        remedy->kind = BL_REMEDY_TOO_LATE;
    else if (f->figures->present && f->figures->count_sum.fields == NULL &&
             f->figures->base_sum.fields == NULL)
        seek_threshold(s, remedy, f);
    else
        bl_search_finding(s, remedy, f);
    *out = remedy;
    return s->status;
}

bylaw_status bl_seek_remedy(const bl_remedy **out, const bl_case *the_case, const uint8_t *chosen,
                            const bl_judgement *judgement, const bl_finding *finding)
{
    bl_seek s;

    bl_seek_begin(&s, the_case, chosen, judgement);
    *out = NULL;
    return needs_remedy(finding) ? remedy_of(&s, out, finding) : BYLAW_OK;
}

static bylaw_status fill(bl_seek *s, bl_finding *findings, size_t count)
{
    bylaw_status status = BYLAW_OK;

    for (size_t i = 0; i < count && status == BYLAW_OK; i++) {
        bl_finding *f = &findings[i];

        if (f->element_count == 0) {
            if (needs_remedy(f))
                status = remedy_of(s, &f->remedy, f);
        } else {
            status = fill(s, (bl_finding *)(uintptr_t)f->elements, f->element_count);
        }
    }
    return status;
}

/* ---- the whole action ---- */

/* In order; and what was to be adopted is adopted, unless it is recorded as lost. */
static bool in_order(const bl_judgement *j, const void *context)
{
    const bl_case *c = context;

    return j->verdict == BYLAW_COMPLIANT &&
           (c->action->declared == BL_DECLARED_REJECTED || j->outcome == BYLAW_ADOPTED ||
            j->outcome == BYLAW_NO_OUTCOME);
}

/* As it is, whatever was to be. */
static bool compliant(const bl_judgement *j, const void *context)
{
    (void)context;
    return j->verdict == BYLAW_COMPLIANT;
}

/* The record names the other outcome: correcting it may be all. */
static bool correct_record(bl_seek *s, bl_remedy *out)
{
    const bl_enum *outcomes = s->c->set->outcomes;
    const bl_change change = {
        .slot = BL_SLOT_DECLARED,
        .kind = BL_CHANGE_TO,
        .value = bl_enum_of(outcomes->values[s->j->outcome == BYLAW_ADOPTED ? 0 : 1])};

    return s->j->declared_otherwise && bl_seek_try(s, &change, 1, compliant, s->c) &&
           bl_seek_keep(s, out, BL_REMEDY_DECLARE, &change, 1);
}

/* What the changed action still lacks: the changes of its first finding that is not in order. */
typedef struct repair {
    bl_change changes[BL_MOST_CHANGES * 2];
    size_t count;
    bool done, stuck;
} repair;

static bool worth(const bl_finding *f)
{
    return f->status == BL_VIOLATED || f->status == BL_DEPARTED ||
           f->status == BL_UNDETERMINED_FINDING;
}

static void add_changes(repair *r, const bl_remedy *remedy)
{
    if (remedy == NULL || remedy->kind != BL_REMEDY_CHANGES) {
        r->stuck = true;
        return;
    }
    for (size_t i = 0; i < remedy->count && !r->stuck; i++) {
        if (r->count == (size_t)BL_MOST_CHANGES * 2 ||
            is_changed(r->changes, r->count, remedy->changes[i].slot))
            r->stuck = true;
        else
            r->changes[r->count++] = remedy->changes[i];
    }
}

/* One step: judges what has been changed so far, and mends the first thing that is wrong. The
 * arena keeps this judgement: its findings are read by the remedy. */
static bylaw_status mend_next(bl_seek *s, repair *r)
{
    bl_judgement *j = BL_NEW(s->c->arena, bl_judgement);
    bl_action *action = BL_NEW(s->c->arena, bl_action);
    bl_case *changed = BL_NEW(s->c->arena, bl_case);
    const bl_finding *wrong = NULL;
    const bl_remedy *remedy = NULL;

    if (j == NULL || action == NULL || changed == NULL ||
        !change_case(changed, action, s->c, r->changes, r->count, false))
        return BYLAW_ENOMEM;
    const bylaw_status status = bl_judge(j, changed, s->chosen);

    if (status != BYLAW_OK)
        return status;
    r->done = in_order(j, s->c);
    for (size_t pass = 0; pass < 2 && wrong == NULL; pass++) {
        for (size_t i = 0; i < j->finding_count && wrong == NULL; i++) {
            const bl_finding *f = &j->findings[i];

            /* a condition that fails first; then duties, which may follow from it */
            if ((worth(f) || (f->status == BL_NOT_MET && f->modality == BL_CONDITION)) &&
                !f->when_unknown && (pass == 1 || f->modality == BL_CONDITION))
                wrong = f;
        }
    }
    r->stuck = !r->done && (wrong == NULL || j->facts.clash_count > 0 || wrong->element_count > 0);
    if (r->done || r->stuck)
        return BYLAW_OK;
    const bylaw_status sought = bl_seek_remedy(&remedy, changed, s->chosen, j, wrong);

    if (sought == BYLAW_OK)
        add_changes(r, remedy);
    return sought;
}

/* Leaves out what is not needed after all. */
static void prune(bl_seek *s, repair *r)
{
    for (size_t i = 0; i < r->count;) {
        bl_change fewer[BL_MOST_CHANGES * 2];
        size_t n = 0;

        for (size_t k = 0; k < r->count; k++) {
            if (k != i)
                fewer[n++] = r->changes[k];
        }
        if (!bl_seek_try(s, fewer, n, in_order, s->c)) {
            i++;
            continue;
        }
        for (size_t k = 0; k < n; k++)
            r->changes[k] = fewer[k];
        r->count = n;
    }
}

static bylaw_status remedy_of_all(bl_seek *s, const bl_remedy **out)
{
    bl_remedy *remedy = BL_NEW(s->c->arena, bl_remedy);
    repair r = {.count = 0};
    bylaw_status status = BYLAW_OK;

    if (remedy == NULL)
        return BYLAW_ENOMEM;
    *out = remedy;
    if (correct_record(s, remedy))
        return s->status;
    while (status == BYLAW_OK && !r.done && !r.stuck)
        status = mend_next(s, &r);
    if (status == BYLAW_EINPUT)
        r.stuck = true;
    else if (status != BYLAW_OK)
        return status;
    remedy->kind = BL_REMEDY_NOT_KNOWN;
    if (r.done) {
        prune(s, &r);
        if (bl_seek_try(s, r.changes, r.count, in_order, s->c))
            bl_seek_keep(s, remedy, BL_REMEDY_CHANGES, r.changes, r.count);
    }
    return s->status;
}

/* ---- all of it ---- */

static bool differs(const bl_set_result *r, const bl_finding *f)
{
    for (size_t i = 0; i < r->finding_count; i++) {
        const bl_finding *base = &r->findings[i];

        if (base->norm == f->norm)
            return base->status != f->status || base->figures->need != f->figures->need ||
                   base->figures->need_known != f->figures->need_known;
    }
    return true;
}

/* What another reading asks otherwise: single options that weigh. */
static bylaw_status fill_alternative(bl_set_result *r, const bl_case *c, const bl_alternative *a)
{
    uint8_t *chosen = BL_NEW_N(c->arena, uint8_t, c->set->reading_count + 1);
    bl_judgement *j = BL_NEW(c->arena, bl_judgement);
    bylaw_status status;

    if (chosen == NULL || j == NULL)
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < c->set->reading_count; i++)
        chosen[i] = r->chosen[i];
    for (size_t i = 0; i < a->choice_count; i++)
        chosen[a->choices[i].reading] = (uint8_t)a->choices[i].option;
    if ((status = bl_judge(j, c, chosen)) != BYLAW_OK)
        return status;
    for (size_t i = 0; i < a->finding_count && status == BYLAW_OK; i++) {
        bl_finding *f = (bl_finding *)(uintptr_t)&a->findings[i];

        if (f->element_count == 0 && differs(r, f))
            status = bl_seek_remedy(&f->remedy, c, chosen, j, f);
    }
    return status;
}

bylaw_status bl_seek_remedies(bl_set_result *result, const bl_case *the_case,
                              const bl_judgement *base)
{
    bylaw_status status;
    bl_seek s;

    bl_seek_begin(&s, the_case, result->chosen, base);
    status = fill(&s, base->findings, base->finding_count);
    for (size_t i = 0; i < result->alternative_count && status == BYLAW_OK; i++) {
        if (result->alternatives[i].choice_count == 1 && result->alternatives[i].weighed)
            status = fill_alternative(result, the_case, &result->alternatives[i]);
    }
    if (status == BYLAW_OK && base->verdict != BYLAW_COMPLIANT)
        status = remedy_of_all(&s, &result->remedy);
    return status;
}
