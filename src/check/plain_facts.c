/* check/plain_facts.c: facts for expressions that no vocabulary declares. A scalar without quotes
 * that reads as a number, true or false is that; everything else is text. The type of a fact is
 * that of its value, so that expressions over it are checked as far as can be. */
#include "check/expression.h"

#include "base/vec.h"
#include "check/messages.h"
#include "value/number.h"

typedef struct plain {
    bylaw_str name;
    const bl_doc_node *value;
} plain;

typedef struct plain_reader {
    const bylaw_limits *limits;
    bl_arena *arena;
    bylaw_diags *diags;
    BL_VEC(plain) facts;
    bool failed;
} plain_reader;

/* A later source replaces what an earlier one says. */
static void take(plain_reader *r, bylaw_str name, const bl_doc_node *value)
{
    for (size_t i = 0; i < r->facts.count; i++) {
        if (bl_str_equal(r->facts.items[i].name, name)) {
            r->facts.items[i].value = value;
            return;
        }
    }
    if (!bl_vec_push(r->arena, &r->facts, ((plain){name, value})))
        r->failed = true;
}

static void take_all(plain_reader *r, const bl_doc_node *root)
{
    const bl_doc_node *below = bl_doc_get(root, "facts");

    if (root->count == 1 && below != NULL && below->shape == BL_DOC_MAP)
        root = below;
    for (size_t i = 0; i < root->count; i++)
        take(r, root->pairs[i].key->text, root->pairs[i].value);
}

static bylaw_status read_source(plain_reader *r, const bl_source *source, bl_doc_format format)
{
    bl_document doc = {0};
    const bylaw_status status =
        bl_document_read(&doc, source, format, r->limits, r->arena, r->diags);

    if (status != BYLAW_OK)
        return status;
    for (size_t i = 0; i < doc.count; i++) {
        if (doc.roots[i] == NULL)
            continue;
        if (doc.roots[i]->shape == BL_DOC_MAP)
            take_all(r, doc.roots[i]);
        else
            bl_error0(r->diags, &bl_check_msg_not_a_mapping, doc.roots[i]->span);
    }
    return r->failed ? BYLAW_ENOMEM : BYLAW_OK;
}

const bl_source *bl_setting_source(bl_arena *arena, const bylaw_setting *setting)
{
    bl_source *source = BL_NEW(arena, bl_source);
    bl_str text = bl_str_init(arena);

    bl_str_add(&text, setting->name);
    bl_str_addz(&text, ": ");
    bl_str_add(&text, setting->value);
    if (source == NULL || bl_str_take(&source->text, &text) != BYLAW_OK)
        return NULL;
    source->name = BYLAW_STR("--set");
    return source;
}

/* ---- values and their types ---- */

typedef struct typed {
    bl_value value;
    const bl_type *type; /* NULL: no memory */
} typed;

static typed typed_of(plain_reader *r, const bl_doc_node *node);

static typed typed_scalar(plain_reader *r, const bl_doc_node *node)
{
    const bylaw_str text = node->text;
    const bool digits =
        text.len > 0 && (node->number || text.ptr[text.len - 1] == '.' ||
                         (text.ptr[text.len - 1] >= '0' && text.ptr[text.len - 1] <= '9'));
    bl_value v = BL_NULL_VALUE;

    if (!node->quoted && bl_doc_is_empty(node))
        return (typed){v, BL_SIMPLE(DYN)};
    if (!node->quoted && (bl_str_is(text, "true") || bl_str_is(text, "false")))
        return (typed){bl_bool(text.ptr[0] == 't'), BL_SIMPLE(BOOL)};
    v.kind = BL_INT;
    if (!node->quoted && digits && bl_int_read(&v.as.i, text) == BL_NUMBER_OK)
        return (typed){v, BL_SIMPLE(INT)};
    v.kind = BL_DOUBLE;
    if (!node->quoted && digits && bl_double_read(&v.as.d, text) == BL_NUMBER_OK)
        return (typed){v, BL_SIMPLE(DOUBLE)};
    return (typed){bl_string_value(r->arena, text), BL_SIMPLE(STRING)};
}

/* The type of all elements so far and of one more. */
static const bl_type *common(const bl_type *so_far, const bl_type *one)
{
    return so_far == NULL || bl_type_same(so_far, one) ? one : BL_SIMPLE(DYN);
}

