/* check/mutate_set.c: a walk over the tree of a rule set's text, with a table that says of each key
 * what its value is. */
#include "check/mutants.h"

#include "text/unicode.h"
#include "value/date.h"

/* --- dropping --- */

/* Widens a span of something between commas by one of them; false in a block, where none stand. */
static bool with_comma(const bylaw_mutants *m, bl_span *span)
{
    const bylaw_str text = m->source.text;
    size_t at = span->to;

    while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\n'))
        at++;
    if (at < text.len && text.ptr[at] == ',') {
        span->to = (uint32_t)at + 1;
        return true;
    }
    for (at = span->from; at > 0 && (text.ptr[at - 1] == ' ' || text.ptr[at - 1] == '\n'); at--) {
    }
    if (at > 0 && text.ptr[at - 1] == ',')
        span->from = (uint32_t)at - 1;
    return at > 0 && text.ptr[at] != '-';
}

static bool is_flow(const bylaw_mutants *m, const bl_doc_node *node)
{
    const char c = m->source.text.ptr[node->span.from];

    return c == '{' || c == '[';
}

static void drop_pair(bylaw_mutants *m, const bl_doc_node *map, const bl_doc_pair *pair)
{
    bl_span span = {&m->source, pair->key->span.from, pair->value->span.to};
    const bylaw_str was = bl_str_slice(m->source.text, span.from, span.to);

    if (map->count < 2)
        return;
    if (is_flow(m, map))
        (void)with_comma(m, &span);
    (void)bl_mutant_add(m, span, (bylaw_str){NULL, 0}, was, (bylaw_str){NULL, 0});
}

static void drop_item(bylaw_mutants *m, const bl_doc_node *list, const bl_doc_node *item)
{
    bl_span span = item->span;
    const bylaw_str was = bl_str_slice(m->source.text, span.from, span.to);

    if (is_flow(m, list)) {
        (void)with_comma(m, &span);
    } else {
        while (span.from > 0 && m->source.text.ptr[span.from] != '-')
            span.from--;
    }
    (void)bl_mutant_add(m, span, (bylaw_str){NULL, 0}, was, (bylaw_str){NULL, 0});
}

static void drop_items(bylaw_mutants *m, const bl_doc_node *list)
{
    for (size_t i = 0; list->shape == BL_DOC_SEQ && list->count > 1 && i < list->count; i++)
        drop_item(m, list, list->items[i]);
}

/* --- values of keys --- */

typedef struct owner { /* whose key it is */
    const bl_doc_node *map;
    const bl_doc_pair *pair;
    const bl_norm *norm; /* or NULL */
} owner;

typedef void mutate_fn(bylaw_mutants *m, const owner *o, const bl_doc_node *node);

static void mutate_truth(bylaw_mutants *m, const owner *o, const bl_doc_node *node)
{
    (void)o;
    bl_mutate_expression(m, node, true);
}

static void mutate_derive(bylaw_mutants *m, const owner *o, const bl_doc_node *node)
{
    (void)o;
    bl_mutate_expression(m, node, true); /* where it is no truth, the negation cannot be read */
}

static void mutate_when(bylaw_mutants *m, const owner *o, const bl_doc_node *node)
{
    bl_mutate_expression(m, node, true);
    drop_pair(m, o->map, o->pair);
}

static void mutate_due(bylaw_mutants *m, const owner *o, const bl_doc_node *node)
{
    static const char *const steps[] = {").addDays(1)", ").addDays(-1)"};
    static const char *const told[] = {"(…).addDays(1)", "(…).addDays(-1)"};

    (void)o;
    bl_mutate_expression(m, node, false);
    for (size_t i = 0; i < 2; i++) {
        const bylaw_str moved =
            bl_mutant_joined(m, BYLAW_STR("("), node->text, bylaw_str_from(steps[i]));
        bl_str quoted = bl_str_init(&m->arena);
        bylaw_str text = {NULL, 0};

        bl_str_addc(&quoted, '"');
        for (size_t k = 0; k < moved.len; k++) {
            if (moved.ptr[k] == '"' || moved.ptr[k] == '\\')
                bl_str_addc(&quoted, '\\');
            bl_str_addc(&quoted, moved.ptr[k] == '\n' ? ' ' : moved.ptr[k]);
        }
        bl_str_addc(&quoted, '"');
        m->failed |= bl_str_take(&text, &quoted) != BYLAW_OK;
        (void)bl_mutant_add(m, node->span, text, node->text, bylaw_str_from(told[i]));
    }
}

static void mutate_modality(bylaw_mutants *m, const owner *o, const bl_doc_node *node)
{
    static const char *const weaker[][2] = {
        {"condition", "must"},          {"must", "in-principle"}, {"must-not", "in-principle"},
        {"competence", "in-principle"}, {"in-principle", "must"}, {"should", "must"},
    };

    (void)o;
    for (size_t i = 0; i < sizeof weaker / sizeof *weaker; i++) {
        if (bl_str_is(node->text, weaker[i][0]))
            (void)bl_mutant_replace(m, node, weaker[i][1]);
    }
}

