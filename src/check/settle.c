/* check/settle.c: from what is stated to the value of every fact: sources that must agree,
 * derivations, presumptions, invariants. What cannot be true becomes unknown, and is told as a
 * clash. */
#include "base/vec.h"
#include "check/case.h"
#include "check/messages.h"
#include "check/told.h"

#include <string.h>

#define MAX_CLASHES                                                                                \
    64 /* each pass makes facts unknown, so there are few; this bounds the passes                  \
        */

typedef struct work {
    const bl_case *the_case;
    const bylaw_ruleset *set;
    const uint8_t *chosen;
    bl_settled *out;
    bool *impossible; /* by slot; NULL: none can be */
    BL_VEC(bl_clash) clashes;
    bylaw_status status;
} work;

static bl_value unknown_fact(work *w, uint32_t slot)
{
    bl_attr *attr = BL_NEW(w->the_case->arena, bl_attr);
    bl_value value = bl_oom_value();

    if (attr != NULL) {
        attr->slot = slot;
        value = bl_unknown_value(w->the_case->arena, attr);
    }
    if (value.kind == BL_ERROR)
        w->status = BYLAW_ENOMEM;
    return value;
}

static bl_fact *fact_of(const bylaw_ruleset *set, uint32_t slot)
{
    return &set->facts[slot - BL_SLOT_FACTS];
}

/* Marks the statements' facts as impossible and keeps the clash. */
static void clash(work *w, bl_clash found)
{
    if (w->clashes.count == MAX_CLASHES)
        return;
    if (!bl_vec_push(w->the_case->arena, &w->clashes, found))
        w->status = BYLAW_ENOMEM;
}

/* What the action itself says comes before what its registers say. */
static void add_statement(bl_statement *items, size_t *count, size_t room,
                          const bl_statement *statement)
{
    size_t at = *count;

    for (size_t i = 0; i < *count; i++) {
        if (items[i].slot == statement->slot && items[i].span.from == statement->span.from &&
            items[i].span.source == statement->span.source)
            return;
    }
    if (*count == room)
        return;
    while (at > 1 && statement->origin == BL_FROM_ACTION &&
           items[at - 1].origin == BL_FROM_REGISTER)
        at--;
    memmove(items + at + 1, items + at, (*count - at) * sizeof *items);
    items[at] = *statement;
    ++*count;
}

static bool is_stated(const bl_statement *statement)
{
    return statement->value.kind != BL_UNKNOWN;
}

#define MAX_PLACES 16 /* a reader compares a few places, not hundreds */

/* The statements from which the value of `slot` follows: its own, or those of what it is derived
 * from. */
static void places_of(work *w, uint32_t slot, bl_statement *items, size_t *count, int depth)
{
    const bl_case *c = w->the_case;
    bool found = false;

    for (size_t i = 0; i < c->statement_count; i++) {
        /* --set stands alone: it comes first, and replaces what files say */
        if (found && c->statements[i].slot == slot && w->out->origins[slot] == BL_FROM_OPTION)
            break;
        if (c->statements[i].slot == slot && is_stated(&c->statements[i])) {
            add_statement(items, count, MAX_PLACES, &c->statements[i]);
            found = true;
        }
    }
    if (found || depth > 8 || slot < BL_SLOT_FACTS)
        return;
    const bl_fact *fact = fact_of(w->set, slot);

    if (fact->counts >= 0)
        places_of(w, (uint32_t)fact->counts, items, count, depth + 1);
    if (fact->derive != NULL) {
        size_t n = 0;
        const uint32_t *slots = bl_program_slots(fact->derive, &n);

        for (size_t i = 0; i < n; i++)
            places_of(w, slots[i], items, count, depth + 1);
    }
}

static bl_statement *new_places(work *w)
{
    bl_statement *items = BL_NEW_N(w->the_case->arena, bl_statement, MAX_PLACES);

    if (items == NULL)
        w->status = BYLAW_ENOMEM;
    return items;
}

/* A second statement of a fact: --set stands alone, the others must agree. */
static void compare(work *w, const bl_statement *s)
{
    const bl_settled *out = w->out;
    size_t count = 0;

    if (out->origins[s->slot] == BL_FROM_OPTION || w->impossible[s->slot] ||
        !bl_is_false(bl_value_equal(w->the_case->arena, out->slots[s->slot], s->value)))
        return;
    bl_statement *items = new_places(w);

    if (items == NULL)
        return;
    places_of(w, s->slot, items, &count, 0);
    w->impossible[s->slot] = true;
    clash(w, (bl_clash){.kind = BL_CLASH_SOURCES, .statements = items, .count = count});
}

