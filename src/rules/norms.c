/* rules/norms.c: norms, with what the options of readings lay over them. */
#include "rules/build.h"

#include <stddef.h>

typedef struct norm_head {
    bylaw_str id;
    bylaw_label says, remedy;
    int modality; /* -1: not given or wrong */
    bool ask;
    const bl_doc_node *provision, *on, *except, *scope, *in_force, *under, *when, *each, *label,
        *threshold, *require, *due, *readings;
    const bl_doc_node *node, *id_node;
} norm_head;

const char *const bl_modality_names[BL_MODALITY__COUNT + 1] = {
    [BL_MUST] = "must",
    [BL_MUST_NOT] = "must-not",
    [BL_COMPETENCE] = "competence",
    [BL_CONDITION] = "condition",
    [BL_IN_PRINCIPLE] = "in-principle",
    [BL_SHOULD] = "should",
    [BL_MAY] = "may",
};

static bool read_modality(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    *(int *)slot = bl_read_word(reader, node, bl_modality_names);
    return *(int *)slot >= 0;
}

static const bl_key norm_keys[] = {
    {"id", BL_REQUIRED, bl_read_text, offsetof(norm_head, id)},
    {"provision", BL_REQUIRED, bl_read_node, offsetof(norm_head, provision)},
    {"on", BL_REQUIRED, bl_read_node, offsetof(norm_head, on)},
    {"except", 0, bl_read_node, offsetof(norm_head, except)},
    {"modality", BL_REQUIRED, read_modality, offsetof(norm_head, modality)},
    {"scope", 0, bl_read_node, offsetof(norm_head, scope)},
    {"in_force", 0, bl_read_node, offsetof(norm_head, in_force)},
    {"under", 0, bl_read_node, offsetof(norm_head, under)},
    {"when", 0, bl_read_node, offsetof(norm_head, when)},
    {"each", 0, bl_read_node, offsetof(norm_head, each)},
    {"label", 0, bl_read_node, offsetof(norm_head, label)},
    {"threshold", 0, bl_read_node, offsetof(norm_head, threshold)},
    {"require", 0, bl_read_node, offsetof(norm_head, require)},
    {"due", 0, bl_read_node, offsetof(norm_head, due)},
    {"ask", 0, bl_read_bool, offsetof(norm_head, ask)},
    {"readings", 0, bl_read_node, offsetof(norm_head, readings)},
    {"says", BL_REQUIRED, bl_read_label, offsetof(norm_head, says)},
    {"remedy", 0, bl_read_label, offsetof(norm_head, remedy)},
    {NULL, 0, NULL, 0}};

static const bylaw_label what_norm = {
    {{"这项要求", sizeof "这项要求" - 1}, {"this norm", sizeof "this norm" - 1}}};

/* A norm being read: where its names are looked up, and what may be read. */
typedef struct norm_build {
    bl_norm *norm;
    const norm_head *head;
    bl_scope scope;
} norm_build;

/* --- kinds --- */

typedef struct kinds_context {
    BL_VEC(const bl_enum_value *) items;
} kinds_context;

static void add_kind(bl_builder *b, const bl_doc_node *node, void *context)
{
    kinds_context *kinds = context;
    const bl_enum_value *kind = bl_find_kind(b, node);

    if (kind != NULL && !bl_vec_push(b->reader.arena, &kinds->items, kind))
        bl_no_memory(b);
}

bl_kinds bl_read_kinds(bl_builder *b, const bl_doc_node *node)
{
    kinds_context kinds = {.items = {NULL, 0, 0}};

    if (node != NULL)
        bl_read_scalars(b, node, add_kind, &kinds);
    return (bl_kinds){kinds.items.items, kinds.items.count};
}

/* One expression of the norm; what goes into the outcome cannot read it. */
static const bl_program *read_part(bl_builder *b, norm_build *n, const bl_doc_node *node,
                                   const bl_type *want, bool condition)
{
    const bl_program *program = bl_read_program(b, n->scope.env, node, want);

    if (!bl_program_reads(program, BL_SLOT_OUTCOME))
        return program;
    n->norm->reads_outcome = true;
    if (condition)
        bl_rules_error(b, READS_OUTCOME, bl_doc_place(node),
                       BL_TEXT("what", BYLAW_STR("condition")));
    return program;
}

/* --- each --- */

