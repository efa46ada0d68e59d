/* rules/parts.c: the small steps that all parts of the loader take: telling mistakes, checking
 * names and labels, walking mappings and lists, compiling expressions. */
#include "rules/build.h"

#include "doc/messages.h"

bool bl_no_memory(bl_builder *b)
{
    b->reader.failed = true;
    return false;
}

void bl_tell(bl_builder *b, bl_rules_msg msg, bl_span span, const bl_arg *args, size_t n)
{
    bl_diag_add(b->reader.diags, BYLAW_ERROR, &bl_rules_messages[msg], span, args, n);
}

static bylaw_label hint(bl_builder *b, bl_rules_msg msg, bylaw_str near)
{
    bylaw_label label = {{{NULL, 0}, {NULL, 0}}};

    for (int lang = 0; near.len > 0 && lang < BYLAW_LANGS; lang++) {
        bl_str text = bl_str_init(&b->scratch);

        bl_msg_format(&text, bl_rules_messages[msg].in[lang], (bylaw_lang)lang,
                      BL_ARGS(BL_TEXT("near", near)));
        if (bl_str_take(&label.in[lang], &text) != BYLAW_OK)
            bl_no_memory(b);
    }
    return label;
}

bylaw_label bl_hint_near(bl_builder *b, bylaw_str near)
{
    return hint(b, BL_RULES_HINT_NEAR, near);
}

bylaw_label bl_hint_is(bl_builder *b, bylaw_str near)
{
    return hint(b, BL_RULES_HINT_IS, near);
}

bylaw_str bl_other_file(bl_builder *b, bl_span there, bl_span here)
{
    bl_str text = bl_str_init(&b->scratch);
    bylaw_str out = {NULL, 0};

    if (there.source == NULL || there.source == here.source)
        return out;
    bl_str_add(&text, there.source->name);
    bl_str_addc(&text, ' ');
    if (bl_str_take(&out, &text) != BYLAW_OK)
        bl_no_memory(b);
    return out;
}

