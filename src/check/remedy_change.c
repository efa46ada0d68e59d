/* check/remedy_change.c: what of an action can still change, and judging it with the changes made.
 *
 * Only what can still change is proposed: a fact that is not known yet, or one whose open_until has
 * not passed; never a judgement, a presumption, a record that contradicts itself. What is computed
 * from other facts changes with them, not by itself. */
#include "check/remedy.h"

const char *bl_remedy_name(bl_remedy_kind kind)
{
    static const char *const names[] = {
        [BL_REMEDY_CHANGES] = "changes",     [BL_REMEDY_NEW_VOTE] = "new-vote",
        [BL_REMEDY_DECLARE] = "declare",     [BL_REMEDY_SETTLED] = "settled",
        [BL_REMEDY_TOO_LATE] = "too-late",   [BL_REMEDY_NEVER] = "never",
        [BL_REMEDY_LATER] = "later",         [BL_REMEDY_NOT_KNOWN] = "not-known",
        [BL_REMEDY_JUDGEMENT] = "judgement",
    };

    return names[kind];
}

static const bl_fact *fact_of(const bl_case *c, uint32_t slot)
{
    return &c->set->facts[slot - BL_SLOT_FACTS];
}

const bl_fact *bl_seek_fact(const bl_seek *s, uint32_t slot)
{
    return fact_of(s->c, slot);
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

bool bl_seek_of_vote(const bl_seek *s, uint32_t slot)
{
    return is_of_vote(s->c, slot);
}

const bl_program *bl_seek_derivation(const bl_seek *s, const bl_fact *fact)
{
    for (size_t i = 0; i < fact->overlay_count; i++) {
        if (s->chosen[fact->overlays[i].choice.reading] == fact->overlays[i].choice.option)
            return fact->overlays[i].derive;
    }
    return fact->derive;
}

/* Is it a figure of a list? Then the list follows it. */
static bool is_of_list(const bl_seek *s, const bl_fact *fact)
{
    const bl_program *derive = bl_seek_derivation(s, fact);
    size_t n = 0;
    const uint32_t *slots = derive != NULL ? bl_program_slots(derive, &n) : NULL;

    for (size_t i = 0; i < n; i++) {
        if (slots[i] >= BL_SLOT_FACTS && fact_of(s->c, slots[i])->type->kind == BL_T_LIST)
            return true;
    }
    return fact->counts >= 0;
}

/* Is the value worked out from single facts, as a day gives whether it is past? */
static bool is_worked_out(const bl_seek *s, const bl_fact *fact)
{
    return s->j->facts.origins[fact->slot] == BL_FROM_DERIVATION && !is_of_list(s, fact);
}

/* What is known: has the time passed until which it can change? */
static bool is_settled(const bl_seek *s, const bl_fact *fact, bl_value v)
{
    const bool declared = s->c->action->declared != BL_DECLARED_NOTHING;

    /* what has happened on a day that is past has happened */
    if (v.kind == BL_DATE && s->c->has_as_of && v.as.i < s->c->as_of &&
        fact->open_until != BL_OPEN_EFFECT)
        return true;
    switch (fact->open_until) {
    case BL_OPEN_ALWAYS:
        return false;
    case BL_OPEN_EFFECT:
        return declared;
    case BL_OPEN_VOTE:
        return declared || s->vote_held;
    case BL_OPEN_NEVER:
        break;
    }
    return true;
}

bool bl_seek_open(const bl_seek *s, uint32_t slot)
{
    if (slot < BL_SLOT_FACTS)
        return false;
    const bl_fact *fact = fact_of(s->c, slot);
    const bl_value v = s->j->facts.slots[slot];
    const bl_origin origin = s->j->facts.origins[slot];

    if (fact->judgement || origin == BL_FROM_PRESUMPTION || origin == BL_IMPOSSIBLE ||
        is_worked_out(s, fact))
        return false;
    return v.kind == BL_UNKNOWN || !is_settled(s, fact, v);
}

bool bl_seek_open_field(const bl_seek *s, uint32_t slot, bl_value field)
{
    const bl_fact *fact = fact_of(s->c, slot);

    if (fact->judgement || s->j->facts.origins[slot] == BL_FROM_PRESUMPTION)
        return false;
    return field.kind == BL_UNKNOWN || !is_settled(s, fact, field);
}

/* ---- judging the changed action ---- */

bool bl_same_place(const bl_change *a, const bl_change *b)
{
    return a->slot == b->slot && a->within == b->within &&
           (!a->within || (a->element == b->element && a->field == b->field));
}

static bool is_changed(const bl_change *changes, size_t count, uint32_t slot)
{
    for (size_t i = 0; i < count; i++) {
        if (changes[i].slot == slot)
            return true;
    }
    return false;
}

static bool is_of_element(const bl_change *change)
{
    return change->within || change->kind == BL_CHANGE_ADD || change->kind == BL_CHANGE_REMOVE;
}

/* One element with those of its fields changed that are. */
static bl_value changed_element(bl_arena *arena, bl_value element, size_t index, uint32_t slot,
                                const bl_change *changes, size_t count)
{
    bl_value *fields = NULL;

    for (size_t i = 0; i < count; i++) {
        const bl_change *change = &changes[i];

        if (change->slot != slot || !change->within || change->element != index ||
            element.kind != BL_RECORD)
            continue;
        if (fields == NULL) {
            const size_t n = element.as.record->type->field_count;
            bl_record *record = BL_NEW(arena, bl_record);

            fields = BL_NEW_N(arena, bl_value, n + 1);
            if (fields == NULL || record == NULL)
                return bl_oom_value();
            for (size_t k = 0; k < n; k++)
                fields[k] = element.as.record->fields[k];
            *record = (bl_record){element.as.record->type, fields};
            element.as.record = record;
        }
        fields[change->field] = change->value;
    }
    return element;
}

/* The list with its elements changed, removed and added. */
static bl_value changed_list(bl_arena *arena, bl_value list, uint32_t slot,
                             const bl_change *changes, size_t count)
{
    const size_t had = list.kind == BL_LIST ? list.as.list->count : 0;
    bl_value *items = BL_NEW_N(arena, bl_value, had + count + 1);
    size_t n = 0;

    if (items == NULL)
        return bl_oom_value();
    for (size_t i = 0; i < had; i++) {
        bool removed = false;

        for (size_t k = 0; k < count; k++)
            removed = removed || (changes[k].slot == slot && changes[k].element == i &&
                                  changes[k].kind == BL_CHANGE_REMOVE);
        if (removed)
            continue;
        items[n] = changed_element(arena, list.as.list->items[i], i, slot, changes, count);
        if (items[n++].kind == BL_ERROR)
            return bl_oom_value();
    }
    for (size_t k = 0; k < count; k++) {
        if (changes[k].slot == slot && changes[k].kind == BL_CHANGE_ADD)
            items[n++] = changes[k].value;
    }
    return bl_list_value(arena, items, n);
}

bool bl_seek_change(bl_seek *s, bl_case *out, bl_action *action, const bl_change *changes,
                    size_t count, bool new_vote)
{
    const bl_case *c = s->c;
    bl_statement *statements = BL_NEW_N(c->arena, bl_statement, c->statement_count + count + 1);
    size_t n = 0;

    if (statements == NULL)
        return false;
    *out = *c;
    *action = *c->action;
    out->action = action;
    out->diags = NULL;
    for (size_t i = 0; i < count; i++) {
        bl_value value = changes[i].value;

        if (changes[i].slot == BL_SLOT_DECLARED) {
            action->declared =
                bl_string_of(value).ptr[0] == 'a' ? BL_DECLARED_ADOPTED : BL_DECLARED_REJECTED;
            continue;
        }
        if (is_changed(changes, i, changes[i].slot))
            continue; /* all changes of one list are made together */
        if (is_of_element(&changes[i]))
            value = changed_list(c->arena, s->j->facts.slots[changes[i].slot], changes[i].slot,
                                 changes, count);
        if (value.kind == BL_ERROR)
            return false;
        /* what else would say otherwise stays as it is, and contradicts it; but a list follows its
         * figure */
        const bool list_follows = is_of_list(s, fact_of(c, changes[i].slot));

        statements[n++] = (bl_statement){.slot = changes[i].slot,
                                         .origin = list_follows ? BL_FROM_OPTION : BL_FROM_ACTION,
                                         .value = value};
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
    if (!bl_seek_change(s, &changed, &action, changes, count, new_vote)) {
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

bool bl_seek_try_new_vote(bl_seek *s, const bl_change *changes, size_t count, bl_goal *goal,
                          const void *context)
{
    return try_case(s, changes, count, true, goal, context);
}

const bl_finding *bl_seek_same(const bl_judgement *j, const bl_finding *f)
{
    for (size_t i = 0; i < j->finding_count; i++) {
        const bl_finding *found = &j->findings[i];

        if (found->norm == f->norm)
            return f->norm->each != NULL && f->element < found->element_count
                       ? &found->elements[f->element]
                       : found;
    }
    return NULL;
}

bool bl_goal_finding(const bl_judgement *j, const void *context)
{
    const bl_finding *f = bl_seek_same(j, context);

    return f != NULL && f->status == BL_SATISFIED;
}

/* What stands where the change is made. */
static bl_value place_of(const bl_seek *s, const bl_change *change)
{
    if (change->slot < BL_SLOT_FACTS || change->kind == BL_CHANGE_ADD)
        return BL_NULL_VALUE;
    const bl_value v = s->j->facts.slots[change->slot];

    if (!change->within)
        return v;
    return v.as.list->items[change->element].as.record->fields[change->field];
}

void bl_seek_keep(bl_seek *s, bl_remedy *out, bl_remedy_kind kind, const bl_change *changes,
                  size_t count)
{
    bl_change *kept = BL_NEW_N(s->c->arena, bl_change, count + 1);

    if (kept == NULL) {
        s->status = BYLAW_ENOMEM;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        kept[i] = changes[i];
        kept[i].unknown = place_of(s, &changes[i]).kind == BL_UNKNOWN;
    }
    *out = (bl_remedy){.kind = kind, .changes = kept, .count = count, .trials = s->trials};
}
