/* rules/inspect.c: the public functions that look into a rule set. */
#include "rules/asks.h"
#include "rules/lint.h"

#include <assert.h>

bylaw_status bylaw_ruleset_lint(const bylaw_ruleset *set, const bylaw_allocator *allocator,
                                bylaw_diags *diags)
{
    assert(set != NULL && diags != NULL);
    return bl_lint(set, allocator, diags);
}

/* --- kinds --- */

size_t bylaw_ruleset_kind_count(const bylaw_ruleset *set)
{
    return set->kinds->count;
}

bylaw_kind bylaw_ruleset_kind(const bylaw_ruleset *set, size_t i)
{
    assert(i < set->kinds->count);
    const bl_kind_def *def = &set->kind_defs[i];

    return (bylaw_kind){def->value->id, def->value->label, def->norm_count, def->gap_count};
}

bylaw_status bylaw_ruleset_find_kind(size_t *out, bylaw_str *nearest, const bylaw_ruleset *set,
                                     bylaw_str id_or_label)
{
    assert(out != NULL);
    const bl_enum_value *kind = bl_enum_find(set->kinds, id_or_label);

    if (kind == NULL) {
        if (nearest != NULL)
            *nearest = bl_enum_nearest(set->kinds, id_or_label);
        return BYLAW_ENOTFOUND;
    }
    *out = kind->index;
    return BYLAW_OK;
}

/* --- what a kind asks for --- */

struct bylaw_asks {
    bylaw_allocator allocator;
    bl_arena arena;
    const bylaw_ruleset *set;
    bl_asks found;
};

bylaw_status bylaw_asks_new(bylaw_asks **out, const bylaw_ruleset *set, size_t kind,
                            const bylaw_allocator *allocator)
{
    assert(out != NULL && kind < set->kinds->count);
    bylaw_asks *asks = bl_new(allocator, sizeof *asks);

    if (asks == NULL)
        return BYLAW_ENOMEM;
    asks->allocator = bl_allocator_or_default(allocator);
    asks->set = set;
    bl_arena_init(&asks->arena, allocator);
    const bylaw_status status =
        bl_asks_of(&asks->found, set, set->kinds->values[kind], &asks->arena);

    if (status == BYLAW_OK)
        *out = asks;
    else
        bylaw_asks_free(asks);
    return status;
}

void bylaw_asks_free(bylaw_asks *asks)
{
    if (asks == NULL)
        return;
    const bylaw_allocator allocator = asks->allocator;

    bl_arena_dispose(&asks->arena);
    bl_free(&allocator, asks, sizeof *asks);
}

size_t bylaw_asks_count(const bylaw_asks *asks)
{
    return asks->found.count + asks->found.presumed_count;
}

bylaw_ask bylaw_asks_get(const bylaw_asks *asks, size_t i)
{
    const bl_asks *found = &asks->found;
    const bool presumed = i >= found->count;

    assert(i < bylaw_asks_count(asks));
    const bl_ask *ask = presumed ? NULL : &found->items[i];
    const uint32_t slot = presumed ? found->presumed[i - found->count] : ask->slot;
    const bl_fact *fact = &asks->set->facts[slot - BL_SLOT_FACTS];
    bylaw_ask out = {.fact = fact->name, .label = fact->label, .need = BYLAW_NEED_PRESUMED};

    if (presumed) {
        out.conduct = fact->is_conduct;
        return out;
    }
    out.need = (bylaw_need)ask->need;
    if (ask->field != NULL) {
        out.field = ask->field->name;
        out.label = ask->field->label;
    }
    if (ask->norm->provision_count > 0)
        out.cite = ask->norm->provisions[0]->cite;
    return out;
}

bylaw_label bl_fact_label(const bl_fact *fact, const bl_enum_value *kind)
{
    const bl_kind_label *nearest = NULL;

    for (size_t i = 0; kind != NULL && i < fact->kind_label_count; i++) {
        const bl_kind_label *own = &fact->kind_labels[i];
        const bl_enum_value *here =
            kind->of == own->kind->of ? kind : bl_enum_find(own->kind->of, kind->id);

        if (bl_enum_is(here, own->kind) &&
            (nearest == NULL || bl_enum_is(own->kind, nearest->kind)))
            nearest = own;
    }
    return nearest != NULL ? nearest->label : fact->label;
}

bylaw_str bl_attr_name(const bylaw_ruleset *set, const bl_attr *attr, bl_arena *arena)
{
    bl_str name = bl_str_init(arena);

    if (attr->slot >= BL_SLOT_FACTS && attr->slot < set->slot_count)
        bl_str_add(&name, set->facts[attr->slot - BL_SLOT_FACTS].name);
    else if (attr->slot == BL_SLOT_DATE || attr->slot == BL_SLOT_AS_OF)
        bl_str_addz(&name, "date");
    bl_str_add(&name, attr->path);
    return bl_str_taken(&name);
}
