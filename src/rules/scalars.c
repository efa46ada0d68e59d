/* rules/scalars.c: facts as people write them: 8, ８, 八; 2/3, 三分之二; 2026年11月21日; 是; 主席;
 * 无. A scalar is read by the type that is expected; what cannot be read exactly is told, never
 * guessed. */
#include "rules/messages.h"
#include "rules/ruleset.h"

#include "text/unicode.h"
#include "value/date.h"

/* What is being read: the fact, or a part of it: an element of a list, a field of a record. Where a
 * part stands, and what it is called, is worked out only when it must be told. */
typedef struct scalars {
    bl_arena *arena;
    bylaw_diags *diags;
    uint32_t slot;
    bool is_count; /* this very value is a count */
    bool ignore_unknown;
    bylaw_label label; /* of the fact */
    const struct scalars *outer;
    const bl_field *field; /* of outer, a record; NULL: element number `index` of outer, a list */
    size_t index;
} scalars;

/* "[3].choice"; nothing for the fact itself. */
static void write_path(bl_str *out, const scalars *s)
{
    if (s->outer == NULL)
        return;
    write_path(out, s->outer);
    if (s->field != NULL) {
        bl_str_addc(out, '.');
        bl_str_add(out, s->field->name);
    } else {
        bl_str_addc(out, '[');
        bl_str_add_uint(out, s->index);
        bl_str_addc(out, ']');
    }
}

/* The fact's label; within a record “候选人的已连任”, “consecutive terms of candidates”. */
static bylaw_label label_of(const scalars *s)
{
    bylaw_label label = s->label;
    bl_str zh = bl_str_init(s->arena), en = bl_str_init(s->arena);

    while (s != NULL && s->field == NULL)
        s = s->outer;
    if (s == NULL)
        return label;
    bl_str_add(&zh, label.in[BYLAW_ZH]);
    bl_str_addz(&zh, "的");
    bl_str_add(&zh, s->field->label.in[BYLAW_ZH]);
    bl_str_add(&en, s->field->label.in[BYLAW_EN]);
    bl_str_addz(&en, " of ");
    bl_str_add(&en, label.in[BYLAW_EN]);
    return (bylaw_label){{bl_str_view(&zh), bl_str_view(&en)}};
}

/* “Leave it empty” is for who states a fact, not for who writes a rule set. */
static bylaw_label leave(const scalars *s)
{
    static const bylaw_label nothing = {{{NULL, 0}, {NULL, 0}}};
    const bl_msg *msg = BL_RULES_MSG(LEAVE_EMPTY);

    if (s->slot == BL_SLOT_KIND)
        return nothing;
    return (bylaw_label){{bylaw_str_from(msg->in[0]), bylaw_str_from(msg->in[1])}};
}

#define tell(s, NAME, node, ...)                                                                   \
    bl_error((s)->diags, BL_RULES_MSG(NAME), bl_doc_place(node), BL_LABEL("fact", label_of(s)),    \
             BL_LABEL("leave", leave(s)), __VA_ARGS__)

/* --- enumerations --- */

const bl_enum_value *bl_enum_find(const bl_enum *e, bylaw_str text)
{
    const bl_enum_value *labelled = NULL;
    size_t found = 0;

    for (size_t i = 0; i < e->count; i++) {
        const bl_enum_value *value = e->values[i];

        if (bl_str_equal(value->id, text))
            return value;
        if (bl_str_equal(value->label.in[BYLAW_ZH], text) ||
            bl_str_equal(value->label.in[BYLAW_EN], text)) {
            labelled = value;
            found++;
        }
    }
    return found == 1 ? labelled : NULL;
}

bylaw_str bl_enum_nearest(const bl_enum *e, bylaw_str text)
{
    size_t best = bl_str_near(text) + 1;
    bylaw_str found = {NULL, 0};

    for (size_t i = 0; i < e->count; i++) {
        const bl_enum_value *value = e->values[i];
        const bylaw_str names[] = {value->id, value->label.in[BYLAW_ZH], value->label.in[BYLAW_EN]};

        for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
            const size_t distance = bl_str_distance(names[k], text, best);

            if (distance < best) {
                best = distance;
                found = value->id;
            }
        }
    }
    return found;
}