static void mutate_bool(bylaw_mutants *m, const owner *o, const bl_doc_node *node)
{
    static const char *const words[][2] = {
        {"true", "false"}, {"false", "true"}, {"yes", "no"}, {"no", "yes"}};

    (void)o;
    for (size_t i = 0; node->shape == BL_DOC_SCALAR && i < 4; i++) {
        if (bl_str_is(node->text, words[i][0]))
            (void)bl_mutant_replace(m, node, words[i][1]);
    }
}

static void mutate_except(bylaw_mutants *m, const owner *o, const bl_doc_node *node)
{
    if (node->shape == BL_DOC_SEQ && node->count > 1)
        drop_items(m, node);
    else
        drop_pair(m, o->map, o->pair);
}

/* A single kind is narrowed to those below it, so that it is not meant itself. */
static void mutate_on(bylaw_mutants *m, const owner *o, const bl_doc_node *node)
{
    const bl_doc_node *only = node->shape == BL_DOC_SEQ && node->count == 1 ? node->items[0] : node;
    const bl_enum *kinds = m->set->kinds;
    bl_str list = bl_str_init(&m->arena);
    bylaw_str text = {NULL, 0};
    size_t n = 0;

    (void)o;
    drop_items(m, node);
    if (only->shape != BL_DOC_SCALAR)
        return;
    for (size_t i = 0; i < kinds->count; i++) {
        const bl_enum_value *kind = kinds->values[i];
        bool below = kind->parent != NULL && bl_str_equal(kind->parent->id, only->text);

        for (size_t k = 0; k < kind->more_count; k++)
            below |= bl_str_equal(kind->more_parents[k]->id, only->text);
        if (!below)
            continue;
        bl_str_addz(&list, n++ == 0 ? "[" : ", ");
        bl_str_add(&list, kind->id);
    }
    bl_str_addc(&list, ']');
    m->failed |= bl_str_take(&text, &list) != BYLAW_OK;
    if (n > 0)
        (void)bl_mutant_add(m, node->span, text, only->text, text);
}

static void move_date(bylaw_mutants *m, const bl_doc_node *node)
{
    bylaw_str rest = {NULL, 0};
    int64_t days = 0;

    if (node->shape != BL_DOC_SCALAR || bl_date_read(&days, &rest, node->text) != BL_DATE_OK)
        return;
    for (int64_t by = -1; by <= 1; by += 2) {
        bl_str text = bl_str_init(&m->arena);
        bylaw_str moved = {NULL, 0};

        bl_date_write_iso(&text, days + by);
        m->failed |= bl_str_take(&moved, &text) != BYLAW_OK;
        (void)bl_mutant_add(m, node->span, moved, node->text, moved);
    }
}

static void mutate_period(bylaw_mutants *m, const owner *o, const bl_doc_node *node)
{
    (void)o;
    for (size_t i = 0; node->shape == BL_DOC_MAP && i < node->count; i++)
        move_date(m, node->pairs[i].value);
}

static void mutate_threshold(bylaw_mutants *m, const owner *o, const bl_doc_node *node)
{
    bl_mutate_threshold(m, o->norm, node);
}

/* --- the walk --- */

static mutate_fn mutate_overlays;

static const struct rule {
    const char *key;
    mutate_fn *mutate;
} norm_rules[] = {
    {"on", mutate_on},
    {"except", mutate_except},
    {"modality", mutate_modality},
    {"scope", mutate_when},
    {"in_force", mutate_period},
    {"under", mutate_except},
    {"when", mutate_when},
    {"threshold", mutate_threshold},
    {"require", mutate_truth},
    {"due", mutate_due},
    {"ask", mutate_bool},
    {"decides", mutate_truth},
    {"derive", mutate_derive},
    {"presumed", mutate_bool},
    {"readings", mutate_overlays},
    {NULL, NULL},
};

static void enter(bylaw_mutants *m, bylaw_str *kept, bylaw_str key)
{
    *kept = m->place;
    m->place = kept->len == 0 ? key : bl_mutant_joined(m, *kept, BYLAW_STR("."), key);
}

static void mutate_keys(bylaw_mutants *m, const bl_doc_node *map, const bl_norm *norm)
{
    for (size_t i = 0; map->shape == BL_DOC_MAP && i < map->count; i++) {
        const bl_doc_pair *pair = &map->pairs[i];
        const owner o = {map, pair, norm};

        for (const struct rule *r = norm_rules; r->key != NULL; r++) {
            bylaw_str kept;

            if (!bl_str_is(pair->key->text, r->key) || bl_doc_is_empty(pair->value))
                continue;
            enter(m, &kept, pair->key->text);
            r->mutate(m, &o, pair->value);
            m->place = kept;
        }
    }
}

