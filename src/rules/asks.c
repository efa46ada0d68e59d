/* rules/asks.c: see asks.h. The norms are evaluated, not looked through: what an empty action
 * leaves unknown is exactly what a checker would call missing. */
#include "rules/asks.h"

#include "base/vec.h"
#include "value/messages.h"

#include <string.h>

typedef struct asker {
    const bylaw_ruleset *set;
    bl_arena *arena;
    bl_value *slots;
    bl_eval eval;
    bl_need need;        /* of what is found now */
    const bl_norm *norm; /* being judged */
    BL_VEC(bl_ask) found;
    bool *presumed; /* by slot: read by a norm */
    bool failed;
} asker;

/* --- what is found --- */

static void note(asker *a, uint32_t slot, const bl_field *field)
{
    for (size_t i = 0; i < a->found.count; i++) {
        bl_ask *ask = &a->found.items[i];

        if (ask->slot != slot || ask->field != field)
            continue;
        if (a->need < ask->need) {
            ask->need = a->need;
            ask->norm = a->norm;
        }
        return;
    }
    const bl_ask ask = {slot, field, a->need, a->norm};

    if (!bl_vec_push(a->arena, &a->found, ask))
        a->failed = true;
}

/* The field that a path like "[].choice" names. */
static const bl_field *field_of(const bl_fact *fact, bylaw_str path)
{
    const bl_type *type = fact->type;

    if (type->kind == BL_T_NULLABLE)
        type = type->params[0];
    if (type->kind != BL_T_LIST || type->params[0]->kind != BL_T_RECORD || path.len < 3)
        return NULL;
    const bylaw_str name = bl_str_slice(path, 3, path.len);

    for (size_t i = 0; i < type->params[0]->field_count; i++) {
        if (bl_str_equal(type->params[0]->fields[i].name, name))
            return &type->params[0]->fields[i];
    }
    return NULL;
}

/* Other attributes tell of names that look alike, or of values less exact than the norm. */
static bool is_fact(const asker *a, const bl_attr *attr)
{
    return attr->slot >= BL_SLOT_FACTS && attr->slot < a->set->slot_count;
}

static void note_value(asker *a, bl_value value)
{
    if (value.kind != BL_UNKNOWN)
        return;
    for (size_t i = 0; i < value.as.unknown->count; i++) {
        const bl_attr *attr = value.as.unknown->attrs[i];

        if (is_fact(a, attr))
            note(a, attr->slot, field_of(&a->set->facts[attr->slot - BL_SLOT_FACTS], attr->path));
    }
}

static bool depends_on(bl_value value, uint32_t slot)
{
    for (size_t i = 0; value.kind == BL_UNKNOWN && i < value.as.unknown->count; i++) {
        if (value.as.unknown->attrs[i]->slot == slot)
            return true;
    }
    return false;
}

static bool depends_on_facts(const asker *a, bl_value value)
{
    for (size_t i = 0; value.kind == BL_UNKNOWN && i < value.as.unknown->count; i++) {
        if (is_fact(a, value.as.unknown->attrs[i]))
            return true;
    }
    return false;
}

/* --- the empty action --- */

static bl_value unknown(asker *a, uint32_t slot, bylaw_str path)
{
    bl_attr *attr = BL_NEW(a->arena, bl_attr);

    if (attr == NULL)
        return bl_oom_value();
    *attr = (bl_attr){slot, path};
    return bl_unknown_value(a->arena, attr);
}

static bl_value run(asker *a, const bl_program *program)
{
    a->eval.cost = 0;
    const bl_value value = bl_evaluate(program, &a->eval);

    a->failed |= value.kind == BL_ERROR && value.as.fault->msg == &bl_msg_no_memory;
    return value;
}

/* A derived fact: its value where that needs nothing; else what it is derived from, or itself,
 * whichever is asked for. */
static void derive(asker *a, uint32_t slot)
{
    const bl_fact *fact = &a->set->facts[slot - BL_SLOT_FACTS];

    if (fact->derive == NULL)
        return;
    const bl_value value = run(a, fact->derive);

    if (bl_is_known(value) || (value.kind == BL_UNKNOWN && fact->ask_inputs && !fact->is_presumed))
        a->slots[slot] = value;
}

