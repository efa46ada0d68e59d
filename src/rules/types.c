/* rules/types.c: types as they are written (count, date?, list(ballot)) and the records that a
 * vocabulary declares. */
#include "rules/build.h"

#include <stddef.h>

const bl_type bl_type_count = {.kind = BL_T_INT};

static const struct simple_type {
    const char *name;
    const bl_type *type;
} simple_types[] = {
    {"count", &bl_type_count}, {"int", BL_SIMPLE(INT)},     {"fraction", BL_SIMPLE(FRACTION)},
    {"bool", BL_SIMPLE(BOOL)}, {"text", BL_SIMPLE(STRING)}, {"name", BL_SIMPLE(NAME)},
    {"date", BL_SIMPLE(DATE)},
};

/* --- a type as it is written --- */

/* type = ( name | "list" "(" type ")" ) [ "?" ] */
typedef struct type_text {
    bl_builder *b;
    const bl_doc_node *node;
    size_t at;
    size_t depth;
} type_text;

static void skip_blanks(type_text *t)
{
    while (t->at < t->node->text.len && t->node->text.ptr[t->at] == ' ')
        t->at++;
}

static bool take(type_text *t, char c)
{
    skip_blanks(t);
    if (t->at == t->node->text.len || t->node->text.ptr[t->at] != c)
        return false;
    t->at++;
    return true;
}

/* Everything up to a bracket, a question mark or a blank: 中文 too, so that it can be told whole.
 */
static bylaw_str take_word(type_text *t)
{
    skip_blanks(t);
    const size_t from = t->at;

    while (t->at < t->node->text.len) {
        const char c = t->node->text.ptr[t->at];

        if (c == '(' || c == ')' || c == '?' || c == ' ')
            break;
        t->at++;
    }
    return bl_str_slice(t->node->text, from, t->at);
}

static const bl_type *bad_type(type_text *t)
{
    bl_builder *b = t->b;

    bl_rules_error(b, BAD_TYPE, bl_doc_place(t->node), BL_TEXT("text", t->node->text));
    return NULL;
}

static bylaw_str nearest_type(bl_builder *b, bylaw_str name)
{
    bl_map names = bl_map_init(&b->scratch);
    bool good = true;

    for (size_t i = 0; i < sizeof simple_types / sizeof *simple_types; i++)
        good = good && bl_map_put(&names, bylaw_str_from(simple_types[i].name), b);
    for (size_t i = 0; i < b->type_index.count; i++)
        good = good && bl_map_put(&names, b->type_index.entries[i].key, b);
    if (!good)
        bl_no_memory(b);
    return bl_map_nearest(&names, name);
}

static const bl_type *find_type(type_text *t, bylaw_str name, size_t from)
{
    bl_builder *b = t->b;

    for (size_t i = 0; i < sizeof simple_types / sizeof *simple_types; i++) {
        if (bl_str_is(name, simple_types[i].name))
            return simple_types[i].type;
    }
    const bl_type *type = bl_map_get(&b->type_index, name);

    if (type == NULL)
        bl_rules_error(b, UNKNOWN_TYPE, bl_doc_part(t->node, from, from + name.len),
                       BL_TEXT("name", name),
                       BL_LABEL("hint", bl_hint_near(b, nearest_type(b, name))));
    return type;
}

/* NULL when told. */
static const bl_type *parse_type(type_text *t)
{
    bl_builder *b = t->b;
    const bylaw_str word = take_word(t);
    const size_t from = t->at - word.len;
    const bl_type *type;

    if (word.len == 0)
        return bad_type(t);
    if (t->depth > bl_limit(b, BYLAW_LIMIT_TYPE_NESTING)) {
        bl_rules_error(b, TYPE_DEPTH, bl_doc_place(t->node), BL_INT("most", (int64_t)t->depth - 1));
        return NULL;
    }
    if (bl_str_is(word, "list") && take(t, '(')) {
        t->depth++;
        type = parse_type(t);
        if (type == NULL)
            return NULL;
        if (!take(t, ')'))
            return bad_type(t);
        type = bl_type_list(b->reader.arena, type);
    } else {
        type = find_type(t, word, from);
        if (type == NULL)
            return NULL;
    }
    if (type != NULL && take(t, '?'))
        type = bl_type_nullable(b->reader.arena, type);
    if (type == NULL)
        bl_no_memory(b);
    return type;
}

