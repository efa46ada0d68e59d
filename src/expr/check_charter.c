/* expr/check_charter.c: what only rule sets ask: texts that are values of an enumeration, names or
 * dates; stated(); no division of whole numbers, no floating point, no dyn; see checker.h. */
#include "expr/checker.h"

#include "value/date.h"

/* ---- Text literals ---- */

static const bl_type *inner(const bl_type *type)
{
    type = bl_infer_head(type);
    if (type->kind == BL_T_NULLABLE && type->param_count == 1)
        return bl_infer_head(type->params[0]);
    return type;
}

static uint32_t child_of(const bl_checker *c, const bl_node *node, uint32_t i)
{
    return c->children.items[node->child + i];
}

/* The children that a list or choice takes its value from. */
static uint32_t first_value(const bl_node *node)
{
    return node->kind == BL_NODE_COND ? 1 : 0;
}

bool bl_charter_literal(const bl_checker *c, uint32_t index)
{
    const bl_node *node = &c->nodes.items[index];

    if (node->kind == BL_NODE_CONST)
        return node->as.value.kind == BL_STRING;
    if ((node->kind != BL_NODE_LIST && node->kind != BL_NODE_COND) || node->child_count == 0)
        return false;
    for (uint32_t i = first_value(node); i < node->child_count; i++) {
        if (!bl_charter_literal(c, child_of(c, node, i)))
            return false;
    }
    return true;
}

bool bl_charter_may_become(const bl_checker *c, uint32_t index, const bl_type *want)
{
    const bl_node *node = &c->nodes.items[index];

    want = inner(want);
    if (!bl_charter_literal(c, index))
        return false;
    if (node->kind == BL_NODE_LIST)
        return want->kind == BL_T_LIST && want->param_count == 1 &&
               bl_charter_may_become(c, child_of(c, node, 0), want->params[0]);
    if (node->kind == BL_NODE_COND)
        return bl_charter_may_become(c, child_of(c, node, 1), want);
    return want->kind == BL_T_NAME || want->kind == BL_T_DATE ||
           (want->kind == BL_T_ENUM && want->enumerated != NULL);
}

static const bl_enum_value *find_value(const bl_enum *e, bylaw_str id)
{
    for (size_t i = 0; i < e->count; i++) {
        if (bl_str_equal(e->values[i]->id, id))
            return e->values[i];
    }
    return NULL;
}

/* The value whose label this is, or whose id is nearest; NULL: none is near. */
static const bl_enum_value *find_meant(const bl_enum *e, bylaw_str text)
{
    const size_t most = text.len < 6 ? 1 + (text.len > 3) : text.len / 3;
    const bl_enum_value *best = NULL;
    size_t least = most + 1;

    for (size_t i = 0; i < e->count; i++) {
        const bl_enum_value *v = e->values[i];
        const size_t distance = bl_str_distance(v->id, text, most);

        for (int lang = 0; lang < BYLAW_LANGS; lang++) {
            if (bl_str_equal(v->label.in[lang], text))
                return v;
        }
        if (distance < least) {
            least = distance;
            best = v;
        }
    }
    return best;
}

static void become_enum(bl_checker *c, bl_node *node, const bl_enum *e, bylaw_str beside)
{
    const bylaw_str text = bl_string_of(node->as.value);
    const bl_enum_value *value = find_value(e, text);
    const bl_enum_value *meant = value == NULL ? find_meant(e, text) : NULL;
    const bylaw_str name = beside.len > 0 ? beside : e->name;

    if (value != NULL)
        node->as.value = bl_enum_of(value);
    else if (meant != NULL)
        bl_tell(c->report, unknown_value_near, node->from, node->to, BL_TEXT("name", name),
                BL_TEXT("text", text), BL_TEXT("meant", meant->id));
    else
        bl_tell(c->report, unknown_value, node->from, node->to, BL_TEXT("name", name),
                BL_TEXT("text", text));
}

static void become_date(bl_checker *c, bl_node *node)
{
    const bylaw_str text = bl_string_of(node->as.value);
    bylaw_str rest = {NULL, 0};
    int64_t days = 0;
    const bl_date_reading reading = bl_date_read(&days, &rest, text);

    if (reading == BL_DATE_OK && rest.len == 0)
        node->as.value = bl_date_value(days);
    else if (reading == BL_DATE_NO_SUCH_DAY)
        bl_tell(c->report, no_such_day, node->from, node->to, BL_TEXT("text", text));
    else
        bl_tell(c->report, bad_date, node->from, node->to, BL_TEXT("text", text));
}

