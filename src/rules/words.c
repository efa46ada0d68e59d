/* rules/words.c: measure words, enumerations and kinds of all texts of a rule set.
 *
 * Several texts may add values to one enumeration, also below a value of another text. Kinds are
 * one more enumeration whose values may lie below several others. */
#include "rules/build.h"

#include "doc/messages.h"

#include <stddef.h>

/* --- units --- */

typedef struct unit_draft {
    bylaw_str zh;
    const bl_doc_node *en;
} unit_draft;

static void read_unit(bl_builder *b, const bl_doc_pair *pair, void *context)
{
    static const bylaw_label what = {
        {{"量词", sizeof "量词" - 1}, {"the unit", sizeof "the unit" - 1}}};
    static const bl_key keys[] = {{"zh", 0, bl_read_text, offsetof(unit_draft, zh)},
                                  {"en", 0, bl_read_node, offsetof(unit_draft, en)},
                                  {NULL, 0, NULL, 0}};
    unit_draft draft = {{NULL, 0}, NULL};
    bl_unit unit = {.id = pair->key->text};

    (void)context;
    if (!bl_want_name(b, pair->key, "_-") ||
        !bl_unique(b, "unit", (bylaw_str){NULL, 0}, unit.id, bl_doc_place(pair->key)))
        return;
    bl_shape_read(&b->reader, pair->value, what, keys, &draft);
    if (draft.zh.len == 0)
        bl_error(b->reader.diags, BL_DOC_MSG(MISSING_TRANSLATION_ZH), bl_doc_place(pair->key),
                 BL_TEXT("key", unit.id));
    const bl_doc_node *en = draft.en;

    if (en != NULL && en->shape == BL_DOC_SEQ && en->count == 2 &&
        en->items[0]->shape == BL_DOC_SCALAR && en->items[1]->shape == BL_DOC_SCALAR) {
        unit.en_one = en->items[0]->text;
        unit.en_many = en->items[1]->text;
    } else {
        bl_rules_error0(b, UNIT_EN, bl_doc_place(en != NULL ? en : pair->key));
    }
    unit.zh = draft.zh;
    if (!bl_vec_push(&b->scratch, &b->units, unit))
        bl_no_memory(b);
}

static void finish_units(bl_builder *b)
{
    bl_unit *units = BL_NEW_N(b->reader.arena, bl_unit, b->units.count + 1);

    if (units == NULL) {
        bl_no_memory(b);
        return;
    }
    for (size_t i = 0; i < b->units.count; i++) {
        units[i] = b->units.items[i];
        if (!bl_map_put(&b->unit_index, units[i].id, &units[i]))
            bl_no_memory(b);
    }
    b->set->units = units;
    b->set->unit_count = b->units.count;
}

/* --- enumerations --- */

typedef struct level {
    bl_enum_build *build;
    bl_enum_value *above; /* NULL at the top */
} level;

typedef struct value_draft {
    bylaw_label label;
    const bl_doc_node *has;
} value_draft;

static const bl_key value_keys[] = {
    {"zh", 0, bl_read_text, offsetof(value_draft, label.in[BYLAW_ZH])},
    {"en", 0, bl_read_text, offsetof(value_draft, label.in[BYLAW_EN])},
    {"has", 0, bl_read_node, offsetof(value_draft, has)},
    {NULL, 0, NULL, 0}};

static const bylaw_label what_value = {
    {{"这个值", sizeof "这个值" - 1}, {"this value", sizeof "this value" - 1}}};

static bool init_enum(bl_builder *b, bl_enum_build *build, bylaw_str name)
{
    build->out = BL_NEW(b->reader.arena, bl_enum);
    build->by_id = bl_map_init(&b->scratch);
    if (build->out == NULL)
        return bl_no_memory(b);
    build->out->name = name;
    return true;
}

static bl_enum_value *add_value(bl_builder *b, bl_enum_build *build, bylaw_str id,
                                bylaw_label label, bl_enum_value *above)
{
    bl_enum_value *value = BL_NEW(b->reader.arena, bl_enum_value);

    if (value == NULL || !bl_vec_push(b->reader.arena, &build->values, value) ||
        !bl_map_put(&build->by_id, id, value)) {
        bl_no_memory(b);
        return NULL;
    }
    *value = (bl_enum_value){.id = id,
                             .label = label,
                             .parent = above,
                             .of = build->out,
                             .index = (uint32_t)(build->values.count - 1)};
    if (above != NULL)
        above->has_below = true;
    return value;
}