static bool empty_action(asker *a, const bl_enum_value *kind)
{
    const bylaw_ruleset *set = a->set;

    a->slots = BL_NEW_N(a->arena, bl_value, set->slot_count);
    a->presumed = BL_NEW_N(a->arena, bool, set->slot_count);
    if (a->slots == NULL || a->presumed == NULL)
        return false;
    for (uint32_t i = 0; i < set->slot_count; i++)
        a->slots[i] = unknown(a, i, (bylaw_str){NULL, 0});
    a->slots[BL_SLOT_KIND] = bl_enum_of(kind);
    a->slots[BL_SLOT_DECLARED] = BL_NULL_VALUE;
    for (size_t i = 0; i < set->fact_count; i++) {
        if (set->facts[i].is_presumed)
            a->slots[set->facts[i].slot] = set->facts[i].presumed;
    }
    a->eval = (bl_eval){.arena = a->arena, .slots = a->slots, .slot_count = set->slot_count};
    for (size_t i = 0; i < set->derive_count; i++)
        derive(a, set->derive_order[i]);
    return !a->failed;
}

/* An element of a list of records, each of its fields unknown; of another list, unknown. */
static bl_value element(asker *a, const bl_program *each, bl_value list)
{
    const bl_type *type = bl_program_type(each);

    if (type->kind == BL_T_NULLABLE)
        type = type->params[0];
    if (type->kind != BL_T_LIST || type->params[0]->kind != BL_T_RECORD ||
        list.kind != BL_UNKNOWN || list.as.unknown->count != 1)
        return unknown(a, BL_SLOT_ELEMENT, (bylaw_str){NULL, 0});
    const bl_type *record_type = type->params[0];
    bl_value *fields = BL_NEW_N(a->arena, bl_value, record_type->field_count + 1);
    bl_record *record = BL_NEW(a->arena, bl_record);

    for (size_t i = 0; fields != NULL && i < record_type->field_count; i++) {
        bl_str path = bl_str_init(a->arena);
        bylaw_str text;

        bl_str_addz(&path, "[].");
        bl_str_add(&path, record_type->fields[i].name);
        if (bl_str_take(&text, &path) != BYLAW_OK)
            return bl_oom_value();
        fields[i] = unknown(a, list.as.unknown->attrs[0]->slot, text);
    }
    if (fields == NULL || record == NULL)
        return bl_oom_value();
    *record = (bl_record){record_type, fields};
    return (bl_value){.kind = BL_RECORD, .as.record = record};
}

/* --- norms --- */

static void ask_sum(asker *a, const bl_sum *sum)
{
    for (size_t i = 0; i < sum->count; i++) {
        bl_value value = a->slots[sum->slots[i]];

        if (sum->fields != NULL && sum->fields[i] != UINT32_MAX && value.kind == BL_RECORD)
            value = value.as.record->fields[sum->fields[i]];
        note_value(a, value);
    }
}

static void ask_program(asker *a, const bl_program *program)
{
    if (program != NULL)
        note_value(a, run(a, program));
}

static void ask_body(asker *a, const bl_body *body)
{
    ask_sum(a, &body->count);
    ask_sum(a, &body->of);
    ask_program(a, body->require);
}

/* Does the norm apply to the empty action, and when would it? false: never while nothing more is
 * stated. Notes the facts that decide it; what its body asks for is then needed as a->need. */
static bool ask_when(asker *a, const bl_program *when)
{
    if (when == NULL)
        return true;
    bl_value value = run(a, when);

    if (bl_is_false(value)) {
        a->slots[BL_SLOT_DECLARED] = bl_enum_of(a->set->outcomes->values[0]);
        value = run(a, when);
        a->slots[BL_SLOT_DECLARED] = BL_NULL_VALUE;
        if (!bl_is_true(value) && value.kind != BL_UNKNOWN)
            return false;
        if (a->need < BL_NEED_LATER)
            a->need = BL_NEED_LATER;
    }
    if (depends_on(value, BL_SLOT_OUTCOME) && a->need < BL_NEED_LATER)
        a->need = BL_NEED_LATER;
    note_value(a, value);
    if (depends_on_facts(a, value) && a->need < BL_NEED_IF)
        a->need = BL_NEED_IF;
    return value.kind != BL_ERROR;
}