void bl_charter_become(bl_checker *c, uint32_t index, const bl_type *want, bylaw_str beside)
{
    bl_node *node = bl_check_node(c, index);
    const bl_type *type = inner(want);

    if (c->failed)
        return;
    if (node->kind != BL_NODE_CONST) {
        const bl_type *of = node->kind == BL_NODE_LIST ? type->params[0] : type;

        for (uint32_t i = first_value(node); i < node->child_count; i++)
            bl_charter_become(c, child_of(c, node, i), of, beside);
    } else if (type->kind == BL_T_ENUM) {
        become_enum(c, node, type->enumerated, beside);
    } else if (type->kind == BL_T_DATE) {
        become_date(c, node);
    } else {
        node->as.value = bl_name_value(c->arena, bl_string_of(node->as.value));
        c->failed |= node->as.value.kind == BL_ERROR;
    }
    node->type = type;
}

/* ---- stated() ---- */

typedef struct stated_group {
    bl_checker *c;
    const bl_syntax *s;
    uint32_t last;
} stated_group;

static uint32_t emit_stated(bl_checker *c, const bl_syntax *s, const bl_binding *binding)
{
    const uint32_t index = bl_check_emit(c, BL_NODE_STATED, s, c->pending.count,
                                         (uint32_t)c->nodes.count, BL_SIMPLE(BOOL));
    bl_node *node = bl_check_node(c, index);

    node->name = binding->name;
    node->as.slot = binding->slot;
    return index;
}

static bool push_stated(void *context, const bl_binding *binding)
{
    stated_group *group = context;

    if (!binding->constant) {
        group->last = emit_stated(group->c, group->s, binding);
        bl_check_push(group->c, group->last);
    }
    return !group->c->failed;
}

/* stated(approved) stands for stated(approved.by) || stated(approved.on). */
static bool build_group(bl_checker *c, const bl_syntax *s, bylaw_str name, uint32_t *index)
{
    const size_t mark = c->pending.count;
    const uint32_t first = (uint32_t)c->nodes.count;
    stated_group group = {c, s, 0};

    bl_env_each_below(c->env, name, push_stated, &group);
    const size_t count = c->pending.count - mark;

    if (count == 0)
        return false;
    if (count == 1) {
        c->pending.count = mark;
        *index = group.last;
    } else {
        *index = bl_check_emit(c, BL_NODE_OR, s, mark, first, BL_SIMPLE(BOOL));
    }
    return true;
}

/* A field of an element of a list: known, or left empty in the record. */
static uint32_t build_stated_field(bl_checker *c, const bl_syntax *s)
{
    const size_t mark = c->pending.count;
    const uint32_t first = (uint32_t)c->nodes.count;
    const size_t errors = c->report->errors;
    const uint32_t child = bl_check_child(c, s->first);

    if (c->failed)
        return 0;
    if (bl_check_node(c, child)->kind != BL_NODE_SELECT && c->report->errors == errors)
        bl_tell0(c->report, stated_argument, s->from, s->to);
    const uint32_t index = bl_check_emit(c, BL_NODE_STATED, s, mark, first, BL_SIMPLE(BOOL));

    bl_check_node(c, index)->name = s->first->name;
    return index;
}

uint32_t bl_charter_stated(bl_checker *c, const bl_syntax *s)
{
    const bl_syntax *root;
    bylaw_str name;
    uint32_t index;

    if (s->count != 1) {
        bl_tell0(c->report, stated_argument, s->from, s->to);
        return bl_check_bad(c, s);
    }
    if (bl_check_chain(c, s->first, &name, &root) && bl_check_local(c, root) == NULL) {
        const bl_binding *binding = bl_env_lookup(c->env, name);

        if (binding != NULL && !binding->constant)
            return emit_stated(c, s, binding);
        if (binding == NULL && build_group(c, s, name, &index))
            return index;
    }
    return build_stated_field(c, s);
}

/* ---- Functions of ours ---- */

static const bl_type *argument_type(bl_checker *c, size_t mark, size_t i)
{
    return inner(bl_check_type(c, bl_check_pending(c, mark, i)));
}

static const bl_field *find_field(const bl_type *record, const char *name)
{
    for (size_t i = 0; i < record->field_count; i++) {
        if (bl_str_is(record->fields[i].name, name))
            return &record->fields[i];
    }
    return NULL;
}

