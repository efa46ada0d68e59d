/* check/case.c: what the entries of an action mean under each of its rule sets. A name must be
 * known to one of them at least; a value is read by the type that the set gives the fact. */
#include "check/case.h"

#include "base/vec.h"
#include "check/messages.h"

/* Is there a fact or a group below "name."? */
static bool is_prefix(const bylaw_ruleset *set, bylaw_str name)
{
    for (size_t i = 0; i < set->fact_count; i++) {
        const bylaw_str fact = set->facts[i].name;

        if (fact.len > name.len && fact.ptr[name.len] == '.' && bl_str_starts(fact, name))
            return true;
    }
    return false;
}

typedef struct resolving {
    bl_case *cases;
    size_t case_count;
    const bl_action *action;
    bl_arena *arena;
    bylaw_diags *diags;
    bylaw_status status;
} resolving;

typedef BL_VEC(bl_statement) statement_vec;

static void state_fact(resolving *r, statement_vec *out, const bl_fact *fact, const bl_entry *entry,
                       bl_value value)
{
    const bl_statement statement = {.slot = fact->slot,
                                    .origin = entry->origin,
                                    .value = value,
                                    .span = entry->value->span,
                                    .key_span = entry->key->span};

    if (!bl_vec_push(r->arena, out, statement))
        r->status = BYLAW_ENOMEM;
}

static bl_value left_empty(resolving *r, const bl_fact *fact)
{
    bl_attr *attr = BL_NEW(r->arena, bl_attr);

    if (attr == NULL) {
        r->status = BYLAW_ENOMEM;
        return bl_oom_value();
    }
    attr->slot = fact->slot;
    return bl_unknown_value(r->arena, attr);
}

static void read_fact(resolving *r, statement_vec *out, const bl_fact *fact,
                      const bl_enum_value *kind, const bl_entry *entry)
{
    const bl_fact_view view = {.type = fact->type,
                               .label = bl_fact_label(fact, kind),
                               .is_count = fact->is_count,
                               .slot = fact->slot,
                               .ignore_unknown = r->action->ignore_unknown};
    bl_value value = BL_NULL_VALUE;

    if (bl_doc_is_empty(entry->value))
        state_fact(r, out, fact, entry, left_empty(r, fact));
    else if (bl_value_read(&value, entry->value, &view, r->arena, r->diags))
        state_fact(r, out, fact, entry, value);
}

static bool says_none(const bl_doc_node *node)
{
    return node->shape == BL_DOC_SCALAR && !node->quoted &&
           (bl_str_is(node->text, "none") || bl_str_is(node->text, "无"));
}

static void group_error(resolving *r, const bylaw_ruleset *set, const bl_group *group,
                        const bl_entry *entry)
{
    bl_str fields = bl_str_init(r->arena);
    bylaw_str text;

    for (uint32_t i = 0; i < group->count; i++) {
        const bylaw_str name = set->facts[group->first + i].name;

        if (i > 0)
            bl_str_addz(&fields, ", ");
        bl_str_add(&fields, bl_str_slice(name, group->name.len + 1, name.len));
    }
    if (bl_str_take(&text, &fields) != BYLAW_OK)
        r->status = BYLAW_ENOMEM;
    else
        bl_error(r->diags, &bl_check_msg_group_value, entry->value->span,
                 BL_LABEL("label", group->label), BL_TEXT("fields", text));
}

/* A step written as a whole: none, or left empty. */
static void read_group(resolving *r, statement_vec *out, const bylaw_ruleset *set,
                       const bl_group *group, const bl_entry *entry)
{
    const bool empty = bl_doc_is_empty(entry->value);

    if (!empty && !says_none(entry->value)) {
        group_error(r, set, group, entry);
        return;
    }
    for (uint32_t i = 0; i < group->count; i++) {
        const bl_fact *fact = &set->facts[group->first + i];

        state_fact(r, out, fact, entry, empty ? left_empty(r, fact) : BL_NULL_VALUE);
    }
}

/* false: the set does not know the name. */
static bool read_entry(resolving *r, bl_case *c, statement_vec *out, const bl_entry *entry)
{
    const bl_fact *fact = bl_map_get(&c->set->fact_index, entry->name);
    const bl_group *group = bl_map_get(&c->set->group_index, entry->name);

    if (fact != NULL)
        read_fact(r, out, fact, c->kind, entry);
    else if (group != NULL)
        read_group(r, out, c->set, group, entry);
    else
        return bl_doc_is_empty(entry->value) && is_prefix(c->set, entry->name);
    return true;
}

/* The kind that is nearest to the action's, which no set knows; NULL: none is near. */
static const bl_enum_value *nearest_kind(const resolving *r)
{
    for (size_t i = 0; i < r->case_count; i++) {
        const bl_enum *kinds = r->cases[i].set->kinds;
        const bylaw_str near = bl_enum_nearest(kinds, r->action->kind);

        if (near.len > 0)
            return bl_enum_find(kinds, near);
    }
    return NULL;
}