static bool read_enum(const scalars *s, bl_value *out, const bl_doc_node *node, const bl_type *type)
{
    const bl_enum *e = type->enumerated;
    const bl_enum_value *value = bl_enum_find(e, bl_str_trim(node->text));

    if (value != NULL) {
        *out = bl_enum_of(value);
        return true;
    }
    const bylaw_str near = bl_enum_nearest(e, node->text);
    const bl_enum_value *nearest = near.len > 0 ? bl_enum_find(e, near) : NULL;

    if (nearest != NULL)
        tell(s, WANT_ENUM_NEAR, node, BL_TEXT("text", node->text), BL_TEXT("near", near),
             BL_LABEL("label", nearest->label));
    else
        tell(s, WANT_ENUM, node, BL_TEXT("text", node->text), BL_TEXT("enum", e->name));
    return false;
}

/* --- plain scalars --- */

static bool read_int(const scalars *s, bl_value *out, const bl_doc_node *node, const bl_type *type)
{
    int64_t n = 0;
    const bylaw_status status = bl_read_int(&n, bl_str_trim(node->text));

    if (status == BYLAW_EOVERFLOW)
        tell(s, WANT_SMALLER, node, BL_TEXT("text", node->text));
    else if (status != BYLAW_OK)
        tell(s, WANT_INT, node, BL_TEXT("text", node->text));
    else if (n < 0 && (type == &bl_type_count || s->is_count))
        tell(s, WANT_COUNT, node, BL_TEXT("text", node->text));
    else
        *out = bl_int(n);
    return out->kind == BL_INT;
}

static bool read_fraction(const scalars *s, bl_value *out, const bl_doc_node *node,
                          const bl_type *type)
{
    bylaw_fraction f;
    const bylaw_status status = bl_read_fraction(&f, bl_str_trim(node->text));

    (void)type;
    if (status == BYLAW_EOVERFLOW)
        tell(s, WANT_SMALLER, node, BL_TEXT("text", node->text));
    else if (status != BYLAW_OK)
        tell(s, WANT_FRACTION, node, BL_TEXT("text", node->text));
    else
        *out = bl_fraction_value(s->arena, f);
    return out->kind == BL_FRACTION;
}

static const struct yes_no {
    const char *word;
    bool value;
} yes_no_words[] = {
    {"true", true},   {"yes", true}, {"是", true},  {"有", true},  {"True", true},   {"Yes", true},
    {"false", false}, {"no", false}, {"否", false}, {"无", false}, {"False", false}, {"No", false},
};

static bool read_bool(const scalars *s, bl_value *out, const bl_doc_node *node, const bl_type *type)
{
    const bylaw_str text = bl_str_trim(node->text);

    (void)type;
    for (size_t i = 0; i < sizeof yes_no_words / sizeof *yes_no_words; i++) {
        if (bl_str_is(text, yes_no_words[i].word)) {
            *out = bl_bool(yes_no_words[i].value);
            return true;
        }
    }
    tell(s, WANT_BOOL, node, BL_TEXT("text", node->text));
    return false;
}

static bool read_text(const scalars *s, bl_value *out, const bl_doc_node *node, const bl_type *type)
{
    (void)type;
    *out = bl_string_value(s->arena, node->text);
    return out->kind == BL_STRING;
}

static bool read_name(const scalars *s, bl_value *out, const bl_doc_node *node, const bl_type *type)
{
    const bylaw_str text = bl_str_trim(node->text);

    (void)type;
    if (text.len == 0) {
        bl_error(s->diags, BL_RULES_MSG(WANT_NAME), bl_doc_place(node),
                 BL_LABEL("fact", label_of(s)));
        return false;
    }
    *out = bl_name_value(s->arena, text);
    return out->kind == BL_NAME;
}

static void tell_no_such_day(const scalars *s, const bl_doc_node *node)
{
    bl_error(s->diags, BL_RULES_MSG(NO_SUCH_DAY), bl_doc_place(node),
             BL_LABEL("date", bl_date_as_told(s->arena, node->text)));
}

/* A time of day behind the day is no part of the value. */
static bool read_date(const scalars *s, bl_value *out, const bl_doc_node *node, const bl_type *type)
{
    int64_t days = 0;
    bylaw_str rest = {NULL, 0};

    (void)type;
    switch (bl_date_read(&days, &rest, bl_str_trim(node->text))) {
    case BL_DATE_OK:
        *out = bl_date_value(days);
        return true;
    case BL_DATE_NO_SUCH_DAY:
        tell_no_such_day(s, node);
        return false;
    case BL_DATE_NOT_A_DATE:
        break;
    }
    tell(s, WANT_DATE, node, BL_TEXT("text", node->text));
    return false;
}