/* A value that another text has declared may be opened again, to put values below it: then it has
 * neither label nor another place. */
static bl_enum_value *open_value(bl_builder *b, const level *at, const bl_doc_node *key,
                                 const value_draft *draft)
{
    bl_enum_value *value = bl_map_get(&at->build->by_id, key->text);
    const bool labelled = draft->label.in[0].len > 0 || draft->label.in[1].len > 0;

    if (value != NULL && !labelled && draft->has != NULL && value->parent == at->above)
        return value;
    if (!bl_unique(b, "value", at->build->out->name, key->text, bl_doc_place(key)))
        return NULL;
    bl_want_both(b, &draft->label, key);
    return add_value(b, at->build, key->text, draft->label, at->above);
}

static void read_value(bl_builder *b, const bl_doc_pair *pair, void *context)
{
    level *at = context;
    value_draft draft = {.has = NULL};

    if (!bl_want_name(b, pair->key, "_-"))
        return;
    bl_shape_read(&b->reader, pair->value, what_value, value_keys, &draft);
    bl_enum_value *value = open_value(b, at, pair->key, &draft);

    if (value != NULL)
        bl_read_pairs(b, draft.has, read_value, &(level){at->build, value});
}

bool bl_reserved_type(bylaw_str name)
{
    static const char *const names[] = {"count", "int",  "fraction", "bool", "text",    "name",
                                        "date",  "list", "kind",     "dyn",  "outcome", "none"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (bl_str_is(name, names[i]))
            return true;
    }
    return false;
}

static bl_enum_build *new_enum(bl_builder *b, const bl_doc_node *key)
{
    bl_enum_build *build = BL_NEW(&b->scratch, bl_enum_build);

    if (!bl_want_name(b, key, "_-"))
        return NULL;
    if (bl_reserved_type(key->text)) {
        bl_rules_error(b, RESERVED_NAME, bl_doc_place(key), BL_TEXT("name", key->text));
        return NULL;
    }
    if (!bl_unique(b, "type", (bylaw_str){NULL, 0}, key->text, bl_doc_place(key)))
        return NULL;
    const bl_type *type = NULL;

    if (build != NULL && init_enum(b, build, key->text))
        type = bl_type_enum(b->reader.arena, build->out);
    if (type == NULL || !bl_vec_push(&b->scratch, &b->enums, build) ||
        !bl_map_put(&b->enum_index, key->text, build) ||
        !bl_map_put(&b->type_index, key->text, (void *)(uintptr_t)type)) {
        bl_no_memory(b);
        return NULL;
    }
    return build;
}

static void read_enum(bl_builder *b, const bl_doc_pair *pair, void *context)
{
    bl_enum_build *build = bl_map_get(&b->enum_index, pair->key->text);

    (void)context;
    if (build == NULL)
        build = new_enum(b, pair->key);
    if (build != NULL)
        bl_read_pairs(b, pair->value, read_value, &(level){build, NULL});
}

/* --- kinds --- */

typedef struct kind_draft {
    bylaw_label label;
    const bl_doc_node *is;
    bl_enum_value *value;
    BL_VEC(uint32_t) above; /* indexes of drafts */
    uint32_t paths;         /* ways up to the top */
    bool ring;              /* closes a ring */
} kind_draft;

typedef struct kind_drafts {
    BL_VEC(kind_draft *) items;
    bl_map index; /* id -> kind_draft */
    bl_map at;    /* id -> its place + 1 */
} kind_drafts;