int64_t bl_line_number(bl_span span)
{
    return span.source == NULL ? 0 : (int64_t)bl_place_of(span.source, span.from).line;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_also(char c, const char *also)
{
    for (; *also != '\0'; also++) {
        if (c == *also)
            return true;
    }
    return false;
}

bool bl_want_name(bl_builder *b, const bl_doc_node *node, const char *also)
{
    const bylaw_str name = node->text;

    if (b->is_bundled)
        return true;
    bool good =
        name.len > 0 && (is_letter(name.ptr[0]) || (is_also('_', also) && name.ptr[0] == '_'));

    for (size_t i = 1; good && i < name.len; i++)
        good = is_letter(name.ptr[i]) || (name.ptr[i] >= '0' && name.ptr[i] <= '9') ||
               is_also(name.ptr[i], also);
    if (!good)
        bl_rules_error(b, BAD_NAME, bl_doc_place(node), BL_TEXT("name", name),
                       BL_TEXT("also", bylaw_str_from(also)));
    return good;
}

void bl_want_both(bl_builder *b, const bylaw_label *label, const bl_doc_node *key)
{
    static const bl_doc_msg missing[BYLAW_LANGS] = {BL_DOC_MISSING_TRANSLATION_ZH,
                                                    BL_DOC_MISSING_TRANSLATION_EN};

    for (int lang = 0; lang < BYLAW_LANGS; lang++) {
        if (label->in[lang].len == 0)
            bl_error(b->reader.diags, &bl_doc_messages[missing[lang]], bl_doc_place(key),
                     BL_TEXT("key", key->text));
    }
}

size_t bl_limit(const bl_builder *b, bylaw_limit limit)
{
    return (size_t)bylaw_limit_of(b->limits, limit);
}

bool bl_over(const bl_builder *b)
{
    return b->reader.failed || bylaw_diags_errors(b->reader.diags) >=
                                   b->errors_before + bl_limit(b, BYLAW_LIMIT_MISTAKES);
}

void bl_tell_over(bl_builder *b)
{
    if (b->set->source != NULL && !b->reader.failed && bl_over(b))
        bl_error(b->reader.diags, BL_DOC_MSG(TOO_MANY_ERRORS), ((bl_span){b->set->source, 0, 0}),
                 BL_INT("most", (int64_t)bl_limit(b, BYLAW_LIMIT_MISTAKES)));
}

bool bl_within(bl_builder *b, const bl_doc_node *node, bylaw_limit limit)
{
    const size_t most = bl_limit(b, limit);

    if (node == NULL || node->count <= most)
        return true;
    bl_rules_error(b, TOO_MANY, bl_doc_place(node), BL_INT("n", (int64_t)node->count),
                   BL_INT("most", (int64_t)most),
                   BL_TEXT("limit", bylaw_str_from(bylaw_limit_name(limit))));
    return false;
}

void bl_read_pairs(bl_builder *b, const bl_doc_node *node, bl_each_pair *one, void *context)
{
    const bl_doc_node *outer = b->reader.key;

    if (bl_doc_is_empty(node) || !bl_want_map(&b->reader, node))
        return;
    for (size_t i = 0; i < node->count && !bl_over(b); i++) {
        b->reader.key = node->pairs[i].key;
        one(b, &node->pairs[i], context);
    }
    b->reader.key = outer;
}

void bl_read_items(bl_builder *b, const bl_doc_node *node, bl_each_item *one, void *context)
{
    if (bl_doc_is_empty(node) || !bl_want_list(&b->reader, node))
        return;
    for (size_t i = 0; i < node->count && !bl_over(b); i++)
        one(b, node->items[i], context);
}

void bl_read_scalars(bl_builder *b, const bl_doc_node *node, bl_each_item *one, void *context)
{
    if (node->shape != BL_DOC_SEQ) {
        if (bl_want_text(&b->reader, node))
            one(b, node, context);
        return;
    }
    for (size_t i = 0; i < node->count && !bl_over(b); i++) {
        if (bl_want_text(&b->reader, node->items[i]))
            one(b, node->items[i], context);
    }
}

int bl_read_word(bl_reader *reader, const bl_doc_node *node, const char *const *words)
{
    bl_builder *b = reader->context;
    bl_str list = bl_str_init(&b->scratch);

    if (!bl_want_text(reader, node))
        return -1;
    for (int i = 0; words[i] != NULL; i++) {
        if (bl_str_is(node->text, words[i]))
            return i;
    }
    for (int i = 0; words[i] != NULL; i++) {
        bl_str_addz(&list, i == 0 ? "" : ", ");
        bl_str_addz(&list, words[i]);
    }
    bl_rules_error(b, UNKNOWN_WORD, bl_doc_place(node), BL_TEXT("text", node->text),
                   BL_TEXT("list", bl_str_view(&list)));
    return -1;
}

static bool read_day(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    static const bl_fact_view view = {.type = BL_SIMPLE(DATE)};
    bl_value value;

    if (!bl_want_text(reader, node) || !bl_read_value(reader->context, &value, node, &view))
        return false;
    *(int64_t *)slot = value.as.i;
    return true;
}

void bl_read_period(bl_builder *b, const bl_doc_node *node, int64_t *from, int64_t *until)
{
    static const bylaw_label what = {{{"in_force", 8}, {"in_force", 8}}};
    struct {
        int64_t from, until;
    } period = {INT64_MIN, INT64_MAX};
    static const bl_key keys[] = {
        {"from", 0, read_day, 0}, {"until", 0, read_day, sizeof(int64_t)}, {NULL, 0, NULL, 0}};

    *from = INT64_MIN;
    *until = INT64_MAX;
    if (bl_doc_is_empty(node) || !bl_shape_read(&b->reader, node, what, keys, &period))
        return;
    if (period.from > period.until) {
        bl_rules_error0(b, PERIOD_REVERSED, bl_doc_place(node));
        return;
    }
    *from = period.from;
    *until = period.until;
}

bool bl_unique(bl_builder *b, const char *class_, bylaw_str of, bylaw_str id, bl_span span)
{
    bl_str text = bl_str_init(&b->scratch);
    bylaw_str key;

    if (b->is_bundled)
        return true;
    bl_str_addz(&text, class_);
    bl_str_addc(&text, ' ');
    bl_str_add(&text, of);
    bl_str_addc(&text, ' ');
    bl_str_add(&text, id);
    if (bl_str_take(&key, &text) != BYLAW_OK)
        return bl_no_memory(b);
    const bl_span *first = bl_map_get(&b->spans, key);

    if (first != NULL) {
        bl_rules_error(b, DUPLICATE_ID, span, BL_TEXT("id", id),
                       BL_TEXT("file", bl_other_file(b, *first, span)),
                       BL_INT("line", bl_line_number(*first)));
        return false;
    }
    bl_span *kept = BL_NEW(&b->scratch, bl_span);

    if (kept == NULL)
        return bl_no_memory(b);
    *kept = span;
    return bl_map_put(&b->spans, key, kept) || bl_no_memory(b);
}

/* Something that YAML took for a list or a mapping because of how it begins. */
static const bl_program *not_a_scalar(bl_builder *b, const bl_doc_node *node)
{
    const bl_source *source = node->span.source;
    const bylaw_str first = bl_str_slice(source->text, node->span.from, node->span.from + 1);
    const bool flow = bl_str_is(first, "[") || bl_str_is(first, "{");

    if (flow)
        bl_rules_error(b, UNQUOTED, bl_doc_place(node), BL_TEXT("char", first));
    else
        bl_rules_error0(b, WANT_EXPRESSION, bl_doc_place(node));
    return NULL;
}

const bl_program *bl_read_program(bl_builder *b, const bl_env *env, const bl_doc_node *node,
                                  const bl_type *want)
{
    bl_program *program = NULL;

    if (node == NULL)
        return NULL;
    if (node->shape != BL_DOC_SCALAR)
        return not_a_scalar(b, node);
    const bl_expr_text text = {node->text, bl_doc_part(node, 0, node->text.len), node->exact};
    const bylaw_status status =
        bl_compile(&program, env, b->reader.arena, text, want, true, b->reader.diags);

    if (status == BYLAW_ENOMEM)
        bl_no_memory(b);
    return status == BYLAW_OK ? program : NULL;
}

bool bl_program_reads(const bl_program *program, uint32_t slot)
{
    size_t count = 0;
    const uint32_t *slots = program == NULL ? NULL : bl_program_slots(program, &count);

    for (size_t i = 0; i < count; i++) {
        if (slots[i] == slot)
            return true;
    }
    return false;
}

const bl_program *bl_read_scope(bl_builder *b, const bl_doc_node *node)
{
    const bl_program *program = bl_read_program(b, b->set->env, node, BL_SIMPLE(BOOL));

    if (bl_program_reads(program, BL_SLOT_OUTCOME))
        bl_rules_error(b, READS_OUTCOME, bl_doc_place(node), BL_TEXT("what", BYLAW_STR("scope")));
    return program;
}
