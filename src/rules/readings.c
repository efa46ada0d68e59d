/* rules/readings.c: the ways to understand an ambiguous phrase, and naming one of them. */
#include "rules/build.h"

#include "doc/messages.h"

#include <stddef.h>

#define MAX_READINGS 64 /* a norm keeps those that it depends on as bits of one word */

typedef struct reading_head {
    bylaw_str phrase;
    bylaw_label asks;
    const bl_doc_node *provision, *default_option, *options;
    bool open;
} reading_head;

static const bl_key reading_keys[] = {
    {"phrase", 0, bl_read_text, offsetof(reading_head, phrase)},
    {"asks", BL_REQUIRED, bl_read_label, offsetof(reading_head, asks)},
    {"provision", 0, bl_read_node, offsetof(reading_head, provision)},
    {"default", BL_REQUIRED, bl_read_node, offsetof(reading_head, default_option)},
    {"open", 0, bl_read_bool, offsetof(reading_head, open)},
    {"options", BL_REQUIRED, bl_read_node, offsetof(reading_head, options)},
    {NULL, 0, NULL, 0}};

static const bylaw_label what_reading = {
    {{"这个理解", sizeof "这个理解" - 1}, {"this reading", sizeof "this reading" - 1}}};

/* --- options --- */

typedef struct option_head {
    bl_option out;
    const bl_doc_node *basis;
} option_head;

static const bl_key option_keys[] = {
    {"zh", 0, bl_read_text, offsetof(option_head, out.label.in[BYLAW_ZH])},
    {"en", 0, bl_read_text, offsetof(option_head, out.label.in[BYLAW_EN])},
    {"basis", 0, bl_read_node, offsetof(option_head, basis)},
    {"remote", 0, bl_read_bool, offsetof(option_head, out.remote)},
    {NULL, 0, NULL, 0}};

static const bylaw_label what_option = {
    {{"这个选项", sizeof "这个选项" - 1}, {"this option", sizeof "this option" - 1}}};

bylaw_label bl_citation(bl_builder *b, const bl_provision *provision)
{
    bylaw_label shown = provision->cite;
    bl_str text = bl_str_init(b->reader.arena);

    bl_str_add(&text, provision->cite.in[BYLAW_EN]);
    bl_str_addc(&text, ' ');
    bl_str_add(&text, provision->cite.in[BYLAW_ZH]);
    if (bl_str_take(&shown.in[BYLAW_EN], &text) != BYLAW_OK)
        bl_no_memory(b);
    return shown;
}

/* A provision of the document, by its id; another text (民法典第1259条) as it stands; or a label.
 */
static bylaw_label read_basis(bl_builder *b, const bl_doc_node *node)
{
    bylaw_label label = {{{NULL, 0}, {NULL, 0}}};

    if (node->shape == BL_DOC_MAP) {
        (void)bl_read_label(&b->reader, node, &label);
        return label;
    }
    if (!bl_want_text(&b->reader, node))
        return label;
    const size_t colon = bl_str_find(node->text, BYLAW_STR(":"), 0);
    const bylaw_str prefix = bl_str_slice(node->text, 0, colon == SIZE_MAX ? 0 : colon);

    if (prefix.len > 0 && bl_str_equal(prefix, b->provision_prefix)) {
        const bl_provision *provision = bl_find_provision(b, node);

        return provision == NULL ? label : bl_citation(b, provision);
    }
    label.in[BYLAW_ZH] = label.in[BYLAW_EN] = node->text;
    return label;
}

typedef struct options_context {
    BL_VEC(bl_option) items;
    bl_map index; /* name -> place + 1 */
} options_context;

static void read_option(bl_builder *b, const bl_doc_pair *pair, void *context)
{
    options_context *options = context;
    option_head head = {.basis = NULL};

    if (!bl_want_name(b, pair->key, "_-"))
        return;
    bl_shape_read(&b->reader, pair->value, what_option, option_keys, &head);
    bl_want_both(b, &head.out.label, pair->key);
    head.out.name = pair->key->text;
    if (head.basis != NULL)
        head.out.basis = read_basis(b, head.basis);
    if (!bl_vec_push(b->reader.arena, &options->items, head.out) ||
        !bl_map_put(&options->index, head.out.name, (void *)(uintptr_t)options->items.count))
        bl_no_memory(b);
}