/* The environment of a norm's expressions: the set's, and the element under its name. */
static void open_element(bl_builder *b, norm_build *n, const bl_doc_node *name,
                         const bl_type *element)
{
    bl_env *env = bl_env_new(b->reader.arena, BL_ENV_CHARTER, b->set->env);

    if (env == NULL) {
        bl_no_memory(b);
        return;
    }
    const bylaw_status status = bl_env_add_variable(env, name->text, element, BL_SLOT_ELEMENT);

    if (status == BYLAW_ENOMEM)
        bl_no_memory(b);
    if (status == BYLAW_EDOMAIN)
        bl_rules_error(b, EACH_SHADOWS, bl_doc_place(name), BL_TEXT("name", name->text));
    if (status != BYLAW_OK)
        return;
    n->norm->each_name = name->text;
    n->scope = (bl_scope){env, name->text, element};
}

static void read_each(bl_builder *b, norm_build *n, const bl_doc_node *node)
{
    const bl_type *element = BL_SIMPLE(ERROR);

    if (node->shape != BL_DOC_MAP || node->count != 1 || bl_doc_is_empty(node->pairs[0].value)) {
        bl_rules_error0(b, EACH_ONE, bl_doc_place(node));
        if (node->shape == BL_DOC_MAP && node->count > 0) /* nobody errs who names it */
            open_element(b, n, node->pairs[0].key, element);
        return;
    }
    const bl_doc_node *name = node->pairs[0].key, *list = node->pairs[0].value;

    if (!bl_want_name(b, name, "_"))
        return;
    n->norm->each = read_part(b, n, list, NULL, n->head->modality == BL_CONDITION);
    if (n->norm->each != NULL) {
        const bl_type *type = bl_program_type(n->norm->each);

        if (type->kind == BL_T_NULLABLE && type->param_count > 0)
            type = type->params[0];
        if (type->kind == BL_T_LIST)
            element = type->params[0];
        else if (type->kind != BL_T_ERROR)
            bl_rules_error(b, EACH_NOT_LIST, bl_doc_place(list), BL_TEXT("text", list->text));
    }
    open_element(b, n, name, element);
}

/* --- bodies --- */

typedef struct body_nodes {
    const bl_doc_node *when, *threshold, *require, *due;
    int modality;
} body_nodes;

/* Fills what is given. `base`: the body that it is laid over, or NULL. */
static void read_body(bl_builder *b, norm_build *n, const body_nodes *nodes, const bl_body *base,
                      bl_body *body)
{
    const bool condition = nodes->modality == BL_CONDITION ||
                           (base != NULL && nodes->modality < 0 && base->modality == BL_CONDITION);

    if (nodes->modality >= 0) {
        body->has |= BL_HAS_MODALITY;
        body->modality = (bl_modality)nodes->modality;
    }
    if (nodes->when != NULL) {
        body->has |= BL_HAS_WHEN;
        body->when = read_part(b, n, nodes->when, BL_SIMPLE(BOOL), condition);
    }
    if (nodes->due != NULL) {
        body->has |= BL_HAS_DUE;
        body->due = read_part(b, n, nodes->due, BL_SIMPLE(DATE), condition);
    }
    if (nodes->threshold != NULL)
        bl_read_threshold(b, nodes->threshold, &n->scope, base, body);
    if (nodes->require != NULL) {
        body->has |= BL_HAS_REQUIRE;
        body->require = read_part(b, n, nodes->require, BL_SIMPLE(BOOL), condition);
        body->span = bl_doc_place(nodes->require);
    }
}

static void read_own_body(bl_builder *b, norm_build *n)
{
    const norm_head *head = n->head;
    const body_nodes nodes = {head->when, head->threshold, head->require, head->due,
                              head->modality};
    bl_body *body = &n->norm->body;

    body->span = n->norm->span;
    read_body(b, n, &nodes, NULL, body);
    body->has |= BL_HAS_MODALITY;
    if (head->threshold != NULL && head->require != NULL)
        bl_rules_error0(b, TWO_BODIES, bl_doc_place(head->require));
    if (head->threshold == NULL && head->require == NULL && head->modality >= 0 &&
        head->modality != BL_MAY)
        bl_rules_error0(b, NO_BODY, n->norm->span);
}

/* --- overlays --- */