static typed typed_list(plain_reader *r, const bl_doc_node *node)
{
    bl_value *items = BL_NEW_N(r->arena, bl_value, node->count);
    const bl_type *of = NULL;

    if (items == NULL)
        return (typed){BL_NULL_VALUE, NULL};
    for (size_t i = 0; i < node->count; i++) {
        const typed one = typed_of(r, node->items[i]);

        if (one.type == NULL)
            return one;
        items[i] = one.value;
        of = common(of, one.type);
    }
    return (typed){bl_list_value(r->arena, items, node->count),
                   bl_type_list(r->arena, of != NULL ? of : BL_SIMPLE(DYN))};
}

static typed typed_map(plain_reader *r, const bl_doc_node *node)
{
    bl_map_pair *pairs = BL_NEW_N(r->arena, bl_map_pair, node->count);
    const bl_type *of = NULL;

    if (pairs == NULL)
        return (typed){BL_NULL_VALUE, NULL};
    for (size_t i = 0; i < node->count; i++) {
        const typed one = typed_of(r, node->pairs[i].value);

        if (one.type == NULL)
            return one;
        pairs[i] = (bl_map_pair){bl_string_value(r->arena, node->pairs[i].key->text), one.value};
        of = common(of, one.type);
    }
    return (typed){bl_map_value(r->arena, pairs, node->count),
                   bl_type_map(r->arena, BL_SIMPLE(STRING), of != NULL ? of : BL_SIMPLE(DYN))};
}

/* The depth of a document is bounded where it is read. */
static typed typed_of(plain_reader *r, const bl_doc_node *node)
{
    typed made;

    if (node->shape == BL_DOC_SEQ)
        made = typed_list(r, node);
    else if (node->shape == BL_DOC_MAP)
        made = typed_map(r, node);
    else
        made = typed_scalar(r, node);
    if (made.value.kind == BL_ERROR)
        made.type = NULL;
    return made;
}

static bylaw_status finish(bl_plain_facts *out, plain_reader *r)
{
    const size_t n = r->facts.count;
    bylaw_str *names = BL_NEW_N(r->arena, bylaw_str, n);
    const bl_type **types = BL_NEW_N(r->arena, const bl_type *, n);
    bl_value *values = BL_NEW_N(r->arena, bl_value, n);

    if (names == NULL || types == NULL || values == NULL)
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < n; i++) {
        const bl_doc_node *node = r->facts.items[i].value;
        typed fact = typed_of(r, node);

        if (bl_doc_is_empty(node)) {
            bl_attr *attr = BL_NEW(r->arena, bl_attr);

            if (attr == NULL)
                return BYLAW_ENOMEM;
            attr->slot = (uint32_t)i;
            fact = (typed){bl_unknown_value(r->arena, attr), BL_SIMPLE(DYN)};
        }
        if (fact.type == NULL || fact.value.kind == BL_ERROR)
            return BYLAW_ENOMEM;
        names[i] = r->facts.items[i].name;
        types[i] = fact.type;
        values[i] = fact.value;
    }
    *out = (bl_plain_facts){names, types, values, n};
    return BYLAW_OK;
}

bylaw_status bl_plain_facts_read(bl_plain_facts *out, const bylaw_expr_options *options,
                                 bl_arena *arena, bylaw_diags *diags)
{
    plain_reader r = {.limits = options->limits, .arena = arena, .diags = diags};
    const size_t known = diags != NULL ? bylaw_diags_errors(diags) : 0;
    bylaw_status status = BYLAW_OK;

    for (size_t i = 0; i < options->fact_count && status != BYLAW_ENOMEM; i++) {
        bl_source *source = BL_NEW(arena, bl_source);

        if (source == NULL)
            return BYLAW_ENOMEM;
        *source = (bl_source){.name = options->facts[i].file, .text = options->facts[i].text};
        status = read_source(&r, source, BL_DOC_BY_NAME);
    }
    for (size_t i = 0; i < options->setting_count && status != BYLAW_ENOMEM; i++) {
        const bl_source *source = bl_setting_source(arena, &options->settings[i]);

        if (source == NULL)
            return BYLAW_ENOMEM;
        status = read_source(&r, source, BL_DOC_YAML);
    }
    if (status == BYLAW_ENOMEM || status == BYLAW_ELIMIT)
        return status;
    status = bl_diags_status(diags, known);
    return status == BYLAW_OK ? finish(out, &r) : status;
}