const bl_type *bl_read_type(bl_builder *b, const bl_doc_node *node)
{
    type_text t = {.b = b, .node = node};

    if (!bl_want_text(&b->reader, node))
        return BL_SIMPLE(ERROR);
    const bl_type *type = parse_type(&t);

    skip_blanks(&t);
    if (type != NULL && t.at < node->text.len)
        type = bad_type(&t);
    return type != NULL ? type : BL_SIMPLE(ERROR);
}

const bl_unit *bl_find_unit(bl_builder *b, const bl_doc_node *node)
{
    if (!bl_want_text(&b->reader, node))
        return NULL;
    const bl_unit *unit = bl_map_get(&b->unit_index, node->text);

    if (unit == NULL)
        bl_rules_error(
            b, UNKNOWN_UNIT, bl_doc_place(node), BL_TEXT("name", node->text),
            BL_LABEL("hint", bl_hint_near(b, bl_map_nearest(&b->unit_index, node->text))));
    return unit;
}

/* --- records --- */

typedef struct record_draft {
    bl_type *type;
    const bl_doc_pair *pair;
    BL_VEC(bl_field) fields;
    BL_VEC(uint32_t) needs; /* records that it holds */
} record_draft;

typedef struct record_drafts {
    BL_VEC(record_draft *) items;
    bl_map at; /* name -> place + 1 */
} record_drafts;

static void declare_record(bl_builder *b, const bl_doc_pair *pair, void *context)
{
    record_drafts *drafts = context;
    record_draft *draft = BL_NEW(&b->scratch, record_draft);
    bl_type *type = BL_NEW(b->reader.arena, bl_type);
    const bylaw_str name = pair->key->text;

    if (draft == NULL || type == NULL) {
        bl_no_memory(b);
        return;
    }
    if (!bl_want_name(b, pair->key, "_-"))
        return;
    if (bl_reserved_type(name)) {
        bl_rules_error(b, RESERVED_NAME, bl_doc_place(pair->key), BL_TEXT("name", name));
        return;
    }
    if (!bl_unique(b, "type", (bylaw_str){NULL, 0}, name, bl_doc_place(pair->key)))
        return;
    type->kind = BL_T_RECORD;
    type->name = name;
    *draft = (record_draft){.type = type, .pair = pair};
    if (!bl_vec_push(&b->scratch, &drafts->items, draft) ||
        !bl_map_put(&b->type_index, name, type) ||
        !bl_map_put(&drafts->at, name, (void *)(uintptr_t)drafts->items.count))
        bl_no_memory(b);
}

typedef struct field_draft {
    bylaw_label label;
    const bl_doc_node *type, *unit;
} field_draft;

static const bl_key field_keys[] = {
    {"type", BL_REQUIRED, bl_read_node, offsetof(field_draft, type)},
    {"zh", 0, bl_read_text, offsetof(field_draft, label.in[BYLAW_ZH])},
    {"en", 0, bl_read_text, offsetof(field_draft, label.in[BYLAW_EN])},
    {"unit", 0, bl_read_node, offsetof(field_draft, unit)},
    {NULL, 0, NULL, 0}};

static const bylaw_label what_field = {
    {{"这一栏", sizeof "这一栏" - 1}, {"this field", sizeof "this field" - 1}}};

typedef struct field_context {
    record_drafts *drafts;
    record_draft *draft;
} field_context;

/* The innermost type below lists and `?`. */
static const bl_type *core_type(const bl_type *type)
{
    while ((type->kind == BL_T_LIST || type->kind == BL_T_NULLABLE) && type->param_count > 0)
        type = type->params[0];
    return type;
}