/* reading.option: {fragment}: each dropped, and each changed. */
static void mutate_overlays(bylaw_mutants *m, const owner *o, const bl_doc_node *node)
{
    for (size_t i = 0; node->shape == BL_DOC_MAP && i < node->count; i++) {
        bylaw_str kept;

        if (node->count == 1)
            drop_pair(m, o->map, o->pair);
        else
            drop_pair(m, node, &node->pairs[i]);
        enter(m, &kept, node->pairs[i].key->text);
        mutate_keys(m, node->pairs[i].value, o->norm);
        m->place = kept;
    }
}

static const bl_norm *norm_at(const bylaw_mutants *m, const bl_doc_node *node)
{
    for (size_t i = 0; i < m->set->norm_count; i++) {
        const bl_span span = m->set->norms[i].span;

        if (span.from >= node->span.from && span.from < node->span.to)
            return &m->set->norms[i];
    }
    return NULL;
}

/* norms, gaps: a list of mappings with an id. */
static void mutate_list(bylaw_mutants *m, const bl_doc_node *list, bool norms)
{
    for (size_t i = 0; list->shape == BL_DOC_SEQ && i < list->count && !m->failed; i++) {
        const bl_doc_node *id = bl_doc_get(list->items[i], "id");
        bylaw_str kept;

        enter(m, &kept, id != NULL ? id->text : BYLAW_STR("?"));
        mutate_keys(m, list->items[i], norms ? norm_at(m, list->items[i]) : NULL);
        m->place = kept;
    }
}

static void mutate_facts(bylaw_mutants *m, const bl_doc_node *map)
{
    for (size_t i = 0; map->shape == BL_DOC_MAP && i < map->count && !m->failed; i++) {
        bylaw_str kept;

        enter(m, &kept, map->pairs[i].key->text);
        mutate_keys(m, map->pairs[i].value, NULL);
        m->place = kept;
    }
}

static void mutate_readings(bylaw_mutants *m, const bl_doc_node *map)
{
    for (size_t i = 0; map->shape == BL_DOC_MAP && i < map->count && !m->failed; i++) {
        const bl_doc_node *reading = map->pairs[i].value;
        const bl_doc_node *chosen = bl_doc_get(reading, "default");
        const bl_doc_node *options = bl_doc_get(reading, "options");
        bylaw_str kept;

        enter(m, &kept, map->pairs[i].key->text);
        for (size_t k = 0; chosen != NULL && options != NULL && k < options->count; k++) {
            const bylaw_str other = options->pairs[k].key->text;

            if (!bl_str_equal(other, chosen->text))
                (void)bl_mutant_add(m, chosen->span, other, chosen->text, other);
        }
        m->place = kept;
    }
}

static void move_number(bylaw_mutants *m, const bl_doc_node *node)
{
    int64_t n = 0;

    if (node->shape != BL_DOC_SCALAR || bl_read_int(&n, node->text) != BYLAW_OK)
        return;
    for (int64_t by = -1; by <= 1; by += 2) {
        const bylaw_str text = bl_mutant_fraction(m, (bylaw_fraction){n + by, 1});

        (void)bl_mutant_add(m, node->span, text, node->text, text);
    }
}

static void mutate_constants(bylaw_mutants *m, const bl_doc_node *map)
{
    for (size_t i = 0; map->shape == BL_DOC_MAP && i < map->count && !m->failed; i++) {
        const bl_doc_node *value = bl_doc_get(map->pairs[i].value, "value");
        bylaw_str kept;

        enter(m, &kept, map->pairs[i].key->text);
        if (value != NULL) {
            move_date(m, value);
            move_number(m, value);
            drop_items(m, value);
        }
        m->place = kept;
    }
}

static void mutate_invariants(bylaw_mutants *m, const bl_doc_node *list)
{
    for (size_t i = 0; list->shape == BL_DOC_SEQ && i < list->count; i++)
        bl_mutate_expression(m, list->items[i], true);
}

void bl_mutate_set(bylaw_mutants *m, const bl_doc_node *root)
{
    for (size_t i = 0; root->shape == BL_DOC_MAP && i < root->count && !m->failed; i++) {
        const bl_doc_node *value = root->pairs[i].value;
        const bylaw_str key = root->pairs[i].key->text;
        const owner o = {root, &root->pairs[i], NULL};

        m->place = key;
        if (bl_str_is(key, "norms") || bl_str_is(key, "gaps"))
            mutate_list(m, value, bl_str_is(key, "norms"));
        else if (bl_str_is(key, "facts"))
            mutate_facts(m, value);
        else if (bl_str_is(key, "readings"))
            mutate_readings(m, value);
        else if (bl_str_is(key, "constants"))
            mutate_constants(m, value);
        else if (bl_str_is(key, "invariants"))
            mutate_invariants(m, value);
        else if (bl_str_is(key, "scope"))
            mutate_truth(m, &o, value);
        else if (bl_str_is(key, "in_force"))
            mutate_period(m, &o, value);
    }
}