static void take_statements(work *w)
{
    const bl_statement *statements = w->the_case->statements;
    const size_t count = w->the_case->statement_count;
    bl_value *slots = w->out->slots;
    bool *stated = w->out->stated;
    uint8_t *origins = w->out->origins;

    for (size_t i = 0; i < count; i++) {
        const bl_statement *s = &statements[i];

        if (!is_stated(s))
            continue;
        if (stated[s->slot]) {
            compare(w, s);
            continue;
        }
        slots[s->slot] = s->value;
        stated[s->slot] = true;
        origins[s->slot] = (uint8_t)s->origin;
        w->out->stated_count++;
    }
}

static bool is_impossible(const work *w, uint32_t slot)
{
    return w->impossible != NULL && w->impossible[slot];
}

static void presume(work *w, const bl_fact *fact)
{
    bl_settled *out = w->out;

    if (fact->is_presumed && !(fact->is_conduct && w->the_case->strict) &&
        !is_impossible(w, fact->slot)) {
        out->slots[fact->slot] = fact->presumed;
        out->presumed++;
        out->origins[fact->slot] = BL_FROM_PRESUMPTION;
    } else {
        out->slots[fact->slot] = unknown_fact(w, fact->slot);
        if (!is_impossible(w, fact->slot))
            out->origins[fact->slot] = BL_FROM_NOWHERE;
    }
}

static const bl_program *derivation(const work *w, const bl_fact *fact)
{
    for (size_t i = 0; i < fact->overlay_count; i++) {
        if (w->chosen[fact->overlays[i].choice.reading] == fact->overlays[i].choice.option)
            return fact->overlays[i].derive;
    }
    return fact->derive;
}

static bl_value derived_value(work *w, const bl_fact *fact)
{
    const bl_program *program = derivation(w, fact);
    bl_value value;

    if (fact->counts >= 0) {
        value = w->out->slots[fact->counts];
        if (value.kind == BL_LIST)
            return bl_int((int64_t)value.as.list->count);
        if (program == NULL)
            return unknown_fact(w, fact->slot);
    }
    bl_eval eval = {.arena = w->the_case->arena,
                    .cost_limit = w->the_case->cost,
                    .regex_states = w->the_case->regex_states,
                    .slots = w->out->slots,
                    .slot_count = w->set->slot_count,
                    .stated = w->out->stated};

    value = bl_evaluate(program, &eval);
    if (value.kind == BL_ERROR)
        w->status = bl_tell_fault(w->the_case, fact->label, program, value, w->out->slots);
    return value;
}

/* A fact that follows from others: taken over where nothing is stated, compared where something is.
 */
static void derive(work *w, uint32_t slot)
{
    const bl_fact *fact = fact_of(w->set, slot);
    bl_settled *out = w->out;

    if (w->impossible[slot])
        return;
    const bl_value value = derived_value(w, fact);

    if (w->status != BYLAW_OK)
        return;
    if (!bl_is_known(value)) {
        if (!out->stated[slot])
            presume(w, fact);
        /* what is asked for is what it is derived from */
        if (!out->stated[slot] && fact->ask_inputs && out->slots[slot].kind == BL_UNKNOWN)
            out->slots[slot] = value;
    } else if (!out->stated[slot]) {
        out->slots[slot] = value;
        out->origins[slot] = BL_FROM_DERIVATION;
    } else if (out->origins[slot] != BL_FROM_OPTION &&
               bl_is_false(bl_value_equal(w->the_case->arena, value, out->slots[slot]))) {
        bl_statement *items = new_places(w);
        size_t count = 0;

        if (items == NULL)
            return;
        places_of(w, slot, items, &count, 0);
        if (fact->counts >= 0)
            places_of(w, (uint32_t)fact->counts, items, &count, 0);
        if (derivation(w, fact) != NULL) {
            size_t n = 0;
            const uint32_t *slots = bl_program_slots(derivation(w, fact), &n);

            for (size_t i = 0; i < n; i++)
                places_of(w, slots[i], items, &count, 0);
        }
        w->impossible[slot] = true;
        clash(w,
              (bl_clash){
                  .kind = BL_CLASH_DERIVED, .statements = items, .count = count, .derived = value});
    }
}

