/* rules/sum.c: sums of whole numbers, the thresholds over them, and the invariants that compare
 * them. They are read apart from expressions because they are more: a threshold is inverted to tell
 * how many votes are missing, an invariant bounds what is unknown. */
#include "rules/build.h"

#include "text/unicode.h"

#include <stddef.h>

/* sum = term { "+" term }; term = whole number | fact | constant | element [ "." field ] */
typedef struct sum_text {
    bl_builder *b;
    const bl_doc_node *node;
    size_t at, end;
    const bl_scope *scope;
    bool quiet;
    BL_VEC(uint32_t) slots;
    BL_VEC(uint32_t) fields;
    bool has_field;
    int64_t constant;
} sum_text;

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || ((unsigned char)c & 0x80) != 0;
}

static void skip_blanks(sum_text *t)
{
    while (t->at < t->end && (t->node->text.ptr[t->at] == ' ' || t->node->text.ptr[t->at] == '\n'))
        t->at++;
}

static bool bad_sum(sum_text *t)
{
    if (!t->quiet)
        bl_rules_error0(t->b, BAD_SUM, bl_doc_place(t->node));
    return false;
}

static bool wrong_type(sum_text *t, bylaw_str name, bl_span span)
{
    if (!t->quiet)
        bl_rules_error(t->b, SUM_TYPE, span, BL_TEXT("name", name));
    return false;
}

static bool add_slot(sum_text *t, uint32_t slot, uint32_t field)
{
    t->has_field |= slot == BL_SLOT_ELEMENT;
    return (bl_vec_push(t->b->reader.arena, &t->slots, slot) &&
            bl_vec_push(t->b->reader.arena, &t->fields, field)) ||
           bl_no_memory(t->b);
}

static bool add_constant(sum_text *t, int64_t n, bylaw_str word, bl_span span)
{
    if (!__builtin_add_overflow(t->constant, n, &t->constant))
        return true;
    if (!t->quiet)
        bl_rules_error(t->b, SUM_OVERFLOW, span, BL_TEXT("text", word));
    return false;
}

static bool add_number(sum_text *t, bylaw_str word, bl_span span)
{
    bl_builder *b = t->b;
    int64_t n = 0;
    const bylaw_status status = bl_read_int(&n, word);

    if (status == BYLAW_OK)
        return add_constant(t, n, word, span);
    if (status != BYLAW_EOVERFLOW)
        return bad_sum(t);
    if (!t->quiet)
        bl_rules_error(b, SUM_OVERFLOW, span, BL_TEXT("text", word));
    return false;
}

static bool unknown_field(sum_text *t, bylaw_str name, const bl_type *record, bl_span span)
{
    bl_builder *b = t->b;
    bl_map names = bl_map_init(&b->scratch);

    for (size_t i = 0; i < record->field_count; i++) {
        if (!bl_map_put(&names, record->fields[i].name, b))
            bl_no_memory(b);
    }
    bl_rules_error(b, UNKNOWN_FIELD, span, BL_TEXT("record", t->scope->element_name),
                   BL_TEXT("name", name),
                   BL_LABEL("hint", bl_hint_near(b, bl_map_nearest(&names, name))));
    return false;
}

/* c or c.votes, where c is the element under `each`. */
static bool add_element(sum_text *t, bylaw_str word, bl_span span)
{
    const bl_type *element = t->scope->element;
    const bylaw_str field = bl_str_slice(word, t->scope->element_name.len + 1, word.len);

    if (element->kind == BL_T_ERROR)
        return true;
    if (word.len == t->scope->element_name.len)
        return element->kind == BL_T_INT ? add_slot(t, BL_SLOT_ELEMENT, UINT32_MAX)
                                         : wrong_type(t, word, span);
    if (element->kind != BL_T_RECORD)
        return wrong_type(t, word, span);
    for (size_t i = 0; i < element->field_count; i++) {
        if (!bl_str_equal(element->fields[i].name, field))
            continue;
        if (element->fields[i].type->kind != BL_T_INT)
            return wrong_type(t, word, span);
        return add_slot(t, BL_SLOT_ELEMENT, (uint32_t)i);
    }
    return unknown_field(t, field, element, span);
}

static bool names_element(const sum_text *t, bylaw_str word)
{
    const bylaw_str name = t->scope->element_name;

    return name.len > 0 && bl_str_starts(word, name) &&
           (word.len == name.len || word.ptr[name.len] == '.');
}

