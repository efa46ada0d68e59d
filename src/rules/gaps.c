/* rules/gaps.c: where the document is silent, why a provision has no norm of its own, and notes. */
#include "rules/build.h"

#include <stddef.h>

typedef struct gap_head {
    bylaw_str id;
    bylaw_label says;
    const bl_doc_node *provision, *on, *when, *decides, *readings;
} gap_head;

static const bl_key gap_keys[] = {
    {"id", BL_REQUIRED, bl_read_text, offsetof(gap_head, id)},
    {"provision", BL_REQUIRED, bl_read_node, offsetof(gap_head, provision)},
    {"on", BL_REQUIRED, bl_read_node, offsetof(gap_head, on)},
    {"when", 0, bl_read_node, offsetof(gap_head, when)},
    {"decides", 0, bl_read_node, offsetof(gap_head, decides)},
    {"readings", 0, bl_read_node, offsetof(gap_head, readings)},
    {"says", BL_REQUIRED, bl_read_label, offsetof(gap_head, says)},
    {NULL, 0, NULL, 0}};

static const bylaw_label what_gap = {
    {{"这项未作规定", sizeof "这项未作规定" - 1}, {"this gap", sizeof "this gap" - 1}}};

typedef struct overlay_context {
    BL_VEC(bl_gap_overlay) items;
} overlay_context;

static void read_overlay(bl_builder *b, const bl_doc_pair *pair, bl_choice choice, void *context)
{
    static const bl_key keys[] = {{"when", 0, bl_read_node, offsetof(gap_head, when)},
                                  {"decides", 0, bl_read_node, offsetof(gap_head, decides)},
                                  {NULL, 0, NULL, 0}};
    static const bylaw_label what = {
        {{"这个选项", sizeof "这个选项" - 1}, {"this option", sizeof "this option" - 1}}};
    overlay_context *c = context;
    gap_head head = {.when = NULL};
    bl_gap_overlay overlay = {.choice = choice};

    if (!bl_shape_read(&b->reader, pair->value, what, keys, &head))
        return;
    if (head.when == NULL && head.decides == NULL)
        bl_rules_error(b, OVERLAY_EMPTY, bl_doc_place(pair->key), BL_TEXT("text", pair->key->text));
    overlay.when = bl_read_program(b, b->set->env, head.when, BL_SIMPLE(BOOL));
    overlay.decides = bl_read_program(b, b->set->env, head.decides, BL_SIMPLE(BOOL));
    for (size_t i = 0; i < c->items.count; i++) {
        const bl_gap_overlay *other = &c->items.items[i];

        if (other->choice.reading == choice.reading)
            continue;
        if (other->when != NULL && overlay.when != NULL)
            bl_tell_clash(b, pair->key, other->choice, "when");
        if (other->decides != NULL && overlay.decides != NULL)
            bl_tell_clash(b, pair->key, other->choice, "decides");
    }
    if (!bl_vec_push(b->reader.arena, &c->items, overlay))
        bl_no_memory(b);
}

static uint64_t gap_readings(const bl_builder *b, const bl_gap *gap)
{
    uint64_t bits = bl_program_readings(b, gap->when) | bl_program_readings(b, gap->decides);

    for (size_t i = 0; i < gap->overlay_count; i++)
        bits |= UINT64_C(1) << gap->overlays[i].choice.reading |
                bl_program_readings(b, gap->overlays[i].when) |
                bl_program_readings(b, gap->overlays[i].decides);
    return bits;
}

