/* check/readings.c: what other ways to read the charter's phrases would give.
 *
 * Each option of each reading that bears on the action is tried alone, then the combinations of
 * those that weigh, up to a limit in all. Only what changes verdict or outcome weighs; a
 * combination is told only where no part of it does so alone. */
#include "base/vec.h"
#include "check/case.h"

typedef BL_VEC(bl_alternative) alternative_vec;

typedef struct trials {
    const bl_case *c;
    const bl_judgement *base;
    bl_set_result *result;
    uint8_t *chosen; /* the choice being tried */
    uint64_t live;   /* readings on which something applicable depends */
    BL_VEC(bl_alternative) found;
    size_t tried, most;
    bylaw_status status;
} trials;

static bool decided(bylaw_outcome outcome)
{
    return outcome == BYLAW_ADOPTED || outcome == BYLAW_NOT_ADOPTED;
}

/* Would the conclusion be another? Lacking facts is no other conclusion. */
static bool changes(const bl_judgement *base, const bl_judgement *other)
{
    if (decided(base->outcome) && decided(other->outcome) && base->outcome != other->outcome)
        return true;
    if (other->verdict == BYLAW_UNDETERMINED || other->verdict == base->verdict)
        return false;
    if (base->verdict == BYLAW_VIOLATION || other->verdict == BYLAW_VIOLATION)
        return true;
    return base->verdict == BYLAW_UNDETERMINED;
}

static bool remote(const bl_case *c, bl_choice choice)
{
    return c->set->readings[choice.reading].options[choice.option].remote;
}

/* Does a choice that changes something alone stand among these? */
static bool explained(const trials *t, const bl_choice *choices, size_t count)
{
    for (size_t i = 0; i < t->found.count; i++) {
        const bl_alternative *a = &t->found.items[i];
        size_t within = 0;

        if (!a->changes || a->choice_count >= count)
            continue;
        for (size_t k = 0; k < a->choice_count; k++) {
            for (size_t j = 0; j < count; j++)
                within += a->choices[k].reading == choices[j].reading &&
                          a->choices[k].option == choices[j].option;
        }
        if (within == a->choice_count)
            return true;
    }
    return false;
}

static void try_choices(trials *t, const bl_choice *choices, size_t count)
{
    bl_judgement other = {0};
    bl_choice *kept = BL_NEW_N(t->c->arena, bl_choice, count);

    if (kept == NULL) {
        t->status = BYLAW_ENOMEM;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        kept[i] = choices[i];
        t->chosen[choices[i].reading] = (uint8_t)choices[i].option;
    }
    t->tried++;
    t->status = bl_judge(&other, t->c, t->chosen);
    for (size_t i = 0; i < count; i++)
        t->chosen[choices[i].reading] = t->result->chosen[choices[i].reading];
    if (t->status != BYLAW_OK)
        return;
    other.verdict = bl_dated_verdict(t->c, other.verdict);
    const bl_alternative a = {.choices = kept,
                              .choice_count = count,
                              .verdict = other.verdict,
                              .outcome = other.outcome,
                              .weighed = !remote(t->c, choices[0]), /* alone: see combine */
                              .changes = changes(t->base, &other),
                              .findings = other.findings,
                              .finding_count = other.finding_count};

    if (count > 1 && (!a.changes || explained(t, choices, count)))
        return;
    if (!bl_vec_push(t->c->arena, &t->found, a))
        t->status = BYLAW_ENOMEM;
}

static void try_singles(trials *t, uint64_t mask)
{
    for (uint32_t r = 0; r < t->c->set->reading_count && t->status == BYLAW_OK; r++) {
        if (!(mask >> r & 1))
            continue;
        for (uint32_t o = 0; o < t->c->set->readings[r].option_count; o++) {
            const bl_choice choice = {r, o};

            if (o != t->result->chosen[r] && t->status == BYLAW_OK)
                try_choices(t, &choice, 1);
        }
    }
}

/* All ways to pick options of `size` readings from `from` on that weigh. */
static void combine(trials *t, bl_choice *picked, size_t have, size_t size, uint32_t from)
{
    if (have == size) {
        if (t->tried >= t->most)
            t->result->cut = true;
        else
            try_choices(t, picked, size);
        return;
    }
    for (uint32_t r = from; r < t->c->set->reading_count; r++) {
        if (!(t->live >> r & 1))
            continue;
        for (uint32_t o = 0; o < t->c->set->readings[r].option_count; o++) {
            picked[have] = (bl_choice){r, o};
            if (o == t->result->chosen[r] || remote(t->c, picked[have]))
                continue;
            combine(t, picked, have + 1, size, r + 1);
            if (t->status != BYLAW_OK || t->result->cut)
                return;
        }
    }
}

static bool findings_differ(const bl_finding *a, size_t an, const bl_finding *b, size_t bn)
{
    if (an != bn)
        return true;
    for (size_t i = 0; i < an; i++) {
        /* what is needed is 0 only where it is not known */
        if (a[i].norm != b[i].norm || a[i].status != b[i].status ||
            a[i].figures->need != b[i].figures->need)
            return true;
    }
    return false;
}

/* Only readings that alone alter some finding can alter anything together with others, or those
 * that share a norm with one that does; the rest would only multiply trials. */
