/* check/mutants.c: what can be changed in a rule set: a walk over the tree of its text, with a
 * table that says of each key what its value is. Expressions are changed in mutate_expr.c. */
#include "check/mutants.h"

#include "check/messages.h"
#include "doc/shape.h"
#include "text/unicode.h"
#include "text/utf8.h"
#include "value/date.h"

#include <assert.h>
#include <stddef.h>

/* --- the list --- */

bylaw_str bl_mutant_joined(bylaw_mutants *m, bylaw_str a, bylaw_str b, bylaw_str c)
{
    bl_str out = bl_str_init(&m->arena);
    bylaw_str taken = {NULL, 0};

    bl_str_add(&out, a);
    bl_str_add(&out, b);
    bl_str_add(&out, c);
    m->failed |= bl_str_take(&taken, &out) != BYLAW_OK;
    return taken;
}

/* One line, and short: changes are told and filed by it. */
static bylaw_str shown(bylaw_mutants *m, bylaw_str text)
{
    bl_str out = bl_str_init(&m->arena);
    bylaw_str taken = {NULL, 0};
    const size_t most = bl_utf8_offset(text, 60);
    bool blank = false;

    for (size_t i = 0; i < most; i++) {
        const bool is_blank = text.ptr[i] == ' ' || text.ptr[i] == '\n';

        if (!is_blank || !blank)
            bl_str_addc(&out, is_blank ? ' ' : text.ptr[i]);
        blank = is_blank;
    }
    if (most < text.len)
        bl_str_addz(&out, "…");
    m->failed |= bl_str_take(&taken, &out) != BYLAW_OK;
    return taken;
}

static bylaw_label change_of(bylaw_mutants *m, bylaw_str was, bylaw_str now)
{
    static const bl_msg changed = {"", {"{was} 改成 {now}", "{was} changed to {now}"}};
    static const bl_msg dropped = {"", {"删去 {was}", "{was} dropped"}};
    const bl_arg args[] = {BL_TEXT("was", shown(m, was)), BL_TEXT("now", shown(m, now))};
    const bl_msg *msg = now.len > 0 ? &changed : &dropped;
    bylaw_label label = {{{NULL, 0}, {NULL, 0}}};
    size_t same = 1;

    for (int lang = 0; lang < BYLAW_LANGS; lang++) {
        bl_str out = bl_str_init(&m->arena);

        bl_msg_format(&out, msg->in[lang], (bylaw_lang)lang, args, 2);
        m->failed |= bl_str_take(&label.in[lang], &out) != BYLAW_OK;
    }
    for (size_t i = m->items.count;
         i > 0 && bl_str_equal(m->items.items[i - 1].told.place, m->place); i--) {
        const bylaw_str other = m->items.items[i - 1].told.change.in[BYLAW_EN];

        same += bl_str_starts(other, label.in[BYLAW_EN]) &&
                (other.len == label.in[BYLAW_EN].len ||
                 bl_str_starts(bl_str_slice(other, label.in[BYLAW_EN].len, other.len),
                               BYLAW_STR(" #")));
    }
    for (int lang = 0; same > 1 && lang < BYLAW_LANGS; lang++) {
        bl_str out = bl_str_init(&m->arena);

        bl_str_add(&out, label.in[lang]);
        bl_str_addz(&out, " #");
        bl_str_add_uint(&out, same);
        m->failed |= bl_str_take(&label.in[lang], &out) != BYLAW_OK;
    }
    return label;
}

bl_mutation *bl_mutant_add(bylaw_mutants *m, bl_span span, bylaw_str text, bylaw_str was,
                           bylaw_str now)
{
    bl_mutation one = {.from = span.from, .to = span.to, .text = text};
    const bylaw_str source = m->source.text;

    /* The span of a folded scalar reaches to the next token. */
    while (one.to > one.from && (source.ptr[one.to - 1] == '\n' || source.ptr[one.to - 1] == ' '))
        one.to--;
    const bl_place at = bl_place_of(&m->source, one.from), end = bl_place_of(&m->source, one.to);

    one.told.place = m->place;
    one.told.change = change_of(m, was, now);
    one.told.line = at.line;
    one.told.column = at.column;
    one.told.end_column = end.line == at.line ? end.column : at.column + 1;
    one.told.excerpt = bl_line_of(&m->source, one.from);
    if (m->failed || !bl_vec_push(&m->arena, &m->items, one)) {
        m->failed = true;
        return NULL;
    }
    return &m->items.items[m->items.count - 1];
}

