/* tests/check/twin.c: see twin.h. Nothing of src/check is used but the result itself. */
#include "check/twin.h"

#include "check/check.h"

#include <stdio.h>

#define MAX_UNKNOWN 4 /* facts that are tried together */
#define TRIED       9 /* values of each */

static const int64_t counts_tried[TRIED] = {0, 1, 2, 3, 4, 5, 6, 9, 20};
static const int64_t numbers_tried[TRIED] = {-20, -2, -1, 0, 1, 2, 3, 6, 20};

static twin_counts compared;

twin_counts twin_compared(void)
{
    return compared;
}

static const char *differs(const bl_set_result *r, const bl_finding *f, const char *what)
{
    static char text[300];

    snprintf(text, sizeof text, "%.*s/%.*s: %s", (int)r->set->id.len, r->set->id.ptr,
             f != NULL ? (int)f->norm->id.len : 0, f != NULL ? f->norm->id.ptr : "", what);
    return text;
}

/* ---- what is not known: facts, or fields of the element under `each` ---- */

typedef struct variable {
    uint32_t slot, field; /* field UINT32_MAX: the fact itself */
    const int64_t *tried;
    size_t at; /* which of them */
} variable;

typedef struct trial {
    const bl_set_result *r;
    const bl_value *element; /* or NULL */
    const bl_type *element_type;
    variable variables[MAX_UNKNOWN];
    size_t count;
    bool too_many;
} trial;

static uint32_t field_of(const bl_sum *sum, size_t i)
{
    return sum->fields != NULL ? sum->fields[i] : UINT32_MAX;
}

/* The value of a term where it is stated; NULL where it cannot be told here. */
static const bl_value *stated(const trial *t, uint32_t slot, uint32_t field)
{
    const bl_value *v = slot == BL_SLOT_ELEMENT ? t->element : &t->r->slots[slot];

    if (v != NULL && field != UINT32_MAX)
        v = v->kind == BL_RECORD ? &v->as.record->fields[field] : NULL;
    return v;
}

static const int64_t *tried_of(const trial *t, uint32_t slot, uint32_t field)
{
    const bool count = slot != BL_SLOT_ELEMENT
                           ? t->r->set->facts[slot - BL_SLOT_FACTS].is_count
                           : field != UINT32_MAX && t->element_type != NULL &&
                                 t->element_type->fields[field].type == &bl_type_count;

    return count ? counts_tried : numbers_tried;
}

static variable *variable_of(trial *t, uint32_t slot, uint32_t field)
{
    for (size_t i = 0; i < t->count; i++) {
        if (t->variables[i].slot == slot && t->variables[i].field == field)
            return &t->variables[i];
    }
    return NULL;
}

/* Notes the terms that are unknown. */
static void gather(trial *t, const bl_sum *sum)
{
    for (size_t i = 0; i < sum->count; i++) {
        const uint32_t slot = sum->slots[i], field = field_of(sum, i);
        const bl_value *v = stated(t, slot, field);

        if (v != NULL && v->kind == BL_INT)
            continue;
        if (v == NULL || v->kind != BL_UNKNOWN || slot < BL_SLOT_ELEMENT)
            t->too_many = true; /* none, or an element that cannot be seen from here: left alone */
        else if (variable_of(t, slot, field) == NULL) {
            if (t->count == MAX_UNKNOWN)
                t->too_many = true;
            else
                t->variables[t->count++] = (variable){slot, field, tried_of(t, slot, field), 0};
        }
    }
}

static bool touches(const trial *t, const bl_sum *sum)
{
    for (size_t i = 0; i < sum->count; i++) {
        for (size_t k = 0; k < t->count; k++) {
            if (t->variables[k].slot == sum->slots[i] && t->variables[k].field == UINT32_MAX)
                return true;
        }
    }
    return false;
}

/* An invariant ties facts together: all that hangs on one another is tried together. */
static void gather_tied(trial *t)
{
    const bylaw_ruleset *set = t->r->set;
    size_t before = SIZE_MAX;

    while (before != t->count && !t->too_many) {
        before = t->count;
        for (size_t i = 0; i < set->invariant_count; i++) {
            const bl_invariant *inv = &set->invariants[i];

            if (inv->linear && (touches(t, &inv->left) || touches(t, &inv->right))) {
                gather(t, &inv->left);
                gather(t, &inv->right);
            }
        }
    }
}

static bl_i128 add_up(trial *t, const bl_sum *sum)
{
    bl_i128 total = sum->constant;

    for (size_t i = 0; i < sum->count; i++) {
        const variable *v = variable_of(t, sum->slots[i], field_of(sum, i));

        total += v != NULL ? v->tried[v->at] : stated(t, sum->slots[i], field_of(sum, i))->as.i;
    }
    return total;
}