static void read_kind(bl_builder *b, const bl_doc_pair *pair, void *context)
{
    static const bylaw_label what = {
        {{"这种事项", sizeof "这种事项" - 1}, {"this kind", sizeof "this kind" - 1}}};
    static const bl_key keys[] = {{"zh", 0, bl_read_text, offsetof(kind_draft, label.in[BYLAW_ZH])},
                                  {"en", 0, bl_read_text, offsetof(kind_draft, label.in[BYLAW_EN])},
                                  {"is", 0, bl_read_node, offsetof(kind_draft, is)},
                                  {NULL, 0, NULL, 0}};
    kind_drafts *drafts = context;
    kind_draft *draft = BL_NEW(&b->scratch, kind_draft);
    bl_enum_value *value = BL_NEW(b->reader.arena, bl_enum_value);

    if (draft == NULL || value == NULL) {
        bl_no_memory(b);
        return;
    }
    if (!bl_want_name(b, pair->key, "_-") ||
        !bl_unique(b, "kind", (bylaw_str){NULL, 0}, pair->key->text, bl_doc_place(pair->key)))
        return;
    bl_shape_read(&b->reader, pair->value, what, keys, draft);
    bl_want_both(b, &draft->label, pair->key);
    *value = (bl_enum_value){.id = pair->key->text, .label = draft->label, .of = b->kinds.out};
    draft->value = value;
    if (!bl_vec_push(&b->scratch, &drafts->items, draft) ||
        !bl_map_put(&drafts->at, value->id, (void *)(uintptr_t)drafts->items.count) ||
        !bl_map_put(&b->kinds.by_id, value->id, value))
        bl_no_memory(b);
}

const bl_enum_value *bl_find_kind(bl_builder *b, const bl_doc_node *node)
{
    const bl_enum_value *kind = bl_map_get(&b->kinds.by_id, node->text);

    if (kind != NULL)
        return kind;
    const bl_enum_value *labelled = bl_enum_find(b->kinds.out, node->text);
    const bylaw_label hint = labelled != NULL
                                 ? bl_hint_is(b, labelled->id)
                                 : bl_hint_near(b, bl_map_nearest(&b->kinds.by_id, node->text));

    bl_rules_error(b, UNKNOWN_KIND, bl_doc_place(node), BL_TEXT("name", node->text),
                   BL_LABEL("hint", hint));
    return NULL;
}

typedef struct is_context {
    kind_drafts *drafts;
    kind_draft *draft;
} is_context;

static void read_above(bl_builder *b, const bl_doc_node *node, void *context)
{
    is_context *c = context;
    const bl_enum_value *kind = bl_find_kind(b, node);

    if (kind == NULL)
        return;
    const uint32_t at = (uint32_t)((uintptr_t)bl_map_get(&c->drafts->at, kind->id) - 1);

    for (size_t i = 0; i < c->draft->above.count; i++) {
        if (c->draft->above.items[i] == at)
            return;
    }
    if (!bl_vec_push(&b->scratch, &c->draft->above, at))
        bl_no_memory(b);
}

typedef struct ring_context {
    bl_builder *b;
    kind_drafts *drafts;
} ring_context;

/* Told, and broken where it closes (join), so that whoever climbs comes to an end. */
static void kind_ring(void *context, const uint32_t *path, size_t count)
{
    ring_context *c = context;
    bylaw_str *names = BL_NEW_N(&c->b->scratch, bylaw_str, count);
    kind_draft *last = c->drafts->items.items[path[count - 1]];

    if (names == NULL) {
        bl_no_memory(c->b);
        return;
    }
    for (size_t i = 0; i < count; i++)
        names[i] = c->drafts->items.items[path[i]]->value->id;
    bl_rules_error(c->b, KIND_RING, bl_doc_place(last->is),
                   BL_TEXT("path", bl_ring_text(&c->b->scratch, names, count)));
    last->ring = true;
}

/* A kind below several that are below several … has as many ways up as the product; bl_enum_is
 * walks them all. Real ones have two or three. */

