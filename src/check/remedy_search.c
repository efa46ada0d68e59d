/* check/remedy_search.c: the smallest set of values that makes an expression true.
 *
 * Every fact that the expression reads and that can still change gets a domain: both booleans, all
 * values of an enumeration, the dates and numbers that the expression compares with and their
 * neighbours, small counts. Sets of one value are tried before sets of two, so what is found first
 * is smallest. Only where every domain was whole does finding nothing mean that there is nothing.
 */
#include "base/vec.h"
#include "check/remedy.h"

#define MAX_FACTS    8
#define MAX_SIZE     3    /* values changed together */
#define MAX_TRIALS   1500 /* of one finding; beyond it the answer is not known */
#define SMALL_COUNTS 16   /* counts from nothing up to this are tried */

typedef struct domain {
    uint32_t slot;
    BL_VEC(bl_value) values;
    bool whole; /* every value that the fact can have is among them */
} domain;

typedef struct search {
    bl_seek *s;
    const bl_finding *f;
    domain domains[MAX_FACTS];
    size_t count;
    bl_change picked[MAX_SIZE];
    size_t trials;
    bool cut;
} search;

static const bl_type *plain_type(const bl_type *type)
{
    return type->kind == BL_T_NULLABLE && type->param_count > 0 ? type->params[0] : type;
}

static bool fits(const bl_type *type, bl_value v)
{
    switch (v.kind) {
    case BL_INT:
        return type->kind == BL_T_INT;
    case BL_DATE:
        return type->kind == BL_T_DATE;
    case BL_ENUM:
        return type->kind == BL_T_ENUM && v.as.enumerated->of == type->enumerated;
    case BL_NAME:
        return type->kind == BL_T_NAME;
    case BL_STRING:
        return type->kind == BL_T_STRING;
    case BL_FRACTION:
        return type->kind == BL_T_FRACTION;
    default:
        return false;
    }
}

/* Adds a value that is not there yet and is not the one that the fact has. */
static void add(search *w, domain *d, bl_value v)
{
    const bl_fact *fact = &w->s->c->set->facts[d->slot - BL_SLOT_FACTS];

    if (v.kind == BL_INT && fact->is_count && v.as.i < 0)
        return;
    if (bl_value_same(v, w->s->j->facts.slots[d->slot]))
        return;
    for (size_t i = 0; i < d->values.count; i++) {
        if (bl_value_same(d->values.items[i], v))
            return;
    }
    if (!bl_vec_push(w->s->c->arena, &d->values, v))
        w->s->status = BYLAW_ENOMEM;
}

static void add_with_neighbours(search *w, domain *d, bl_value v)
{
    if (v.kind == BL_LIST) { /* one of several: x in ['a', 'b'] */
        for (size_t i = 0; i < v.as.list->count && i < SMALL_COUNTS; i++)
            add_with_neighbours(w, d, v.as.list->items[i]);
        return;
    }
    if (!fits(plain_type(w->s->c->set->facts[d->slot - BL_SLOT_FACTS].type), v))
        return;
    add(w, d, v);
    if (v.kind != BL_INT && v.kind != BL_DATE)
        return;
    for (int step = -1; step <= 1; step += 2) {
        bl_value near = v;

        if ((step < 0 && v.as.i == INT64_MIN) || (step > 0 && v.as.i == INT64_MAX))
            continue;
        near.as.i += step;
        add(w, d, near);
    }
}

/* What the expression compares with. */
static void add_compared(search *w, domain *d, const bl_cause *cause)
{
    if (cause == NULL)
        return;
    if (cause->op != BL_OP_NONE) {
        add_with_neighbours(w, d, cause->left);
        add_with_neighbours(w, d, cause->right);
    }
    for (size_t i = 0; i < cause->child_count; i++)
        add_compared(w, d, cause->children[i]);
}

/* The dates of the action, and those of the facts beside it. */
static void add_dates(search *w, domain *d, const bl_program *program)
{
    size_t n = 0;
    const uint32_t *slots = bl_program_slots(program, &n);

    for (size_t i = 0; i < n; i++)
        add_with_neighbours(w, d, w->s->j->facts.slots[slots[i]]);
    add_with_neighbours(w, d, w->s->j->facts.slots[BL_SLOT_DATE]);
    add_with_neighbours(w, d, w->s->j->facts.slots[BL_SLOT_AS_OF]);
}

static int64_t distance(bl_value from, bl_value v)
{
    const int64_t a = from.kind == v.kind ? from.as.i : 0;
    const bl_i128 gap = (bl_i128)v.as.i - a;

    return (int64_t)(gap < 0 ? (-gap > INT64_MAX ? INT64_MAX : -gap)
                             : (gap > INT64_MAX ? INT64_MAX : gap));
}

/* The nearest first: the smallest change of a number or a date. */
static void sort_by_distance(search *w, domain *d)
{
    const bl_value from = w->s->j->facts.slots[d->slot];

    for (size_t i = 1; i < d->values.count; i++) {
        const bl_value v = d->values.items[i];
        size_t k = i;

        while (k > 0 && d->values.items[k - 1].kind == v.kind &&
               distance(from, d->values.items[k - 1]) > distance(from, v)) {
            d->values.items[k] = d->values.items[k - 1];
            k--;
        }
        d->values.items[k] = v;
    }
}