static void set_bounds(work *w)
{
    bl_settled *out = w->out;

    for (uint32_t slot = 0; slot < w->set->slot_count; slot++) {
        const bl_value v = out->slots[slot];

        if (v.kind == BL_INT) {
            out->least[slot] = out->most[slot] = v.as.i;
            continue;
        }
        const bool counted = slot >= BL_SLOT_FACTS && fact_of(w->set, slot)->is_count;

        out->least[slot] = counted ? 0 : INT64_MIN;
        out->most[slot] = INT64_MAX;
    }
}

/* Makes the known facts among `slots` impossible; those of an unknown one, what bounds it. */
static void blame(work *w, const bl_invariant *inv, const uint32_t *slots, size_t n,
                  bl_statement *items, size_t *count, bool deeper)
{
    for (size_t i = 0; i < n; i++) {
        if (bl_is_known(w->out->slots[slots[i]])) {
            if (w->out->origins[slots[i]] == BL_FROM_PRESUMPTION)
                continue;
            places_of(w, slots[i], items, count, 0);
            w->impossible[slots[i]] = true;
        } else if (deeper) {
            for (size_t k = 0; k < w->set->invariant_count; k++) {
                const bl_invariant *other = &w->set->invariants[k];
                bool touches = false;

                for (size_t j = 0; other->linear && other != inv && j < other->left.count; j++)
                    touches = touches || other->left.slots[j] == slots[i];
                for (size_t j = 0; other->linear && other != inv && j < other->right.count; j++)
                    touches = touches || other->right.slots[j] == slots[i];
                if (touches) {
                    blame(w, inv, other->left.slots, other->left.count, items, count, false);
                    blame(w, inv, other->right.slots, other->right.count, items, count, false);
                }
            }
        }
    }
}

static bool break_invariant(work *w, const bl_invariant *inv)
{
    bl_statement *items = new_places(w);
    size_t count = 0;

    if (items == NULL)
        return false;
    if (inv->linear) {
        blame(w, inv, inv->left.slots, inv->left.count, items, &count, true);
        blame(w, inv, inv->right.slots, inv->right.count, items, &count, true);
    } else {
        size_t n = 0;
        const uint32_t *slots = bl_program_slots(inv->holds, &n);

        blame(w, inv, slots, n, items, &count, false);
    }
    clash(w,
          (bl_clash){
              .kind = BL_CLASH_INVARIANT, .invariant = inv, .statements = items, .count = count});
    return count > 0;
}

static const bylaw_label an_invariant = {{{"不变式", 9}, {"an invariant", 12}}};

/* true when an invariant was found broken that has not been told yet. */
static bool check_invariants(work *w)
{
    const bl_invariant *broken = NULL;

    if (w->out->least == NULL)
        return false;
    set_bounds(w);
    bl_bounds(w->set, w->out->least, w->out->most, &broken);
    if (broken != NULL)
        return break_invariant(w, broken);
    for (size_t i = 0; i < w->set->invariant_count && w->status == BYLAW_OK; i++) {
        const bl_invariant *inv = &w->set->invariants[i];

        if (inv->linear)
            continue;
        bl_eval eval = {.arena = w->the_case->arena,
                        .cost_limit = w->the_case->cost,
                        .regex_states = w->the_case->regex_states,
                        .slots = w->out->slots,
                        .slot_count = w->set->slot_count,
                        .stated = w->out->stated};

        const bl_value holds = bl_evaluate(inv->holds, &eval);

        if (holds.kind == BL_ERROR)
            w->status = bl_tell_fault(w->the_case, an_invariant, inv->holds, holds, w->out->slots);
        else if (bl_is_false(holds))
            return break_invariant(w, inv);
    }
    return false;
}

/* One pass over all facts with what is known to be impossible left out. */
static void pass(work *w)
{
    bl_settled *out = w->out;

    const bool all = out->stated_count == w->set->fact_count && w->clashes.count == 0;

    for (size_t i = 0; !all && i < w->set->fact_count && w->status == BYLAW_OK; i++) {
        const uint32_t slot = (uint32_t)(BL_SLOT_FACTS + i);

        if (is_impossible(w, slot)) {
            out->slots[slot] = unknown_fact(w, slot);
            out->origins[slot] = BL_IMPOSSIBLE;
        } else if (!out->stated[slot]) {
            presume(w, &w->set->facts[i]);
        }
    }
    for (size_t i = 0; i < w->set->derive_count && w->status == BYLAW_OK; i++)
        derive(w, w->set->derive_order[i]);
}