/* Do the values tried go together? */
static bool possible(trial *t)
{
    const bylaw_ruleset *set = t->r->set;

    for (size_t i = 0; i < set->invariant_count; i++) {
        const bl_invariant *inv = &set->invariants[i];

        if (inv->linear && (touches(t, &inv->left) || touches(t, &inv->right)) &&
            add_up(t, &inv->left) > add_up(t, &inv->right))
            return false;
    }
    return true;
}

/* ---- thresholds ---- */

static bool meets(const bl_figures *f, bl_i128 count, bl_i128 base)
{
    const bl_i128 have = count * f->bound.den, need = f->bound.num * (f->has_base ? base : 1);

    return (base > 0 || !f->has_base) && (f->strict ? have > need : have >= need);
}

static bool next_values(trial *t)
{
    for (size_t i = 0; i < t->count; i++) {
        if (++t->variables[i].at < TRIED)
            return true;
        t->variables[i].at = 0;
    }
    return false;
}

/* The least count that suffices over a base that stands: it does, and one less does not. */
static const char *need_differs(const bl_set_result *r, const bl_finding *f)
{
    const bl_figures *g = f->figures;

    if (!g->need_known || !g->count_known || (g->has_base && (!g->base_known || g->base <= 0)))
        return NULL;
    if (!meets(g, g->need, g->base))
        return differs(r, f, "the least count does not suffice");
    if (g->need > 0 && meets(g, (bl_i128)g->need - 1, g->base))
        return differs(r, f, "one less than the least count suffices");
    return NULL;
}

static const char *threshold_differs(const bl_set_result *r, const bl_finding *f,
                                     const bl_value *element, const bl_type *element_type)
{
    trial t = {.r = r, .element = element, .element_type = element_type};
    const bl_figures *g = f->figures;
    bool any_met = false, any_unmet = false;

    if (!g->present)
        return NULL;
    gather(&t, &g->count_sum);
    if (g->has_base)
        gather(&t, &g->base_sum);
    gather_tied(&t);
    if (t.too_many)
        return NULL;
    do {
        if (!possible(&t))
            continue;
        const bool met =
            meets(g, add_up(&t, &g->count_sum), g->has_base ? add_up(&t, &g->base_sum) : 1);

        any_met = any_met || met;
        any_unmet = any_unmet || !met;
    } while (next_values(&t));
    *(t.count == 0 ? &compared.known : &compared.tried) += 1;
    if (bl_is_true(f->value) && any_unmet)
        return differs(r, f, "told to be met, and need not be");
    if (bl_is_false(f->value) && any_met)
        return differs(r, f, "told not to be met, and may be");
    if (t.count == 0 && f->value.kind == BL_UNKNOWN)
        return differs(r, f, "told to be unknown, with every fact known");
    return need_differs(r, f);
}

/* ---- statuses ---- */

/* What becomes of a norm that is not held up by a day or a waiver, by its modality and value. */
static bl_status plain_status(const bl_finding *f, bl_declared declared)
{
    const bool advice = f->modality == BL_IN_PRINCIPLE || f->modality == BL_SHOULD;

    if (bl_is_true(f->value))
        return BL_SATISFIED;
    if (f->value.kind == BL_UNKNOWN)
        return (advice || f->modality == BL_MAY) && !f->norm->ask ? BL_NOT_EXAMINED
                                                                  : BL_UNDETERMINED_FINDING;
    if (f->modality == BL_MAY)
        return BL_NOT_APPLICABLE;
    if (advice)
        return BL_DEPARTED;
    if (f->modality == BL_CONDITION && f->figures->present && declared != BL_DECLARED_ADOPTED)
        return BL_NOT_MET;
    if (f->modality == BL_CONDITION && !f->figures->present && declared == BL_DECLARED_REJECTED)
        return BL_NOT_MET;
    return BL_VIOLATED;
}

static const char *status_differs(const bl_set_result *r, const bl_finding *f,
                                  const bl_action *action)
{
    if (f->norm->body.has & BL_HAS_DUE || f->has_due || f->waiver != NULL ||
        f->status == BL_NOT_APPLICABLE || f->norm->overlay_count > 0)
        return NULL;
    const bl_status plain = plain_status(f, action->declared);

    /* rejected, and not adopted: nothing further is asked of the conditions */
    if (plain == BL_UNDETERMINED_FINDING && f->status == BL_NOT_EXAMINED &&
        f->modality == BL_CONDITION && action->declared == BL_DECLARED_REJECTED &&
        r->outcome == BYLAW_NOT_ADOPTED)
        return NULL;
    return plain == f->status ? NULL : differs(r, f, bl_status_name(f->status));
}