static const struct slot_name {
    unsigned slot;
    const char *name;
    bool must_exist; /* an option changes it, it does not bring it */
} slot_names[] = {
    {BL_HAS_WHEN, "when", false},         {BL_HAS_COUNT, "threshold.count", true},
    {BL_HAS_OF, "threshold.of", true},    {BL_HAS_BOUND, "threshold.at_least", true},
    {BL_HAS_REQUIRE, "require", true},    {BL_HAS_DUE, "due", false},
    {BL_HAS_MODALITY, "modality", false},
};

typedef struct overlay_context {
    norm_build *n;
    BL_VEC(bl_overlay) items;
} overlay_context;

static void check_overlay(bl_builder *b, const bl_doc_node *key, const overlay_context *c,
                          const bl_overlay *overlay)
{
    const bl_body *base = &c->n->norm->body;

    for (size_t i = 0; i < sizeof slot_names / sizeof *slot_names; i++) {
        const struct slot_name *s = &slot_names[i];

        if (!(overlay->body.has & s->slot))
            continue;
        if (s->must_exist && !(base->has & s->slot))
            bl_rules_error(b, OVERLAY_NOTHING, bl_doc_place(key),
                           BL_TEXT("slot", bylaw_str_from(s->name)), BL_TEXT("text", key->text));
        for (size_t k = 0; k < c->items.count; k++) {
            const bl_overlay *other = &c->items.items[k];

            if (other->choice.reading != overlay->choice.reading && (other->body.has & s->slot))
                bl_tell_clash(b, key, other->choice, s->name);
        }
    }
}

static void read_overlay(bl_builder *b, const bl_doc_pair *pair, bl_choice choice, void *context)
{
    static const bl_key keys[] = {{"when", 0, bl_read_node, offsetof(body_nodes, when)},
                                  {"threshold", 0, bl_read_node, offsetof(body_nodes, threshold)},
                                  {"require", 0, bl_read_node, offsetof(body_nodes, require)},
                                  {"due", 0, bl_read_node, offsetof(body_nodes, due)},
                                  {"modality", 0, read_modality, offsetof(body_nodes, modality)},
                                  {NULL, 0, NULL, 0}};
    static const bylaw_label what = {
        {{"这个选项", sizeof "这个选项" - 1}, {"this option", sizeof "this option" - 1}}};
    overlay_context *c = context;
    body_nodes nodes = {.modality = -1};
    bl_overlay overlay = {.choice = choice};

    if (!bl_shape_read(&b->reader, pair->value, what, keys, &nodes) &&
        pair->value->shape != BL_DOC_MAP)
        return;
    overlay.body.span = bl_doc_place(pair->key);
    read_body(b, c->n, &nodes, &c->n->norm->body, &overlay.body);
    if (overlay.body.has == 0) {
        if (pair->value->count == 0)
            bl_rules_error(b, OVERLAY_EMPTY, bl_doc_place(pair->key),
                           BL_TEXT("text", pair->key->text));
        return;
    }
    if (overlay.body.has & BL_HAS_MODALITY && overlay.body.modality == BL_CONDITION &&
        c->n->norm->reads_outcome)
        bl_rules_error(b, READS_OUTCOME, bl_doc_place(pair->key),
                       BL_TEXT("what", BYLAW_STR("condition")));
    check_overlay(b, pair->key, c, &overlay);
    if (!bl_vec_push(b->reader.arena, &c->items, overlay))
        bl_no_memory(b);
}

/* --- what a norm depends on --- */

static uint64_t body_readings(const bl_builder *b, const bl_body *body)
{
    return bl_program_readings(b, body->when) | bl_program_readings(b, body->require) |
           bl_program_readings(b, body->due) | bl_sum_readings(b, &body->count) |
           bl_sum_readings(b, &body->of);
}

static uint64_t norm_readings(const bl_builder *b, const bl_norm *norm)
{
    uint64_t bits = body_readings(b, &norm->body) | bl_program_readings(b, norm->scope) |
                    bl_program_readings(b, norm->each) | bl_program_readings(b, norm->each_label);

    if (norm->has_under)
        bits |= UINT64_C(1) << norm->under.reading;
    for (size_t i = 0; i < norm->overlay_count; i++)
        bits |= UINT64_C(1) << norm->overlays[i].choice.reading |
                body_readings(b, &norm->overlays[i].body);
    return bits;
}

/* --- a norm --- */