static void fill_domain(search *w, domain *d, const bl_program *program)
{
    const bl_fact *fact = &w->s->c->set->facts[d->slot - BL_SLOT_FACTS];
    const bl_type *type = plain_type(fact->type);

    add_compared(w, d, w->f->cause);
    switch (type->kind) {
    case BL_T_BOOL:
        add(w, d, bl_bool(true));
        add(w, d, bl_bool(false));
        d->whole = true;
        break;
    case BL_T_ENUM:
        for (size_t i = 0; i < type->enumerated->count; i++)
            add(w, d, bl_enum_of(type->enumerated->values[i]));
        d->whole = true;
        break;
    case BL_T_INT:
        for (int64_t i = 0; i <= SMALL_COUNTS; i++)
            add(w, d, bl_int(i));
        sort_by_distance(w, d);
        break;
    case BL_T_DATE:
        add_dates(w, d, program);
        sort_by_distance(w, d);
        break;
    default: /* texts and names: those compared with; lists: none */
        break;
    }
    if (fact->type->kind == BL_T_NULLABLE)
        add(w, d, BL_NULL_VALUE);
}

/* The facts that can change, each with what it is tried with; what a closed fact is derived from
 * stands in for it. */
static void add_domains(search *w, const bl_program *program, int depth)
{
    size_t n = 0;
    const uint32_t *slots = bl_program_slots(program, &n);

    for (size_t i = 0; i < n && w->count < MAX_FACTS; i++) {
        bool there = slots[i] < BL_SLOT_FACTS;

        for (size_t k = 0; k < w->count && !there; k++)
            there = w->domains[k].slot == slots[i];
        if (there)
            continue;
        if (bl_seek_open(w->s, slots[i])) {
            domain *d = &w->domains[w->count++];

            *d = (domain){.slot = slots[i]};
            fill_domain(w, d, program);
            continue;
        }
        const bl_fact *fact = &w->s->c->set->facts[slots[i] - BL_SLOT_FACTS];

        if (w->s->j->facts.origins[slots[i]] == BL_FROM_DERIVATION && fact->derive != NULL &&
            depth < 2)
            add_domains(w, fact->derive, depth + 1);
    }
}

/* All ways to give `size` of the facts a value. */
static bool pick(search *w, size_t have, size_t size, size_t from)
{
    if (have == size || have == MAX_SIZE) {
        if (w->trials >= MAX_TRIALS) {
            w->cut = true;
            return false;
        }
        w->trials++;
        return bl_seek_try(w->s, w->picked, size, bl_goal_finding, w->f);
    }
    for (size_t i = from; i < w->count && !w->cut; i++) {
        for (size_t k = 0; k < w->domains[i].values.count && !w->cut; k++) {
            w->picked[have] = (bl_change){.slot = w->domains[i].slot,
                                          .kind = BL_CHANGE_TO,
                                          .value = w->domains[i].values.items[k]};
            if (pick(w, have + 1, size, i + 1))
                return true;
        }
    }
    return false;
}

/* One comparison of one fact: from which value on, or up to which, it holds. */
static void tell_bound(search *w, bl_change *change)
{
    const bl_cause *c = w->f->cause;
    bl_compare_op op;

    if (c == NULL || c->child_count > 0 || c->negated || w->count != 1 ||
        (change->value.kind != BL_INT && change->value.kind != BL_DATE))
        return;
    const bool left = c->left_slot == (int64_t)change->slot;

    if (!left && c->right_slot != (int64_t)change->slot)
        return;
    op = c->op;
    if (op == BL_OP_GE || op == BL_OP_GT)
        change->kind = left ? BL_CHANGE_AT_LEAST : BL_CHANGE_AT_MOST;
    else if (op == BL_OP_LE || op == BL_OP_LT)
        change->kind = left ? BL_CHANGE_AT_MOST : BL_CHANGE_AT_LEAST;
    if (change->kind == BL_CHANGE_TO)
        return;
    /* the bound itself is the other side, or the next value to it */
    const bl_value other = left ? c->right : c->left;
    bl_change bound = *change;

    if (other.kind != change->value.kind) {
        change->kind = BL_CHANGE_TO;
        return;
    }
    bound.value.as.i = other.as.i;
    if (op == BL_OP_GT || op == BL_OP_LT)
        bound.value.as.i += change->kind == BL_CHANGE_AT_LEAST ? 1 : -1;
    if (bl_seek_try(w->s, &bound, 1, bl_goal_finding, w->f))
        *change = bound;
    else
        change->kind = BL_CHANGE_TO;
}

void bl_search_finding(bl_seek *s, bl_remedy *out, const bl_finding *f)
{
    const bl_body body = bl_effective_body(f->norm, s->chosen);
    search w = {.s = s, .f = f};
    bool whole = true;

    out->kind = BL_REMEDY_NOT_KNOWN;
    if (body.require == NULL)
        return;
    add_domains(&w, body.require, 0);
    if (w.count == 0) {
        out->kind = BL_REMEDY_SETTLED;
        return;
    }
    for (size_t i = 0; i < w.count; i++)
        whole = whole && w.domains[i].whole;
    for (size_t size = 1; size <= MAX_SIZE && size <= w.count && s->status == BYLAW_OK; size++) {
        if (!pick(&w, 0, size, 0))
            continue;
        tell_bound(&w, &w.picked[0]);
        bl_seek_keep(s, out, BL_REMEDY_CHANGES, w.picked, size);
        return;
    }
    if (whole && !w.cut && w.count <= MAX_SIZE)
        out->kind = BL_REMEDY_NEVER;
}