static bool add_name(sum_text *t, bylaw_str word, bl_span span)
{
    bl_builder *b = t->b;
    const bl_value *constant = bl_map_get(&b->constants, word);

    if (names_element(t, word))
        return add_element(t, word, span);
    if (constant != NULL)
        return constant->kind == BL_INT ? add_constant(t, constant->as.i, word, span)
                                        : wrong_type(t, word, span);
    if (t->quiet && bl_map_get(&b->draft_index, word) == NULL)
        return false;
    const bl_fact_draft *draft = bl_find_fact(b, word, span, true);

    if (draft == NULL)
        return false;
    if (draft->fact.type->kind == BL_T_ERROR)
        return true;
    return draft->fact.type->kind == BL_T_INT ? add_slot(t, draft->fact.slot, UINT32_MAX)
                                              : wrong_type(t, word, span);
}

static bool read_term(sum_text *t)
{
    skip_blanks(t);
    const size_t from = t->at;

    while (t->at < t->end && is_word(t->node->text.ptr[t->at]))
        t->at++;
    const bylaw_str word = bl_str_slice(t->node->text, from, t->at);
    const bl_span span = bl_doc_part(t->node, from, t->at);

    if (word.len == 0)
        return bad_sum(t);
    return word.ptr[0] >= '0' && word.ptr[0] <= '9' ? add_number(t, word, span)
                                                    : add_name(t, word, span);
}

/* Reads bytes [from, to) of the node's text. Quiet: tells nothing, false when it is anything but a
 * sum. */
static bool read_sum(bl_builder *b, const bl_doc_node *node, size_t from, size_t to,
                     const bl_scope *scope, bool quiet, bl_sum *out)
{
    sum_text t = {.b = b, .node = node, .at = from, .end = to, .scope = scope, .quiet = quiet};
    bool good = true;

    for (;;) {
        good &= read_term(&t);
        skip_blanks(&t);
        if (t.at == t.end || t.node->text.ptr[t.at] != '+')
            break;
        t.at++;
    }
    if (t.at < t.end)
        good = good && bad_sum(&t);
    if (!good)
        return false;
    *out = (bl_sum){.slots = t.slots.items,
                    .count = t.slots.count,
                    .fields = t.has_field ? t.fields.items : NULL,
                    .constant = t.constant};
    return true;
}

/* --- thresholds --- */

typedef struct threshold_nodes {
    const bl_doc_node *count, *of, *at_least, *more_than;
} threshold_nodes;

static const bl_key threshold_keys[] = {
    {"count", 0, bl_read_node, offsetof(threshold_nodes, count)},
    {"of", 0, bl_read_node, offsetof(threshold_nodes, of)},
    {"at_least", 0, bl_read_node, offsetof(threshold_nodes, at_least)},
    {"more_than", 0, bl_read_node, offsetof(threshold_nodes, more_than)},
    {NULL, 0, NULL, 0}};

static const bylaw_label what_threshold = {{{"threshold", 9}, {"the threshold", 13}}};

static bool read_side(bl_builder *b, const bl_doc_node *node, const bl_scope *scope, bl_sum *out)
{
    return bl_want_text(&b->reader, node) &&
           read_sum(b, node, 0, node->text.len, scope, false, out);
}

static bool read_fraction(bl_builder *b, const bl_doc_node *node, bylaw_fraction *out)
{
    const bylaw_str text = bl_str_trim(node->text);
    const bl_value *constant = bl_map_get(&b->constants, text);
    int64_t n = 0;

    if (constant != NULL && constant->kind == BL_INT)
        *out = (bylaw_fraction){constant->as.i, 1};
    else if (constant != NULL && constant->kind == BL_FRACTION)
        *out = *constant->as.fraction;
    else if (bl_read_int(&n, text) == BYLAW_OK)
        *out = (bylaw_fraction){n, 1};
    else
        return bl_read_fraction(out, text) == BYLAW_OK;
    return true;
}

static void read_bound(bl_builder *b, const bl_doc_node *node, bool strict, bool has_of,
                       bl_body *body)
{
    bylaw_fraction bound;

    if (!bl_want_text(&b->reader, node))
        return;
    body->has |= BL_HAS_BOUND;
    b->set->is_bounded = true;
    body->strict = strict;
    body->bound = (bylaw_fraction){1, 1};
    if (!read_fraction(b, node, &bound)) {
        bl_rules_error(b, BAD_BOUND, bl_doc_place(node), BL_TEXT("text", node->text));
    } else if (bound.num < 0 || (bound.num == 0 && !strict)) {
        bl_rules_error(b, BOUND_RANGE, bl_doc_place(node), BL_TEXT("text", node->text));
    } else if (!has_of && bound.den != 1) {
        bl_rules_error(b, BOUND_NOT_WHOLE, bl_doc_place(node), BL_TEXT("text", node->text));
    } else {
        body->bound = bound;
    }
}

