/* expr/infer.c: see infer.h. */
#include "expr/infer.h"

const bl_type *bl_infer_fresh(bl_infer *infer)
{
    bl_type_var *var = BL_NEW(infer->arena, bl_type_var);

    if (var == NULL) {
        infer->failed = true;
        return BL_SIMPLE(DYN);
    }
    var->type.kind = BL_T_PARAM;
    return &var->type;
}

static bl_type_var *as_var(const bl_type *type)
{
    return (bl_type_var *)(uintptr_t)type; /* all variables were made by bl_infer_fresh */
}

const bl_type *bl_infer_head(const bl_type *type)
{
    while (type->kind == BL_T_PARAM && as_var(type)->bound != NULL)
        type = as_var(type)->bound;
    return type;
}

/* The type with its parameters replaced: itself where none changed. */
static const bl_type *rebuild(bl_infer *infer, const bl_type *type, const bl_type *const *params)
{
    bool changed = false;

    for (size_t i = 0; i < type->param_count; i++)
        changed |= params[i] != type->params[i];
    if (!changed)
        return type;
    bl_type *copy = BL_NEW(infer->arena, bl_type);
    const bl_type **kept = BL_NEW_N(infer->arena, const bl_type *, type->param_count);

    if (copy == NULL || kept == NULL) {
        infer->failed = true;
        return BL_SIMPLE(DYN);
    }
    for (size_t i = 0; i < type->param_count; i++)
        kept[i] = params[i];
    *copy = *type;
    copy->params = kept;
    return copy;
}

const bl_type *bl_infer_rename(bl_infer *infer, bl_renaming *renaming, const bl_type *type)
{
    const bl_type *params[BL_INFER_MOST];

    if (type->kind == BL_T_PARAM) {
        for (size_t i = 0; i < renaming->count; i++) {
            if (bl_str_equal(renaming->names[i], type->name))
                return renaming->vars[i];
        }
        const bl_type *var = bl_infer_fresh(infer);

        if (renaming->count < BL_INFER_MOST) {
            renaming->names[renaming->count] = type->name;
            renaming->vars[renaming->count++] = var;
        }
        return var;
    }
    if (type->param_count == 0 || type->param_count > BL_INFER_MOST)
        return type;
    for (size_t i = 0; i < type->param_count; i++)
        params[i] = bl_infer_rename(infer, renaming, type->params[i]);
    return rebuild(infer, type, params);
}

/* Counts the types that it consists of, until there are more than `most`. */
static size_t count_types(const bl_type *type, size_t most)
{
    size_t count = 1;

    type = bl_infer_head(type);
    for (size_t i = 0; i < type->param_count && count <= most; i++)
        count += count_types(type->params[i], most - count);
    return count;
}

bool bl_infer_is_huge(const bl_type *type)
{
    enum { MOST_TYPES = 64 };

    type = bl_infer_head(type);
    return type->param_count > 0 && count_types(type, MOST_TYPES) > MOST_TYPES;
}

bool bl_infer_has_error(const bl_type *type)
{
    type = bl_infer_head(type);
    if (type->kind == BL_T_ERROR)
        return true;
    for (size_t i = 0; i < type->param_count; i++) {
        if (bl_infer_has_error(type->params[i]))
            return true;
    }
    return false;
}

static const bl_type *resolve(bl_infer *infer, const bl_type *type, bool final)
{
    const bl_type *params[BL_INFER_MOST];
    const bl_type *head = bl_infer_head(type);

    if (head->kind == BL_T_PARAM)
        return final ? BL_SIMPLE(DYN) : head;
    if (head->param_count == 0 || head->param_count > BL_INFER_MOST)
        return head;
    for (size_t i = 0; i < head->param_count; i++)
        params[i] = resolve(infer, head->params[i], final);
    return rebuild(infer, head, params);
}

const bl_type *bl_infer_resolve(bl_infer *infer, const bl_type *type, bool final)
{
    return bl_infer_is_huge(type) ? BL_SIMPLE(DYN) : resolve(infer, type, final);
}

size_t bl_infer_mark(const bl_infer *infer)
{
    return infer->trail.count;
}

void bl_infer_undo(bl_infer *infer, size_t mark)
{
    while (infer->trail.count > mark) {
        const bl_binding_change *change = &infer->trail.items[--infer->trail.count];

        change->var->bound = change->before;
    }
}

static void bind(bl_infer *infer, bl_type_var *var, const bl_type *type)
{
    if (!bl_vec_push(infer->arena, &infer->trail, ((bl_binding_change){var, var->bound})))
        infer->failed = true;
    else
        var->bound = type;
}