static void read_default(bl_builder *b, const bl_doc_node *node, const options_context *options,
                         bl_reading *reading)
{
    if (!bl_want_text(&b->reader, node))
        return;
    const uintptr_t at = (uintptr_t)bl_map_get(&options->index, node->text);

    if (at > 0)
        reading->default_option = (uint32_t)(at - 1);
    else
        bl_rules_error(
            b, UNKNOWN_OPTION, bl_doc_place(node), BL_TEXT("reading", reading->name),
            BL_TEXT("name", node->text),
            BL_LABEL("hint", bl_hint_near(b, bl_map_nearest(&options->index, node->text))));
}

static void read_reading(bl_builder *b, const bl_doc_pair *pair, void *context)
{
    reading_head head = {.options = NULL};
    options_context options = {.index = bl_map_init(&b->scratch)};
    bylaw_ruleset *set = b->set;
    bl_reading *reading = &set->readings[set->reading_count];

    (void)context;
    if (set->reading_count == MAX_READINGS || !bl_want_name(b, pair->key, "_-"))
        return;
    reading->name = pair->key->text;
    reading->span = bl_doc_place(pair->key);
    bl_shape_read(&b->reader, pair->value, what_reading, reading_keys, &head);
    bl_read_pairs(b, head.options, read_option, &options);
    reading->phrase = head.phrase;
    reading->asks = head.asks;
    reading->open = head.open;
    reading->options = options.items.items;
    reading->option_count = options.items.count;
    if (head.default_option != NULL && options.items.count > 0)
        read_default(b, head.default_option, &options, reading);
    if (head.options != NULL && options.items.count < 2)
        bl_rules_error(b, FEW_OPTIONS, reading->span, BL_TEXT("name", reading->name));
    const bl_provisions provisions = bl_read_provision_list(b, head.provision);

    reading->provisions = provisions.items;
    reading->provision_count = provisions.count;
    set->reading_count++;
    if (!bl_map_put(&b->reading_index, reading->name, reading))
        bl_no_memory(b);
}

void bl_read_readings(bl_builder *b)
{
    const bl_doc_node *node = b->nodes.readings;
    bylaw_ruleset *set = b->set;

    if (node == NULL)
        return;
    if (node->shape == BL_DOC_MAP && node->count > MAX_READINGS)
        bl_rules_error(b, TOO_MANY_READINGS, bl_doc_place(node->pairs[MAX_READINGS].key),
                       BL_INT("most", MAX_READINGS), BL_INT("n", (int64_t)node->count));
    set->readings = BL_NEW_N(b->reader.arena, bl_reading, node->count + 1);
    if (set->readings == NULL)
        bl_no_memory(b);
    else
        bl_read_pairs(b, node, read_reading, NULL);
}

/* --- naming one --- */

static bool find_option(bl_builder *b, const bl_doc_node *node, size_t dot,
                        const bl_reading *reading, bl_choice *out)
{
    const bylaw_str name = bl_str_slice(node->text, dot + 1, node->text.len);
    bl_map names = bl_map_init(&b->scratch);

    for (size_t i = 0; i < reading->option_count; i++) {
        if (bl_str_equal(reading->options[i].name, name)) {
            *out = (bl_choice){(uint32_t)(reading - b->set->readings), (uint32_t)i};
            return true;
        }
        if (!bl_map_put(&names, reading->options[i].name, b))
            bl_no_memory(b);
    }
    bl_rules_error(b, UNKNOWN_OPTION, bl_doc_part(node, dot + 1, node->text.len),
                   BL_TEXT("reading", reading->name), BL_TEXT("name", name),
                   BL_LABEL("hint", bl_hint_near(b, bl_map_nearest(&names, name))));
    return false;
}

static bool not_a_choice(bl_builder *b, const bl_doc_node *node)
{
    bl_str example = bl_str_init(&b->scratch);

    if (b->set->reading_count > 0 && b->set->readings[0].option_count > 0) {
        bl_str_add(&example, b->set->readings[0].name);
        bl_str_addc(&example, '.');
        bl_str_add(&example, b->set->readings[0].options[0].name);
    } else {
        bl_str_addz(&example, "half.exclusive");
    }
    bl_rules_error(b, BAD_CHOICE, bl_doc_place(node), BL_TEXT("text", node->text),
                   BL_TEXT("example", bl_str_view(&example)));
    return false;
}