static const bl_unit *field_unit(bl_builder *b, const bl_doc_node *node, const bl_type *type)
{
    const bl_type *core = core_type(type);

    if (node == NULL)
        return NULL;
    if (core->kind != BL_T_INT && core->kind != BL_T_FRACTION && core->kind != BL_T_ERROR)
        bl_rules_error0(b, UNIT_NOT_NUMBER, bl_doc_place(node));
    return bl_find_unit(b, node);
}

static void read_field(bl_builder *b, const bl_doc_pair *pair, void *context)
{
    field_context *c = context;
    field_draft draft = {.type = NULL};

    if (!bl_want_name(b, pair->key, "_"))
        return;
    bl_shape_read(&b->reader, pair->value, what_field, field_keys, &draft);
    bl_want_both(b, &draft.label, pair->key);
    const bl_type *type = draft.type != NULL ? bl_read_type(b, draft.type) : BL_SIMPLE(ERROR);
    const bl_field field = {.name = pair->key->text,
                            .type = type,
                            .label = draft.label,
                            .unit = field_unit(b, draft.unit, type)};
    const bl_type *core = core_type(type);

    if (core->kind == BL_T_RECORD) {
        const uint32_t at = (uint32_t)((uintptr_t)bl_map_get(&c->drafts->at, core->name) - 1);

        if (!bl_vec_push(&b->scratch, &c->draft->needs, at))
            bl_no_memory(b);
    }
    if (!bl_vec_push(b->reader.arena, &c->draft->fields, field))
        bl_no_memory(b);
}

typedef struct ring_context {
    bl_builder *b;
    record_drafts *drafts;
} ring_context;

/* A record that holds itself has no end; its fields are taken away from the types that follow. */
static void record_ring(void *context, const uint32_t *path, size_t count)
{
    ring_context *c = context;
    bylaw_str *names = BL_NEW_N(&c->b->scratch, bylaw_str, count);

    if (names == NULL) {
        bl_no_memory(c->b);
        return;
    }
    for (size_t i = 0; i < count; i++)
        names[i] = c->drafts->items.items[path[i]]->type->name;
    record_draft *first = c->drafts->items.items[path[0]];

    bl_rules_error(c->b, TYPE_RING, bl_doc_place(first->pair->key),
                   BL_TEXT("path", bl_ring_text(&c->b->scratch, names, count)));
    first->type->field_count = 0;
}

void bl_read_types(bl_builder *b)
{
    record_drafts drafts = {.at = bl_map_init(&b->scratch)};
    const bl_type *kinds = bl_type_enum(b->reader.arena, b->set->kinds);
    ring_context context = {b, &drafts};

    if (kinds == NULL || !bl_map_put(&b->type_index, BYLAW_STR("kind"), (void *)(uintptr_t)kinds)) {
        bl_no_memory(b);
        return;
    }
    for (size_t i = 0; i < b->layers.count; i++)
        bl_read_pairs(b, b->layers.items[i]->types, declare_record, &drafts);
    const size_t n = drafts.items.count;
    bl_needs *needs = BL_NEW_N(&b->scratch, bl_needs, n + 1);
    uint32_t *order = BL_NEW_N(&b->scratch, uint32_t, n + 1);

    if (needs == NULL || order == NULL) {
        bl_no_memory(b);
        return;
    }
    for (size_t i = 0; i < n && !b->reader.failed; i++) {
        record_draft *draft = drafts.items.items[i];

        bl_read_pairs(b, draft->pair->value, read_field, &(field_context){&drafts, draft});
        draft->type->fields = draft->fields.items;
        draft->type->field_count = draft->fields.count;
        needs[i] = (bl_needs){draft->needs.items, draft->needs.count};
    }
    if (!bl_order(order, needs, n, &b->scratch, record_ring, &context))
        bl_no_memory(b);
}
