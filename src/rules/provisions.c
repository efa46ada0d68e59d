/* rules/provisions.c: the citable pieces of a document. */
#include "rules/build.h"

#include "base/hash.h"

#include <stddef.h>

typedef struct head {
    bylaw_str name;
    bylaw_label title;
    const bl_doc_node *items;
} head;

static const bl_key head_keys[] = {{"provisions", BL_REQUIRED, bl_read_text, offsetof(head, name)},
                                   {"title", 0, bl_read_label, offsetof(head, title)},
                                   {"items", BL_REQUIRED, bl_read_node, offsetof(head, items)},
                                   {NULL, 0, NULL, 0}};

static bool read_class(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    static const char *const words[] = {"obligation",
                                        "prohibition",
                                        "in-principle",
                                        "power",
                                        "recommendation",
                                        "permission",
                                        "procedure",
                                        "definition",
                                        "declaratory",
                                        "metadata",
                                        "gap",
                                        "composite",
                                        NULL};
    *(bylaw_str *)slot = node->text;
    return bl_read_word(reader, node, words) >= 0;
}

static bool read_testable(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    static const char *const words[] = {"yes", "partly", "no", NULL};

    *(bylaw_str *)slot = node->text;
    return bl_read_word(reader, node, words) >= 0;
}

typedef struct item {
    bl_provision out;
    bylaw_str id;
    const bl_doc_node *kinds, *parts, *anchor, *length;
} item;

static const bl_key item_keys[] = {
    {"id", BL_REQUIRED, bl_read_text, offsetof(item, id)},
    {"cite", BL_REQUIRED, bl_read_text, offsetof(item, out.cite.in[BYLAW_ZH])},
    {"en", BL_REQUIRED, bl_read_text, offsetof(item, out.cite.in[BYLAW_EN])},
    {"class", BL_REQUIRED, read_class, offsetof(item, out.class_)},
    {"testable", BL_REQUIRED, read_testable, offsetof(item, out.testable)},
    {"kinds", BL_REQUIRED, bl_read_node, offsetof(item, kinds)},
    {"parts", 0, bl_read_node, offsetof(item, parts)},
    {"gist", BL_REQUIRED, bl_read_label, offsetof(item, out.gist)},
    {"anchor", 0, bl_read_node, offsetof(item, anchor)},
    {"length", 0, bl_read_node, offsetof(item, length)},
    {NULL, 0, NULL, 0}};

static const bylaw_label what_item = {
    {{"这一条", sizeof "这一条" - 1}, {"this provision", sizeof "this provision" - 1}}};

static const bylaw_label what_head = {
    {{"这份条款", sizeof "这份条款" - 1}, {"these provisions", sizeof "these provisions" - 1}}};

typedef struct texts {
    bylaw_str prefix; /* empty: none is put before */
    BL_VEC(bylaw_str) items;
} texts;

static bylaw_str with_prefix(bl_builder *b, bylaw_str prefix, bylaw_str id)
{
    bl_str text = bl_str_init(b->reader.arena);
    bylaw_str out = id;

    bl_str_add(&text, prefix);
    bl_str_addc(&text, ':');
    bl_str_add(&text, id);
    if (bl_str_take(&out, &text) != BYLAW_OK)
        bl_no_memory(b);
    return out;
}

static void add_text(bl_builder *b, const bl_doc_node *node, void *context)
{
    texts *out = context;
    const bylaw_str text =
        out->prefix.len > 0 ? with_prefix(b, out->prefix, node->text) : node->text;

    if (!bl_vec_push(b->reader.arena, &out->items, text))
        bl_no_memory(b);
}

static void read_length(bl_builder *b, const item *one, bl_provision *out)
{
    static const bl_fact_view view = {.type = &bl_type_count, .is_count = true};
    bl_value value;

    if (one->length != NULL && bl_read_value(b, &value, one->length, &view))
        out->length = (size_t)value.as.i;
}

typedef struct items_context {
    bylaw_str prefix;
    BL_VEC(bl_provision) items;
} items_context;