bool bl_read_choice(bl_builder *b, const bl_doc_node *node, bool any, bl_choice *out)
{
    if (!bl_want_text(&b->reader, node))
        return false;
    const size_t dot = bl_str_find(node->text, BYLAW_STR("."), 0);

    if (dot == SIZE_MAX)
        return not_a_choice(b, node);
    const bylaw_str name = bl_str_slice(node->text, 0, dot);
    const bl_reading *reading = bl_map_get(&b->reading_index, name);

    if (reading == NULL) {
        bl_rules_error(b, UNKNOWN_READING, bl_doc_part(node, 0, dot), BL_TEXT("name", name),
                       BL_LABEL("hint", bl_hint_near(b, bl_map_nearest(&b->reading_index, name))));
        return false;
    }
    if (!find_option(b, node, dot, reading, out))
        return false;
    if (any || out->option != reading->default_option)
        return true;
    bl_rules_error(b, OVERLAY_DEFAULT, bl_doc_place(node), BL_TEXT("text", node->text));
    return false;
}

typedef struct overlays_context {
    bl_each_overlay *one;
    void *context;
} overlays_context;

static void read_overlay(bl_builder *b, const bl_doc_pair *pair, void *context)
{
    overlays_context *c = context;
    bl_choice choice;

    if (bl_doc_is_empty(pair->value))
        bl_rules_error(b, OVERLAY_EMPTY, bl_doc_place(pair->key), BL_TEXT("text", pair->key->text));
    else if (bl_read_choice(b, pair->key, false, &choice))
        c->one(b, pair, choice, c->context);
}

void bl_read_overlays(bl_builder *b, const bl_doc_node *node, bl_each_overlay *one, void *context)
{
    bl_read_pairs(b, node, read_overlay, &(overlays_context){one, context});
}

void bl_tell_clash(bl_builder *b, const bl_doc_node *key, bl_choice other, const char *slot)
{
    const bl_reading *reading = &b->set->readings[other.reading];
    bl_str text = bl_str_init(&b->scratch);

    bl_str_add(&text, reading->name);
    bl_str_addc(&text, '.');
    bl_str_add(&text, reading->options[other.option].name);
    bl_rules_error(b, OVERLAY_CLASH, bl_doc_place(key), BL_TEXT("text", key->text),
                   BL_TEXT("other", bl_str_view(&text)), BL_TEXT("slot", bylaw_str_from(slot)));
}

/* --- what options lay over derivations --- */

typedef struct derive_context {
    bl_fact *fact;
    BL_VEC(bl_fact_overlay) items;
} derive_context;

static void read_derive_overlay(bl_builder *b, const bl_doc_pair *pair, bl_choice choice,
                                void *context)
{
    static const bylaw_label what = {
        {{"这个选项", sizeof "这个选项" - 1}, {"this option", sizeof "this option" - 1}}};
    static const bl_key keys[] = {{"derive", BL_REQUIRED, bl_read_node, 0}, {NULL, 0, NULL, 0}};
    derive_context *c = context;
    const bl_doc_node *derive = NULL;

    if (!bl_shape_read(&b->reader, pair->value, what, keys, &derive))
        return;
    for (size_t i = 0; i < c->items.count; i++) {
        if (c->items.items[i].choice.reading != choice.reading)
            bl_tell_clash(b, pair->key, c->items.items[i].choice, "derive");
    }
    const bl_fact_overlay overlay = {choice, bl_read_derivation(b, derive, c->fact)};

    if (overlay.derive != NULL && !bl_vec_push(b->reader.arena, &c->items, overlay))
        bl_no_memory(b);
}

void bl_read_fact_readings(bl_builder *b)
{
    for (size_t i = 0; i < b->drafts.count && !b->reader.failed; i++) {
        const bl_fact_draft *draft = b->drafts.items[i];
        derive_context context = {.fact = &b->set->facts[i]};

        if (draft->readings == NULL)
            continue;
        bl_read_overlays(b, draft->readings, read_derive_overlay, &context);
        context.fact->overlays = context.items.items;
        context.fact->overlay_count = context.items.count;
    }
}