static void note_presumed(asker *a, const bl_program *program)
{
    size_t count = 0;
    const uint32_t *slots = program == NULL ? NULL : bl_program_slots(program, &count);

    for (size_t i = 0; i < count; i++) {
        if (slots[i] >= BL_SLOT_FACTS && a->set->facts[slots[i] - BL_SLOT_FACTS].is_presumed)
            a->presumed[slots[i]] = true;
    }
}

bool bl_norm_asks(const bl_norm *norm)
{
    if (norm->body.modality == BL_MAY)
        return false;
    return norm->ask ||
           (norm->body.modality != BL_IN_PRINCIPLE && norm->body.modality != BL_SHOULD);
}

/* What another option would look at, over and above. */
static void ask_overlays(asker *a, const bl_norm *norm)
{
    for (size_t i = 0; i < norm->overlay_count; i++) {
        const bl_body *body = &norm->overlays[i].body;

        a->need = BL_NEED_READING;
        if (ask_when(a, body->when))
            ask_body(a, body);
    }
}

static void ask_norm(asker *a, const bl_norm *norm)
{
    const bylaw_ruleset *set = a->set;

    a->norm = norm;
    a->need = BL_NEED_ALWAYS;
    if (norm->has_under && norm->under.option != set->readings[norm->under.reading].default_option)
        a->need = BL_NEED_READING;
    a->slots[BL_SLOT_ELEMENT] = unknown(a, BL_SLOT_ELEMENT, (bylaw_str){NULL, 0});
    if (norm->each != NULL)
        a->slots[BL_SLOT_ELEMENT] = element(a, norm->each, run(a, norm->each));
    const bool applies = ask_when(a, norm->body.when);

    if (applies) {
        ask_program(a, norm->each);
        ask_body(a, &norm->body);
        if (a->need < BL_NEED_IF)
            a->need = BL_NEED_IF;
        ask_program(a, norm->body.due);
        note_presumed(a, norm->body.when);
        note_presumed(a, norm->body.require);
    }
    ask_overlays(a, norm);
}

/* --- the answer --- */

/* A list of which single fields are asked for is not asked for besides. */
static bool stands_by_its_fields(const asker *a, const bl_ask *ask)
{
    for (size_t i = 0; ask->field == NULL && i < a->found.count; i++) {
        const bl_ask *other = &a->found.items[i];

        if (other->slot == ask->slot && other->field != NULL && other->need <= ask->need)
            return true;
    }
    return false;
}

static int compare(const bl_ask *x, const bl_ask *y)
{
    if (x->need != y->need)
        return x->need < y->need ? -1 : 1;
    if (x->slot != y->slot)
        return x->slot < y->slot ? -1 : 1;
    return (x->field > y->field) - (x->field < y->field);
}

static bool hand_over(asker *a, bl_asks *out)
{
    bl_ask *items = BL_NEW_N(a->arena, bl_ask, a->found.count + 1);
    uint32_t *presumed = BL_NEW_N(a->arena, uint32_t, a->set->slot_count);
    bl_asks asks = {.items = items, .presumed = presumed};

    if (items == NULL || presumed == NULL)
        return false;
    for (size_t i = 0; i < a->found.count; i++) {
        const bl_ask ask = a->found.items[i];
        size_t at = asks.count;

        if (stands_by_its_fields(a, &ask))
            continue;
        for (; at > 0 && compare(&items[at - 1], &ask) > 0; at--)
            items[at] = items[at - 1];
        items[at] = ask;
        asks.count++;
        asks.needs[ask.need]++;
    }
    for (uint32_t i = BL_SLOT_FACTS; i < a->set->slot_count; i++) {
        if (a->presumed[i])
            presumed[asks.presumed_count++] = i;
    }
    *out = asks;
    return true;
}

bylaw_status bl_asks_of(bl_asks *out, const bylaw_ruleset *set, const bl_enum_value *kind,
                        bl_arena *arena)
{
    const bl_kind_def *def = &set->kind_defs[kind->index];
    asker a = {.set = set, .arena = arena};

    if (!empty_action(&a, kind))
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < def->norm_count && !a.failed; i++) {
        const bl_norm *norm = &set->norms[def->norms[i]];

        if (bl_norm_asks(norm))
            ask_norm(&a, norm);
    }
    return !a.failed && hand_over(&a, out) && !arena->failed ? BYLAW_OK : BYLAW_ENOMEM;
}