static bl_mutation *replace(bylaw_mutants *m, const bl_doc_node *node, const char *now)
{
    const bylaw_str text = bylaw_str_from(now);

    return bl_mutant_add(m, node->span, text, node->text, text);
}

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
            (void)replace(m, node, weaker[i][1]);
    }
}

static void mutate_bool(bylaw_mutants *m, const owner *o, const bl_doc_node *node)
{
    static const char *const words[][2] = {
        {"true", "false"}, {"false", "true"}, {"yes", "no"}, {"no", "yes"}};

    (void)o;
    for (size_t i = 0; node->shape == BL_DOC_SCALAR && i < 4; i++) {
        if (bl_str_is(node->text, words[i][0]))
            (void)replace(m, node, words[i][1]);
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

/* --- thresholds --- */

typedef struct bar {
    bylaw_fraction at;
    bool strict;
} bar;

static bool reaches(int64_t count, int64_t base, bar b)
{
    int order = 0;

    if (bylaw_share_compare(&order, count, base, b.at) != BYLAW_OK)
        return false;
    return b.strict ? order > 0 : order >= 0;
}

/* The case of a count and a base, from 8 upwards and then below, that one bar lets pass and the
 * other does not. Without a base the count is compared as it stands, with a base of 1. */
static void find_case(bylaw_mutant *told, bar was, bar now, bool with_base)
{
    for (int64_t i = 0; i < 60; i++) {
        const int64_t base = !with_base ? 1 : i < 52 ? i + 8 : i - 51;

        for (int64_t count = 0; count <= (with_base ? base : 200); count++) {
            if (reaches(count, base, was) == reaches(count, base, now))
                continue;
            told->has_case = true;
            told->base = with_base ? base : 0;
            told->count = count;
            told->met = reaches(count, base, was);
            return;
        }
    }
}

static void name_sum(const bylaw_mutants *m, const bl_sum *sum, bylaw_label *label, bylaw_str *name)
{
    if (sum->count == 0 || sum->slots[0] < BL_SLOT_FACTS)
        return;
    const bl_fact *fact = &m->set->facts[sum->slots[0] - BL_SLOT_FACTS];

    *label = fact->label;
    if (sum->count == 1 && sum->constant == 0)
        *name = fact->name;
}

static void tell_bar(const bylaw_mutants *m, bl_mutation *made, const owner *o, bar was, bar now,
                     bool with_base)
{
    if (made == NULL)
        return;
    find_case(&made->told, was, now, with_base);
    if (o->norm == NULL)
        return;
    made->told.norm = o->norm->id;
    name_sum(m, &o->norm->body.count, &made->told.count_label, &made->told.count_name);
    name_sum(m, &o->norm->body.of, &made->told.base_label, &made->told.base_name);
    if (o->norm->on_count > 0)
        made->told.kind = o->norm->on[0]->id;
}

static const bylaw_fraction neighbours[] = {{1, 4}, {1, 3}, {1, 2}, {3, 5},
                                            {2, 3}, {3, 4}, {4, 5}, {1, 1}};

static bylaw_str fraction_text(bylaw_mutants *m, bylaw_fraction f)
{
    bl_str text = bl_str_init(&m->arena);
    bylaw_str out = {NULL, 0};

    bl_str_add_int(&text, f.num);
    if (f.den != 1) {
        bl_str_addc(&text, '/');
        bl_str_add_int(&text, f.den);
    }
    m->failed |= bl_str_take(&out, &text) != BYLAW_OK;
    return out;
}

/* at_least: F, or more_than: F. */
static void mutate_bound(bylaw_mutants *m, const owner *o, const bl_doc_pair *pair, bool with_base)
{
    const bool strict = bl_str_is(pair->key->text, "more_than");
    bylaw_fraction f, others[4];
    size_t n = 0;

    if (pair->value->shape != BL_DOC_SCALAR || bl_read_fraction(&f, pair->value->text) != BYLAW_OK)
        return;
    tell_bar(m, replace(m, pair->key, strict ? "at_least" : "more_than"), o, (bar){f, strict},
             (bar){f, !strict}, with_base);
    if (f.den == 1) {
        others[n++] = (bylaw_fraction){f.num + 1, 1};
        if (f.num > 0)
            others[n++] = (bylaw_fraction){f.num - 1, 1};
    }
    for (size_t i = 0; f.den != 1 && i < sizeof neighbours / sizeof *neighbours; i++) {
        const bylaw_fraction *at = &neighbours[i];

        if (at->num != f.num || at->den != f.den)
            continue;
        if (i > 0)
            others[n++] = at[-1];
        if (i + 1 < sizeof neighbours / sizeof *neighbours)
            others[n++] = at[1];
    }
    for (size_t i = 0; i < n; i++) {
        const bylaw_str text = fraction_text(m, others[i]);

        tell_bar(m, bl_mutant_add(m, pair->value->span, text, pair->value->text, text), o,
                 (bar){f, strict}, (bar){others[i], strict}, with_base);
    }
}

/* count or of: exchanged for what other norms of the set count, or count from. */
static void exchange(bylaw_mutants *m, const bl_doc_node *node, bool of)
{
    bylaw_str used[8];
    size_t n = 0;

    for (size_t i = 0; i < m->set->norm_count && n < 8; i++) {
        const bl_body *body = &m->set->norms[i].body;
        const bl_sum *sum = of ? &body->of : &body->count;
        bool known = false;

        if (!(body->has & (of ? BL_HAS_OF : BL_HAS_COUNT)) || sum->count != 1 ||
            sum->slots[0] < BL_SLOT_FACTS || sum->fields != NULL)
            continue;
        const bylaw_str name = m->set->facts[sum->slots[0] - BL_SLOT_FACTS].name;

        for (size_t k = 0; k < n; k++)
            known |= bl_str_equal(used[k], name);
        if (!known && !bl_str_equal(name, node->text))
            used[n++] = name;
    }
    for (size_t k = 0; k < n; k++)
        (void)bl_mutant_add(m, node->span, used[k], node->text, used[k]);
}

static void mutate_threshold(bylaw_mutants *m, const owner *o, const bl_doc_node *node)
{
    const bl_doc_node *of = bl_doc_get(node, "of");
    const bool with_base = of != NULL || (o->norm != NULL && (o->norm->body.has & BL_HAS_OF) != 0);

    for (size_t i = 0; node->shape == BL_DOC_MAP && i < node->count; i++) {
        const bl_doc_pair *pair = &node->pairs[i];

        if (bl_str_is(pair->key->text, "count"))
            exchange(m, pair->value, false);
        else if (bl_str_is(pair->key->text, "of"))
            exchange(m, pair->value, true);
        else
            mutate_bound(m, o, pair, with_base);
    }
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
        const bylaw_str text = fraction_text(m, (bylaw_fraction){n + by, 1});

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

static void mutate_set(bylaw_mutants *m, const bl_doc_node *root)
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

/* --- public --- */

bylaw_status bylaw_mutants_new(bylaw_mutants **out, const bylaw_ruleset *set, bylaw_str file,
                               bylaw_str text, const bylaw_allocator *allocator, bylaw_diags *diags)
{
    bylaw_mutants *m = bl_new(allocator, sizeof *m);
    bl_document doc = {0};
    bylaw_status status = BYLAW_ENOMEM;

    assert(out != NULL && set != NULL);
    if (m == NULL)
        return BYLAW_ENOMEM;
    m->allocator = bl_allocator_or_default(allocator);
    m->set = set;
    bl_arena_init(&m->arena, allocator);
    bl_arena_init(&m->made, allocator);
    m->source.text = text;
    if (bl_arena_copy(&m->arena, &m->source.name, file) && bl_source_survey(&m->source, &m->arena))
        status = bl_document_read(&doc, &m->source, BL_DOC_YAML, NULL, &m->arena, diags);
    if (status == BYLAW_OK && doc.count > 0 && doc.roots[0] != NULL)
        mutate_set(m, doc.roots[0]);
    if (m->failed || m->arena.failed || m->made.failed)
        status = BYLAW_ENOMEM;
    if (status != BYLAW_OK) {
        bylaw_mutants_free(m);
        return status;
    }
    *out = m;
    return BYLAW_OK;
}

void bylaw_mutants_free(bylaw_mutants *mutants)
{
    if (mutants == NULL)
        return;
    const bylaw_allocator allocator = mutants->allocator;

    bl_arena_dispose(&mutants->arena);
    bl_arena_dispose(&mutants->made);
    bl_free(&allocator, mutants, sizeof *mutants);
}

size_t bylaw_mutants_count(const bylaw_mutants *mutants)
{
    return mutants->items.count;
}

const bylaw_mutant *bylaw_mutants_get(const bylaw_mutants *mutants, size_t i)
{
    assert(i < mutants->items.count);
    return &mutants->items.items[i].told;
}

bylaw_status bylaw_mutants_text(bylaw_mutants *mutants, size_t i, bylaw_str *out)
{
    const bl_mutation *one = &mutants->items.items[i];
    const bylaw_str text = mutants->source.text;

    assert(i < mutants->items.count);
    bl_arena_reset(&mutants->made);
    mutants->made.failed = false;
    bl_str made = bl_str_init(&mutants->made);

    bl_str_add(&made, bl_str_slice(text, 0, one->from));
    bl_str_add(&made, one->text);
    bl_str_add(&made, bl_str_slice(text, one->to, text.len));
    return bl_str_take(out, &made);
}

/* --- excuses --- */

typedef struct excuse {
    bylaw_str place, change;
    bylaw_label reason;
} excuse;

static const bl_key excuse_keys[] = {
    {"place", BL_REQUIRED, bl_read_text, offsetof(excuse, place)},
    {"change", BL_REQUIRED, bl_read_text, offsetof(excuse, change)},
    {"reason", BL_REQUIRED, bl_read_label, offsetof(excuse, reason)},
    {NULL, 0, NULL, 0},
};

typedef struct excuses {
    bylaw_str mutants;
    const bl_doc_node *equivalent;
} excuses;

static const bl_key excuses_keys[] = {
    {"mutants", BL_REQUIRED, bl_read_text, offsetof(excuses, mutants)},
    {"equivalent", BL_REQUIRED, bl_read_node, offsetof(excuses, equivalent)},
    {NULL, 0, NULL, 0},
};

static void take_excuse(bylaw_mutants *m, bl_reader *reader, const bl_doc_node *node)
{
    static const bylaw_label what = {
        {{"这一处", sizeof "这一处" - 1}, {"this entry", sizeof "this entry" - 1}}};
    excuse one = {.place = {NULL, 0}};

    if (!bl_shape_read(reader, node, what, excuse_keys, &one))
        return;
    for (size_t i = 0; i < m->items.count; i++) {
        bylaw_mutant *told = &m->items.items[i].told;

        if (told->excused || !bl_str_equal(told->place, one.place) ||
            !bl_str_equal(told->change.in[BYLAW_EN], one.change))
            continue;
        told->excused = true;
        told->reason = one.reason;
        return;
    }
    bl_error(reader->diags, &bl_check_msg_unused_excuse, bl_doc_place(bl_doc_get(node, "place")),
             BL_TEXT("place", one.place), BL_TEXT("change", one.change));
}

bylaw_status bylaw_mutants_excuse(bylaw_mutants *mutants, bylaw_str file, bylaw_str text,
                                  bylaw_diags *diags)
{
    static const bylaw_label what = {
        {{"这份清单", sizeof "这份清单" - 1}, {"this list", sizeof "this list" - 1}}};
    bl_reader reader = {.arena = &mutants->arena, .diags = diags};
    bl_source *source = BL_NEW(&mutants->arena, bl_source);
    const size_t known = diags != NULL ? bylaw_diags_errors(diags) : 0;
    bl_document doc = {0};
    excuses all = {.equivalent = NULL};
    bylaw_status status;

    if (source == NULL || !bl_arena_copy(&mutants->arena, &source->name, file))
        return BYLAW_ENOMEM;
    source->text = text;
    if (!bl_source_survey(source, &mutants->arena))
        return BYLAW_ENOMEM;
    status = bl_document_read(&doc, source, BL_DOC_YAML, NULL, &mutants->arena, diags);
    if (status != BYLAW_OK || doc.count == 0 || doc.roots[0] == NULL)
        return status;
    if (bl_shape_read(&reader, doc.roots[0], what, excuses_keys, &all) &&
        bl_want_list(&reader, all.equivalent)) {
        for (size_t i = 0; i < all.equivalent->count; i++)
            take_excuse(mutants, &reader, all.equivalent->items[i]);
    }
    return reader.failed || mutants->arena.failed ? BYLAW_ENOMEM : bl_diags_status(diags, known);
}