static void read_item(bl_builder *b, const bl_doc_node *node, void *context)
{
    items_context *c = context;
    item one = {.kinds = NULL};
    texts kinds = {.prefix = {NULL, 0}}, parts = {.prefix = c->prefix};

    bl_shape_read(&b->reader, node, what_item, item_keys, &one);
    if (one.id.len == 0)
        return;
    one.out.span = bl_doc_place(bl_doc_get(node, "id"));
    if (!bl_unique(b, "provision", c->prefix, one.id, one.out.span))
        return;
    one.out.id = with_prefix(b, c->prefix, one.id);
    if (one.kinds != NULL)
        bl_read_scalars(b, one.kinds, add_text, &kinds);
    if (one.parts != NULL)
        bl_read_scalars(b, one.parts, add_text, &parts);
    one.out.kinds = kinds.items.items;
    one.out.kind_count = kinds.items.count;
    one.out.parts = parts.items.items;
    one.out.part_count = parts.items.count;
    if (one.anchor != NULL && !b->is_bundled && !bl_is_sha256(one.anchor->text))
        bl_rules_error0(b, BAD_ANCHOR, bl_doc_place(one.anchor));
    else if (one.anchor != NULL)
        one.out.anchor = one.anchor->text;
    else if (!bl_str_is(one.out.class_, "gap"))
        bl_rules_error(b, NO_ANCHOR, one.out.span, BL_TEXT("id", one.id));
    read_length(b, &one, &one.out);
    if (!bl_vec_push(b->reader.arena, &c->items, one.out))
        bl_no_memory(b);
}

static const bl_provision *find(bl_builder *b, bylaw_str name, bl_span span)
{
    const bl_provision *provision = bl_map_get(&b->set->provision_index, name);

    if (provision == NULL && b->has_provisions)
        bl_rules_error(
            b, UNKNOWN_PROVISION, span, BL_TEXT("name", name),
            BL_LABEL("hint", bl_hint_near(b, bl_map_nearest(&b->set->provision_index, name))));
    return provision;
}

static void check_parts(bl_builder *b)
{
    for (size_t i = 0; i < b->set->provision_count; i++) {
        const bl_provision *provision = &b->set->provisions[i];

        for (size_t k = 0; k < provision->part_count; k++)
            (void)find(b, provision->parts[k], provision->span);
    }
}

static void read_file(bl_builder *b, const bl_doc_node *root, bylaw_str name)
{
    head top = {.items = NULL};
    bylaw_ruleset *set = b->set;

    bl_shape_read(&b->reader, root, what_head, head_keys, &top);
    items_context context = {.prefix = top.name.len > 0 ? top.name : name};

    b->provision_prefix = context.prefix;
    bl_read_items(b, top.items, read_item, &context);
    set->provisions = context.items.items;
    set->provision_count = context.items.count;
    for (size_t i = 0; i < set->provision_count; i++) {
        if (!bl_map_put(&set->provision_index, set->provisions[i].id, &set->provisions[i]))
            bl_no_memory(b);
    }
    b->has_provisions = true;
    check_parts(b);
}

void bl_read_provisions(bl_builder *b)
{
    const bl_doc_node *node = b->nodes.provisions;
    bylaw_str name = b->set->id;
    bl_span span = {b->set->source, 0, 0};
    bool found = false;

    b->set->provision_index = bl_map_init(b->reader.arena);
    if (node != NULL) {
        if (!bl_want_text(&b->reader, node) || !bl_want_name(b, node, "-_"))
            return;
        name = node->text;
        span = bl_doc_place(node);
    }
    if (name.len == 0)
        return;
    const bl_doc_node *root = bl_load_text(b, "provisions", name, &found);

    if (root != NULL)
        read_file(b, root, name);
    else if (!found && b->id_is_good)
        bl_rules_error(b, UNKNOWN_PROVISIONS, span, BL_TEXT("name", name));
}

const bl_provision *bl_find_provision(bl_builder *b, const bl_doc_node *node)
{
    return find(b, node->text, bl_doc_place(node));
}

typedef struct list_context {
    BL_VEC(const bl_provision *) items;
} list_context;

static void add_provision(bl_builder *b, const bl_doc_node *node, void *context)
{
    list_context *list = context;
    const bl_provision *provision = bl_find_provision(b, node);

    if (provision != NULL && !bl_vec_push(b->reader.arena, &list->items, provision))
        bl_no_memory(b);
}

bl_provisions bl_read_provision_list(bl_builder *b, const bl_doc_node *node)
{
    list_context list = {.items = {NULL, 0, 0}};

    if (node != NULL)
        bl_read_scalars(b, node, add_provision, &list);
    return (bl_provisions){list.items.items, list.items.count};
}