void bl_read_threshold(bl_builder *b, const bl_doc_node *node, const bl_scope *scope,
                       const bl_body *base, bl_body *body)
{
    const bl_doc_node *outer = b->reader.key;
    threshold_nodes nodes = {.count = NULL};

    bl_shape_read(&b->reader, node, what_threshold, threshold_keys, &nodes);
    b->reader.key = outer;
    if (node->shape != BL_DOC_MAP)
        return;
    body->span = bl_doc_place(node);
    if (nodes.count != NULL) {
        body->has |= BL_HAS_COUNT;
        read_side(b, nodes.count, scope, &body->count);
    } else if (base == NULL) {
        bl_rules_error0(b, NO_COUNT, bl_doc_place(node));
    }
    if (nodes.of != NULL) {
        body->has |= BL_HAS_OF;
        read_side(b, nodes.of, scope, &body->of);
    }
    const bool has_of = nodes.of != NULL || (base != NULL && (base->has & BL_HAS_OF));

    if (nodes.at_least != NULL && nodes.more_than != NULL)
        bl_rules_error0(b, TWO_BOUNDS, bl_doc_place(nodes.more_than));
    if (nodes.at_least != NULL)
        read_bound(b, nodes.at_least, false, has_of, body);
    else if (nodes.more_than != NULL)
        read_bound(b, nodes.more_than, true, has_of, body);
    else if (base == NULL)
        bl_rules_error0(b, NO_BOUND, bl_doc_place(node));
}

/* --- invariants --- */

static void add_invariant(bl_builder *b, bl_invariant invariant, bl_sum left, bl_sum right)
{
    invariant.linear = true;
    invariant.left = left;
    invariant.right = right;
    if (!bl_vec_push(b->reader.arena, &b->invariants, invariant))
        bl_no_memory(b);
}

/* left OP right as one or two of the form left <= right; false when a side is no sum, or when one
 * more does not fit. */
static bool read_linear(bl_builder *b, const bl_doc_node *node, const bl_scope *scope,
                        bl_invariant invariant)
{
    const bylaw_str text = node->text;
    size_t at = 0;
    bl_sum left, right;

    while (at < text.len && text.ptr[at] != '<' && text.ptr[at] != '>' && text.ptr[at] != '=')
        at++;
    if (at == text.len)
        return false;
    const char op = text.ptr[at];
    const bool equal = at + 1 < text.len && text.ptr[at + 1] == '=';

    if (op == '=' && !equal)
        return false;
    if (!read_sum(b, node, 0, at, scope, true, &left) ||
        !read_sum(b, node, at + 1 + equal, text.len, scope, true, &right))
        return false;
    if (!equal) { /* a < b is a + 1 <= b among whole numbers */
        bl_sum *smaller = op == '<' ? &left : &right;

        if (smaller->constant == INT64_MAX)
            return false;
        smaller->constant++;
    }
    if (op != '>')
        add_invariant(b, invariant, left, right);
    if (op != '<')
        add_invariant(b, invariant, right, left);
    return true;
}

static void read_invariant(bl_builder *b, const bl_doc_node *node, void *context)
{
    const bl_scope scope = {.env = b->set->env};
    bl_invariant invariant = {.text = node->text, .span = bl_doc_place(node)};

    (void)context;
    if (node->shape == BL_DOC_SCALAR && read_linear(b, node, &scope, invariant))
        return;
    invariant.holds = bl_read_program(b, b->set->env, node, BL_SIMPLE(BOOL));
    if (invariant.holds == NULL)
        return;
    if (bl_program_reads(invariant.holds, BL_SLOT_OUTCOME))
        bl_rules_error(b, READS_OUTCOME, bl_doc_place(node),
                       BL_TEXT("what", BYLAW_STR("invariants")));
    if (!bl_vec_push(b->reader.arena, &b->invariants, invariant))
        bl_no_memory(b);
}

void bl_read_invariants(bl_builder *b)
{
    for (size_t i = 0; i < b->layers.count && !b->reader.failed; i++)
        bl_read_items(b, b->layers.items[i]->invariants, read_invariant, NULL);
    b->set->invariants = b->invariants.items;
    b->set->invariant_count = b->invariants.count;
    b->set->is_bounded = b->set->is_bounded || b->invariants.count > 0;
}