/* Versions of one norm share its id; no two may hold on one day. */
static void check_versions(bl_builder *b, const bl_norm *norm, bl_map *last, uint32_t *previous)
{
    const uintptr_t found = (uintptr_t)bl_map_get(last, norm->id);

    previous[norm->index] = (uint32_t)found;
    for (size_t at = found; at != 0; at = previous[at - 1]) {
        const bl_norm *other = &b->set->norms[at - 1];

        if (norm->from > other->until || other->from > norm->until)
            continue;
        bl_rules_error(b, VERSIONS_OVERLAP, norm->span, BL_TEXT("id", norm->id),
                       BL_INT("line", bl_line_number(other->span)));
        break;
    }
    if (!bl_map_put(last, norm->id, (void *)(uintptr_t)(norm->index + 1)))
        bl_no_memory(b);
}

static void read_frame(bl_builder *b, norm_build *n)
{
    const norm_head *head = n->head;
    bl_norm *norm = n->norm;
    const bl_provisions provisions = bl_read_provision_list(b, head->provision);
    const bl_kinds on = bl_read_kinds(b, head->on), except = bl_read_kinds(b, head->except);

    norm->provisions = provisions.items;
    norm->provision_count = provisions.count;
    norm->on = on.items;
    norm->on_count = on.count;
    norm->except = except.items;
    norm->except_count = except.count;
    norm->scope = bl_read_scope(b, head->scope);
    bl_read_period(b, head->in_force, &norm->from, &norm->until);
    if (head->under != NULL)
        norm->has_under = bl_read_choice(b, head->under, true, &norm->under);
    if (head->ask && head->modality >= 0 && head->modality != BL_IN_PRINCIPLE &&
        head->modality != BL_SHOULD)
        bl_rules_error0(b, ASK_MODALITY, bl_doc_place(bl_doc_pair_of(head->node, "ask")->key));
    if (head->each != NULL)
        read_each(b, n, head->each);
    if (head->label != NULL && head->each == NULL)
        bl_rules_error0(b, LABEL_NO_EACH, bl_doc_place(bl_doc_pair_of(head->node, "label")->key));
    else
        norm->each_label = bl_read_program(b, n->scope.env, head->label, NULL);
}

static void read_norm(bl_builder *b, const bl_doc_node *node, void *context)
{
    bylaw_ruleset *set = b->set;
    bl_norm *norm = &set->norms[set->norm_count];
    norm_head head = {.modality = -1, .node = node};
    norm_build n = {norm, &head, {.env = set->env}};
    overlay_context overlays = {.n = &n};

    (void)context;
    bl_shape_read(&b->reader, node, what_norm, norm_keys, &head);
    if (node->shape != BL_DOC_MAP)
        return;
    head.id_node = bl_doc_get(node, "id");
    norm->span = bl_doc_place(head.id.len > 0 ? head.id_node : node);
    norm->id = head.id;
    norm->index = (uint32_t)set->norm_count++;
    norm->says = head.says;
    norm->remedy = head.remedy;
    norm->ask = head.ask;
    norm->body.modality = head.modality < 0 ? BL_MUST : (bl_modality)head.modality;
    if (head.id.len > 0)
        bl_want_name(b, head.id_node, "-_");
    read_frame(b, &n);
    read_own_body(b, &n);
    if (head.readings != NULL)
        bl_read_overlays(b, head.readings, read_overlay, &overlays);
    norm->overlays = overlays.items.items;
    norm->overlay_count = overlays.items.count;
    norm->readings = norm_readings(b, norm);
}

void bl_read_norms(bl_builder *b)
{
    const bl_doc_node *node = b->nodes.norms;
    bylaw_ruleset *set = b->set;
    bl_map last = bl_map_init(&b->scratch);

    if (node == NULL || !bl_within(b, node, BYLAW_LIMIT_NORMS))
        return;
    set->norms = BL_NEW_N(b->reader.arena, bl_norm, node->count + 1);
    uint32_t *previous = BL_NEW_N(&b->scratch, uint32_t, node->count + 1);

    if (set->norms == NULL || previous == NULL) {
        bl_no_memory(b);
        return;
    }
    bl_read_items(b, node, read_norm, NULL);
    for (size_t i = 0; i < set->norm_count && !b->reader.failed; i++) {
        if (set->norms[i].id.len > 0)
            check_versions(b, &set->norms[i], &last, previous);
    }
}