static void join(bl_builder *b, kind_drafts *drafts, kind_draft *draft)
{
    const uint32_t most = (uint32_t)bl_limit(b, BYLAW_LIMIT_KIND_PATHS);
    const bl_enum_value **more =
        BL_NEW_N(b->reader.arena, const bl_enum_value *, draft->above.count + 1);

    if (more == NULL) {
        bl_no_memory(b);
        return;
    }
    if (draft->ring)
        draft->above.count = 0;
    draft->paths = draft->above.count == 0;
    for (size_t i = 0; i < draft->above.count; i++) {
        kind_draft *above = drafts->items.items[draft->above.items[i]];

        draft->paths += above->paths;
        if (draft->paths > most) {
            bl_rules_error(b, KIND_PATHS, bl_doc_place(draft->is),
                           BL_TEXT("name", draft->value->id), BL_INT("most", most));
            draft->paths = most;
            break;
        }
        above->value->has_below = true;
        if (i == 0)
            draft->value->parent = above->value;
        else
            more[draft->value->more_count++] = above->value;
    }
    draft->value->more_parents = more;
    draft->value->index = (uint32_t)b->kinds.values.count;
    if (!bl_vec_push(b->reader.arena, &b->kinds.values, draft->value))
        bl_no_memory(b);
}

static void order_kinds(bl_builder *b, kind_drafts *drafts)
{
    const size_t n = drafts->items.count;
    bl_needs *needs = BL_NEW_N(&b->scratch, bl_needs, n + 1);
    uint32_t *order = BL_NEW_N(&b->scratch, uint32_t, n + 1);
    ring_context context = {b, drafts};

    if (needs == NULL || order == NULL) {
        bl_no_memory(b);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        kind_draft *draft = drafts->items.items[i];

        if (draft->is != NULL)
            bl_read_scalars(b, draft->is, read_above, &(is_context){drafts, draft});
        needs[i] = (bl_needs){draft->above.items, draft->above.count};
    }
    if (b->reader.failed || !bl_order(order, needs, n, &b->scratch, kind_ring, &context)) {
        bl_no_memory(b);
        return;
    }
    for (size_t i = 0; i < n && !b->reader.failed; i++)
        join(b, drafts, drafts->items.items[order[i]]);
}

/* --- all of it --- */

/* The values are handed to the enumeration that types point to already. */
static void finish_enum(bl_enum_build *build)
{
    build->out->values = build->values.items;
    build->out->count = build->values.count;
}

/* adopted, rejected: what is declared of an action, and what comes out. */
static bool make_outcomes(bl_builder *b, bl_enum_build *outcomes)
{
    static const bylaw_label adopted = {{{"通过", sizeof "通过" - 1}, {"adopted", 7}}};
    static const bylaw_label rejected = {{{"未通过", sizeof "未通过" - 1}, {"rejected", 8}}};

    return init_enum(b, outcomes, BYLAW_STR("outcome")) &&
           add_value(b, outcomes, BYLAW_STR("adopted"), adopted, NULL) != NULL &&
           add_value(b, outcomes, BYLAW_STR("rejected"), rejected, NULL) != NULL;
}

static void finish_words(bl_builder *b, bl_enum_build *outcomes)
{
    const bl_enum **enums = BL_NEW_N(b->reader.arena, const bl_enum *, b->enums.count + 1);

    if (enums == NULL) {
        bl_no_memory(b);
        return;
    }
    for (size_t i = 0; i < b->enums.count; i++) {
        finish_enum(b->enums.items[i]);
        enums[i] = b->enums.items[i]->out;
    }
    finish_enum(&b->kinds);
    b->kinds.out->exact = true; /* a resolution is not a dissolution of which more is to be said */
    finish_enum(outcomes);
    b->set->kinds = b->kinds.out;
    b->set->outcomes = outcomes->out;
    b->set->enums = enums;
    b->set->enum_count = b->enums.count;
}

void bl_read_words(bl_builder *b)
{
    bl_enum_build outcomes = {.out = NULL};
    kind_drafts drafts = {.at = bl_map_init(&b->scratch)};

    if (!init_enum(b, &b->kinds, BYLAW_STR("kind")) || !make_outcomes(b, &outcomes))
        return;
    for (size_t i = 0; i < b->layers.count; i++) {
        const bl_layer *layer = b->layers.items[i];

        bl_read_pairs(b, layer->units, read_unit, NULL);
        bl_read_pairs(b, layer->enums, read_enum, NULL);
        if (bl_within(b, layer->kinds, BYLAW_LIMIT_KINDS))
            bl_read_pairs(b, layer->kinds, read_kind, &drafts);
    }
    order_kinds(b, &drafts);
    finish_units(b);
    finish_words(b, &outcomes);
}