static void take_frame(work *w)
{
    const bl_case *c = w->the_case;
    bl_value *slots = w->out->slots;
    const bl_enum *outcomes = w->set->outcomes;

    slots[BL_SLOT_KIND] = c->kind != NULL ? bl_enum_of(c->kind) : unknown_fact(w, BL_SLOT_KIND);
    slots[BL_SLOT_DATE] =
        c->action->has_date ? bl_date_value(c->action->date) : unknown_fact(w, BL_SLOT_DATE);
    slots[BL_SLOT_AS_OF] = c->has_as_of ? bl_date_value(c->as_of) : unknown_fact(w, BL_SLOT_DATE);
    slots[BL_SLOT_DECLARED] = BL_NULL_VALUE;
    if (c->action->declared != BL_DECLARED_NOTHING)
        slots[BL_SLOT_DECLARED] =
            bl_enum_of(outcomes->values[c->action->declared == BL_DECLARED_ADOPTED ? 0 : 1]);
    slots[BL_SLOT_OUTCOME] = BL_NULL_VALUE;
    slots[BL_SLOT_ELEMENT] = BL_NULL_VALUE;
}

/* Room for every slot. Bounds are for invariants, thresholds and remedies. */
static bool make_room(bl_settled *out, const bylaw_ruleset *set, bl_arena *arena, bool bounded)
{
    const size_t n = set->slot_count;
    uint8_t *origins = BL_NEW_N(arena, uint8_t, 2 * n); /* and a flag a slot */

    *out = (bl_settled){
        .set = set, .slots = bl_arena_alloc(arena, n * sizeof(bl_value)), .origins = origins};
    if (out->slots == NULL || origins == NULL)
        return false;
    out->stated = (bool *)(origins + n);
    if (!bounded)
        return true;
    out->least = bl_arena_alloc(arena, 2 * n * sizeof(int64_t));
    out->most = out->least != NULL ? out->least + n : NULL;
    return out->least != NULL;
}

bool bl_settles_early(const bylaw_ruleset *set, uint64_t fixed)
{
    bool early = set->derive_count == 0 && !set->is_bounded;

    for (size_t i = 0; i < set->kinds->count && early; i++)
        early = (set->kind_defs[i].readings & ~fixed) == 0;
    return early;
}

bl_settled *bl_settled_new(const bylaw_ruleset *set, bl_arena *arena)
{
    bl_settled *out = bl_arena_alloc(arena, sizeof *out);

    return out != NULL && make_room(out, set, arena, false) ? out : NULL;
}

bylaw_status bl_settle_rest(bl_settled *out, const bl_case *the_case)
{
    work w = {.the_case = the_case, .set = the_case->set, .out = out};

    take_frame(&w);
    pass(&w);
    return w.status;
}

bylaw_status bl_settle(bl_settled *out, const bl_case *the_case, const uint8_t *chosen)
{
    const bylaw_ruleset *set = the_case->set;
    bl_arena *arena = the_case->arena;
    work w = {.the_case = the_case, .set = set, .chosen = chosen, .out = out};

    if (the_case->settled != NULL) {
        *out = *the_case->settled;
        out->slots[BL_SLOT_OUTCOME] = BL_NULL_VALUE;
        return BYLAW_OK;
    }
    w.impossible = BL_NEW_N(arena, bool, set->slot_count);
    if (w.impossible == NULL || !make_room(out, set, arena, set->is_bounded || the_case->remedies))
        return BYLAW_ENOMEM;
    take_frame(&w);
    take_statements(&w);
    do {
        const size_t before = w.clashes.count;

        pass(&w);
        if (w.status == BYLAW_OK && w.clashes.count == before && !check_invariants(&w))
            break;
    } while (w.status == BYLAW_OK && w.clashes.count < MAX_CLASHES);
    if (w.clashes.count >= MAX_CLASHES && out->least != NULL)
        set_bounds(&w);
    out->clashes = w.clashes.items;
    out->clash_count = w.clashes.count;
    return w.status;
}