/* Which entries there are is told by kind: where the action's is unknown, by the nearest. */
static void tell_where_to_look(resolving *r, const bl_entry *entry)
{
    bool kind_known = false;

    for (size_t i = 0; i < r->case_count; i++)
        kind_known |= r->cases[i].kind != NULL;
    const bl_enum_value *near = kind_known || r->action->kind.len == 0 ? NULL : nearest_kind(r);

    if (kind_known)
        bl_error(r->diags, &bl_check_msg_unknown_fact, entry->key->span,
                 BL_TEXT("name", entry->name), BL_TEXT("kind", r->action->kind));
    else if (near != NULL)
        bl_error(r->diags, &bl_check_msg_unknown_fact_of_near, entry->key->span,
                 BL_TEXT("name", entry->name), BL_TEXT("kind", near->id),
                 BL_LABEL("label", near->label));
    else
        bl_error(r->diags, &bl_check_msg_unknown_fact_of_none, entry->key->span,
                 BL_TEXT("name", entry->name));
}

static void unknown_fact_error(resolving *r, const bl_entry *entry)
{
    for (size_t i = 0; i < r->case_count; i++) {
        const bylaw_str near = bl_map_nearest(&r->cases[i].set->fact_index, entry->name);

        if (near.len > 0) {
            const bl_fact *fact = bl_map_get(&r->cases[i].set->fact_index, near);

            bl_error(r->diags, &bl_check_msg_unknown_fact_near, entry->key->span,
                     BL_TEXT("name", entry->name), BL_TEXT("near", fact->name),
                     BL_LABEL("label", bl_fact_label(fact, r->cases[i].kind)));
            return;
        }
    }
    tell_where_to_look(r, entry);
}

static void unknown_kind_error(resolving *r)
{
    const bl_enum_value *near = nearest_kind(r);

    if (near != NULL)
        bl_error(r->diags, &bl_check_msg_unknown_kind_near, r->action->span,
                 BL_TEXT("name", r->action->kind), BL_TEXT("near", near->id),
                 BL_LABEL("label", near->label));
    else
        bl_error(r->diags, &bl_check_msg_unknown_kind, r->action->span,
                 BL_TEXT("name", r->action->kind));
}

const bl_waiver *bl_waiver_of(const bl_case *c, const bl_norm *norm)
{
    for (size_t i = 0; i < c->action->waiver_count; i++) {
        if (bl_names_norm(c->set, norm, c->action->waivers[i].norm))
            return &c->action->waivers[i];
    }
    for (size_t i = 0; c->accept != NULL && i < c->accept->waivers.waiver_count; i++) {
        if (bl_names_norm(c->set, norm, c->accept->waivers.waivers[i].norm)) {
            c->accept->waived[i] = true;
            return &c->accept->waivers.waivers[i];
        }
    }
    return NULL;
}

/* A waiver must name a norm, and one that binds must have been granted by somebody. */
static void check_waivers(resolving *r)
{
    for (size_t i = 0; i < r->action->waiver_count; i++) {
        const bl_waiver *waiver = &r->action->waivers[i];
        bool known = false, binding = false;

        for (size_t k = 0; k < r->case_count; k++) {
            const bylaw_ruleset *set = r->cases[k].set;

            for (size_t j = 0; j < set->norm_count; j++) {
                if (bl_names_norm(set, &set->norms[j], waiver->norm)) {
                    known = true;
                    binding |= set->norms[j].body.modality < BL_IN_PRINCIPLE;
                }
            }
        }
        if (!known)
            bl_error(r->diags, &bl_check_msg_waiver_norm, waiver->span,
                     BL_TEXT("name", waiver->norm));
        else if (binding && waiver->by.len == 0)
            bl_error(r->diags, &bl_check_msg_waiver_grantor, waiver->span,
                     BL_TEXT("name", waiver->norm));
    }
}

static void take_entries(resolving *r, const bl_entry *entries, size_t count,
                         statement_vec *statements)
{
    for (size_t i = 0; i < count && r->status == BYLAW_OK; i++) {
        bool known = false;

        for (size_t k = 0; k < r->case_count; k++)
            known = read_entry(r, &r->cases[k], &statements[k], &entries[i]) || known;
        if (!known && !r->action->ignore_unknown)
            unknown_fact_error(r, &entries[i]);
    }
}

bylaw_status bl_cases_make(bl_case *cases, const bylaw_ruleset *const *sets, size_t set_count,
                           const bl_action *action, const bl_entries *extra, bl_arena *arena,
                           bylaw_diags *diags)
{
    resolving r = {cases, set_count, action, arena, diags, BYLAW_OK};
    statement_vec *statements = BL_NEW_N(arena, statement_vec, set_count + 1);
    const size_t known = diags != NULL ? bylaw_diags_errors(diags) : 0;
    bool kind_known = false;

    if (statements == NULL)
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < set_count; i++) {
        cases[i] = (bl_case){.set = sets[i],
                             .action = action,
                             .kind = bl_enum_find(sets[i]->kinds, action->kind),
                             .arena = arena,
                             .diags = diags};
        kind_known |= cases[i].kind != NULL;
    }
    if (!kind_known && action->kind.len > 0)
        unknown_kind_error(&r);
    /* --set first: it stands alone for the facts that it names */
    take_entries(&r, extra->items, extra->count, statements);
    take_entries(&r, action->entries, action->entry_count, statements);
    check_waivers(&r);
    if (r.status != BYLAW_OK)
        return r.status;
    for (size_t i = 0; i < set_count; i++) {
        cases[i].statements = statements[i].items;
        cases[i].statement_count = statements[i].count;
    }
    return bl_diags_status(diags, known);
}