static uint64_t worth_combining(const trials *t, uint64_t mask)
{
    uint64_t moved = 0, live = 0;

    for (size_t i = 0; i < t->found.count; i++) {
        const bl_alternative *a = &t->found.items[i];

        if (findings_differ(t->base->findings, t->base->finding_count, a->findings,
                            a->finding_count))
            moved |= UINT64_C(1) << a->choices[0].reading;
    }
    live = moved;
    for (size_t i = 0; i < t->c->set->norm_count; i++) {
        if (t->c->set->norms[i].readings & moved)
            live |= t->c->set->norms[i].readings;
    }
    return live & mask;
}

static size_t bits(uint64_t mask)
{
    size_t n = 0;

    for (; mask != 0; mask &= mask - 1)
        n++;
    return n;
}

/* Of open readings only? */
static bool all_open(const bl_case *c, const bl_alternative *a)
{
    for (size_t i = 0; i < a->choice_count; i++) {
        if (!c->set->readings[a->choices[i].reading].open)
            return false;
    }
    return true;
}

static void weigh(trials *t)
{
    bl_set_result *r = t->result;

    r->firm = true;
    r->verdict = r->base_verdict = t->base->verdict;
    for (size_t i = 0; i < t->found.count; i++) {
        const bl_alternative *a = &t->found.items[i];

        if (!a->weighed || !a->changes)
            continue;
        r->firm = false;
        if (t->base->verdict == BYLAW_COMPLIANT)
            r->verdict = BYLAW_CAUTION;
        else if (t->base->verdict == BYLAW_VIOLATION && a->verdict < BYLAW_UNDETERMINED &&
                 all_open(t->c, a))
            r->verdict = BYLAW_CAUTION;
    }
}

/* One row of the grid: a choice for each of the readings that matter here. */
static void add_row(trials *t, alternative_vec *rows, const uint32_t *readings, size_t count)
{
    bl_choice *choices = BL_NEW_N(t->c->arena, bl_choice, count + 1);
    bl_judgement j = {0};
    bool weighed = true;

    if (choices == NULL) {
        t->status = BYLAW_ENOMEM;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        choices[i] = (bl_choice){readings[i], t->chosen[readings[i]]};
        weighed = weighed && !remote(t->c, choices[i]);
    }
    if ((t->status = bl_judge(&j, t->c, t->chosen)) != BYLAW_OK)
        return;
    j.verdict = bl_dated_verdict(t->c, j.verdict);
    const bl_alternative row = {.choices = choices,
                                .choice_count = count,
                                .verdict = j.verdict,
                                .outcome = j.outcome,
                                .weighed = weighed,
                                .changes = changes(t->base, &j),
                                .findings = j.findings,
                                .finding_count = j.finding_count};

    if (!bl_vec_push(t->c->arena, rows, row))
        t->status = BYLAW_ENOMEM;
}

/* The next option of a reading that weighs, counted from the one in use; false: back at it. */
static bool advance(trials *t, uint32_t reading)
{
    const uint32_t n = (uint32_t)t->c->set->readings[reading].option_count;
    uint32_t option = t->chosen[reading];

    do {
        option = (option + 1) % n;
        if (option == t->result->chosen[reading])
            break;
    } while (remote(t->c, (bl_choice){reading, option}));
    t->chosen[reading] = (uint8_t)option;
    return option != t->result->chosen[reading];
}

/* Every combination of the options that weigh, the one in use first. */
static void make_grid(trials *t)
{
    alternative_vec rows = {0};
    uint32_t readings[64];
    size_t count = 0, at = 0;

    for (uint32_t r = 0; r < t->c->set->reading_count; r++) {
        if (t->live >> r & 1)
            readings[count++] = r;
    }
    do {
        if (rows.count == t->most) {
            t->result->grid_cut = true;
            break;
        }
        add_row(t, &rows, readings, count);
        for (at = count; at > 0 && !advance(t, readings[at - 1]); at--)
            continue;
    } while (at > 0 && t->status == BYLAW_OK);
    for (size_t i = 0; i < count; i++)
        t->chosen[readings[i]] = t->result->chosen[readings[i]];
    t->result->grid = rows.items;
    t->result->grid_count = rows.count;
}

bylaw_status bl_weigh_readings(bl_set_result *result, const bl_case *the_case,
                               const bl_judgement *base)
{
    const uint64_t mask =
        the_case->set->kind_defs[the_case->kind->index].readings & ~the_case->fixed;
    const size_t n = the_case->set->reading_count;
    trials t = {.c = the_case,
                .base = base,
                .result = result,
                .most = (size_t)bylaw_limit_of(the_case->limits, BYLAW_LIMIT_READINGS_TRIED)};
    bl_choice picked[64];

    result->most_tried = t.most;

    if (mask == 0) {
        weigh(&t);
        return BYLAW_OK;
    }
    t.chosen = BL_NEW_N(the_case->arena, uint8_t, n + 1);
    if (t.chosen == NULL)
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < n; i++)
        t.chosen[i] = result->chosen[i];
    try_singles(&t, mask);
    if (t.status == BYLAW_OK) {
        const size_t singles = t.tried;

        t.live = worth_combining(&t, mask);
        t.tried = 0;
        for (size_t size = 2; size <= bits(t.live) && t.status == BYLAW_OK && !result->cut; size++)
            combine(&t, picked, 0, size, 0);
        t.tried += singles;
    }
    if (the_case->grid && t.status == BYLAW_OK)
        make_grid(&t);
    result->alternatives = t.found.items;
    result->alternative_count = t.found.count;
    weigh(&t);
    return t.status;
}