typedef bool read_scalar(const scalars *s, bl_value *out, const bl_doc_node *node,
                         const bl_type *type);

static read_scalar *const scalar_readers[BL_T__COUNT] = {
    [BL_T_BOOL] = read_bool,         [BL_T_INT] = read_int,   [BL_T_STRING] = read_text,
    [BL_T_FRACTION] = read_fraction, [BL_T_DATE] = read_date, [BL_T_NAME] = read_name,
    [BL_T_ENUM] = read_enum,
};

/* --- none, lists, records --- */

static bool is_none(const bl_doc_node *node)
{
    static const char *const words[] = {"none", "无", "null"};

    if (node->shape != BL_DOC_SCALAR || node->quoted)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (bl_str_is(bl_str_trim(node->text), words[i]))
            return true;
    }
    return false;
}

static bool read_value(const scalars *s, bl_value *out, const bl_doc_node *node,
                       const bl_type *type);

/* What is left empty in a list: known to be there, not known what. */
static bool unknown_part(const scalars *s, bl_value *out)
{
    bl_attr *attr = BL_NEW(s->arena, bl_attr);
    bl_str path = bl_str_init(s->arena);

    write_path(&path, s);
    if (attr == NULL || bl_str_take(&attr->path, &path) != BYLAW_OK)
        return false;
    attr->slot = s->slot;
    *out = bl_unknown_value(s->arena, attr);
    return out->kind == BL_UNKNOWN;
}

static bool read_part(const scalars *s, bl_value *out, const bl_doc_node *node, const bl_type *type)
{
    return bl_doc_is_empty(node) ? unknown_part(s, out) : read_value(s, out, node, type);
}

static bool read_list(const scalars *s, bl_value *out, const bl_doc_node *node, const bl_type *type)
{
    const bl_type *element = type->params[0];
    scalars part = *s;
    bool good = true;

    if (node->shape != BL_DOC_SEQ) {
        bl_error(s->diags, BL_RULES_MSG(WANT_LIST), bl_doc_place(node),
                 BL_LABEL("fact", label_of(s)));
        return false;
    }
    bl_value *items = BL_NEW_N(s->arena, bl_value, node->count + 1);

    part.outer = s;
    part.field = NULL;
    part.is_count = false;
    for (size_t i = 0; items != NULL && i < node->count; i++) {
        part.index = i;
        good &= read_part(&part, &items[i], node->items[i], element);
    }
    if (items == NULL || !good)
        return false;
    *out = bl_list_value(s->arena, items, node->count);
    return out->kind == BL_LIST;
}

static const bl_field *find_field(const bl_type *type, bylaw_str name)
{
    for (size_t i = 0; i < type->field_count; i++) {
        if (bl_str_equal(type->fields[i].name, name))
            return &type->fields[i];
    }
    for (size_t i = 0; i < type->field_count; i++) {
        if (bl_str_equal(type->fields[i].label.in[BYLAW_ZH], name) ||
            bl_str_equal(type->fields[i].label.in[BYLAW_EN], name))
            return &type->fields[i];
    }
    return NULL;
}

static void tell_field(const scalars *s, const bl_doc_node *key, const bl_type *type)
{
    bl_map names = bl_map_init(s->arena);
    bylaw_label hint = {{{NULL, 0}, {NULL, 0}}};

    for (size_t i = 0; i < type->field_count; i++)
        (void)bl_map_put(&names, type->fields[i].name, &names);
    const bylaw_str near = bl_map_nearest(&names, key->text);

    for (int lang = 0; near.len > 0 && lang < BYLAW_LANGS; lang++) {
        bl_str text = bl_str_init(s->arena);

        bl_msg_format(&text, BL_RULES_MSG(HINT_NEAR)->in[lang], (bylaw_lang)lang,
                      BL_ARGS(BL_TEXT("near", near)));
        (void)bl_str_take(&hint.in[lang], &text);
    }
    tell(s, RECORD_FIELD, key, BL_TEXT("name", key->text), BL_LABEL("hint", hint));
}