/* Does the variable stand somewhere within the type? Then it cannot be that type. */
static bool occurs(const bl_type_var *var, const bl_type *type)
{
    if (type == &var->type)
        return true;
    if (type->kind == BL_T_PARAM)
        return as_var(type)->bound != NULL && occurs(var, as_var(type)->bound);
    for (size_t i = 0; i < type->param_count; i++) {
        if (occurs(var, type->params[i]))
            return true;
    }
    return false;
}

/* Kinds of which null is a value, as CEL has it for messages, and T?. */
static bool takes_null(bl_type_kind kind)
{
    return kind == BL_T_NULL || kind == BL_T_NULLABLE || kind == BL_T_ABSTRACT ||
           kind == BL_T_OPTIONAL || kind == BL_T_TIMESTAMP || kind == BL_T_DURATION;
}

/* Is a the same as b or, by a dyn or a variable in it, less exact? */
static bool less_exact(const bl_type *a, const bl_type *b)
{
    if (a == b || a->kind == BL_T_DYN || a->kind == BL_T_PARAM)
        return true;
    if (b->kind == BL_T_NULL)
        return takes_null(a->kind);
    if (a->kind == BL_T_NULLABLE && b->kind != BL_T_NULLABLE && a->param_count == 1)
        return less_exact(a->params[0], b);
    if (a->kind != b->kind || a->param_count != b->param_count ||
        (a->kind == BL_T_ABSTRACT && !bl_str_equal(a->name, b->name)))
        return false;
    if (a->kind == BL_T_TYPE || a->param_count == 0)
        return a->kind == BL_T_TYPE || bl_type_same(a, b);
    for (size_t i = 0; i < a->param_count; i++) {
        if (!less_exact(a->params[i], b->params[i]))
            return false;
    }
    return true;
}

const bl_type *bl_infer_general(const bl_type *a, const bl_type *b)
{
    return less_exact(a, b) ? a : b;
}

enum outcome { REFUSED, REFUSED_AS_BOUND, TAKEN };

/* Can the variable be that type? */
static enum outcome take(bl_infer *infer, const bl_type *type, bl_type_var *var)
{
    if (type == &var->type)
        return TAKEN;
    if (var->bound == NULL) {
        if (occurs(var, type))
            return REFUSED;
        bind(infer, var, type);
        return TAKEN;
    }
    if (type == var->bound)
        return TAKEN;
    if (!bl_infer_fits(infer, type, var->bound))
        return REFUSED_AS_BOUND;
    const bl_type *general = bl_infer_general(type, var->bound);

    if (general != var->bound && !occurs(var, general))
        bind(infer, var, general);
    return TAKEN;
}

static const bl_type *without_none(const bl_type *type)
{
    return type->kind == BL_T_NULLABLE && type->param_count == 1 ? type->params[0] : type;
}

/* Of one kind each: is it the same type? */
static bool same_kind_fits(bl_infer *infer, const bl_type *have, const bl_type *want)
{
    switch (want->kind) {
    case BL_T_ENUM:
        return want->enumerated == NULL || have->enumerated == NULL ||
               want->enumerated == have->enumerated;
    case BL_T_RECORD:
        return want->name.len == 0 || have->name.len == 0 || bl_type_same(have, want);
    case BL_T_TYPE: /* type(int) == type(uint) is a fair question */
        return true;
    case BL_T_ABSTRACT:
        if (!bl_str_equal(have->name, want->name))
            return false;
        break;
    default:
        break;
    }
    if (have->param_count != want->param_count)
        return have->param_count == 0 || want->param_count == 0;
    for (size_t i = 0; i < want->param_count; i++) {
        if (!bl_infer_fits(infer, have->params[i], want->params[i]))
            return false;
    }
    return true;
}

bool bl_infer_fits(bl_infer *infer, const bl_type *have, const bl_type *want)
{
    if (want->kind == BL_T_PARAM) {
        const enum outcome outcome = take(infer, have, as_var(want));

        if (outcome != REFUSED)
            return outcome == TAKEN;
    }
    if (have->kind == BL_T_PARAM)
        return take(infer, want, as_var(have)) == TAKEN;
    if (have->kind <= BL_T_ERROR || want->kind <= BL_T_ERROR) /* dyn or error */
        return true;
    if (have->kind == BL_T_NULL)
        return takes_null(want->kind);
    if (want->kind == BL_T_NULL)
        return takes_null(have->kind);
    have = without_none(have);
    want = without_none(want);
    if (have->kind == BL_T_PARAM || want->kind == BL_T_PARAM)
        return bl_infer_fits(infer, have, want);
    return have->kind == want->kind && same_kind_fits(infer, have, want);
}