static void read_gap(bl_builder *b, const bl_doc_node *node, void *context)
{
    bylaw_ruleset *set = b->set;
    bl_gap *gap = &set->gaps[set->gap_count];
    gap_head head = {.on = NULL};
    overlay_context overlays = {.items = {NULL, 0, 0}};

    (void)context;
    bl_shape_read(&b->reader, node, what_gap, gap_keys, &head);
    if (node->shape != BL_DOC_MAP)
        return;
    const bl_doc_node *id = head.id.len > 0 ? bl_doc_get(node, "id") : node;

    gap->span = bl_doc_place(id);
    gap->id = head.id;
    gap->says = head.says;
    gap->index = (uint32_t)set->gap_count++;
    if (head.id.len > 0 && bl_want_name(b, id, "-_"))
        (void)bl_unique(b, "gap", (bylaw_str){NULL, 0}, head.id, gap->span);
    const bl_provisions provisions = bl_read_provision_list(b, head.provision);
    const bl_kinds on = bl_read_kinds(b, head.on);

    gap->provisions = provisions.items;
    gap->provision_count = provisions.count;
    gap->on = on.items;
    gap->on_count = on.count;
    gap->when = bl_read_program(b, set->env, head.when, BL_SIMPLE(BOOL));
    gap->decides = bl_read_program(b, set->env, head.decides, BL_SIMPLE(BOOL));
    if (head.readings != NULL)
        bl_read_overlays(b, head.readings, read_overlay, &overlays);
    gap->overlays = overlays.items.items;
    gap->overlay_count = overlays.items.count;
    gap->readings = gap_readings(b, gap);
}

/* A gap and a norm of one id could not be told apart in reports. */
static void check_ids(bl_builder *b)
{
    bl_map norms = bl_map_init(&b->scratch);

    for (size_t i = 0; i < b->set->norm_count; i++) {
        if (!bl_map_put(&norms, b->set->norms[i].id, &b->set->norms[i]))
            bl_no_memory(b);
    }
    for (size_t i = 0; i < b->set->gap_count; i++) {
        const bl_gap *gap = &b->set->gaps[i];
        const bl_norm *norm = gap->id.len > 0 ? bl_map_get(&norms, gap->id) : NULL;

        if (norm != NULL)
            bl_rules_error(b, DUPLICATE_ID, gap->span, BL_TEXT("id", gap->id),
                           BL_TEXT("file", ((bylaw_str){NULL, 0})),
                           BL_INT("line", bl_line_number(norm->span)));
    }
}

static void read_reason(bl_builder *b, const bl_doc_pair *pair, void *context)
{
    bylaw_label *label = BL_NEW(b->reader.arena, bylaw_label);
    const bl_provision *provision = bl_find_provision(b, pair->key);

    (void)context;
    if (label == NULL) {
        bl_no_memory(b);
        return;
    }
    if (bl_doc_is_empty(pair->value))
        bl_want_both(b, label, pair->key);
    else if (bl_read_label(&b->reader, pair->value, label) && provision != NULL &&
             !bl_map_put(&b->set->reasons, provision->id, label))
        bl_no_memory(b);
}

static void read_note(bl_builder *b, const bl_doc_node *node, void *context)
{
    static const bylaw_label what = {
        {{"这条说明", sizeof "这条说明" - 1}, {"this note", sizeof "this note" - 1}}};
    static const bl_key keys[] = {
        {"about", 0, bl_read_text, offsetof(bl_note, about)},
        {"zh", BL_REQUIRED, bl_read_text, offsetof(bl_note, text.in[BYLAW_ZH])},
        {"en", BL_REQUIRED, bl_read_text, offsetof(bl_note, text.in[BYLAW_EN])},
        {NULL, 0, NULL, 0}};

    (void)context;
    bl_shape_read(&b->reader, node, what, keys, &b->set->notes[b->set->note_count]);
    b->set->note_count++;
}

void bl_read_gaps(bl_builder *b)
{
    const bl_set_nodes *nodes = &b->nodes;
    bylaw_ruleset *set = b->set;
    const size_t gaps = nodes->gaps != NULL ? nodes->gaps->count : 0;
    const size_t notes = nodes->notes != NULL ? nodes->notes->count : 0;

    set->reasons = bl_map_init(b->reader.arena);
    if (!bl_within(b, nodes->gaps, BYLAW_LIMIT_NORMS))
        return;
    set->gaps = BL_NEW_N(b->reader.arena, bl_gap, gaps + 1);
    set->notes = BL_NEW_N(b->reader.arena, bl_note, notes + 1);
    if (set->gaps == NULL || set->notes == NULL) {
        bl_no_memory(b);
        return;
    }
    bl_read_items(b, nodes->gaps, read_gap, NULL);
    check_ids(b);
    bl_read_pairs(b, nodes->reasons, read_reason, NULL);
    bl_read_items(b, nodes->notes, read_note, NULL);
}