/* {member: …, choice: …} */
static void tell_shape(const scalars *s, const bl_doc_node *node, const bl_type *type)
{
    bl_str shape = bl_str_init(s->arena);

    for (size_t i = 0; i < type->field_count; i++) {
        bl_str_addz(&shape, i == 0 ? "{" : ", ");
        bl_str_add(&shape, type->fields[i].name);
        bl_str_addz(&shape, ": …");
    }
    bl_str_addc(&shape, '}');
    tell(s, WANT_RECORD, node, BL_TEXT("shape", bl_str_view(&shape)));
}

static bool read_record(const scalars *s, bl_value *out, const bl_doc_node *node,
                        const bl_type *type)
{
    const bl_doc_node **given = BL_NEW_N(s->arena, const bl_doc_node *, type->field_count + 1);
    bl_value *values = BL_NEW_N(s->arena, bl_value, type->field_count + 1);
    bl_record *record = BL_NEW(s->arena, bl_record);
    scalars part = *s;
    bool good = true;

    if (given == NULL || values == NULL || record == NULL)
        return false;
    if (node->shape != BL_DOC_MAP) {
        tell_shape(s, node, type);
        return false;
    }
    for (size_t i = 0; i < node->count; i++) {
        const bl_field *field = find_field(type, node->pairs[i].key->text);

        if (field == NULL && s->ignore_unknown) {
            continue;
        } else if (field == NULL) {
            tell_field(s, node->pairs[i].key, type);
            good = false;
        } else if (given[field - type->fields] != NULL) {
            tell(s, RECORD_TWICE, node->pairs[i].key, BL_TEXT("name", field->name));
            good = false;
        } else {
            given[field - type->fields] = node->pairs[i].value;
        }
    }
    part.outer = s;
    part.is_count = false;
    for (size_t i = 0; i < type->field_count; i++) {
        part.field = &type->fields[i];
        good &= read_part(&part, &values[i], given[i], type->fields[i].type);
    }
    if (!good)
        return false;
    *record = (bl_record){type, values};
    *out = (bl_value){.kind = BL_RECORD, .as.record = record};
    return true;
}

/* The words for none that mean something else for a type: “无” is no for yes or no. */
static bool means_none(const bl_doc_node *node, const bl_type *type)
{
    if (!is_none(node))
        return false;
    return type->kind != BL_T_BOOL || !bl_str_is(bl_str_trim(node->text), "无");
}

static bool read_value(const scalars *s, bl_value *out, const bl_doc_node *node,
                       const bl_type *type)
{
    const bool nullable = type->kind == BL_T_NULLABLE;
    const bl_type *inner = nullable ? type->params[0] : type;

    *out = BL_NULL_VALUE;
    if (nullable && is_none(node))
        return true;
    if (inner->kind == BL_T_LIST) {
        if (is_none(node)) { /* 大会召开日期：无 */
            *out = bl_list_value(s->arena, NULL, 0);
            return out->kind == BL_LIST;
        }
        return read_list(s, out, node, inner);
    }
    if (inner->kind == BL_T_RECORD)
        return read_record(s, out, node, inner);
    if (scalar_readers[inner->kind] == NULL)
        return false; /* of a declaration that was told already */
    if (node->shape != BL_DOC_SCALAR) {
        bl_error(s->diags, BL_RULES_MSG(WANT_SCALAR), bl_doc_place(node),
                 BL_LABEL("fact", label_of(s)));
        return false;
    }
    if (means_none(node, inner)) {
        tell(s, NOT_NONE, node, BL_TEXT("text", node->text));
        return false;
    }
    return scalar_readers[inner->kind](s, out, node, inner);
}

bool bl_value_read(bl_value *out, const bl_doc_node *node, const bl_fact_view *fact,
                   bl_arena *arena, bylaw_diags *diags)
{
    const scalars s = {.arena = arena,
                       .diags = diags,
                       .slot = fact->slot,
                       .is_count = fact->is_count,
                       .ignore_unknown = fact->ignore_unknown,
                       .label = fact->label.in[0].len > 0
                                    ? fact->label
                                    : (bylaw_label){{bylaw_str_from(BL_RULES_MSG(THIS)->in[0]),
                                                     bylaw_str_from(BL_RULES_MSG(THIS)->in[1])}}};
    bl_value value = BL_NULL_VALUE;

    if (!read_value(&s, &value, node, fact->type))
        return false;
    *out = value;
    return true;
}