/* The record that argument i is a list of, when it has these fields of these kinds; else told. */
static const bl_type *record_with(bl_checker *c, const bl_syntax *s, size_t mark, size_t i,
                                  const char *const *names, const bl_type_kind *kinds)
{
    const bl_type *list = argument_type(c, mark, i);
    const bl_type *record =
        list->kind == BL_T_LIST && list->param_count == 1 ? inner(list->params[0]) : list;

    if (list->kind <= BL_T_ERROR || record->kind <= BL_T_ERROR)
        return NULL;
    for (size_t f = 0; names[f] != NULL; f++) {
        const bl_field *field = find_field(record, names[f]);

        if (list->kind != BL_T_LIST || record->kind != BL_T_RECORD || field == NULL ||
            inner(field->type)->kind != kinds[f]) {
            const bl_node *node = bl_check_node(c, bl_check_pending(c, mark, i));

            bl_tell(c->report, rows_needed, node->from, node->to, BL_TEXT("function", s->name),
                    BL_TEXT("field", bylaw_str_from(names[f])),
                    BL_TEXT("field_type", bl_check_type_text(c, &bl_type_simple[kinds[f]])),
                    BL_TEXT("type", bl_check_type_text(c, list)));
            return NULL;
        }
    }
    return record;
}

/* x.is('a', 'b'): each a value of x's enumeration. */
static bool before_is(bl_checker *c, const bl_syntax *s, size_t mark, size_t count)
{
    const bl_type *type = count > 0 ? argument_type(c, mark, 0) : BL_SIMPLE(ERROR);
    bool ok = true;

    (void)s;
    if (type->kind != BL_T_ENUM || type->enumerated == NULL)
        return true; /* no overload: told with the types */
    for (size_t i = 1; i < count; i++) {
        const uint32_t index = bl_check_pending(c, mark, i);
        const bl_node *node = bl_check_node(c, index);

        if (bl_charter_may_become(c, index, type) && node->kind == BL_NODE_CONST) {
            bl_charter_become(c, index, type, bl_check_short_name(c, bl_check_pending(c, mark, 0)));
        } else if (!bl_infer_has_error(node->type) &&
                   (node->kind != BL_NODE_CONST || node->as.value.kind != BL_ENUM)) {
            bl_tell(c->report, is_argument, node->from, node->to,
                    BL_TEXT("name", type->enumerated->name));
            ok = false;
        }
    }
    return ok;
}

/* votes(ballots, 'yes', roll): ballots have a member and a choice; the text is such a choice. */
static bool before_votes(bl_checker *c, const bl_syntax *s, size_t mark, size_t count)
{
    static const char *const names[] = {"member", "choice", NULL};
    static const bl_type_kind kinds[] = {BL_T_NAME, BL_T_ENUM};

    if (count != 3)
        return true;
    const bl_type *record = record_with(c, s, mark, 0, names, kinds);
    const uint32_t choice = bl_check_pending(c, mark, 1);

    if (record == NULL)
        return argument_type(c, mark, 0)->kind <= BL_T_ERROR;
    if (bl_charter_may_become(c, choice, find_field(record, "choice")->type))
        bl_charter_become(c, choice, find_field(record, "choice")->type, BYLAW_STR("choice"));
    return true;
}

/* at(rows, day): rows in force that day have from and to. */
static bool before_at(bl_checker *c, const bl_syntax *s, size_t mark, size_t count)
{
    static const char *const names[] = {"from", "to", NULL};
    static const bl_type_kind kinds[] = {BL_T_DATE, BL_T_DATE};

    return count != 2 || record_with(c, s, mark, 0, names, kinds) != NULL ||
           argument_type(c, mark, 0)->kind <= BL_T_ERROR;
}

/* date('2026-02-30'): told now, not when it is evaluated. */
static bool before_date(bl_checker *c, const bl_syntax *s, size_t mark, size_t count)
{
    const bl_node *text = count == 1 ? bl_check_node(c, bl_check_pending(c, mark, 0)) : NULL;

    (void)s;
    if (text != NULL && text->kind == BL_NODE_CONST && text->as.value.kind == BL_STRING) {
        bl_node copy = *text;
        const size_t errors = c->report->errors;

        become_date(c, &copy);
        return c->report->errors == errors;
    }
    return true;
}