static const char *finding_differs(const bl_set_result *r, const bl_finding *f,
                                   const bl_action *action)
{
    const char *found = threshold_differs(r, f, NULL, NULL);
    const bl_value *list = NULL;
    const bl_type *type = NULL;
    size_t n = 0;

    if (f->norm->each == NULL)
        return found != NULL ? found : status_differs(r, f, action);
    const uint32_t *slots = bl_program_slots(f->norm->each, &n);

    /* the elements can be seen where `each` goes over a fact as it stands */
    if (n == 1 && slots[0] >= BL_SLOT_FACTS && r->slots[slots[0]].kind == BL_LIST &&
        bl_str_equal(bl_program_text(f->norm->each),
                     r->set->facts[slots[0] - BL_SLOT_FACTS].name)) {
        list = &r->slots[slots[0]];
        type = r->set->facts[slots[0] - BL_SLOT_FACTS].type;
        type = type->kind == BL_T_NULLABLE ? type->params[0] : type;
        type = type->kind == BL_T_LIST ? type->params[0] : type;
        if (list->as.list->count != f->element_count)
            return differs(r, f, "not every element is looked at");
    }
    bl_status gravest = BL_NOT_APPLICABLE;

    for (size_t i = 0; i < f->element_count && found == NULL; i++) {
        const bl_finding *e = &f->elements[i];

        gravest = e->status > gravest ? e->status : gravest;
        found = threshold_differs(r, e, list != NULL ? &list->as.list->items[i] : NULL, type);
        found = found != NULL ? found : status_differs(r, e, action);
    }
    if (found == NULL && f->element_count > 0 && f->status != gravest &&
        f->status != BL_NOT_EXAMINED)
        return differs(r, f, "not the gravest of its elements");
    return found;
}

/* ---- outcome and verdict ---- */

static bylaw_outcome plain_outcome(const bl_set_result *r)
{
    size_t conditions = 0, held = 0, failed = 0;

    for (size_t i = 0; i < r->finding_count; i++) {
        const bl_finding *f = &r->findings[i];

        if (f->modality != BL_CONDITION || f->status == BL_NOT_APPLICABLE)
            continue;
        conditions++;
        held += f->status == BL_SATISFIED || f->status == BL_WAIVED;
        failed += f->status == BL_NOT_MET || f->status == BL_VIOLATED || f->status == BL_PENDING;
    }
    return conditions == 0      ? BYLAW_NO_OUTCOME
           : failed > 0         ? BYLAW_NOT_ADOPTED
           : held == conditions ? BYLAW_ADOPTED
                                : BYLAW_OPEN;
}

static bylaw_verdict plain_verdict(const bl_set_result *r, const bl_action *action)
{
    size_t by_status[BL_STATUS__COUNT] = {0};
    /* without a date nobody can say whether a set was in force that is not so for ever */
    bool open = r->clash_count > 0 ||
                (!action->has_date && (r->set->from != INT64_MIN || r->set->until != INT64_MAX));

    for (size_t i = 0; i < r->finding_count; i++)
        by_status[r->findings[i].status]++;
    for (size_t i = 0; i < r->gap_count; i++)
        open = open || r->gaps[i].decides;
    if (by_status[BL_VIOLATED] > 0 ||
        (action->declared == BL_DECLARED_ADOPTED && r->outcome == BYLAW_NOT_ADOPTED) ||
        (action->declared == BL_DECLARED_REJECTED && r->outcome == BYLAW_ADOPTED))
        return BYLAW_VIOLATION;
    if (open || by_status[BL_UNDETERMINED_FINDING] > 0)
        return BYLAW_UNDETERMINED;
    return by_status[BL_DEPARTED] > 0 ? BYLAW_CAUTION : BYLAW_COMPLIANT;
}

static const char *set_differs(const bl_set_result *r, const bl_action *action)
{
    for (size_t i = 0; i < r->finding_count; i++) {
        const char *found = finding_differs(r, &r->findings[i], action);

        if (found != NULL)
            return found;
    }
    if (plain_outcome(r) != r->outcome)
        return differs(r, NULL, "another outcome");
    if (plain_verdict(r, action) != r->base_verdict)
        return differs(r, NULL, "another verdict");
    return NULL;
}

const char *twin_differs(const bylaw_result *result)
{
    const char *found = NULL;

    for (size_t i = 0; i < result->set_count && found == NULL; i++) {
        if (result->sets[i].governed)
            found = set_differs(&result->sets[i], result->action);
    }
    return found;
}