static bool before_dyn(bl_checker *c, const bl_syntax *s, size_t mark, size_t count)
{
    (void)mark;
    (void)count;
    bl_tell0(c->report, no_dyn, s->from, s->to);
    return false;
}

/* 5 / 8 is 0 in CEL: 5 / 8 >= 2 / 3 would hold. */
static bool before_divide(bl_checker *c, const bl_syntax *s, size_t mark, size_t count)
{
    const bl_node *a = bl_check_node(c, bl_check_pending(c, mark, 0));
    const bl_node *b = bl_check_node(c, bl_check_pending(c, mark, 1));

    if (count != 2 || argument_type(c, mark, 0)->kind != BL_T_INT ||
        argument_type(c, mark, 1)->kind != BL_T_INT)
        return true;
    if (a->kind != BL_NODE_CONST || b->kind != BL_NODE_CONST)
        bl_tell0(c->report, int_division, s->from, s->to);
    else if (!c->told_division)
        bl_tell(c->report, literal_division, s->from, s->to,
                BL_TEXT("a", bl_check_text(c, bl_check_pending(c, mark, 0))),
                BL_TEXT("b", bl_check_text(c, bl_check_pending(c, mark, 1))));
    c->told_division = true;
    return false;
}

/* x == none asks something only where x can be none. */
static bool before_equal(bl_checker *c, const bl_syntax *s, size_t mark, size_t count)
{
    for (size_t i = 0; i < 2 && count == 2; i++) {
        const uint32_t index = bl_check_pending(c, mark, i);
        const bl_type *type = bl_check_type(c, index);
        const bl_type_kind other = bl_check_type(c, bl_check_pending(c, mark, 1 - i))->kind;

        if (other != BL_T_NULL || type->kind == BL_T_NULLABLE || type->kind == BL_T_NULL ||
            type->kind <= BL_T_ERROR || type->kind == BL_T_PARAM)
            continue;
        bl_tell(c->report, never_none, s->from, s->to, BL_TEXT("text", bl_check_text(c, index)));
        return false;
    }
    return true;
}

static const struct before {
    const char *function;
    bool (*check)(bl_checker *c, const bl_syntax *s, size_t mark, size_t count);
} befores[] = {{"is", before_is},      {"votes", before_votes}, {"at", before_at},
               {"date", before_date},  {"dyn", before_dyn},     {"_/_", before_divide},
               {"_==_", before_equal}, {"_!=_", before_equal}};

bool bl_charter_before(bl_checker *c, const bl_syntax *s, bylaw_str function, size_t mark)
{
    for (size_t i = 0; i < sizeof befores / sizeof *befores; i++) {
        if (bl_str_is(function, befores[i].function))
            return befores[i].check(c, s, mark, c->pending.count - mark);
    }
    return true;
}

/* Tells every value with levels above or below that the node is or lists. */
static void refuse_levels(bl_checker *c, uint32_t index, uint32_t other)
{
    const bl_node *node = bl_check_node(c, index);

    if (node->kind == BL_NODE_LIST) {
        for (uint32_t i = 0; i < node->child_count; i++)
            refuse_levels(c, child_of(c, node, i), other);
        return;
    }
    if (node->kind != BL_NODE_CONST || node->as.value.kind != BL_ENUM)
        return;
    const bl_enum_value *value = node->as.value.as.enumerated;

    if (value->parent == NULL && !value->has_below)
        return;
    if (inner(bl_check_type(c, other))->kind == BL_T_ENUM)
        bl_tell(c->report, enum_levels, node->from, node->to,
                BL_TEXT("text", bl_check_text(c, other)), BL_TEXT("value", value->id));
    else
        bl_tell(c->report, enum_levels_listed, node->from, node->to, BL_TEXT("value", value->id));
}

void bl_charter_after(bl_checker *c, const bl_syntax *s, bylaw_str function, size_t mark)
{
    const bool compares =
        bl_str_is(function, "_==_") || bl_str_is(function, "_!=_") || bl_str_is(function, "@in");

    (void)s;
    for (size_t i = 0; compares && i < 2 && c->pending.count - mark == 2; i++)
        refuse_levels(c, bl_check_pending(c, mark, i), bl_check_pending(c, mark, 1 - i));
}

const bl_type *bl_charter_no_double(bl_checker *c, const bl_syntax *s, const bl_type *type)
{
    if (type->kind != BL_T_DOUBLE)
        return type;
    bl_tell0(c->report, no_double, s->from, s->to);
    return BL_SIMPLE(ERROR);
}
